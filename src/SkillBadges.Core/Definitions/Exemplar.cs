namespace SkillBadges.Core.Definitions;

/// <summary>What work of one level looks like, shown before anybody begins.</summary>
/// <param name="Level">Code of the level it shows.</param>
/// <param name="Title">A few words.</param>
/// <param name="Description">What to notice in it; never a learner's name or face.</param>
/// <param name="Url">Where it can be seen, a public https address, or null.</param>
public sealed record Exemplar(string Level, string Title, string Description, string? Url = null);

/// <summary>A task that leads on from proficient; it is offered to who got there and never asked for the badge.</summary>
/// <param name="Id">Unique within the competency.</param>
public sealed record ExtensionTask(string Id, string Title, string Description);
