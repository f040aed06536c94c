using System.Collections.Immutable;
using System.Text.Json;
using SkillBadges.Credentials.StatusLists;

namespace SkillBadges.Credentials.Verification;

/// <summary>
/// Revocation and suspension (Bitstring Status List 1.0, REC 2025-05-15, 3.2). Whatever keeps an entry from being read leaves the
/// status unknown; only a bit that was read, from the issuer's own signed list, passes or fails.
/// </summary>
/// <param name="verifyList">Verifies a list credential for the issuer given, and gives its report with the credential it holds.</param>
internal sealed class StatusCheck(Fetch fetch, StatusCheck.ListVerifier verifyList)
{
    internal const string Revoked = "revoked";
    internal const string Suspended = "suspended";

    internal delegate ValueTask<(StatusListCredential? List, string? Code)> ListVerifier(
        ReadOnlyMemory<byte> bytes, string issuerId, CancellationToken cancellationToken);

    internal async ValueTask RunAsync(ReportDraft draft, JsonElement credential, string issuerId, CancellationToken cancellationToken)
    {
        ImmutableArray<StatusListEntry> entries;
        try
        {
            entries = StatusListEntry.ReadAll(credential);
        }
        catch (MalformedException fault) when (fault.Code == "status.type-unsupported")
        {
            draft.Unknown(CheckName.Status, fault.Code, fault.Message);
            return;
        }
        catch (MalformedException fault)
        {
            draft.Fail(CheckName.Status, fault.Code, fault.Message);
            return;
        }

        if (entries.Length == 0)
        {
            draft.Skip(CheckName.Status, "no-status", "The issuer keeps no status for this credential: it cannot be revoked.");
            return;
        }

        await ReadAsync(draft, entries, issuerId, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ReadAsync(ReportDraft draft, ImmutableArray<StatusListEntry> entries, string issuerId, CancellationToken cancellationToken)
    {
        (string Code, string Sentence)? unknown = null;
        var set = new HashSet<string>(StringComparer.Ordinal);
        var lists = new Dictionary<string, (StatusListCredential? List, string Code, string Sentence)>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (!lists.TryGetValue(entry.ListUrl, out var found))
            {
                found = await FindAsync(entry.ListUrl, issuerId, cancellationToken).ConfigureAwait(false);
                lists.Add(entry.ListUrl, found);
            }

            var (status, code, sentence) = found.List is { } list ? Value(entry, list) : (null, found.Code, found.Sentence);
            if (status is null)
            {
                unknown ??= (code, sentence);
            }
            else if (status > 0)
            {
                set.Add(entry.Purpose);
            }
        }

        // One bit that is set settles it, even when another list is out of reach.
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

    private static (int? Status, string Code, string Sentence) Value(StatusListEntry entry, StatusListCredential list)
    {
        if (entry.Purpose is not (StatusListEntry.Revocation or StatusListEntry.Suspension or StatusListEntry.Message or StatusListEntry.Refresh))
        {
            return (null, "status-purpose-unknown", "The credential has a status of a purpose that is not understood.");
        }

        if (!list.Purposes.Contains(entry.Purpose))
        {
            return (null, "status-purpose-mismatch", "The status list is kept for another purpose than the credential says.");
        }

        try
        {
            var bits = BitstringStatusList.Read(list.EncodedList, entry.BitsPerEntry);
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
        if (!Uri.TryCreate(listUrl, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
        {
            return (null, "status-list-url", "The credential's status list has no web address.");
        }

        var fetched = await fetch(url, cancellationToken).ConfigureAwait(false);
        if (fetched.Status != FetchStatus.Found)
        {
            return fetched.Status switch
            {
                FetchStatus.NotFound => (null, "status-list-not-found", "The issuer's status list is not where the credential says."),
                FetchStatus.NotAllowed => (null, "status-list-not-allowed", "Our settings do not let us ask for the issuer's status list."),
                _ => (null, "status-list-unreachable", "The issuer's status list could not be reached."),
            };
        }

        var (list, code) = await verifyList(fetched.Bytes, issuerId, cancellationToken).ConfigureAwait(false);
        if (list is null)
        {
            return (null, code ?? "status-list-invalid", "The status list that was found is not one that the issuer signed and that is in force.");
        }

        return list.Id == listUrl
            ? (list, VerificationCheck.Ok, "")
            : (null, "status-list-of-another", "The status list that was found is another one than the credential names.");
    }
}
