using System.Globalization;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Endorsements;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.StatusLists;

namespace SkillBadges.Core.Checking;

/// <summary>I3, I8 and I9: no credential without its record, no status index twice or never leased, no revocation that the public list hides, and each with a name and a reason.</summary>
internal sealed class CredentialCheck(IDocumentStore store, Findings findings)
{
    public long Credentials { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var signed in findings.EachAsync(SignedCredentialDocuments.Kind, cancellationToken))
        {
            Credentials++;
            var id = signed.Credential.Value;
            if (await store.FindAsync(IssuanceIntentDocuments.Kind, id, cancellationToken) is null && await store.FindAsync(EndorsementDocuments.Kind, id, cancellationToken) is null)
            {
                findings.Add(Invariant.Credentials, SignedCredentialDocuments.Kind, id, "It was signed, and nothing says that it was to be.");
            }
        }

        await CheckIndexesAsync(cancellationToken);
        await CheckListsAsync(cancellationToken);
    }

    private async Task CheckIndexesAsync(CancellationToken cancellationToken)
    {
        var taken = new HashSet<UInt128>();
        var leased = new Dictionary<StatusListId, HashSet<int>?>();
        await foreach (var status in findings.EachAsync(CredentialStatusDocuments.Kind, cancellationToken))
        {
            var id = status.Credential.Value;
            if (!taken.Add(Digests.Short(string.Create(CultureInfo.InvariantCulture, $"{status.List}/{status.Index}"))))
            {
                findings.Add(Invariant.Credentials, CredentialStatusDocuments.Kind, id, "Another credential has the same status index.");
            }

            if (!leased.TryGetValue(status.List, out var indexes))
            {
                var list = (await store.FindAsync(StatusListDocuments.Kind, status.List.Value, cancellationToken))?.Document;
                leased[status.List] = indexes = list is null ? null : [.. Enumerable.Range(0, list.Leased).Select(number => StatusIndexOrder.IndexOf(list.Secret, number))];
            }

            if (indexes?.Contains(status.Index) != true)
            {
                findings.Add(Invariant.Credentials, CredentialStatusDocuments.Kind, id, "Its status index was never leased: it will be given again.");
            }

            foreach (var mark in (StatusMark?[])[status.Revoked, status.Suspended, status.Reinstated])
            {
                if (mark is not null && (string.IsNullOrWhiteSpace(mark.Reason) || await store.FindAsync(PersonDocuments.Kind, mark.By.Value, cancellationToken) is null))
                {
                    findings.Add(Invariant.Acts, CredentialStatusDocuments.Kind, id, "Its status was changed by nobody who is known, or without a reason.");
                }
            }
        }
    }

    private async Task CheckListsAsync(CancellationToken cancellationToken)
    {
        var announced = new HashSet<string>(StringComparer.Ordinal);
        for (IReadOnlyList<OutboxMessage>? page = null; page is not { Count: 0 };)
        {
            page = await findings.View.MessagesAsync(page?[^1].Id, 500, cancellationToken);
            announced.UnionWith(page.Where(message => message.Topic == IssuingTopics.StatusList).Select(message => message.Subject));
        }

        await foreach (var list in findings.EachAsync(PublishedStatusListDocuments.Kind, cancellationToken))
        {
            if (announced.Contains(list.List.Value))
            {
                // It is about to be published anew.
                continue;
            }

            var bits = BitstringStatusList.Read(list.EncodedList, 1);
            var set = 0;
            await foreach (var marked in store.AllAsync(CredentialStatusDocuments.Kind, CredentialStatusDocuments.Marked.Where(list.List.Value), cancellationToken))
            {
                if (!marked.Document.Has(list.Purpose))
                {
                    continue;
                }

                set++;
                if (bits[marked.Document.Index] != 1)
                {
                    findings.Add(Invariant.Statuses, CredentialStatusDocuments.Kind, marked.Id, $"The public list of {list.Purpose.Term()} shows it as good.");
                }
            }

            if (Enumerable.Range(0, StatusList.Size).Count(index => bits[index] == 1) > set)
            {
                findings.Add(Invariant.Statuses, PublishedStatusListDocuments.Kind, PublishedStatusListDocuments.IdOf(list.List, list.Purpose), "The public list marks credentials that are good.");
            }
        }
    }
}
