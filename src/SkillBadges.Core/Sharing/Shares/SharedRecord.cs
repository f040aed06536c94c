using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Shares;

/// <summary>A skill and its level in the words of its own scale.</summary>
/// <param name="Judges">Those who judged, by role and organization; never a name.</param>
public sealed record SharedLevel(string Skill, string Level, string Descriptor, ImmutableArray<SharedJudge> Judges)
{
    /// <param name="badge">The version that was earned.</param>
    /// <param name="level">One of its skills.</param>
    /// <param name="decided">The entries of the decision.</param>
    /// <param name="places">As <see cref="PlacesAsync"/> reads them.</param>
    public static SharedLevel Of(BadgeDefinition badge, AwardedLevel level, IEnumerable<MasteryEntry> decided, IReadOnlyDictionary<OrganizationId, string> places)
    {
        var skill = badge.Competency(level.Competency);
        return new(
            skill.Name, badge.Scale.Find(level.Level)?.Label ?? level.Level, skill.LevelDescriptors.GetValueOrDefault(level.Level) ?? "",
            [.. decided.Where(entry => entry.Facts.Competency.CompetencyId == level.Competency).SelectMany(entry => JudgesOf(entry.Facts, places)).Distinct()]);
    }

    public static SharedLevel Of(MasteryFacts facts, IReadOnlyDictionary<OrganizationId, string> places) => new(facts.Competency.Name, facts.Level.Label, facts.Level.Descriptor, [.. JudgesOf(facts, places).Distinct()]);

    /// <summary>What the schools and workplaces are called for which people judged, those that this instance knows.</summary>
    public static async Task<IReadOnlyDictionary<OrganizationId, string>> PlacesAsync(IDocumentStore store, IEnumerable<MasteryEntry> entries, CancellationToken cancellationToken) =>
        (await store.FindAllAsync(OrganizationDocuments.Kind, entries.SelectMany(entry => AssessorsOf(entry.Facts)).Select(assessor => assessor.Organization.Value), cancellationToken))
            .ToDictionary(place => place.Id, place => place.Name);

    private static IEnumerable<SharedJudge> JudgesOf(MasteryFacts facts, IReadOnlyDictionary<OrganizationId, string> places) =>
        AssessorsOf(facts).Select(assessor => new SharedJudge(assessor.Role.ToString(), places.GetValueOrDefault(assessor.Organization)));

    private static IEnumerable<Assessor> AssessorsOf(MasteryFacts facts) => (facts.Beside ?? []).Prepend(facts.Assessor);
}

/// <summary>Who judged, for those outside: in what capacity and for whom, never which person.</summary>
/// <param name="Role">Such as <c>Teacher</c>.</param>
/// <param name="Organization">What the school or workplace is called; absent where this instance does not know it.</param>
public sealed record SharedJudge(string Role, string? Organization);

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
