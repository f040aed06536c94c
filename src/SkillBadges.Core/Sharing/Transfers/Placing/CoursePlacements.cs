using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Shares;
using SkillBadges.Core.Sharing.Transfers.Carried;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Transfers.Placing;

/// <summary>How a carried skill stands to what is taught here; never more than a suggestion.</summary>
public enum PlacingMatch
{
    /// <summary>Nothing here has this name.</summary>
    None,

    /// <summary>A badge here has a skill of this name, with other words.</summary>
    SameName,

    /// <summary>A badge here has the very same skill, word for word.</summary>
    SameWords,
}

/// <param name="IsHere">Whether the bytes came along and are kept.</param>
public sealed record CarriedProof(Sha256Digest Sha256, string MediaType, long Bytes, bool IsHere);

/// <summary>One skill that a student brought: the level that stands there, in that school's own scale and words.</summary>
/// <param name="Words">The statement of the skill.</param>
/// <param name="Match">With <paramref name="Badge"/>, a badge here.</param>
/// <param name="IsSameScale">Whether the scale is the one of that badge; else there is no agreed equivalence to be read off here.</param>
public sealed record CarriedSkill(
    string Entry, string School, bool IsIssuerConfirmed, CompetencySnapshot Competency, string Words, string Scale, LevelSnapshot Level, DateTimeOffset DecidedAt, ImmutableArray<CarriedProof> Evidence,
    ImmutableArray<string> Statements, PlacingMatch Match, string? Badge, bool IsSameScale, Read<CoursePlacement>? Decision);

/// <summary>The placement report of a student who came from another school, and the decisions that a person makes on it.</summary>
public sealed class CoursePlacements(Commits commits, Authority authority, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>Skill by skill, for registrar, counselor and administrator of the student's school.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>.</exception>
    public async Task<IReadOnlyList<CarriedSkill>> ReportAsync(Actor actor, OrganizationId school, PersonId student, CancellationToken cancellationToken)
    {
        await RequireAsync(actor, school, student, new(), cancellationToken);
        var found = await store.WholeAsync(CarriedEntryDocuments.Kind, CarriedEntryDocuments.ByLearner.Where(student.Value), cancellationToken);
        var carried = found.Documents.Where(entry => entry.School == school).ToDictionary(entry => (entry.FromDid, entry.Entry.Id));
        var scales = (await store.FindAllAsync(ScaleSnapshotDocuments.Kind, carried.Values.Select(entry => entry.Entry.Facts.Scale.Digest.Hex), cancellationToken)).ToDictionary(snapshot => snapshot.Digest, snapshot => snapshot.Scale);
        var words = (await store.FindAllAsync(CompetencyTextDocuments.Kind, carried.Values.Select(entry => entry.Entry.Facts.Competency.StatementDigest.Hex), cancellationToken)).ToDictionary(text => text.Digest, text => text.Statement);
        var bytes = (await store.FindAllAsync(CarriedContentDocuments.Kind, carried.Values.SelectMany(entry => entry.Entry.Facts.Evidence).Select(item => $"{student.Value}.{item.Sha256.Hex}"), cancellationToken)).Select(content => content.Digest).ToHashSet();
        var skills = new List<CarriedSkill>();
        foreach (var group in carried.Values.GroupBy(entry => entry.FromDid))
        {
            foreach (var standing in StandingLevels.Of([.. group.Select(entry => entry.Entry)], scales))
            {
                var (from, facts) = (carried[(group.Key, standing.Id)], standing.Facts);
                var (match, badge, isSameScale) = await MatchAsync(facts, cancellationToken);
                skills.Add(new(
                    from.Id, from.FromName, from.IsIssuerConfirmed, facts.Competency, words[facts.Competency.StatementDigest], scales[facts.Scale.Digest].Name, facts.Level, facts.DecidedAt,
                    [.. facts.Evidence.Select(item => new CarriedProof(item.Sha256, item.MediaType, item.Bytes, bytes.Contains(item.Sha256)))],
                    [.. from.Statements.Select(statement => statement.Text)], match, badge, isSameScale, await store.FindAsync(CoursePlacementDocuments.Kind, from.Id, cancellationToken)));
            }
        }

        return skills;
    }

    /// <summary>Records what a person decided about one carried skill.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>, <c>course-placement.not-found</c>, <c>course-placement.note</c>, <c>request.stale</c>.</exception>
    public Task<Read<CoursePlacement>> DecideAsync(
        Actor actor, OrganizationId school, PersonId student, string entry, PlacingOutcome outcome, string? note, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var changes = new Changes();
            await RequireAsync(actor, school, student, changes, attemptToken);
            var carried = await store.GetAsync(CarriedEntryDocuments.Kind, entry, "course-placement", attemptToken);
            if (carried.Document.School != school || carried.Document.Learner != student)
            {
                throw Refused.NotFound("course-placement");
            }

            var before = await store.FindAsync(CoursePlacementDocuments.Kind, entry, attemptToken);
            var decided = CoursePlacement.Decide(before?.MustBe(ifMatch).Document, entry, school, student, outcome, note, actor.Person, clock.Now());
            _ = before is null ? changes.Add(CoursePlacementDocuments.Kind, decided) : changes.Replace(CoursePlacementDocuments.Kind, before, decided);
            return new Outcome<Read<CoursePlacement>>(changes, before?.Became(decided) ?? new(decided, entry, 1), entry);
        },
        (id, replayToken) => store.GetAsync(CoursePlacementDocuments.Kind, id, "course-placement", replayToken),
        cancellationToken);

    private async Task RequireAsync(Actor actor, OrganizationId school, PersonId student, Changes changes, CancellationToken cancellationToken)
    {
        changes
            .Require(MembershipDocuments.Kind, await authority.FindAsync(actor, school, Offices.Records, cancellationToken) ?? throw Refused.NotFound("learner"))
            .Require(MembershipDocuments.Kind, await authority.FindAsync(new(student), school, [Role.Student], cancellationToken) ?? throw Refused.NotFound("learner"));
    }

    private async Task<(PlacingMatch Match, string? Badge, bool IsSameScale)> MatchAsync(MasteryFacts facts, CancellationToken cancellationToken)
    {
        var slug = facts.Competency.Badge.Slug;
        if (slug.Length > IndexValue.MaxTextBytes || await store.FindAsync(DefinitionDocuments.Heads, slug, cancellationToken) is not { } head)
        {
            return (PlacingMatch.None, null, false);
        }

        var badge = await store.VersionAsync(new(slug, head.Document.CurrentVersion), cancellationToken);
        var skill = badge.Competencies.FirstOrDefault(skill => skill.Id == facts.Competency.CompetencyId);
        if (skill is null)
        {
            return (PlacingMatch.None, null, false);
        }

        var isSame = Sha256Digest.Of(System.Text.Encoding.UTF8.GetBytes(skill.Statement)) == facts.Competency.StatementDigest;
        return (isSame ? PlacingMatch.SameWords : PlacingMatch.SameName, slug, badge.Scale.SnapshotHash == facts.Scale.Digest);
    }
}
