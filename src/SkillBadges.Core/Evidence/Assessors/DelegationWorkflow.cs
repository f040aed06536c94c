using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Assessors;

/// <summary>Who is away says who stands in; the office may say it for them.</summary>
public sealed class DelegationWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <param name="actor">The absent person, or the office of the organization.</param>
    /// <param name="asked">Without an id.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>delegation.other-role</c>, and those of <see cref="Delegation.Make"/>.</exception>
    public Task<Read<Delegation>> MakeAsync(Actor actor, Delegation asked, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var now = clock.Now();
            var changes = new Changes();
            if (asked.For != actor.Person)
            {
                changes.Require(MembershipDocuments.Kind, await authority.RequireAsync(actor, asked.Organization, Offices.Registry, attemptToken));
            }

            var made = Delegation.Make(asked with { Id = DelegationId.New(now), From = asked.From < now ? now : asked.From });
            foreach (var person in new[] { made.For, made.Delegate })
            {
                var role = await authority.FindAsync(new(person), made.Organization, [made.Role], attemptToken)
                    ?? throw Refused.Invalid("delegation.other-role", "Both have to be in the same role at this organization.");
                changes.Require(MembershipDocuments.Kind, role);
            }

            changes.Add(DelegationDocuments.Kind, made)
                .Send(OrganizationTopics.AssignmentsOf(made.For, made.From))
                .Send(OrganizationTopics.AssignmentsOf(made.For, made.To));
            return new Outcome<Read<Delegation>>(changes, new(made, made.Id.Value, 1), made.Id.Value);
        },
        (id, replayToken) => store.GetAsync(DelegationDocuments.Kind, id, "delegation", replayToken),
        cancellationToken);

    /// <summary>Either of the two, or the office, ends it.</summary>
    /// <exception cref="RefusedException"><c>delegation.not-found</c>, <c>delegation.ended</c>, <c>request.stale</c>.</exception>
    public Task<Read<Delegation>> EndAsync(Actor actor, DelegationId id, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = await store.GetAsync(DelegationDocuments.Kind, id.Value, "delegation", attemptToken);
            var changes = new Changes();
            if (read.Document.For != actor.Person && read.Document.Delegate != actor.Person)
            {
                changes.Require(
                    MembershipDocuments.Kind, await authority.FindAsync(actor, read.Document.Organization, Offices.Registry, attemptToken) ?? throw Refused.NotFound("delegation"));
            }

            var ended = read.MustBe(ifMatch).Document.End(clock.Now());
            changes.Replace(DelegationDocuments.Kind, read, ended).Send(OrganizationTopics.AssignmentsOf(ended.For, clock.Now()));
            return new Outcome<Read<Delegation>>(changes, read.Became(ended), id.Value);
        },
        (result, replayToken) => store.GetAsync(DelegationDocuments.Kind, result, "delegation", replayToken),
        cancellationToken);

    /// <summary>For whom the actor stands in, or who stands in for the actor; those that end first come first.</summary>
    public Task<Page<Delegation>> ListAsync(Actor actor, bool given, Func<DocumentQuery<Delegation>, DocumentQuery<Delegation>> page, CancellationToken cancellationToken) =>
        store.QueryAsync(DelegationDocuments.Kind, page((given ? DelegationDocuments.ByAbsent : DelegationDocuments.ByDelegate).Where(actor.Person.Value).From(clock.Now())), cancellationToken);
}
