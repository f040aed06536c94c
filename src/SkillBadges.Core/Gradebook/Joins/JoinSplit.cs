using System.Collections.Immutable;
using SkillBadges.Core.Gradebook.Recognitions;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Joins;

/// <summary>A join that was wrong and is undone: who left, what had held them together, and why; kept.</summary>
public sealed record JoinSplit(string Id, string Identity, PersonId Left, ImmutableArray<PersonId> Stayed, ImmutableArray<Join> Undone, PersonId By, string Reason, DateTimeOffset At);

public static class JoinSplitDocuments
{
    public static readonly AccessPath<JoinSplit> ByPerson = new AccessPath<JoinSplit>("person").Each("person", s => s.Stayed.Add(s.Left).Select(person => person.Value)).OrderBy("at", s => s.At);

    public static readonly DocumentKind<JoinSplit> Kind = new("join_split", s => s.Id) { Paths = [ByPerson] };
}

/// <summary>What is left of an identity when one person leaves it; pure.</summary>
public static class IdentitySplit
{
    /// <summary>The groups that the joins not about the person still hold together; somebody alone is no group.</summary>
    public static IReadOnlyList<ImmutableArray<PersonId>> Remaining(LearnerIdentity identity, PersonId left)
    {
        var joins = identity.Joins.Where(join => join.First != left && join.Second != left).ToList();
        var open = identity.People.Remove(left);
        var groups = new List<ImmutableArray<PersonId>>();
        while (!open.IsEmpty)
        {
            var group = new HashSet<PersonId> { open[0] };
            while (joins.Any(join => group.Contains(join.First) != group.Contains(join.Second)))
            {
                foreach (var join in joins.Where(join => group.Contains(join.First) != group.Contains(join.Second)).ToList())
                {
                    group.Add(join.First);
                    group.Add(join.Second);
                }
            }

            groups.Add([.. identity.People.Where(group.Contains)]);
            open = open.RemoveAll(group.Contains);
        }

        return [.. groups.Where(group => group.Length > 1)];
    }
}

/// <summary>
/// Takes a wrong join apart. Nothing is lost or moved: each entry lies in the record of the person for whom it was written, and what was recognized only because
/// two people were held for one falls.
/// </summary>
public sealed class SplitWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <param name="registrar">Of the school whose student leaves.</param>
    /// <param name="school">That school.</param>
    /// <param name="student">Who is another learner than the others.</param>
    /// <param name="reason">1 to 500 characters; kept.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>join.not-a-student</c>, <c>join.own-record</c>, <c>join.reason</c>, <c>join.not-joined</c>.</exception>
    public Task<JoinSplit> SplitAsync(Actor registrar, OrganizationId school, PersonId student, string? reason, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var role = await authority.RequireAsync(registrar, school, [Role.Registrar], attemptToken);
            if (await authority.FindAsync(new(student), school, [Role.Student], attemptToken) is null)
            {
                throw Refused.Invalid("join.not-a-student", "This is not a student of that school.");
            }

            var read = await store.FirstAsync(LearnerIdentityDocuments.Kind, LearnerIdentityDocuments.ByPerson.Where(student.Value), attemptToken)
                ?? throw Refused.Conflict("join.not-joined", "This student's record is joined with no other.");
            var identity = read.Document;
            if (identity.People.Contains(registrar.Person))
            {
                throw Refused.Forbidden("join.own-record", "Nobody takes apart a record of their own; another registrar does.");
            }

            var now = clock.Now();
            var split = new JoinSplit(
                NewId.Ordered(now), identity.Id, student, identity.People.Remove(student), [.. identity.Joins.Where(join => join.First == student || join.Second == student)], registrar.Person,
                DisplayText.Require(reason, 500, "join.reason"), now);
            var changes = new Changes().Require(MembershipDocuments.Kind, role).Remove(LearnerIdentityDocuments.Kind, read).Add(JoinSplitDocuments.Kind, split);
            var groups = IdentitySplit.Remaining(identity, student).Select(group => new LearnerIdentity(NewId.Ordered(now)) { People = group, Joins = [.. identity.Joins.Where(join => group.Contains(join.First) && group.Contains(join.Second))] }).ToList();
            groups.ForEach(group => changes.Add(LearnerIdentityDocuments.Kind, group));

            // Each person's own document changes too, so that whoever decides about one of them at this moment begins again.
            foreach (var person in identity.People)
            {
                var known = await store.GetAsync(PersonDocuments.Kind, person.Value, "person", attemptToken);
                changes.Replace(PersonDocuments.Kind, known, known.Document with { LearnerIdentity = groups.FirstOrDefault(group => group.People.Contains(person))?.Id });
                changes.Send(RecognitionDocuments.LookAgain(person, now));
            }

            return new Outcome<JoinSplit>(changes, split, split.Id);
        },
        async (id, replayToken) => (await store.GetAsync(JoinSplitDocuments.Kind, id, "join", replayToken)).Document,
        cancellationToken);
}
