using System.Collections.Immutable;
using System.Text.Json;
using SkillBadges.Credentials.StatusLists;

namespace SkillBadges.Credentials.Verification;

/// <summary>
/// Revocation and suspension (Bitstring Status List 1.0, REC 2025-05-15, 3.2; 1EdTech Revocation List Status Method 1.0). Whatever keeps
/// an entry from being read leaves the status unknown; only what was read, from the issuer's own list, passes or fails.
/// </summary>
/// <param name="verifyList">Verifies a list credential for the issuer given, and gives its report with the credential it holds.</param>
internal sealed class StatusCheck(Fetch fetch, StatusCheck.ListVerifier verifyList, WorkBudget budget)
{
    internal const string Revoked = "revoked";
    internal const string Suspended = "suspended";

    private const int MostEntries = 8;

    internal delegate ValueTask<(StatusListCredential? List, string? Code)> ListVerifier(
        ReadOnlyMemory<byte> bytes, string issuerId, CancellationToken cancellationToken);

    internal async ValueTask RunAsync(ReportDraft draft, JsonElement credential, string issuerId, CancellationToken cancellationToken)
    {
        var found = new Found();
        var entries = CredentialMembers.Values(credential, "credentialStatus").ToList();
        if (entries.Count == 0)
        {
            draft.Skip(CheckName.Status, "no-status", "The issuer keeps no status for this credential: it cannot be revoked.");
            return;
        }

        if (entries.Count > MostEntries)
        {
            draft.Fail(CheckName.Status, "status.entry-malformed", $"The credential has more than {MostEntries} status entries.");
            return;
        }

        var bits = ImmutableArray.CreateBuilder<StatusListEntry>();
        var revocationLists = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            try
            {
                if (CredentialMembers.HasType(entry, RevokedIdList.TypeName))
                {
                    revocationLists.Add(CredentialMembers.Text(entry, "id") ?? throw new MalformedException("status.entry-malformed", "The credential's status names no list."));
                }
                else
                {
                    bits.Add(StatusListEntry.Read(entry));
                }
            }
            catch (MalformedException fault) when (fault.Code == "status.type-unsupported")
            {
                found.Open(fault.Code, fault.Message);
            }
            catch (MalformedException fault)
            {
                draft.Fail(CheckName.Status, fault.Code, fault.Message);
                return;
            }
        }

        await ReadAsync(found, bits.ToImmutable(), issuerId, cancellationToken).ConfigureAwait(false);
        foreach (var list in revocationLists)
        {
            await LookUpAsync(found, list, CredentialMembers.Text(credential, "id"), issuerId, cancellationToken).ConfigureAwait(false);
        }

        found.Settle(draft);
    }

    private async ValueTask ReadAsync(Found found, ImmutableArray<StatusListEntry> entries, string issuerId, CancellationToken cancellationToken)
    {
        var lists = new Dictionary<string, (StatusListCredential? List, string Code, string Sentence)>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (!lists.TryGetValue(entry.ListUrl, out var known))
            {
                known = await FindAsync(entry.ListUrl, issuerId, cancellationToken).ConfigureAwait(false);
                lists.Add(entry.ListUrl, known);
            }

            var (status, code, sentence) = known.List is { } list ? Value(entry, list) : (null, known.Code, known.Sentence);
            if (status is null)
            {
                found.Open(code, sentence);
            }
            else if (status > 0)
            {
                found.Set(entry.Purpose);
            }
        }
    }

    /// <summary>1EdTech Revocation List Status Method 1.0: the list stands at the id of the entry, and must be the issuer's own by its own word too.</summary>
    private async ValueTask LookUpAsync(Found found, string listUrl, string? credentialId, string issuerId, CancellationToken cancellationToken)
    {
        if (credentialId is null)
        {
            found.Open("status-needs-id", "The issuer lists revoked credentials by their ids, and this credential has none.");
            return;
        }

        var (bytes, code, sentence) = await FetchAsync(listUrl, cancellationToken).ConfigureAwait(false);
        if (bytes is null)
        {
            found.Open(code, sentence);
            return;
        }

        try
        {
            var list = RevokedIdList.Read(bytes.Value);
            if (list.IssuerId != issuerId)
            {
                found.Open("status-list-issuer", "The list of revoked credentials that was found is another issuer's.");
            }
            else if (list.Id != listUrl)
            {
                found.Open("status-list-of-another", "The list that was found is another one than the credential names.");
            }
            else if (list.Holds(credentialId))
            {
                found.Set(StatusListEntry.Revocation);
            }
        }
        catch (MalformedException fault)
        {
            found.Open(fault.Code, fault.Message);
        }
    }

    private (int? Status, string Code, string Sentence) Value(StatusListEntry entry, StatusListCredential list)
    {
        if (entry.Purpose is not (StatusListEntry.Revocation or StatusListEntry.Suspension or StatusListEntry.Message or StatusListEntry.Refresh))
        {
            return (null, "status-purpose-unknown", "The credential has a status of a purpose that is not understood.");
        }

        if (!list.Purposes.Contains(entry.Purpose))
        {
            return (null, "status-purpose-mismatch", "The status list is kept for another purpose than the credential says.");
        }

        if (budget.IsSpent)
        {
            return (null, "too-much-work", "Reading the lists before this one took all the time there is for one verification.");
        }

        try
        {
            // Unpacking 16 MiB is nothing once, and much for each of eight statuses of hundreds of credentials.
            var bits = budget.Run(() => BitstringStatusList.Read(list.EncodedList, entry.BitsPerEntry));
            return entry.Index < bits.Entries
                ? (bits[entry.Index], VerificationCheck.Ok, "")
                : (null, "status-index-out-of-range", "The credential's place lies beyond the end of the status list.");
        }
        catch (MalformedException fault)
        {
            return (null, fault.Code, fault.Message);
        }
    }

    private async ValueTask<(StatusListCredential? List, string Code, string Sentence)> FindAsync(
        string listUrl, string issuerId, CancellationToken cancellationToken)
    {
        var (bytes, unreached, why) = await FetchAsync(listUrl, cancellationToken).ConfigureAwait(false);
        if (bytes is null)
        {
            return (null, unreached, why);
        }

        var (list, code) = await verifyList(bytes.Value, issuerId, cancellationToken).ConfigureAwait(false);
        if (list is null)
        {
            return (null, code ?? "status-list-invalid", "The status list that was found is not one that the issuer signed and that is in force.");
        }

        return list.Id == listUrl
            ? (list, VerificationCheck.Ok, "")
            : (null, "status-list-of-another", "The status list that was found is another one than the credential names.");
    }

    private async ValueTask<(ReadOnlyMemory<byte>? Bytes, string Code, string Sentence)> FetchAsync(string listUrl, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(listUrl, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
        {
            return (null, "status-list-url", "The credential's status list has no web address.");
        }

        var fetched = await fetch(url, cancellationToken).ConfigureAwait(false);
        return fetched.Status switch
        {
            // Without the cast null would become an empty memory, which is something that was found.
            FetchStatus.Found => ((ReadOnlyMemory<byte>?)fetched.Bytes, VerificationCheck.Ok, ""),
            FetchStatus.NotFound => (null, "status-list-not-found", "The issuer's status list is not where the credential says."),
            FetchStatus.NotAllowed => (null, "status-list-not-allowed", "Our settings do not let us ask for the issuer's status list."),
            _ => (null, "status-list-unreachable", "The issuer's status list could not be reached."),
        };
    }

    /// <summary>What the entries say together: one that is set settles it, even when another list is out of reach.</summary>
    private sealed class Found
    {
        private readonly HashSet<string> set = new(StringComparer.Ordinal);
        private (string Code, string Sentence)? unknown;

        internal void Open(string code, string sentence) => unknown ??= (code, sentence);

        internal void Set(string purpose) => set.Add(purpose);

        internal void Settle(ReportDraft draft)
        {
            if (set.Contains(StatusListEntry.Revocation))
            {
                draft.Fail(CheckName.Status, Revoked, "The issuer has revoked this credential.");
            }
            else if (set.Contains(StatusListEntry.Suspension))
            {
                draft.Fail(CheckName.Status, Suspended, "The issuer has suspended this credential for the time being.");
            }
            else if (unknown is { } open)
            {
                draft.Unknown(CheckName.Status, open.Code, open.Sentence);
            }
            else
            {
                draft.Pass(CheckName.Status, "The issuer has neither revoked nor suspended this credential.");
            }
        }
    }
}
