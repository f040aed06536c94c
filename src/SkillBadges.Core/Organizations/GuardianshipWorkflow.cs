using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Organizations;

/// <summary>A school's office records who is whose guardian, for the records that this school keeps.</summary>
public sealed class GuardianshipWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException"><c>role.missing</c>, <c>guardianship.not-a-student</c>, <c>guardianship.not-a-guardian</c>, <c>guardianship.own</c>.</exception>
    public Task<Read<Guardianship>> RecordAsync(
        Actor actor, PersonId guardian, PersonId learner, OrganizationId recordKeeper, GuardianshipProof proof, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var now = clock.Now();
            var (office, student) = await RequireAsync(actor, learner, recordKeeper, attemptToken);
            var family = await authority.FindAsync(new(guardian), recordKeeper, [Role.Guardian], attemptToken)
                ?? throw Refused.Invalid("guardianship.not-a-guardian", "This person is not entered as a guardian at this school.");
            var recorded = Guardianship.Record(GuardianshipId.New(now), guardian, learner, recordKeeper, proof, now);
            var changes = new Changes()
                .Require(MembershipDocuments.Kind, office).Require(MembershipDocuments.Kind, student).Require(MembershipDocuments.Kind, family);
            await store.TouchAsync(changes, [guardian, learner], attemptToken);
            return changes.Audit(recordKeeper, actor, ActKind.GuardianRecorded, learner.Value, now).Adding(GuardianshipDocuments.Kind, recorded);
        },
        (id, replayToken) => store.GetAsync(GuardianshipDocuments.Kind, id, "guardianship", replayToken),
        cancellationToken);

    /// <summary>As <see cref="RecordAsync"/>, of somebody who is not entered yet.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>guardianship.not-a-student</c>, <c>person.name</c>.</exception>
    public Task<Read<Guardianship>> EnterAsync(
        Actor actor, string guardianName, PersonId learner, OrganizationId recordKeeper, GuardianshipProof proof, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var now = clock.Now();
            var (office, student) = await RequireAsync(actor, learner, recordKeeper, attemptToken);
            var guardian = Person.Named(PersonId.New(now), guardianName);
            var recorded = Guardianship.Record(GuardianshipId.New(now), guardian.Id, learner, recordKeeper, proof, now);
            var changes = new Changes().Require(MembershipDocuments.Kind, office).Require(MembershipDocuments.Kind, student)
                .Add(PersonDocuments.Kind, guardian).Add(MembershipDocuments.Kind, new(MembershipId.New(now), guardian.Id, recordKeeper, Role.Guardian, now));
            await store.TouchAsync(changes, [learner], attemptToken);
            return changes.Audit(recordKeeper, actor, ActKind.PersonEntered, guardian.Id.Value, now).Audit(recordKeeper, actor, ActKind.GuardianRecorded, learner.Value, now)
                .Adding(GuardianshipDocuments.Kind, recorded);
        },
        (id, replayToken) => store.GetAsync(GuardianshipDocuments.Kind, id, "guardianship", replayToken),
        cancellationToken);

    /// <exception cref="RefusedException"><c>guardianship.not-found</c>, <c>guardianship.ended</c>, <c>request.stale</c>.</exception>
    public Task<Read<Guardianship>> EndAsync(Actor actor, GuardianshipId id, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = await store.GetAsync(GuardianshipDocuments.Kind, id.Value, "guardianship", attemptToken);
            var office = await authority.FindAsync(actor, read.Document.RecordKeeper, Offices.Registry, attemptToken) ?? throw Refused.NotFound("guardianship");
            var ended = read.MustBe(ifMatch).Document.End(clock.Now());
            return new Changes().Require(MembershipDocuments.Kind, office).Audit(read.Document.RecordKeeper, actor, ActKind.GuardianEnded, read.Document.Learner.Value, clock.Now())
                .Replacing(GuardianshipDocuments.Kind, read, ended);
        },
        (result, replayToken) => store.GetAsync(GuardianshipDocuments.Kind, result, "guardianship", replayToken),
        cancellationToken);

    /// <summary>The guardianships in which a person is the guardian; only theirs to see.</summary>
    public Task<Page<Guardianship>> OfGuardianAsync(Actor actor, Func<DocumentQuery<Guardianship>, DocumentQuery<Guardianship>> page, CancellationToken cancellationToken) =>
        store.QueryAsync(GuardianshipDocuments.Kind, page(GuardianshipDocuments.ByGuardian.Where(actor.Person.Value)), cancellationToken);

    private async Task<(Read<Membership> Office, Read<Membership> Student)> RequireAsync(Actor actor, PersonId learner, OrganizationId recordKeeper, CancellationToken cancellationToken)
    {
        var office = await authority.RequireAsync(actor, recordKeeper, Offices.Registry, cancellationToken);
        return (office, await authority.FindAsync(new(learner), recordKeeper, [Role.Student], cancellationToken)
            ?? throw Refused.Invalid("guardianship.not-a-student", "The learner is not a student of this school."));
    }
}
