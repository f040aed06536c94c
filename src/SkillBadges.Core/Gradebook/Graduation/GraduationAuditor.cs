using System.Collections.Immutable;
using SkillBadges.Core.Definitions;

namespace SkillBadges.Core.Gradebook.Graduation;

/// <summary>The badges and stacks that rules speak of, as they count now.</summary>
/// <param name="Badges">By slug, in every version in which the learner was decided, and the current one.</param>
/// <param name="Current">By slug, the version that new work is done towards.</param>
public sealed record AuditDefinitions(IReadOnlyDictionary<BadgeVersionId, BadgeDefinition> Badges, IReadOnlyDictionary<string, BadgeDefinition> Current, IReadOnlyDictionary<string, BadgeStack> Stacks);

/// <summary>Audits a record by rules.</summary>
public sealed class GraduationAuditor(GradebookView record, AuditDefinitions definitions, GraduationTerms terms)
{
    private readonly ILookup<(string, string), GradebookLine> lines = record.Lines.ToLookup(line => (line.Competency.Badge.Slug, line.Competency.CompetencyId));

    /// <param name="rules">Id of the rules' version.</param>
    public GraduationAudit Audit(string rules)
    {
        ImmutableArray<AuditedRequirement> audited = [.. terms.Requirements.Select(Audit)];
        return new(record.Learner, rules, terms.Name, audited.All(requirement => requirement.IsSatisfied), audited, record.Withheld);
    }

    private AuditedRequirement Audit(Requirement asked) => asked.Kind switch
    {
        RequirementKind.AllOf or RequirementKind.NOf => OfParts(asked),
        RequirementKind.Credits => OfCredits(asked),
        RequirementKind.Stack => OfStack(asked),
        RequirementKind.Badge => OfEntries(asked, Skills(asked.Slug!, asked.MinimumLevel)),
        RequirementKind.Skill => OfEntries(asked, [Skill(asked.Slug!, asked.Skill!, asked.MinimumLevel, needsCertificate: false)]),
        _ => OfEntries(asked, [Skill(asked.Slug!, asked.Skill!, asked.MinimumLevel, needsCertificate: true)]),
    };

    private AuditedRequirement OfParts(Requirement asked)
    {
        ImmutableArray<AuditedRequirement> parts = [.. asked.Of.Select(Audit)];
        var (has, needed) = (parts.Count(part => part.IsSatisfied), asked.Kind == RequirementKind.NOf ? asked.Count!.Value : parts.Length);
        ImmutableArray<AuditGap> gaps = has >= needed ? [] : [new(AuditGapKind.Parts, string.Join("; ", parts.Where(part => !part.IsSatisfied).Select(part => part.Title)), needed - has)];
        return Lacking(asked, gaps, [], null, parts);
    }

    // Each badge counts once, in the category that the rules give it.
    private AuditedRequirement OfCredits(Requirement asked)
    {
        var earned = terms.BadgeCredits.Where(credit => credit.Category == asked.Category).Select(credit => (credit.Credits, Skills: Skills(credit.Badge, asked.MinimumLevel))).Where(badge => IsWhole(badge.Skills)).ToList();
        var credits = earned.Sum(badge => badge.Credits);
        ImmutableArray<AuditGap> gaps = credits >= asked.Credits ? [] : [new(AuditGapKind.Credits, asked.Category!, asked.Credits!.Value - credits)];
        return Lacking(asked, gaps, [.. earned.SelectMany(badge => badge.Skills).Select(skill => skill.Entry!)], credits, []);
    }

    private AuditedRequirement OfStack(Requirement asked) => definitions.Stacks.TryGetValue(asked.Slug!, out var stack)
        ? OfEntries(asked, [.. stack.Badges.SelectMany(badge => Skills(badge.Slug, asked.MinimumLevel ?? badge.MinimumLevel))])
        : Lacking(asked, [new(AuditGapKind.NoStack, "")], [], null, []);

    private static AuditedRequirement OfEntries(Requirement asked, IReadOnlyCollection<AuditedSkill> skills) => Lacking(
        asked,
        skills.Count == 0 ? [new(AuditGapKind.NoBadge, "")] : [.. skills.Where(skill => skill.Entry is null).Select(skill => skill.Gap)],
        [.. skills.Select(skill => skill.Entry).OfType<SatisfyingEntry>()],
        null,
        []);

    private static AuditedRequirement Lacking(Requirement asked, ImmutableArray<AuditGap> gaps, ImmutableArray<SatisfyingEntry> by, decimal? credits, ImmutableArray<AuditedRequirement> parts) =>
        new(asked.Id, asked.Title, asked.Kind, gaps.IsEmpty, by, [.. gaps.Select(gap => gap.Sentence)], credits, parts) { Gaps = gaps };

    private static bool IsWhole(IReadOnlyCollection<AuditedSkill> skills) => skills.Count > 0 && skills.All(skill => skill.Entry is not null);

    // A badge is whole in one of the versions in which it was decided; where it is in none, the current one says what is missing.
    private IReadOnlyList<AuditedSkill> Skills(string slug, string? minimum)
    {
        var versions = record.Lines.Where(line => line.Competency.Badge.Slug == slug).Select(line => line.Competency.Badge.Version).Distinct().OrderDescending()
            .Select(version => definitions.Badges.GetValueOrDefault(new(slug, version))).OfType<BadgeDefinition>();
        var read = versions.Concat(definitions.Current.TryGetValue(slug, out var current) ? [current] : []).Select(badge => (IReadOnlyList<AuditedSkill>)[.. badge.Competencies.Select(skill => Skill(slug, skill.Id, minimum, false))]).ToList();
        return read.Find(IsWhole) ?? (read.Count > 0 ? read[^1] : []);
    }

    private AuditedSkill Skill(string slug, string id, string? minimum, bool needsCertificate)
    {
        var enough = lines[(slug, id)].Where(line => line.Standing is not null && IsEnough(line, minimum)).SelectMany(line => line.History.Where(decided => decided.IsStanding && decided.Level == line.Standing && (!needsCertificate || decided.HasCertificate)).Select(decided => (line, decided)))
            .OrderByDescending(pair => pair.decided.Level.IsProficient).ThenBy(pair => pair.decided.DecidedAt).ThenBy(pair => pair.decided.EntryId, StringComparer.Ordinal).Select(pair => new SatisfyingEntry(
                pair.decided.EntryId, pair.line.RecordKeeper, slug, id, pair.line.Competency.Name, pair.decided.Level.Label, pair.decided.Level.IsProficient, pair.decided.DecidedAt) { Recognized = pair.decided.Recognized }).FirstOrDefault();
        var name = definitions.Current.GetValueOrDefault(slug)?.Competencies.FirstOrDefault(skill => skill.Id == id)?.Name ?? id;
        var stands = lines[(slug, id)].Select(line => line.Standing?.Label).FirstOrDefault(label => label is not null);
        return new(enough, new(needsCertificate ? AuditGapKind.CertifiedSkill : AuditGapKind.Skill, name, StandsAt: stands));
    }

    // A level is looked for on the scale it was decided on; one that the scale does not have is reached by nobody.
    private bool IsEnough(GradebookLine line, string? minimum)
    {
        if (minimum is null)
        {
            return line.Standing!.IsSufficient;
        }

        var scale = definitions.Badges.GetValueOrDefault(line.Competency.Badge)?.Scale;
        return scale?.Id == line.Scale.Id && scale.Find(minimum) is { } level && line.Standing!.Ordinal >= level.Ordinal;
    }

    private sealed record AuditedSkill(SatisfyingEntry? Entry, AuditGap Gap);
}
