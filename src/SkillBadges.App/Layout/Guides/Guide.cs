namespace SkillBadges.App.Layout.Guides;

/// <summary>What somebody new has to know, on one page that can be printed.</summary>
/// <param name="Slug">The last part of its address.</param>
/// <param name="Promise">What they get out of it.</param>
internal sealed record Guide(string Slug, string Who, string Promise, IReadOnlyList<GuideStep> Steps);
