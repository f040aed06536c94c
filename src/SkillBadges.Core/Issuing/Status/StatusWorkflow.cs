using SkillBadges.Core.Evidence;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Webhooks;

namespace SkillBadges.Core.Issuing.Status;

/// <summary>
/// Revoke, suspend and reinstate, by a registrar or an administrator of the issuing organization, with a reason. What is done here holds in the store at
/// once and in the published lists within a minute.
/// </summary>
public sealed class StatusWorkflow(Commits commits, Authority authority, AwardCorrection correction, TimeProvider clock)
{
    /// <summary>For good. An award that is not signed yet is cancelled.</summary>
    /// <exception cref="RefusedException"><c>award.not-found</c>, <c>role.missing</c>, <c>award.own</c>, <c>award.reason</c>, <c>award.already-revoked</c>.</exception>
    public Task<CredentialStatus> RevokeAsync(Actor actor, AwardId award, string reason, RequestKey? key, CancellationToken cancellationToken) => ChangeAsync(
        actor, award, ActKind.BadgeTakenBack, key, (held, read, changes, token) => RevokeAsync(actor, reason, held, read, changes, token), cancellationToken);

    /// <summary>Whether <see cref="RevokeAsync(Actor, AwardId, string, RequestKey?, CancellationToken)"/> would take it back now; nothing is written.</summary>
    /// <exception cref="RefusedException">Those of the same.</exception>
    public Task CheckRevocationAsync(Actor actor, AwardId award, string reason, CancellationToken cancellationToken) =>
        OutcomeAsync(actor, award, ActKind.BadgeTakenBack, (held, read, changes, token) => RevokeAsync(actor, reason, held, read, changes, token), cancellationToken);

    /// <summary>Until it is reinstated.</summary>
    /// <exception cref="RefusedException">
    /// <c>award.not-found</c>, <c>role.missing</c>, <c>award.own</c>, <c>award.reason</c>, <c>award.already-revoked</c>, <c>award.already-suspended</c>.
    /// </exception>
    public Task<CredentialStatus> SuspendAsync(Actor actor, AwardId award, string reason, RequestKey? key, CancellationToken cancellationToken) => ChangeAsync(
        actor,
        award,
        ActKind.BadgeOnHold,
        key,
        (held, read, changes, _) =>
        {
            var mark = StatusMark.Because(reason, actor.Person, clock.Now());
            return Task.FromResult(Replace(read, read.Document.Suspend(mark), changes.Notify(held.Learner, NoticeKind.BadgeTakenBack, award.Value, mark.At)));
        },
        cancellationToken);

    /// <summary>Lifts a suspension.</summary>
    /// <exception cref="RefusedException"><c>award.not-found</c>, <c>role.missing</c>, <c>award.own</c>, <c>award.reason</c>, <c>award.already-revoked</c>, <c>award.not-suspended</c>.</exception>
    public Task<CredentialStatus> ReinstateAsync(Actor actor, AwardId award, string reason, RequestKey? key, CancellationToken cancellationToken) => ChangeAsync(
        actor,
        award,
        ActKind.BadgeReinstated,
        key,
        (_, read, changes, _) => Task.FromResult(Replace(read, read.Document.Reinstate(StatusMark.Because(reason, actor.Person, clock.Now())), changes)),
        cancellationToken);

    private Task<CredentialStatus> ChangeAsync(
        Actor actor, AwardId id, ActKind kind, RequestKey? key, Func<Award, Read<CredentialStatus>, Changes, CancellationToken, Task<CredentialStatus>> change, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        token => OutcomeAsync(actor, id, kind, change, token),
        async (credential, token) => (await commits.Store.GetAsync(CredentialStatusDocuments.Kind, credential, "award", token)).Document,
        cancellationToken);

    private async Task<Outcome<CredentialStatus>> OutcomeAsync(
        Actor actor, AwardId id, ActKind kind, Func<Award, Read<CredentialStatus>, Changes, CancellationToken, Task<CredentialStatus>> change, CancellationToken cancellationToken)
    {
        var award = await commits.Store.GetAsync(AwardDocuments.Kind, id.Value, "award", cancellationToken);
        var changes = new Changes();
        changes.Require(MembershipDocuments.Kind, await RequireDeciderAsync(actor, award.Document, cancellationToken));
        var status = await commits.Store.GetAsync(CredentialStatusDocuments.Kind, award.Document.Credential.Value, "award", cancellationToken);
        var changed = await change(award.Document, status, changes, cancellationToken);
        if (award.Document.State == AwardState.Issued && !changes.Documents.Any(told => told.Kind == WebhookDocuments.Deliveries))
        {
            await changes.TellAsync(commits.Store, award.Document.Organization, WebhookTypes.AwardStatusChanged, award.Id, clock.Now(), cancellationToken);
        }

        return new(changes.Audit(award.Document.Organization, actor, kind, award.Id, clock.Now()), changed, status.Id);
    }

    private async Task<CredentialStatus> RevokeAsync(Actor actor, string reason, Award held, Read<CredentialStatus> read, Changes changes, CancellationToken cancellationToken)
    {
        var mark = StatusMark.Because(reason, actor.Person, clock.Now());
        await correction.EndAsync(held.Id, mark, changes, cancellationToken);
        if (await commits.Store.FindAsync(SubmissionDocuments.Kind, held.Submission.Value, cancellationToken) is { } work)
        {
            changes.Replace(SubmissionDocuments.Kind, work, work.Document with { TakenBackAt = mark.At });
        }

        return read.Document.Revoke(mark);
    }

    private CredentialStatus Replace(Read<CredentialStatus> read, CredentialStatus changed, Changes changes)
    {
        changes.Replace(CredentialStatusDocuments.Kind, read, changed).Send(IssuingTopics.PublishList(changed.List, clock.Now())).Send(IssuingTopics.TellOfStatus(changed.Credential, clock.Now()));
        return changed;
    }

    // Who may not read the award does not learn that it exists.
    private async Task<Read<Membership>> RequireDeciderAsync(Actor actor, Award award, CancellationToken cancellationToken)
    {
        if (actor.Person != award.Learner && await authority.FindAsync(actor, award.Organization, Offices.Records, cancellationToken) is null)
        {
            throw Refused.NotFound("award");
        }

        var membership = await authority.RequireAsync(actor, award.Organization, Offices.Registry, cancellationToken);
        return actor.Person != award.Learner
            ? membership
            : throw Refused.Forbidden("award.own", "Nobody decides about a badge of their own.");
    }
}
