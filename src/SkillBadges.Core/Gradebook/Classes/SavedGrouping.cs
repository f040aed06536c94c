using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Classes;

/// <summary>Groups as they were on a day, kept as they were made.</summary>
/// <param name="Badges">Which badges were looked at; none for all.</param>
/// <param name="Items">Which framework items; none for all skills.</param>
public sealed record SavedGrouping(
    string Id, ClassSectionId Section, string Title, ImmutableArray<string> Badges, ImmutableArray<string> Items, Grouping Grouping, PersonId By, DateTimeOffset At)
{
    public const int MaxTitleLength = 200;
}

public static class SavedGroupingDocuments
{
    public static readonly AccessPath<SavedGrouping> BySection = new AccessPath<SavedGrouping>("section").Equal("section", saved => saved.Section.Value).OrderBy("at", saved => saved.At);

    public static readonly DocumentKind<SavedGrouping> Kind = new("saved_grouping", saved => saved.Id) { Paths = [BySection] };
}
