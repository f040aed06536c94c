using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Definitions;

/// <summary>
/// One immutable version of a portrait of a graduate: attributes that grow over the years, each described for every band and level of a
/// scale of its own. It stands beside the scales on which skills are decided.
/// </summary>
public sealed record GraduateProfile
{
    public required string Slug { get; init; }

    /// <summary>From 1; zero until published.</summary>
    public int Version { get; init; }

    /// <summary>SHA-256 of the content, the version left out; unset until published.</summary>
    public Sha256Digest ContentHash { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>The continuum as it was when this version was published, such as <c>portrait-three-step</c>.</summary>
    public required MasteryScale Scale { get; init; }

    public required ImmutableArray<ProfileAttribute> Attributes { get; init; }

    [JsonIgnore]
    public BadgeVersionId Id => new(Slug, Version);

    public ProfileAttribute? Attribute(string id) => Attributes.FirstOrDefault(attribute => attribute.Id == id);

    /// <summary>This content as a published version, its hash taken.</summary>
    public GraduateProfile Publish(int version) => version < 1
        ? throw new ArgumentOutOfRangeException(nameof(version), version, "Versions count from 1.")
        : this with { Version = version, ContentHash = DefinitionHash.Of(this) };
}

/// <summary>One attribute of a graduate, such as communicator.</summary>
/// <param name="Bands">What it looks like in each band of years, in the order of the years.</param>
public sealed record ProfileAttribute(string Id, string Name, string Description, ImmutableArray<BandDescriptors> Bands);

/// <param name="Levels">By level code, one for every level of the profile's scale.</param>
public sealed record BandDescriptors(Band Band, ImmutableDictionary<string, string> Levels);

/// <summary>An attribute of a graduate that a badge builds, by the names of the profile and of the attribute in it.</summary>
public sealed record BuiltAttribute(string Profile, string Attribute)
{
    /// <summary>The competencies that build it; none means the badge as a whole.</summary>
    public ImmutableArray<string> Competencies { get; init; } = [];

    /// <summary>As one word, such as <c>graduate-portrait/communicator</c>.</summary>
    public override string ToString() => $"{Profile}/{Attribute}";
}
