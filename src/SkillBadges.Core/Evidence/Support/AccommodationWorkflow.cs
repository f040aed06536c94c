using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Support;

/// <summary>A school's office grants what helps a learner; the learner, their teachers, the office and the family see it, and nobody else.</summary>
public sealed class AccommodationWorkflow(Commits commits, Authority authority, ClassTeaching teaching, FamilyRights family, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException"><c>role.missing</c>, <c>accommodation.not-a-learner</c>, <c>badge.not-found</c>, and those of <see cref="Accommodation.Grant"/>.</exception>
    public Task<Read<Accommodation>> GrantAsync(
        Actor actor, PersonId learner, OrganizationId organization, string? badge, string what, string? alternative, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var office = await authority.RequireAsync(actor, organization, Offices.Records, attemptToken);
            var student = await authority.FindAsync(new(learner), organization, Offices.Learners, attemptToken)
                ?? throw Refused.Invalid("accommodation.not-a-learner", "This person neither studies nor works here.");
            if (badge is not null)
            {
                await store.GetAsync(Definitions.DefinitionDocuments.Heads, badge, "badge", attemptToken);
            }

            var now = clock.Now();
            var granted = Accommodation.Grant(AccommodationId.New(now), learner, organization, badge, what, alternative, actor.Person, now);
            return new Changes().Require(MembershipDocuments.Kind, office).Require(MembershipDocuments.Kind, student).Adding(AccommodationDocuments.Kind, granted);
        },
        (id, replayToken) => store.GetAsync(AccommodationDocuments.Kind, id, "accommodation", replayToken),
        cancellationToken);

    /// <exception cref="RefusedException"><c>accommodation.not-found</c>, <c>accommodation.ended</c>, <c>request.stale</c>.</exception>
    public Task<Read<Accommodation>> EndAsync(Actor actor, AccommodationId id, long? ifMatch, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var read = await store.GetAsync(AccommodationDocuments.Kind, id.Value, "accommodation", attemptToken);
            var office = await authority.FindAsync(actor, read.Document.Organization, Offices.Records, attemptToken) ?? throw Refused.NotFound("accommodation");
            var ended = read.MustBe(ifMatch).Document.End(clock.Now());
            return new Changes().Require(MembershipDocuments.Kind, office).Replacing(AccommodationDocuments.Kind, read, ended);
        },
        cancellationToken);

    /// <summary>What a learner was granted at an organization, latest first.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>.</exception>
    public async Task<Page<Accommodation>> ListAsync(
        Actor actor, PersonId learner, OrganizationId organization, Func<DocumentQuery<Accommodation>, DocumentQuery<Accommodation>> page, CancellationToken cancellationToken)
    {
        var may = learner == actor.Person
            || await teaching.FindAsync(actor, learner, organization, cancellationToken) is not null
            || await authority.FindAsync(actor, organization, Offices.Records, cancellationToken) is not null
            || (await family.RecordKeepersAsync(actor, [learner], cancellationToken)).Contains(organization);
        return may
            ? await store.QueryAsync(AccommodationDocuments.Kind, page(AccommodationDocuments.ByLearner.Where(learner.Value, organization.Value).Descending()), cancellationToken)
            : throw Refused.NotFound("learner");
    }
}
