using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Webhooks;

namespace SkillBadges.Core.Gradebook.Recognitions;

/// <summary>What was recognized stands as long as its source does. It is told of sources here, and looks at those elsewhere again.</summary>
public sealed class RecognitionFollowing(Commits commits, SourceReading sources, RecognitionRecord record)
{
    private const int MaxCases = 500;

    private readonly IDocumentStore store = commits.Store;

    /// <summary>The status of a credential of this instance changed. Handles <see cref="IssuingTopics.StatusChanged"/>; doing it again changes nothing.</summary>
    public async Task FollowAsync(CredentialId credential, CancellationToken cancellationToken)
    {
        if ((await store.FirstAsync(AwardDocuments.Kind, AwardDocuments.ByCredential.Where(credential.Value), cancellationToken))?.Document is not { } award)
        {
            return;
        }

        var source = (await sources.OfAwardAsync(award.Id, cancellationToken)).Badge.Key;
        await foreach (var found in store.AllAsync(RecognitionDocuments.Kind, RecognitionDocuments.BySource.Where(source), cancellationToken))
        {
            await CheckAsync(found.Document.Id, cancellationToken);
        }
    }

    /// <summary>Somebody's record was joined or taken apart: what rested on that is looked at again. Handles <see cref="RecognitionDocuments.Topic"/>.</summary>
    public async Task LookAgainAsync(PersonId learner, CancellationToken cancellationToken)
    {
        await foreach (var found in store.AllAsync(RecognitionDocuments.Kind, RecognitionDocuments.ByLearner.Where(learner.Value), cancellationToken))
        {
            await CheckAsync(found.Document.Id, cancellationToken);
        }
    }

    /// <summary>Looks at sources elsewhere whose time has come; how many were looked at. One that fails keeps no other from it.</summary>
    public async Task<(int Looked, IReadOnlyList<Exception> Failed)> RecheckDueAsync(CancellationToken cancellationToken)
    {
        var due = await store.QueryAsync(RecognitionDocuments.Kind, RecognitionDocuments.DueRecheck.Where().To(record.Now).Take(MaxCases), cancellationToken);
        var failed = new List<Exception>();
        foreach (var found in due.Documents)
        {
            try
            {
                await CheckAsync(found.Id, cancellationToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                failed.Add(fault);
            }
        }

        return (due.Items.Count, failed);
    }

    /// <summary>Lets a recognition fall, rest or stand again as its source does.</summary>
    public Task<RecognitionCase> CheckAsync(RecognitionId id, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var read = await store.GetAsync(RecognitionDocuments.Kind, id.Value, "recognition", attemptToken);
            var changes = new Changes();
            var followed = read.Document.Counts ? await FollowedAsync(changes, read.Document, attemptToken) : read.Document;
            if (followed.State != read.Document.State)
            {
                await changes.TellAsync(store, followed.School, WebhookTypes.RecognitionChanged, id.Value, record.Now, attemptToken);
            }

            return new Outcome<RecognitionCase>(followed == read.Document ? changes : changes.Replace(RecognitionDocuments.Kind, read, followed), followed, id.Value);
        },
        cancellationToken);

    private async Task<RecognitionCase> FollowedAsync(Changes changes, RecognitionCase known, CancellationToken cancellationToken)
    {
        var next = known.RecheckAt is null ? known : known with { RecheckAt = record.Now + RecognitionWorkflow.Recheck };
        var text = known.Source.Award is null ? await store.FindAsync(RecognitionDocuments.Texts, known.Id.Value, cancellationToken) : null;
        if (known.Source.Award is null && text is null)
        {
            return next;
        }

        var now = known.Source.Award is { } award ? await sources.OfAwardAsync(award, cancellationToken) : await sources.OfTextAsync(text!.Document.Text, cancellationToken);
        var isOwn = known.Owner != OwnerProof.OwnRecord || now.Learner is not { } owner || (await store.SameLearnerAsync(known.Learner, cancellationToken)).Contains(owner);
        var to = !isOwn ? RecognitionState.Fallen : now.Fault?.Code switch
        {
            null => RecognitionState.Recognized,
            "recognition.on-hold" => RecognitionState.OnHold,
            "recognition.taken-back" or "recognition.not-genuine" => RecognitionState.Fallen,

            // Out of date is in the entry itself, and what cannot be checked now is looked at next time.
            _ => known.State,
        };
        if (to == known.State)
        {
            return next;
        }

        if (to == RecognitionState.Recognized)
        {
            return (await record.RestoreAsync(changes, next, "The source's hold has ended.", cancellationToken)).Follow(to, record.Now);
        }

        if (known.State == RecognitionState.Recognized)
        {
            await record.RetractAsync(changes, known, !isOwn ? "The source is another learner's." : to == RecognitionState.OnHold ? "The source was put on hold." : "The source was taken back.", cancellationToken);
        }

        if (to == RecognitionState.Fallen && text is not null)
        {
            changes.Remove(RecognitionDocuments.Texts, text);
        }

        return next.Follow(to, record.Now);
    }
}
