namespace SkillBadges.App.Layout.Guides;

/// <param name="Title">What to do.</param>
/// <param name="Words">How, in a sentence or two.</param>
/// <param name="Href">Where it is done; null where there is no one page for it.</param>
internal sealed record GuideStep(string Title, string Words, string? Href);
