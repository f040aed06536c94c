using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Definitions;

/// <summary>
/// One immutable version of a badge. Schools, colleges and employers that issue it name the same <see cref="Id"/>, so the same version means
/// the same everywhere; what was earned stays with its version. Two versions hold the same content when their
/// <see cref="ContentHash"/> is equal.
/// </summary>
public sealed record BadgeDefinition
{
    /// <summary>The same in every version, such as <c>smaw-fillet</c>.</summary>
    public required string Slug { get; init; }

    /// <summary>From 1; zero until published.</summary>
    public int Version { get; init; }

    /// <summary>SHA-256 of the content, the version left out; unset until published.</summary>
    public Sha256Digest ContentHash { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>Markdown without raw HTML.</summary>
    public required string Criteria { get; init; }

    /// <summary>An Open Badges 3.0 AchievementType.</summary>
    public required string AchievementType { get; init; }

    /// <summary>The folder of the catalogue, such as <c>welding</c>.</summary>
    public required string Field { get; init; }

    public required ImmutableArray<string> Tags { get; init; }

    public required BadgeImage Image { get; init; }

    /// <summary>The scale as it was when this version was published.</summary>
    public required MasteryScale Scale { get; init; }

    public required ImmutableArray<SkillGroup> SkillGroups { get; init; }

    public required ImmutableArray<Competency> Competencies { get; init; }

    /// <summary>The attributes of a graduate that the badge builds.</summary>
    public ImmutableArray<BuiltAttribute> Attributes { get; init; } = [];

    public required ReviewRule Review { get; init; }

    /// <summary>Months for which an award counts as recent, or null for always.</summary>
    public int? RecencyMonths { get; init; }

    public required ImmutableArray<Alignment> Alignments { get; init; }

    public required ImmutableArray<CoAuthor> CoAuthors { get; init; }

    /// <summary>How often and how soon one may try again, or null for no limits; a school may say otherwise.</summary>
    public AttemptPolicy? Attempts { get; init; }

    /// <summary>Where the learner stops until a teacher nods, in order.</summary>
    public ImmutableArray<Checkpoint> Checkpoints { get; init; } = [];

    public ImmutableArray<CommonAssessment> Assessments { get; init; } = [];

    /// <summary>Slugs of the badges that come before this one.</summary>
    public ImmutableArray<string> Prerequisites { get; init; } = [];

    /// <summary>The badge's words in other languages, for reading; each language once.</summary>
    public ImmutableArray<BadgeTranslation> Translations { get; init; } = [];

    /// <summary>Of a badge that is read in translation: whether the original was changed after it was translated.</summary>
    [JsonIgnore]
    public bool MayBeOutOfDate { get; init; }

    [JsonIgnore]
    public BadgeVersionId Id => new(Slug, Version);

    [JsonIgnore]
    public string ScaleId => Scale.Id;

    /// <summary>This content as a published version, its hash taken.</summary>
    public BadgeDefinition Publish(int version) => version < 1
        ? throw new ArgumentOutOfRangeException(nameof(version), version, "Versions count from 1.")
        : this with { Version = version, ContentHash = DefinitionHash.Of(this) };

    /// <summary>To be read in a language: its own words where it is not translated. For pages alone; what is signed and stored holds the badge's own words.</summary>
    public BadgeDefinition In(string language) => Translations.FirstOrDefault(translation => translation.Language == language)?.Put(this) ?? this;

    /// <exception cref="RefusedException"><c>definition.unknown-competency</c>.</exception>
    public Competency Competency(string id) => Competencies.FirstOrDefault(competency => competency.Id == id)
        ?? throw Refused.Invalid("definition.unknown-competency", $"The badge {Name} has no such skill.");

    /// <summary>Whether a level is enough for the competency.</summary>
    /// <exception cref="RefusedException"><c>definition.unknown-competency</c> or <c>scale.unknown-level</c>.</exception>
    public bool Satisfies(string competencyId, string level) => Scale.Reaches(level, Competency(competencyId).RequiredLevel);
}
