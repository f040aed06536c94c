using System.Collections.Immutable;
using System.Text;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.StatusLists;

namespace SkillBadges.Core.Issuing.Status;

/// <summary>A list that could not be published now.</summary>
public sealed record UnpublishedList(StatusListId List, Exception Cause);

/// <summary>Makes the public lists from the statuses and signs them as their issuer.</summary>
public sealed class StatusListPublisher(Commits commits, IssuerKeys keys, InstanceAddress address, TimeProvider clock)
{
    private static readonly TimeSpan renewal = PublishedStatusList.Validity / 2;

    /// <summary>
    /// Publishes what changed of a pair of lists, or what another key or its age makes due; nothing else is written. Handles the message
    /// <see cref="IssuingTopics.StatusList"/>.
    /// </summary>
    /// <exception cref="RefusedException"><c>status-list.not-found</c>, <c>keys.wrong-key-file</c>.</exception>
    public async Task PublishAsync(StatusListId list, CancellationToken cancellationToken)
    {
        var repeated = false;
        await commits.RunAsync(
            async token =>
            {
                var truth = await commits.Store.GetAsync(StatusListDocuments.Kind, list.Value, "status-list", token);
                if (repeated)
                {
                    keys.Forget(truth.Document.Organization);
                }

                repeated = true;
                return new Outcome<StatusListId>(await ChangesAsync(truth.Document, token), list, list.Value);
            },
            cancellationToken);
    }

    /// <summary>Signs anew what would run out of time; the rest is not kept by one that fails.</summary>
    public async Task<ImmutableArray<UnpublishedList>> PublishDueAsync(CancellationToken cancellationToken)
    {
        var failed = ImmutableArray.CreateBuilder<UnpublishedList>();
        var lists = new HashSet<StatusListId>();
        await foreach (var due in commits.Store.AllAsync(PublishedStatusListDocuments.Kind, PublishedStatusListDocuments.ByRenewal.Where().To(clock.Now()), cancellationToken))
        {
            lists.Add(due.Document.List);
        }

        foreach (var list in lists)
        {
            try
            {
                await PublishAsync(list, cancellationToken);
            }
            catch (Exception cause) when (cause is not OperationCanceledException)
            {
                failed.Add(new(list, cause));
            }
        }

        return failed.DrainToImmutable();
    }

    /// <summary>The list as it is served, published now if it never was.</summary>
    /// <exception cref="RefusedException"><c>status-list.not-found</c>.</exception>
    public async Task<PublishedStatusList> GetAsync(StatusListId list, StatusPurpose purpose, CancellationToken cancellationToken)
    {
        var id = PublishedStatusListDocuments.IdOf(list, purpose);
        if (await commits.Store.FindAsync(PublishedStatusListDocuments.Kind, id, cancellationToken) is { } published)
        {
            return published.Document;
        }

        await PublishAsync(list, cancellationToken);
        return (await commits.Store.GetAsync(PublishedStatusListDocuments.Kind, id, "status-list", cancellationToken)).Document;
    }

    private async Task<Changes> ChangesAsync(StatusList list, CancellationToken cancellationToken)
    {
        // The published lists are read before the statuses: a newer list that somebody publishes meanwhile is noticed at commit and never replaced by an older one.
        var earlier = new Dictionary<StatusPurpose, Read<PublishedStatusList>?>();
        foreach (var purpose in StatusPurposes.All)
        {
            earlier[purpose] = await commits.Store.FindAsync(PublishedStatusListDocuments.Kind, PublishedStatusListDocuments.IdOf(list.Id, purpose), cancellationToken);
        }

        var bits = await BitsAsync(list, cancellationToken);
        var active = await keys.ActiveAsync(list.Organization, cancellationToken);
        var changes = new Changes();
        foreach (var purpose in StatusPurposes.All)
        {
            var before = earlier[purpose];
            var encoded = bits[purpose].Encode();
            if (before?.Document is { } current && current.EncodedList == encoded && current.RenewAt > clock.Now() && active.Hold(current.Forms))
            {
                continue;
            }

            var next = await SignAsync(list, purpose, encoded, active, cancellationToken);
            _ = before is null ? changes.Add(PublishedStatusListDocuments.Kind, next) : changes.Replace(PublishedStatusListDocuments.Kind, before, next);
            IntentSigning.RequireKeys(next.Forms, active, changes);
        }

        return changes;
    }

    private async Task<Dictionary<StatusPurpose, BitstringStatusList>> BitsAsync(StatusList list, CancellationToken cancellationToken)
    {
        var bits = StatusPurposes.All.ToDictionary(purpose => purpose, _ => BitstringStatusList.Create(StatusList.Size, 1));
        await foreach (var marked in commits.Store.AllAsync(CredentialStatusDocuments.Kind, CredentialStatusDocuments.Marked.Where(list.Id.Value), cancellationToken))
        {
            foreach (var purpose in StatusPurposes.All.Where(marked.Document.Has))
            {
                bits[purpose][marked.Document.Index] = 1;
            }
        }

        return bits;
    }

    private async Task<PublishedStatusList> SignAsync(StatusList list, StatusPurpose purpose, string encoded, SigningKeys active, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var credential = new StatusListCredential(
            address.StatusList(list.Id, purpose), active.Did, [purpose.Term()], encoded, now, now + PublishedStatusList.Validity, PublishedStatusList.TimeToLive);
        var json = credential.Write();
        var key = active.For(SignatureAlgorithm.ES256);
        var token = new SignedForm(SignedForm.VcJwtEs256, key.KeyId, Encoding.ASCII.GetString(await VcJwt.SignAsync(json, key.Signer, VcJwtProfile.VcJose, cancellationToken)));
        var embedded = await EmbeddedProof.AddAsync(json, active, now, cancellationToken);
        await ReleaseCheck.RequireAsync(token, active, now, cancellationToken);
        await ReleaseCheck.RequireAsync(embedded, active, now, cancellationToken);
        return new(
            list.Id, purpose, list.Organization, encoded, [token, embedded], now, now + renewal, now + PublishedStatusList.Validity);
    }
}
