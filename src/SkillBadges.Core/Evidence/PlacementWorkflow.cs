using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>A school's office places a learner with an employer's supervisor.</summary>
public sealed class PlacementWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <param name="actor">Works in the office of the placement's school.</param>
    /// <param name="placement">Without an id.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>placement.not-a-student</c>, <c>placement.not-a-supervisor</c>, and those of <see cref="Placement.Arrange"/>.</exception>
    public Task<Read<Placement>> ArrangeAsync(Actor actor, Placement placement, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var office = await authority.RequireAsync(actor, placement.School, Offices.Records, attemptToken);
            var student = await authority.FindAsync(new(placement.Learner), placement.School, [Role.Student], attemptToken)
                ?? throw Refused.Invalid("placement.not-a-student", "The learner is not a student of this school.");
            var supervisor = await authority.FindAsync(new(placement.Supervisor), placement.Employer, [Role.Supervisor], attemptToken)
                ?? throw Refused.Invalid("placement.not-a-supervisor", "The supervisor has no such role at this employer.");
            var arranged = Placement.Arrange(placement with { Id = PlacementId.New(clock.Now()) });
            return new Outcome<Read<Placement>>(
                new Changes()
                    .Add(PlacementDocuments.Kind, arranged)
                    .Require(MembershipDocuments.Kind, office)
                    .Require(MembershipDocuments.Kind, student)
                    .Require(MembershipDocuments.Kind, supervisor)
                    .Send(OrganizationTopics.AssignmentsOf(arranged.Learner, clock.Now())),
                new(arranged, arranged.Id.Value, 1),
                arranged.Id.Value);
        },
        (id, replayToken) => store.GetAsync(PlacementDocuments.Kind, id, "placement", replayToken),
        cancellationToken);

    /// <exception cref="RefusedException"><c>placement.not-found</c>, <c>role.missing</c>, <c>placement.ended</c>, <c>request.stale</c>.</exception>
    public Task<Read<Placement>> EndAsync(Actor actor, PlacementId id, long? ifMatch, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var read = (await ReadAsync(actor, id, attemptToken)).MustBe(ifMatch);
            var office = await authority.RequireAsync(actor, read.Document.School, Offices.Records, attemptToken);
            var ended = read.Document.End(clock.Now());
            return new Outcome<Read<Placement>>(
                new Changes()
                    .Replace(PlacementDocuments.Kind, read, ended)
                    .Require(MembershipDocuments.Kind, office)
                    .Send(OrganizationTopics.AssignmentsOf(ended.Learner, clock.Now())),
                read.Became(ended),
                id.Value);
        },
        cancellationToken);

    /// <summary>The learner, the supervisor and the school's office see a placement.</summary>
    /// <exception cref="RefusedException"><c>placement.not-found</c>.</exception>
    public async Task<Read<Placement>> ReadAsync(Actor actor, PlacementId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(PlacementDocuments.Kind, id.Value, "placement", cancellationToken);
        var isTheirs = read.Document.Learner == actor.Person || read.Document.Supervisor == actor.Person
            || await authority.FindAsync(actor, read.Document.School, Offices.Records, cancellationToken) is not null;
        return isTheirs ? read : throw Refused.NotFound("placement");
    }
}
