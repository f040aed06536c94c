using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>What was achieved: one version of a badge definition.</summary>
public sealed record Achievement : IJsonObject
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required Criteria Criteria { get; init; }

    /// <summary>One of <see cref="OpenBadgeTerms.AchievementTypes"/> or an <c>ext:</c> token.</summary>
    public string? AchievementType { get; init; }

    public string? Version { get; init; }

    /// <summary>A language tag such as <c>en-US</c>.</summary>
    public string? InLanguage { get; init; }

    public Image? Image { get; init; }

    public Profile? Creator { get; init; }

    public decimal? CreditsAvailable { get; init; }

    public string? FieldOfStudy { get; init; }

    public string? Specialization { get; init; }

    public string? HumanCode { get; init; }

    public IReadOnlyList<IdentifierEntry> OtherIdentifier { get; init; } = [];

    public IReadOnlyList<Alignment> Alignment { get; init; } = [];

    public IReadOnlyList<string> Tag { get; init; } = [];

    public IReadOnlyList<ResultDescription> ResultDescription { get; init; } = [];

    public IReadOnlyList<Related> Related { get; init; } = [];

    /// <summary>Endorsements, each signed by its own issuer.</summary>
    public IReadOnlyList<VerbatimJson> Endorsement { get; init; } = [];

    /// <summary>Only for credentials that travel as JWT: most verifiers lack this term in their OB context.</summary>
    public IReadOnlyList<string> EndorsementJwt { get; init; } = [];

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Member("id", Id);
        json.Members("type", ["Achievement"]);
        json.Member("name", Name);
        json.Member("description", Description);
        json.Member("criteria", Criteria);
        json.Member("achievementType", AchievementType);
        json.Member("version", Version);
        json.Member("inLanguage", InLanguage);
        json.Member("image", Image);
        json.Member("creator", Creator);
        json.Member("creditsAvailable", CreditsAvailable);
        json.Member("fieldOfStudy", FieldOfStudy);
        json.Member("specialization", Specialization);
        json.Member("humanCode", HumanCode);
        json.Members("otherIdentifier", OtherIdentifier);
        json.Members("alignment", Alignment);
        json.Members("tag", Tag);
        json.Members("resultDescription", ResultDescription);
        json.Members("related", Related);
        json.Members("endorsement", Endorsement);
        json.Members("endorsementJwt", EndorsementJwt);
        json.WriteEndObject();
    }
}
