using System.Collections.Immutable;

namespace SkillBadges.Core.Definitions;

/// <summary>
/// What a badge says, in another language, for those who read it better. It is part of the version's content; what counts, and what a credential holds, are the badge's own words.
/// </summary>
/// <param name="Language">A primary language subtag of RFC 5646 (2009-09) 2.2.1, such as <c>es</c>.</param>
/// <param name="Criteria">Markdown without raw HTML.</param>
/// <param name="ImageAlt">What the picture shows.</param>
public sealed record BadgeTranslation(string Language, string Name, string Description, string Criteria, string ImageAlt)
{
    /// <summary>One for every competency of the badge.</summary>
    public required ImmutableArray<TranslatedCompetency> Competencies { get; init; }

    /// <summary>The badge to be read: everything but these words is as it was, the hash too.</summary>
    internal BadgeDefinition Put(BadgeDefinition badge) => badge with
    {
        Name = Name,
        Description = Description,
        Criteria = Criteria,
        Image = badge.Image with { Alt = ImageAlt },
        Competencies = [.. badge.Competencies.Select(skill => Competencies.FirstOrDefault(known => known.Id == skill.Id)?.Put(skill) ?? skill)],
    };
}

/// <param name="Id">Of the competency.</param>
public sealed record TranslatedCompetency(string Id, string Name, string Statement)
{
    /// <summary>By level code, one for every level of the badge's scale.</summary>
    public required ImmutableDictionary<string, string> LevelDescriptors { get; init; }

    /// <summary>One for every option of the choice board.</summary>
    public required ImmutableArray<TranslatedOption> EvidenceOptions { get; init; }

    internal Competency Put(Competency skill) => skill with
    {
        Name = Name,
        Statement = Statement,
        LevelDescriptors = skill.LevelDescriptors.ToImmutableDictionary(level => level.Key, level => LevelDescriptors.GetValueOrDefault(level.Key, level.Value)),
        EvidenceOptions = [.. skill.EvidenceOptions.Select(option => EvidenceOptions.FirstOrDefault(known => known.Id == option.Id) is { } words ? option with { Label = words.Label, Hint = words.Hint } : option)],
    };
}

/// <param name="Id">Of the evidence option.</param>
public sealed record TranslatedOption(string Id, string Label, string Hint);
