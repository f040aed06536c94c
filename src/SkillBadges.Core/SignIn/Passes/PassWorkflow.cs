using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Passes;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.SignIn.Passes;

/// <summary>A school's office lets a workplace supervisor in without an account, and ends that.</summary>
public sealed class PassWorkflow(Commits commits, Authority authority, LetterWriting letters, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>Sends the placement's supervisor a link. Doing it again sends a new one; the old link and the devices that knew it are worth nothing then.</summary>
    /// <param name="actor">Works in the office of the placement's school.</param>
    /// <param name="id">The internship.</param>
    /// <param name="to">Where the school knows the supervisor to be; codes go there too.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException"><c>placement.not-found</c>, <c>placement.ended</c>, <c>pass.own</c>.</exception>
    public Task<Read<SupervisorPass>> SendAsync(Actor actor, PlacementId id, Destination to, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var now = clock.Now();
            var (placement, office) = await RequireAsync(actor, id, attemptToken);
            if (placement.Document.To <= now)
            {
                throw Refused.Conflict("placement.ended", "This internship has ended already.");
            }

            // Somebody who could open the link that they send would sign in the supervisor's name.
            if (placement.Document.Supervisor == actor.Person)
            {
                throw Refused.Forbidden("pass.own", "You supervise this internship yourself; please sign in with your account.");
            }

            var secret = NewId.Random();
            var pass = new SupervisorPass(id, placement.Document.Supervisor, placement.Document.School, to, OneTimeLink.HashOf(secret), now);
            var changes = new Changes().Require(PlacementDocuments.Kind, placement).Require(MembershipDocuments.Kind, office);
            changes.Audit(pass.School, actor, ActKind.SupervisorLinkSent, placement.Document.Learner.Value, now);
            letters.WriteLink(changes, to, LetterKind.PassLink, $"/pass/{secret}", now);
            return await store.FindAsync(PassDocuments.Kind, id.Value, attemptToken) is { } earlier
                ? new Outcome<Read<SupervisorPass>>(changes.Replace(PassDocuments.Kind, earlier, pass), earlier.Became(pass), id.Value)
                : new Outcome<Read<SupervisorPass>>(changes.Add(PassDocuments.Kind, pass), new(pass, id.Value, 1), id.Value);
        },
        (result, replayToken) => store.GetAsync(PassDocuments.Kind, result, "pass", replayToken),
        cancellationToken);

    /// <summary>Ends it at once, on every device; what was signed stays.</summary>
    /// <exception cref="RefusedException"><c>placement.not-found</c>, <c>pass.not-found</c>.</exception>
    public Task<Read<SupervisorPass>> RevokeAsync(Actor actor, PlacementId id, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var (placement, office) = await RequireAsync(actor, id, attemptToken);
            var read = await store.GetAsync(PassDocuments.Kind, id.Value, "pass", attemptToken);
            var revoked = read.Document.Revoke(clock.Now());
            var changes = new Changes().Require(MembershipDocuments.Kind, office).Audit(revoked.School, actor, ActKind.SupervisorLinkTakenBack, placement.Document.Learner.Value, clock.Now());
            return changes.Replacing(PassDocuments.Kind, read, revoked);
        },
        cancellationToken);

    /// <exception cref="RefusedException"><c>placement.not-found</c>, <c>pass.not-found</c>.</exception>
    public async Task<Read<SupervisorPass>> ReadAsync(Actor actor, PlacementId id, CancellationToken cancellationToken)
    {
        await RequireAsync(actor, id, cancellationToken);
        return await store.GetAsync(PassDocuments.Kind, id.Value, "pass", cancellationToken);
    }

    private async Task<(Read<Placement> Placement, Read<Membership> Office)> RequireAsync(Actor actor, PlacementId id, CancellationToken cancellationToken)
    {
        var placement = await store.GetAsync(PlacementDocuments.Kind, id.Value, "placement", cancellationToken);
        var office = await authority.FindAsync(actor, placement.Document.School, Offices.Records, cancellationToken) ?? throw Refused.NotFound("placement");
        return (placement, office);
    }
}
