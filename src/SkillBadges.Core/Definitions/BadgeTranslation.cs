using System.Collections.Immutable;
using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Definitions;

/// <summary>
/// What a badge says, in another language, for those who read it better. It is part of the version's content; what counts, and what a credential holds, are the badge's own words.
/// </summary>
/// <param name="Language">A primary language subtag of RFC 5646 (2009-09) 2.2.1, such as <c>es</c>.</param>
/// <param name="Criteria">Markdown without raw HTML.</param>
/// <param name="ImageAlt">What the picture shows.</param>
public sealed record BadgeTranslation(string Language, string Name, string Description, string Criteria, string ImageAlt)
{
    /// <summary>Which words of the badge these were written for, skills left out, as <see cref="TranslationMark"/> tells them; null where that is not known.</summary>
    public string? WrittenFor { get; init; }

    /// <summary>What the badge's scale is called; null where it keeps its own name.</summary>
    public string? ScaleName { get; init; }

    /// <summary>Every level of the badge's scale; empty where the levels keep their own names.</summary>
    public ImmutableArray<TranslatedLevel> ScaleLevels { get; init; } = [];

    /// <summary>One for every competency of the badge.</summary>
    public required ImmutableArray<TranslatedCompetency> Competencies { get; init; }

    /// <summary>The badge to be read: everything but these words is as it was, the hash too.</summary>
    internal BadgeDefinition Put(BadgeDefinition badge) => badge with
    {
        MayBeOutOfDate = TranslationMark.Stale(badge).Any(stale => stale.Language == Language),
        Name = Name,
        Description = Description,
        Criteria = Criteria,
        Image = badge.Image with { Alt = ImageAlt },
        Scale = ScaleLevels.IsEmpty && ScaleName is null ? badge.Scale : badge.Scale with
        {
            Name = ScaleName ?? badge.Scale.Name,
            Levels = [.. badge.Scale.Levels.Select(level => ScaleLevels.FirstOrDefault(known => known.Code == level.Code)?.Put(level) ?? level)],
        },
        Competencies = [.. badge.Competencies.Select(skill => Competencies.FirstOrDefault(known => known.Id == skill.Id)?.Put(skill) ?? skill)],
    };
}

/// <param name="Code">Of the level of the badge's scale.</param>
public sealed record TranslatedLevel(string Code, string Label, string Descriptor)
{
    internal MasteryLevel Put(MasteryLevel level) => level with { Label = Label, Descriptor = Descriptor };
}

/// <param name="Id">Of the competency.</param>
public sealed record TranslatedCompetency(string Id, string Name, string Statement)
{
    /// <summary>Which words of the skill these were written for, as <see cref="TranslationMark"/> tells them; null where that is not known.</summary>
    public string? WrittenFor { get; init; }

    /// <summary>By level code, one for every level of the badge's scale.</summary>
    public required ImmutableDictionary<string, string> LevelDescriptors { get; init; }

    /// <summary>One for every option of the choice board.</summary>
    public required ImmutableArray<TranslatedOption> EvidenceOptions { get; init; }

    /// <summary>One for every exemplar, in their order; empty where those are not translated.</summary>
    public ImmutableArray<TranslatedExemplar> Exemplars { get; init; } = [];

    /// <summary>One for every task that leads on; empty where those are not translated.</summary>
    public ImmutableArray<TranslatedTask> Extensions { get; init; } = [];

    internal Competency Put(Competency skill) => skill with
    {
        Name = Name,
        Statement = Statement,
        LevelDescriptors = skill.LevelDescriptors.ToImmutableDictionary(level => level.Key, level => LevelDescriptors.GetValueOrDefault(level.Key, level.Value)),
        EvidenceOptions = [.. skill.EvidenceOptions.Select(option => EvidenceOptions.FirstOrDefault(known => known.Id == option.Id) is { } words ? option with { Label = words.Label, Hint = words.Hint } : option)],
        Exemplars = [.. skill.Exemplars.Select((exemplar, i) => Exemplars.ElementAtOrDefault(i) is { } words ? exemplar with { Title = words.Title, Description = words.Description } : exemplar)],
        Extensions = [.. skill.Extensions.Select(task => Extensions.FirstOrDefault(known => known.Id == task.Id) is { } words ? task with { Title = words.Title, Description = words.Description } : task)],
    };
}

/// <param name="Id">Of the evidence option.</param>
public sealed record TranslatedOption(string Id, string Label, string Hint);

/// <summary>The words of the exemplar at the same place.</summary>
public sealed record TranslatedExemplar(string Title, string Description);

/// <param name="Id">Of the task that leads on.</param>
public sealed record TranslatedTask(string Id, string Title, string Description);
