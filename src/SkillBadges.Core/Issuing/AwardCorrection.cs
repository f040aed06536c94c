using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Webhooks;

namespace SkillBadges.Core.Issuing;

/// <summary>Takes an award back within somebody's commit: a decision's correction, or a revocation by itself.</summary>
public sealed class AwardCorrection(IDocumentStore store)
{
    /// <summary>
    /// Adds to <paramref name="changes"/>: the award's end (revoked, or cancelled when it is not signed yet; its slot is free for a new award in the same
    /// changes), the end of an open intent, which then is never signed, the revoked status with the message that publishes it, and a notice to the learner.
    /// </summary>
    /// <exception cref="RefusedException"><c>award.not-found</c> or <c>award.already-revoked</c>.</exception>
    public async Task<Award> EndAsync(AwardId id, StatusMark mark, Changes changes, CancellationToken cancellationToken)
    {
        var award = await store.GetAsync(AwardDocuments.Kind, id.Value, "award", cancellationToken);
        var ended = award.Document.End(mark.At);
        changes.Replace(AwardDocuments.Kind, award, ended);
        if (ended.State == AwardState.Revoked)
        {
            changes.Notify(ended.Learner, NoticeKind.BadgeTakenBack, id.Value, mark.At);
            await changes.TellAsync(store, ended.Organization, WebhookTypes.AwardStatusChanged, id.Value, mark.At, cancellationToken);
        }


        var credential = ended.Credential.Value;
        var intent = await store.GetAsync(IssuanceIntentDocuments.Kind, credential, "award", cancellationToken);
        if (intent.Document.State == IntentState.Open)
        {
            changes.Replace(IssuanceIntentDocuments.Kind, intent, intent.Document.Cancel(mark.At));
        }

        // Also when nothing was signed: a signature made at this very moment is thrown away, and would be worth nothing if it were not.
        var status = await store.GetAsync(CredentialStatusDocuments.Kind, credential, "award", cancellationToken);
        changes
            .Replace(CredentialStatusDocuments.Kind, status, status.Document.Revoke(mark))
            .Send(IssuingTopics.PublishList(status.Document.List, mark.At))
            .Send(IssuingTopics.TellOfStatus(ended.Credential, mark.At));
        return ended;
    }
}
