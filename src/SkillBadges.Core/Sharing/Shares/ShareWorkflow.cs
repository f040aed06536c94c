using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Shares;

/// <summary>A link that was just made; the token is shown this once.</summary>
public sealed record NewShare(Share Share, string Token);

/// <summary>A learner makes and closes links; a guardian closes those of a child.</summary>
public sealed class ShareWorkflow(Commits commits, ShareGate gate, FamilyRights family, RightsReading rights, TimeProvider clock)
{
    public const int MaxOpen = 200;

    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException">
    /// <c>share.scope</c>, <c>share.expiry</c>, <c>share.too-many</c>, <c>share.consent-missing</c>, <c>award.not-found</c>, <c>learner.not-found</c>, <c>consent.age-unknown</c>, <c>consent.too-young</c>.
    /// </exception>
    public Task<NewShare> MakeAsync(Actor actor, ShareScope scope, DateTimeOffset expiresAt, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var now = clock.Now();
            var token = NewId.Random();
            var share = Share.Make(ShareId.New(now), actor.Person, token, scope, now, expiresAt);
            if (await store.CountAsync(ShareDocuments.Kind, ShareDocuments.ByLearner.Where(actor.Person.Value), MaxOpen, attemptToken) >= MaxOpen)
            {
                throw Refused.Conflict("share.too-many", $"There are {MaxOpen} links already; those that ended are removed after some months.");
            }

            var changes = new Changes().Add(ShareDocuments.Kind, share);
            foreach (var ground in await gate.GroundsAsync(actor.Person, share.Scope, attemptToken))
            {
                ground.Require(changes);
            }

            return new Outcome<NewShare>(changes, new(share, token), share.Id.Value);
        },
        cancellationToken);

    /// <summary>Closes a link at once.</summary>
    /// <exception cref="RefusedException"><c>share.not-found</c>.</exception>
    public Task<Read<Share>> RevokeAsync(Actor actor, ShareId id, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var read = await store.GetAsync(ShareDocuments.Kind, id.Value, "share", attemptToken);
            await RequireTheirsAsync(actor, read.Document.Learner, "share", attemptToken);
            var revoked = read.Document.Revoke(actor.Person, clock.Now());
            return new Changes().Replacing(ShareDocuments.Kind, read, revoked);
        },
        cancellationToken);

    /// <summary>The links of a learner, latest first: for the learner, and the family while it holds the rights in one of the records.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>.</exception>
    public async Task<Page<Share>> ListAsync(Actor actor, PersonId learner, Func<DocumentQuery<Share>, DocumentQuery<Share>> page, CancellationToken cancellationToken)
    {
        await RequireTheirsAsync(actor, learner, "learner", cancellationToken);
        return await store.QueryAsync(ShareDocuments.Kind, page(ShareDocuments.ByLearner.Where(learner.Value).Descending()), cancellationToken);
    }

    private async Task RequireTheirsAsync(Actor actor, PersonId learner, string noun, CancellationToken cancellationToken)
    {
        var self = await store.GetAsync(PersonDocuments.Kind, learner.Value, noun == "share" ? "share" : "learner", cancellationToken);
        var people = (await rights.PeopleAsync(self.Document, cancellationToken)).Select(person => person.Id).ToList();
        if (actor.IsLimited || (!people.Contains(actor.Person) && (await family.RecordKeepersAsync(actor, people, cancellationToken)).Count == 0))
        {
            throw noun == "share" ? Refused.NotFound("share") : Refused.NotFound("learner");
        }
    }
}
