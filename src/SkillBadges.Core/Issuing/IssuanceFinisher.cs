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
    public Task<bool> FinishAnyAsync(CredentialId credential, CancellationToken cancellationToken)
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
                return await SignAsync(intent, token);
            },
            cancellationToken);
    }

    /// <summary>Completes what a crash, or a signer that was out of reach, left open; one that still fails does not keep the others.</summary>
    public async Task<SweepReport> FinishOpenAsync(CancellationToken cancellationToken)
    {
        var settled = 0;
        var unfinished = ImmutableArray.CreateBuilder<UnfinishedIntent>();
        var old = IssuanceIntentDocuments.Open.Where().To(clock.Now() - Patience);
        await foreach (var intent in commits.Store.AllAsync(IssuanceIntentDocuments.Kind, old, cancellationToken))
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

    private async Task<Outcome<bool>> SignAsync(Read<IssuanceIntent> intent, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var changes = new Changes();
        await (intent.Document.Award is { } award ? IssueAsync(award, changes, now, cancellationToken) : IssueDerivedAsync(intent.Id, changes, now, cancellationToken));
        var active = await keys.ActiveAsync(intent.Document.Organization, cancellationToken);
        var signed = await IntentSigning.SignAsync(intent.Document.Recorded, active, now, cancellationToken);
        changes.Add(SignedCredentialDocuments.Kind, signed).Replace(IssuanceIntentDocuments.Kind, intent, intent.Document.Complete(now));
        IntentSigning.RequireKeys(signed.Forms, active, changes);
        return new(changes, true, intent.Id);
    }

    private async Task IssueAsync(AwardId id, Changes changes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var award = await commits.Store.GetAsync(AwardDocuments.Kind, id.Value, "award", cancellationToken);
        if (award.Document.State != AwardState.Signing)
        {
            // Both changed between the two readings; look again.
            throw new VersionConflictException(AwardDocuments.Kind.Name, award.Id);
        }

        var issued = award.Document.Issue(now);
        changes.Replace(AwardDocuments.Kind, award, issued);
        await changes.TellAsync(commits.Store, issued.Organization, WebhookTypes.AwardIssued, issued.Id.Value, now, cancellationToken);
        if (await commits.Store.FirstAsync(StackDocuments.Heads, StackDocuments.ByAwardedFor.Where(issued.Badge.Slug), cancellationToken) is not null)
        {
            changes.Send(IssuingTopics.LookAtStacks(issued.Learner, issued.Organization, now));
        }
    }

    private async Task IssueDerivedAsync(string id, Changes changes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var derived = await commits.Store.GetAsync(DerivedDocuments.Kind, id, "award", cancellationToken);
        if (derived.Document.State != DerivedState.Signing)
        {
            throw new VersionConflictException(DerivedDocuments.Kind.Name, id);
        }

        changes.Replace(DerivedDocuments.Kind, derived, derived.Document.Issue(now));
    }
}
