using System.Security.Cryptography;
using SkillBadges.Core.Gradebook.Recognitions;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook;

/// <summary>Joins the records that one learner has at two schools, by the learner's code or by two registrars.</summary>
public sealed class JoinWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    // Letters and digits that are not taken for each other when read aloud.
    private const string CodeAlphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    private readonly IDocumentStore store = commits.Store;

    /// <summary>A code of twelve characters in groups of four; it is shown once and works once, within a day.</summary>
    /// <exception cref="RefusedException"><c>join.for-students</c>.</exception>
    public async Task<string> IssueCodeAsync(Actor learner, CancellationToken cancellationToken)
    {
        // Whoever is joined with a learner sees that learner's record as their own.
        var student = await authority.FindAnywhereAsync(learner, Role.Student, cancellationToken)
            ?? throw Refused.Forbidden("join.for-students", "A code is made by the student whose record it is.");
        var code = RandomNumberGenerator.GetString(CodeAlphabet, 12);
        await store.CommitAsync(
            new Changes().Require(MembershipDocuments.Kind, student).Add(JoinDocuments.Codes, new(JoinCode.IdOf(code), learner.Person, clock.Now() + JoinCode.Lifetime)), cancellationToken);
        return $"{code[..4]}-{code[4..8]}-{code[8..]}";
    }

    /// <summary>The registrar of a school joins its student with the record of whoever made the code.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>join.not-a-student</c>, <c>join.code</c> (unknown, spent or out of date), <c>join.own-record</c>, <c>join.same-person</c>.</exception>
    public Task<LearnerIdentity> JoinByCodeAsync(Actor registrar, OrganizationId school, PersonId student, string code, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var role = await authority.RequireAsync(registrar, school, [Role.Registrar], attemptToken);
            await RequireStudentAsync(student, school, attemptToken);
            var typed = new string([.. code.ToUpperInvariant().Where(CodeAlphabet.Contains)]);
            var found = await store.FindAsync(JoinDocuments.Codes, JoinCode.IdOf(typed), attemptToken);
            if (found is null || found.Document.ExpiresAt <= clock.Now())
            {
                throw Refused.Invalid("join.code", "This code is not one that works now. The learner can make a new one.");
            }

            await RequireOthersAsync(registrar, [student, found.Document.Learner], attemptToken);
            var changes = new Changes().Require(MembershipDocuments.Kind, role).Remove(JoinDocuments.Codes, found);
            return await JoinAsync(changes, new(found.Document.Learner, student, JoinProof.LearnerCode, [found.Document.Learner, registrar.Person], clock.Now()), attemptToken);
        },
        IdentityAsync,
        cancellationToken);

    /// <summary>The registrar of the first school says that both are one learner.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>join.not-a-student</c>, <c>join.own-record</c>, <c>join.same-person</c>.</exception>
    public Task<JoinProposal> ProposeAsync(
        Actor registrar, OrganizationId school, PersonId student, OrganizationId otherSchool, PersonId otherStudent, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var role = await authority.RequireAsync(registrar, school, [Role.Registrar], attemptToken);
            await RequireStudentAsync(student, school, attemptToken);
            await RequireStudentAsync(otherStudent, otherSchool, attemptToken);
            if (student == otherStudent || school == otherSchool)
            {
                throw Refused.Invalid("join.same-person", "These are the same record or the same school already.");
            }

            await RequireOthersAsync(registrar, [student, otherStudent], attemptToken);
            var now = clock.Now();
            var proposal = new JoinProposal(NewId.Ordered(now), student, school, otherStudent, otherSchool, registrar.Person, now);
            return new Outcome<JoinProposal>(new Changes().Require(MembershipDocuments.Kind, role).Add(JoinDocuments.Proposals, proposal), proposal, proposal.Id);
        },
        async (id, replayToken) => (await store.GetAsync(JoinDocuments.Proposals, id, "join", replayToken)).Document,
        cancellationToken);

    /// <summary>The registrar of the second school, another person than the first, agrees.</summary>
    /// <exception cref="RefusedException"><c>join.not-found</c>, <c>join.second-registrar</c>, <c>join.own-record</c>, <c>join.not-a-student</c>, <c>join.same-person</c>, <c>join.too-many</c>.</exception>
    public Task<LearnerIdentity> ConfirmAsync(Actor registrar, string proposalId, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = await store.GetAsync(JoinDocuments.Proposals, proposalId, "join", attemptToken);
            var proposal = read.Document;
            var role = await authority.FindAsync(registrar, proposal.SecondSchool, [Role.Registrar], attemptToken) ?? throw Refused.NotFound("join");
            if (registrar.Person == proposal.ProposedBy)
            {
                throw Refused.Forbidden("join.second-registrar", "Two registrars, not one, say that two records are one learner's.");
            }

            await RequireOthersAsync(registrar, [proposal.First, proposal.Second], attemptToken);
            await RequireStudentAsync(proposal.First, proposal.FirstSchool, attemptToken);
            await RequireStudentAsync(proposal.Second, proposal.SecondSchool, attemptToken);
            var changes = new Changes().Require(MembershipDocuments.Kind, role).Remove(JoinDocuments.Proposals, read);
            return await JoinAsync(changes, new(proposal.First, proposal.Second, JoinProof.TwoRegistrars, [proposal.ProposedBy, registrar.Person], clock.Now()), attemptToken);
        },
        IdentityAsync,
        cancellationToken);

    private async Task<Outcome<LearnerIdentity>> JoinAsync(Changes changes, Join join, CancellationToken cancellationToken)
    {
        var first = await store.FirstAsync(LearnerIdentityDocuments.Kind, LearnerIdentityDocuments.ByPerson.Where(join.First.Value), cancellationToken);
        var second = await store.FirstAsync(LearnerIdentityDocuments.Kind, LearnerIdentityDocuments.ByPerson.Where(join.Second.Value), cancellationToken);
        if (first is not null && first.Id == second?.Id)
        {
            throw Refused.Invalid("join.same-person", "These are joined already.");
        }

        var joined = LearnerIdentity.Of(NewId.Ordered(clock.Now()), first?.Document, second?.Document, join);
        foreach (var old in new[] { first, second }.OfType<Read<LearnerIdentity>>())
        {
            changes.Remove(LearnerIdentityDocuments.Kind, old);
        }

        // Each person's own document changes too: whoever is deciding on their work at this moment begins again.
        foreach (var person in joined.People)
        {
            var read = await store.GetAsync(PersonDocuments.Kind, person.Value, "person", cancellationToken);
            changes.Replace(PersonDocuments.Kind, read, read.Document with { LearnerIdentity = joined.Id });

            // What two held may together be what a stack asks for.
            changes.Send(RecognitionDocuments.LookAgain(person, clock.Now()));
        }

        return new(changes.Add(LearnerIdentityDocuments.Kind, joined), joined, joined.Id);
    }

    private async Task RequireStudentAsync(PersonId person, OrganizationId school, CancellationToken cancellationToken)
    {
        if (await authority.FindAsync(new(person), school, [Role.Student], cancellationToken) is null)
        {
            throw Refused.Invalid("join.not-a-student", "This is not a student of that school.");
        }
    }

    // A registrar who is a learner as well would otherwise open another learner's record to themselves.
    private async Task RequireOthersAsync(Actor registrar, IReadOnlyCollection<PersonId> people, CancellationToken cancellationToken)
    {
        foreach (var person in people)
        {
            if ((await store.SameLearnerAsync(person, cancellationToken)).Contains(registrar.Person))
            {
                throw Refused.Forbidden("join.own-record", "Nobody joins a record of their own; another registrar does.");
            }
        }
    }

    private async Task<LearnerIdentity> IdentityAsync(string id, CancellationToken cancellationToken) =>
        (await store.GetAsync(LearnerIdentityDocuments.Kind, id, "join", cancellationToken)).Document;
}
