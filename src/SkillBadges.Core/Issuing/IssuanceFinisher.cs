using System.Collections.Concurrent;
using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Issuing.Derived;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Webhooks;

namespace SkillBadges.Core.Issuing;

/// <summary>An intent that could not be completed now; it stays open.</summary>
public sealed record UnfinishedIntent(CredentialId Credential, Exception Cause);

/// <summary>What a sweep over open intents came to.</summary>
public sealed record SweepReport(int Settled, ImmutableArray<UnfinishedIntent> Unfinished);

/// <summary>
/// The second step: signs what an intent holds and stores it, once. Repeating it, or doing it on two nodes at the same time, is harmless: whoever
/// comes second adopts what is stored and throws its own signature away.
/// </summary>
public sealed class IssuanceFinisher(Commits commits, IssuerKeys keys, TimeProvider clock)
{
    private const int Together = 200;
    private const int Rounds = 3;

    private readonly ConcurrentDictionary<CredentialId, Task> underWay = new();

    /// <summary>Younger open intents are left to the message that was sent with them.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Completes the intent of an award unless it is settled, or may still be undone; the award says how it ended.</summary>
    /// <exception cref="RefusedException"><c>award.not-found</c>, <c>keys.wrong-key-file</c>.</exception>
    public async Task<Award> FinishAsync(CredentialId credential, CancellationToken cancellationToken)
    {
        await FinishAnyAsync(credential, cancellationToken);
        return (await commits.Store.FirstAsync(AwardDocuments.Kind, AwardDocuments.ByCredential.Where(credential.Value), cancellationToken) ?? throw Refused.NotFound("award")).Document;
    }

    /// <summary>Completes the intent of an award or of a derived credential unless it is settled, or may still be undone.</summary>
    /// <returns>Whether it is settled.</returns>
    /// <exception cref="RefusedException"><c>award.not-found</c>, <c>keys.wrong-key-file</c>.</exception>
    public async Task<bool> FinishAnyAsync(CredentialId credential, CancellationToken cancellationToken)
    {
        // Whoever decided and the message of that decision come at the same time: the second one finds done what it would have signed for nothing.
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (underWay.GetOrAdd(credential, mine.Task) is var first && first != mine.Task)
        {
            await first.WaitAsync(cancellationToken);
        }

        try
        {
            return await FinishOneAsync(credential, cancellationToken);
        }
        finally
        {
            underWay.TryRemove(credential, out _);
            mine.SetResult();
        }
    }

    /// <summary>Completes what a crash, or a signer that was out of reach, left open, and what many recorded at once may be signed by now; one that still fails does not keep the others.</summary>
    public async Task<SweepReport> FinishOpenAsync(CancellationToken cancellationToken)
    {
        var settled = 0;
        var unfinished = ImmutableArray.CreateBuilder<UnfinishedIntent>();
        var old = IssuanceIntentDocuments.Open.Where().To(clock.Now() - Patience);
        await foreach (var some in commits.Store.AllAsync(IssuanceIntentDocuments.Kind, old, cancellationToken).Chunk(Together).WithCancellation(cancellationToken))
        {
            var swept = await FinishTogetherAsync(some, cancellationToken);
            settled += swept.Settled;
            unfinished.AddRange(swept.Unfinished);
        }

        return new(settled, unfinished.DrainToImmutable());
    }

    /// <summary>
    /// Signs what may be signed by now, side by side, and stores it in one commit. Where somebody else was at some of it, what is left is signed together once more. Where it fails because of one, each is
    /// finished by itself; what cannot be finished stays open.
    /// </summary>
    /// <param name="intents">As they were read.</param>
    /// <param name="cancellationToken">Leaves the rest open.</param>
    public async Task<SweepReport> FinishTogetherAsync(IReadOnlyCollection<Read<IssuanceIntent>> intents, CancellationToken cancellationToken)
    {
        var (settled, due) = (0, Due(intents));
        for (var round = 1; due.Count > 0; round++)
        {
            try
            {
                await SignTogetherAsync(due, cancellationToken);
                return new(settled + due.Count, []);
            }
            catch (RefusedException lost) when (round < Rounds && lost is VersionConflictException or NotUniqueException)
            {
                foreach (var organization in due.Select(intent => intent.Document.Organization).Distinct())
                {
                    keys.Forget(organization);
                }

                var left = Due(await commits.Store.FindManyAsync(IssuanceIntentDocuments.Kind, [.. due.Select(intent => intent.Id)], cancellationToken));
                (settled, due) = (settled + due.Count - left.Count, left);
            }
            catch (Exception cause) when (cause is not OperationCanceledException)
            {
                var each = await EachAsync(due, cancellationToken);
                return each with { Settled = settled + each.Settled };
            }
        }

        return new(settled, []);
    }

    private Task<bool> FinishOneAsync(CredentialId credential, CancellationToken cancellationToken)
    {
        var repeated = false;
        return commits.RunAsync(
            async token =>
            {
                var intent = await commits.Store.GetAsync(IssuanceIntentDocuments.Kind, credential.Value, "award", token);
                if (intent.Document.State != IntentState.Open || clock.Now() < intent.Document.NotBefore)
                {
                    return new Outcome<bool>(new Changes(), intent.Document.State != IntentState.Open, credential.Value);
                }

                if (repeated)
                {
                    // The intent is still open, so it was the keys that changed.
                    keys.Forget(intent.Document.Organization);
                }

                repeated = true;
                return await SignAsync(commits.Store, intent, isOneOfMany: false, token);
            },
            cancellationToken);
    }

    private List<Read<IssuanceIntent>> Due(IEnumerable<Read<IssuanceIntent>> intents)
    {
        var now = clock.Now();
        return [.. intents.Where(intent => intent.Document.State == IntentState.Open && !(now < intent.Document.NotBefore))];
    }

    private async Task SignTogetherAsync(IReadOnlyCollection<Read<IssuanceIntent>> due, CancellationToken cancellationToken)
    {
        var gathering = new GatheringStore(commits.Store, cancellationToken);
        var first = due.DistinctBy(intent => intent.Document.Organization).Select(intent => intent.Id).ToHashSet(StringComparer.Ordinal);
        await Parallel.ForEachAsync(due, cancellationToken, async (intent, token) =>
            await gathering.CommitAsync((await SignAsync(gathering, intent, isOneOfMany: !first.Contains(intent.Id), token)).Changes, token));
        await commits.Store.CommitAsync(gathering.ToChanges(), cancellationToken);
    }

    private async Task<SweepReport> EachAsync(IEnumerable<Read<IssuanceIntent>> due, CancellationToken cancellationToken)
    {
        var (settled, unfinished) = (0, ImmutableArray.CreateBuilder<UnfinishedIntent>());
        foreach (var intent in due)
        {
            try
            {
                await FinishAnyAsync(intent.Document.Credential, cancellationToken);
                settled++;
            }
            catch (Exception cause) when (cause is not OperationCanceledException)
            {
                unfinished.Add(new(intent.Document.Credential, cause));
            }
        }

        return new(settled, unfinished.DrainToImmutable());
    }

    private async Task<Outcome<bool>> SignAsync(IDocumentStore store, Read<IssuanceIntent> intent, bool isOneOfMany, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var changes = new Changes();
        await (intent.Document.Award is { } award ? IssueAsync(store, award, changes, now, cancellationToken) : IssueDerivedAsync(store, intent.Id, changes, now, cancellationToken));
        var active = await keys.ActiveAsync(intent.Document.Organization, cancellationToken);
        var signed = await IntentSigning.SignAsync(intent.Document.Recorded, active, now, isOneOfMany, cancellationToken);
        changes.Add(SignedCredentialDocuments.Kind, signed).Replace(IssuanceIntentDocuments.Kind, intent, intent.Document.Complete(now));
        IntentSigning.RequireKeys(signed.Forms, active, changes);
        return new(changes, true, intent.Id);
    }

    private static async Task IssueAsync(IDocumentStore store, AwardId id, Changes changes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var award = await store.GetAsync(AwardDocuments.Kind, id.Value, "award", cancellationToken);
        if (award.Document.State != AwardState.Signing)
        {
            // Both changed between the two readings; look again.
            throw new VersionConflictException(AwardDocuments.Kind.Name, award.Id);
        }

        var issued = award.Document.Issue(now);
        changes.Replace(AwardDocuments.Kind, award, issued);
        await changes.TellAsync(store, issued.Organization, WebhookTypes.AwardIssued, issued.Id.Value, now, cancellationToken);
        if (await store.FirstAsync(StackDocuments.Heads, StackDocuments.ByAwardedFor.Where(issued.Badge.Slug), cancellationToken) is not null)
        {
            changes.Send(IssuingTopics.LookAtStacks(issued.Learner, issued.Organization, now));
        }
    }

    private static async Task IssueDerivedAsync(IDocumentStore store, string id, Changes changes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var derived = await store.GetAsync(DerivedDocuments.Kind, id, "award", cancellationToken);
        if (derived.Document.State != DerivedState.Signing)
        {
            throw new VersionConflictException(DerivedDocuments.Kind.Name, id);
        }

        changes.Replace(DerivedDocuments.Kind, derived, derived.Document.Issue(now));
    }
}
