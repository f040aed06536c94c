using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Ledger;

namespace SkillBadges.Core.Sharing.Shares;

/// <summary>A skill and its level in the words of its own scale.</summary>
/// <param name="SignedOffBy">The roles of those who judged, such as <c>Teacher</c>; never a name.</param>
public sealed record SharedLevel(string Skill, string Level, string Descriptor, ImmutableArray<string> SignedOffBy)
{
    public static SharedLevel Of(BadgeDefinition badge, AwardedLevel level, IEnumerable<MasteryEntry> decided)
    {
        var skill = badge.Competency(level.Competency);
        return new(
            skill.Name, badge.Scale.Find(level.Level)?.Label ?? level.Level, skill.LevelDescriptors.GetValueOrDefault(level.Level) ?? "",
            [.. decided.Where(entry => entry.Facts.Competency.CompetencyId == level.Competency).SelectMany(entry => RolesOf(entry.Facts)).Distinct()]);
    }

    public static SharedLevel Of(MasteryFacts facts) => new(facts.Competency.Name, facts.Level.Label, facts.Level.Descriptor, RolesOf(facts));

    private static ImmutableArray<string> RolesOf(MasteryFacts facts) => [.. (facts.Beside ?? []).Prepend(facts.Assessor).Select(assessor => assessor.Role.ToString()).Distinct()];
}

/// <param name="SignedOffBy">The role of who decided, such as <c>Teacher</c>; never a name.</param>
public sealed record SharedEvidence(string Title, string SignedOffBy);

/// <summary>A badge, or a stack's own award, which has no levels of its own.</summary>
/// <param name="Number">From 1, in the order of the link.</param>
/// <param name="Stands">False once it was taken back or put on hold.</param>
public sealed record SharedBadge(
    int Number, string Name, string Issuer, DateTimeOffset AwardedAt, bool Stands, ImmutableArray<SharedLevel> Levels, ImmutableArray<SharedEvidence> Evidence)
{
    /// <summary>By which this instance checks it for whoever was shown it.</summary>
    public required CredentialId Credential { get; init; }

    /// <summary>Absent for a stack, which has no picture.</summary>
    public BadgeVersionId? Badge { get; init; }
}

/// <param name="Badge">What the skill belongs to.</param>
/// <param name="Statements">What the learner or the family wrote beside the entry; it goes wherever the entry goes.</param>
public sealed record SharedLine(string School, string Badge, SharedLevel Level, DateTimeOffset DecidedAt, ImmutableArray<string> Statements);

/// <summary>What a link shows: exactly its scope.</summary>
/// <param name="Learner">The full name where the link says so, else initials.</param>
public sealed record SharedRecord(string Learner, ImmutableArray<SharedBadge> Badges, ImmutableArray<SharedLine> Lines, DateTimeOffset ExpiresAt)
{
    /// <summary>Of the school that keeps the record.</summary>
    [JsonIgnore]
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The first letter of each of the first and the last word of a name, such as <c>A. L.</c></summary>
    public static string Initials(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] ends = words.Length > 1 ? [words[0], words[^1]] : words;
        return string.Join(' ', ends.Select(word => $"{StringInfo.GetNextTextElement(word)}."));
    }
}
