using System.Text;
using System.Text.Json;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials;
using SkillBadges.Credentials.Proofs;
using OpenBadge = SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.Core.Checking;

/// <summary>I5: levels and proof in a credential are those of the record, and what was signed is what was recorded.</summary>
internal sealed class AgreementCheck(IDocumentStore store, Findings findings)
{
    public async Task CheckAsync(Award award, IssuanceIntent intent, SignedCredential? signed, CancellationToken cancellationToken)
    {
        var levels = award.Levels.Select(level => (level.Competency, level.Level)).Order().ToArray();
        var entries = await EntriesAsync(award, cancellationToken);
        if (!levels.SequenceEqual(entries.Select(entry => (entry.Facts.Competency.CompetencyId, entry.Facts.Level.Code)).Order()))
        {
            Add(award, "The levels of the badge are not those that the record holds of its decision.");
        }

        var (values, evidence) = Read(intent.Payload);
        if (!levels.Select(level => level.Level).Order(StringComparer.Ordinal).SequenceEqual(values.Order(StringComparer.Ordinal)))
        {
            Add(award, "The credential says other levels than the badge.");
        }

        var known = entries.SelectMany(entry => entry.Facts.Evidence.Select(item => Published(item, entry, award))).ToHashSet(StringComparer.Ordinal);
        if (entries.All(entry => entry.Facts.Provenance.DecisionId == award.Decision) && !evidence.ToHashSet(StringComparer.Ordinal).SetEquals(known))
        {
            Add(award, "The credential names other proof than the record.");
        }

        if (signed is not null)
        {
            CheckSigned(AwardDocuments.Kind, award.Id.Value, intent, signed);
        }
    }

    private async Task<IReadOnlyList<MasteryEntry>> EntriesAsync(Award award, CancellationToken cancellationToken)
    {
        var own = (await store.QueryAsync(LedgerDocuments.Kind, LedgerDocuments.ByDecision.Where(award.Decision).Take(1000), cancellationToken)).Documents
            .Where(entry => entry.Facts.Effect != EntryEffect.Retracted).ToArray();
        if (own.Length > 0)
        {
            return own;
        }

        var submission = await store.FindAsync(SubmissionDocuments.Kind, award.Submission.Value, cancellationToken);
        var rests = submission?.Document.Attempts.SelectMany(attempt => attempt.Decisions).FirstOrDefault(decision => decision.Id == award.Decision)?.RestsOn;
        return rests is null ? [] : [.. (await store.FindManyAsync(LedgerDocuments.Kind, rests, cancellationToken)).Select(read => read.Document)];
    }

    /// <summary>That what was signed is what was recorded to be signed.</summary>
    /// <param name="kind">Of the document that is told of.</param>
    /// <param name="id">Its id.</param>
    public void CheckSigned(DocumentKind kind, string id, IssuanceIntent intent, SignedCredential signed)
    {
        var payload = Encoding.UTF8.GetBytes(intent.Payload);
        foreach (var form in signed.Forms.Where(form => form.Name is SignedForm.VcJwtRs256 or SignedForm.VcJwtEs256))
        {
            try
            {
                using var token = VcJwt.Parse(Encoding.ASCII.GetBytes(form.Text));
                if (token.PayloadBytes.Span.SequenceEqual(VcJwtPayload.Write(payload, VcJwtProfile.OpenBadges)))
                {
                    continue;
                }
            }
            catch (MalformedException)
            {
                // Told below.
            }

            findings.Add(Invariant.Agreement, kind, id, $"The form {form.Name} is not what was recorded to be signed.");
        }
    }

    private static (IReadOnlyList<string> Levels, IReadOnlyList<string> Evidence) Read(string payload)
    {
        using var json = JsonDocument.Parse(payload);
        return (Texts(json.RootElement.GetProperty("credentialSubject"), "result", "value"), Texts(json.RootElement, "evidence", "id"));
    }

    private static string[] Texts(JsonElement parent, string list, string member) => parent.TryGetProperty(list, out var items)
        ? [.. (items.ValueKind == JsonValueKind.Array ? items.EnumerateArray().ToArray() : [items]).Select(item => item.TryGetProperty(member, out var text) ? text.GetString() ?? "" : "")]
        : [];

    private static string Published(EvidenceDigest item, MasteryEntry entry, Award award) => OpenBadge.Evidence.IdOf(
        AwardCredential.PublishedDigest(new(item.Sha256, item.MediaType, item.Kind, entry.Facts.Competency.CompetencyId), award.Submission).ToBytes());

    private void Add(Award award, string what) => findings.Add(Invariant.Agreement, AwardDocuments.Kind, award.Id.Value, what);
}
