using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace SkillBadges.Credentials.Verification;

/// <summary>
/// Credentials that a credential carries: those of a learner record (CLR 2.0), each signed by its own issuer, and endorsements
/// (Open Badges 3.0 9.1 step 8), which must be about what they are attached to.
/// </summary>
internal static class InnerCredentials
{
    internal static async ValueTask CheckRecordAsync(VerificationRun run, ReportDraft draft, JsonElement credential, int depth, CancellationToken cancellationToken)
    {
        var subject = CredentialMembers.Values(credential, "credentialSubject").FirstOrDefault();
        var contained = CredentialMembers.HasType(credential, "ClrCredential") ? CredentialMembers.Values(subject, "verifiableCredential").ToList() : [];
        if (contained.Count == 0)
        {
            draft.Skip(CheckName.Inner, "none-inside", "There are no credentials inside this one.");
            return;
        }

        await run.AddInnerAsync(draft, "/credentialSubject/verifiableCredential", contained, depth, cancellationToken).ConfigureAwait(false);
        var reports = draft.Inner.Select(inner => inner.Report).ToList();
        var good = reports.Count(report => report.Verdict is Verdict.Valid or Verdict.ValidIssuerUnknown);
        if (reports.FirstOrDefault(report => report.Verdict == Verdict.Invalid) is { } invalid)
        {
            draft.Fail(CheckName.Inner, "inner-invalid", $"A credential in the record is not what its issuer signed ({invalid.Code}); {good} of {contained.Count} hold.");
        }
        else if (good == reports.Count)
        {
            draft.Pass(CheckName.Inner, $"Each of the {reports.Count} credentials in the record holds by itself.");
        }
        else
        {
            // A record of a career may well hold a certificate that has run out: what that one comes to is in its own report.
            draft.Unknown(CheckName.Inner, "inner-not-in-force", $"{good} of the {contained.Count} credentials in the record hold; the others have ended or could not be checked.");
        }
    }

    internal static async ValueTask CheckEndorsementsAsync(VerificationRun run, ReportDraft draft, JsonElement credential, int depth, CancellationToken cancellationToken)
    {
        var before = draft.Inner.Count;
        var faults = new List<string>();
        var isLookedAt = true;
        foreach (var (place, endorsed) in Endorsable(credential).TakeWhile(_ => isLookedAt))
        {
            var id = CredentialMembers.Text(endorsed, "id");
            foreach (var (name, bytes) in Endorsements(endorsed).TakeWhile(_ => isLookedAt))
            {
                isLookedAt = await run.AddInnerAsync(draft, $"{place}/{name}", bytes, depth, cancellationToken).ConfigureAwait(false);
                var report = draft.Inner[^1].Report;
                if (report.Verdict is not (Verdict.Valid or Verdict.ValidIssuerUnknown))
                {
                    faults.Add(report.Code);
                }
                else if (id is null || report.Credential?.SubjectId != id)
                {
                    faults.Add("endorsement-of-another");
                }
            }
        }

        var count = draft.Inner.Count - before;
        if (count == 0)
        {
            draft.Skip(CheckName.Endorsements, "no-endorsements", "Nobody endorses this credential within it.");
        }
        else if (faults.Count == 0)
        {
            draft.Pass(CheckName.Endorsements, $"{count} endorsements hold by themselves.");
        }
        else
        {
            // The credential stands without them; whoever reads it must not count them.
            draft.Fail(CheckName.Endorsements, faults.Contains("endorsement-of-another") ? "endorsement-of-another" : "endorsement-invalid",
                $"{faults.Count} of {count} endorsements do not hold, or are about something else. Do not count them.");
        }
    }

    private static IEnumerable<(string Place, JsonElement Endorsed)> Endorsable(JsonElement credential)
    {
        yield return ("", credential);
        if (credential.TryGetProperty("issuer", out var issuer) && issuer.ValueKind == JsonValueKind.Object)
        {
            yield return ("/issuer", issuer);
        }

        var subject = CredentialMembers.Values(credential, "credentialSubject").FirstOrDefault();
        if (subject.ValueKind == JsonValueKind.Object && subject.TryGetProperty("achievement", out var achievement) && achievement.ValueKind == JsonValueKind.Object)
        {
            yield return ("/credentialSubject/achievement", achievement);
        }
    }

    private static IEnumerable<(string Name, ReadOnlyMemory<byte> Bytes)> Endorsements(JsonElement endorsed)
    {
        var number = 0;
        foreach (var endorsement in CredentialMembers.Values(endorsed, "endorsement"))
        {
            yield return ($"endorsement/{number++}", JsonMarshal.GetRawUtf8Value(endorsement).ToArray());
        }

        number = 0;
        foreach (var token in CredentialMembers.Values(endorsed, "endorsementJwt").Where(token => token.ValueKind == JsonValueKind.String))
        {
            yield return ($"endorsementJwt/{number++}", Encoding.UTF8.GetBytes(token.GetString()!));
        }
    }
}
