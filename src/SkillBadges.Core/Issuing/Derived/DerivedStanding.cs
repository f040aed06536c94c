using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing.Derived;

/// <summary>Takes a derived credential back, puts it on hold or lets it stand again, within somebody's commit; whoever relies on it is told as of a badge.</summary>
public sealed class DerivedStanding(IDocumentStore store)
{
    /// <summary>For good. One that is not signed yet never will be.</summary>
    public async Task EndAsync(Read<DerivedCredential> read, StatusMark mark, Changes changes, CancellationToken cancellationToken)
    {
        var status = await StatusAsync(read, cancellationToken);
        var intent = await store.GetAsync(IssuanceIntentDocuments.Kind, read.Id, "award", cancellationToken);
        if (intent.Document.State == IntentState.Open)
        {
            changes.Replace(IssuanceIntentDocuments.Kind, intent, intent.Document.Cancel(mark.At));
        }

        changes.Replace(DerivedDocuments.Kind, read, read.Document.End(mark.At));
        Replace(read, status, status.Document.Revoke(mark), changes.Notify(read.Document.Learner, NoticeKind.BadgeTakenBack, read.Id, mark.At), mark);
    }

    /// <summary>Until <see cref="ReinstateAsync"/>; one that is on hold stays as it is.</summary>
    public async Task SuspendAsync(Read<DerivedCredential> read, StatusMark mark, Changes changes, CancellationToken cancellationToken)
    {
        var status = await StatusAsync(read, cancellationToken);
        if (status.Document.Suspended is null)
        {
            Replace(read, status, status.Document.Suspend(mark), changes.Notify(read.Document.Learner, NoticeKind.BadgeTakenBack, read.Id, mark.At), mark);
        }
    }

    /// <summary>Ends a hold, in the name of whoever had put it on hold; one that is on none stays as it is.</summary>
    public async Task ReinstateAsync(Read<DerivedCredential> read, DateTimeOffset now, string reason, Changes changes, CancellationToken cancellationToken)
    {
        var status = await StatusAsync(read, cancellationToken);
        if (status.Document.Suspended is { } held)
        {
            var mark = new StatusMark(now, held.By, reason);
            Replace(read, status, status.Document.Reinstate(mark), changes, mark);
        }
    }

    private Task<Read<CredentialStatus>> StatusAsync(Read<DerivedCredential> read, CancellationToken cancellationToken) =>
        store.GetAsync(CredentialStatusDocuments.Kind, read.Id, "award", cancellationToken);

    private static void Replace(Read<DerivedCredential> read, Read<CredentialStatus> status, CredentialStatus changed, Changes changes, StatusMark mark) => changes
        .Replace(CredentialStatusDocuments.Kind, status, changed)
        .Send(IssuingTopics.PublishList(changed.List, mark.At))
        .Send(IssuingTopics.TellOfStatus(read.Document.Credential, mark.At));
}
