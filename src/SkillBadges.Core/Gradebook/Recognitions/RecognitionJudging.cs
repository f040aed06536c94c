using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Frameworks;
using SkillBadges.Core.Gradebook.Trust;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Mastery.Crosswalks;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Recognitions;

/// <summary>What was found about a source at a school.</summary>
/// <param name="Badge">The badge that it is to count for; null where neither the source nor anybody named one.</param>
/// <param name="Trust">The line of the trust list that decided, if one did.</param>
public sealed record Judgement(BadgeDefinition? Badge, ImmutableArray<SkillFinding> Findings, TrustAnswer? Trust);

/// <summary>Asks of each skill what the school has to know before it counts: whose it is, which skill, from whom, at what level, how recent, decided by whom.</summary>
public sealed class RecognitionJudging(IDocumentStore store, TrustWorkflow trust, CrosswalkReading crosswalks, ItemReading items, TimeProvider clock)
{
    /// <param name="brought">A source without fault.</param>
    /// <param name="school">The school that it is brought to.</param>
    /// <param name="badge">Slug of the badge that it is to count for; null for the badge that the source is.</param>
    /// <param name="isOwn">Whether it is shown to be the learner's own.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="RefusedException"><c>badge.not-found</c>.</exception>
    public async Task<Judgement> JudgeAsync(Brought brought, Organization school, string? badge, bool isOwn, CancellationToken cancellationToken)
    {
        var target = badge is not null
            ? await store.CurrentVersionAsync(badge, cancellationToken)
            : brought.Skills.Select(skill => skill.Badge).OfType<BadgeVersionId>().FirstOrDefault() is { Version: > 0 } own ? await store.VersionAsync(own, cancellationToken) : null;
        if (target is null)
        {
            return new(null, [], null);
        }

        var all = target.Competencies.SelectMany(CompetencyAlignment.ItemsOf).Concat(brought.Skills.SelectMany(skill => skill.Items)).Distinct(StringComparer.Ordinal).Take(ItemReading.MaxItems).ToList();
        var equivalence = await items.AroundAsync(all, cancellationToken);
        var frameworks = await items.FrameworksAsync(all, cancellationToken);
        var layers = await trust.LayersAsync(school.Id, cancellationToken);
        var givers = brought.Badge.Organization is { } giver ? (await trust.LayersAsync(giver, cancellationToken)).Select(layer => layer.Organization.Id).ToHashSet() : [];
        var agreed = await store.MatchesAsync(givers, layers.Select(layer => layer.Organization.Id).ToHashSet(), [.. target.Competencies.SelectMany(CompetencyAlignment.ItemsOf).Distinct(StringComparer.Ordinal)], cancellationToken);
        var findings = new List<SkillFinding>();
        TrustAnswer? answer = null;
        foreach (var competency in target.Competencies)
        {
            if (RecognitionLadder.Best(target, competency, brought.Skills, equivalence, frameworks, agreed) is not var (skill, match))
            {
                continue;
            }

            var aligned = CompetencyAlignment.ItemsOf(competency).Select(item => frameworks.GetValueOrDefault(item)).OfType<string>().ToImmutableHashSet(StringComparer.Ordinal);
            var said = brought.Badge.Issuer is { } issuer ? TrustLayer.Ask(layers, new(issuer, target.Slug, target.Field, aligned), school.DayOf(clock.Now())) : null;
            answer ??= said;
            findings.Add(await FindAsync(brought, school, target, competency, skill, match, said, isOwn, cancellationToken));
        }

        return new(target, [.. findings], answer);
    }

    private async Task<SkillFinding> FindAsync(
        Brought brought, Organization school, BadgeDefinition target, Competency competency, BroughtSkill skill, SkillMatch match, TrustAnswer? said, bool isOwn, CancellationToken cancellationToken)
    {
        var (derived, crosswalk, level) = await LevelAsync(brought, school, target, competency, skill, cancellationToken);
        ImmutableArray<RecognitionCheck> checks =
        [
            Check("owner", isOwn, "owner-unproven"),
            Check("match", RecognitionLadder.IsMatch(match), "match-is-a-suggestion"),
            Check("issuer", said is { IsAccepted: true }, said is null ? "issuer-not-accepted" : "issuer-refused"),
            Check("status", brought.Badge.Kind != SourceKind.Past, "not-verifiable"),
            level,
            Check("recency", IsRecent(brought, target, skill, said), "too-old"),
            Check("assessor", said?.Entry is not { Terms.Assessors: { IsEmpty: false } kinds } || (skill.Entry is { } entry && kinds.Contains(entry.Facts.Assessor.Capacity)), "assessor-not-accepted"),
        ];
        return new(
            competency.Id, skill.Name, match, skill.Scale is { } scale ? ScaleDocuments.VersionId(scale.Id, scale.Version) : null, skill.Level, skill.Word, derived, crosswalk, skill.Entry?.Id, checks);
    }

    private async Task<(string? Derived, string? Crosswalk, RecognitionCheck Check)> LevelAsync(
        Brought brought, Organization school, BadgeDefinition target, Competency competency, BroughtSkill skill, CancellationToken cancellationToken)
    {
        if (skill is not { Scale: { } scale, Level: { } level })
        {
            return (null, null, Check("level", false, "level-unknown"));
        }

        if (scale.SnapshotHash == target.Scale.SnapshotHash)
        {
            return (null, null, Check("level", target.Satisfies(competency.Id, level), "level-too-low"));
        }

        var agreed = brought.Badge.Organization is { } giver
            ? await crosswalks.BetweenAsync(
                giver, ScaleDocuments.VersionId(scale.Id, scale.Version), level, school.Id, ScaleDocuments.VersionId(target.Scale.Id, target.Scale.Version), CrosswalkPurpose.CarryOver, cancellationToken)
            : null;

        // Of a range the lowest end counts: more was never agreed on.
        return agreed is null
            ? (null, null, Check("level", false, "no-agreed-equivalence"))
            : (agreed.Equivalence.Lowest, $"{agreed.Crosswalk.Id}#{agreed.Revision.Number}", Check("level", target.Satisfies(competency.Id, agreed.Equivalence.Lowest), "level-too-low"));
    }

    private bool IsRecent(Brought brought, BadgeDefinition target, BroughtSkill skill, TrustAnswer? said)
    {
        var now = clock.Now();
        var decided = skill.Entry?.Facts.DecidedAt ?? brought.Badge.EarnedAt;
        return (brought.Badge.ValidUntil is not { } end || now < end)
            && (skill.Entry?.Facts.ValidUntil is not { } until || now < until)
            && new[] { target.RecencyMonths, said?.Entry?.Terms.RecencyMonths }.OfType<int>().All(months => now < decided.AddMonths(months));
    }

    private static RecognitionCheck Check(string name, bool passed, string otherwise) => new(name, passed, passed ? "ok" : otherwise);
}
