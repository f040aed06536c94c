using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Joins;

/// <summary>Two records that may be one learner's, since both schools have the same state number for them. A suggestion: two registrars say whether it is so.</summary>
public sealed record JoinSuggestion(PersonId Student, PersonId OtherStudent, OrganizationId OtherSchool);

/// <summary>A school's registrar enters state numbers, and sees whom other schools have under the same one.</summary>
public sealed class StateNumberWorkflow(Commits commits, Authority authority, KeyEncryptionKey keys, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>Takes the place of an earlier number of the student.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>join.not-a-student</c>, <c>state-number.form</c>, <c>state-number.taken</c>: another student of the school has it.</exception>
    public Task SetAsync(Actor registrar, OrganizationId school, PersonId student, string number, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var role = await authority.RequireAsync(registrar, school, [Role.Registrar], attemptToken);
            var enrolled = await authority.FindAsync(new(student), school, [Role.Student], attemptToken) ?? throw Refused.Invalid("join.not-a-student", "This is not a student of that school.");
            var digest = StateNumber.DigestOf(number, keys);
            if (await store.FirstAsync(StateNumberDocuments.Kind, StateNumberDocuments.AtSchool.Where(school.Value, digest), attemptToken) is { } taken && taken.Document.Student != student)
            {
                throw Refused.Conflict("state-number.taken", "Another student of your school has this number; one of the two is wrong, or both are one student.");
            }

            var changes = new Changes().Require(MembershipDocuments.Kind, role).Require(MembershipDocuments.Kind, enrolled);
            var entered = new StateNumber(student, school, digest, registrar.Person, clock.Now());
            var earlier = await store.FindAsync(StateNumberDocuments.Kind, student.Value, attemptToken);
            changes = earlier is null ? changes.Add(StateNumberDocuments.Kind, entered) : changes.Replace(StateNumberDocuments.Kind, earlier, entered);
            return new Outcome<StateNumber>(changes, entered, student.Value);
        },
        cancellationToken);

    /// <summary>For students of a school, page by page: whom other schools have under the same number and who is not joined yet.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<(IReadOnlyList<JoinSuggestion> Items, string? Next)> SuggestAsync(
        Actor registrar, OrganizationId school, Func<DocumentQuery<StateNumber>, DocumentQuery<StateNumber>> page, CancellationToken cancellationToken)
    {
        await authority.RequireAsync(registrar, school, [Role.Registrar], cancellationToken);
        var own = await store.QueryAsync(StateNumberDocuments.Kind, page(StateNumberDocuments.BySchool.Where(school.Value)), cancellationToken);
        var found = new List<JoinSuggestion>();
        if (own.Items.Count == 0)
        {
            return (found, own.Next);
        }

        var others = await store.QueryAsync(
            StateNumberDocuments.Kind, StateNumberDocuments.ByDigest.WhereAny([.. own.Documents.Select(number => number.Digest)]).Take(DocumentQuery<StateNumber>.MaxLimit), cancellationToken);
        var bySame = others.Documents.ToLookup(number => number.Digest, StringComparer.Ordinal);
        foreach (var number in own.Documents)
        {
            var joined = await store.SameLearnerAsync(number.Student, cancellationToken);
            found.AddRange(bySame[number.Digest].Where(other => other.School != school && !joined.Contains(other.Student)).Select(other => new JoinSuggestion(number.Student, other.Student, other.School)));
        }

        return (found, own.Next);
    }
}
