using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Derived;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Sharing.Profiles;
using SkillBadges.Core.Sharing.Statements;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.Clr;

namespace SkillBadges.Core.Sharing.Transfers.Packs;

/// <param name="ManifestDigest">Under which receipts name the pack.</param>
public sealed record MadePack(TransferPack Pack, Sha256Digest ManifestDigest, int Entries, int Credentials);

/// <summary>Puts together and signs what one school keeps of one learner: the whole chain, the snapshots it points to, the badges, the statements.</summary>
public sealed class PackMaking(IDocumentStore store, IFileStore files, IssuerKeys keys, InstanceAddress address, TimeProvider clock)
{
    /// <summary>The most evidence that goes along, so that the pack can be taken in.</summary>
    public const long MaxEvidenceBytes = 48L * 1024 * 1024;

    /// <exception cref="RefusedException"><c>transfer.empty</c>, <c>transfer.too-large</c>, <c>keys.wrong-key-file</c>.</exception>
    public async Task<MadePack> MakeAsync(Transfer transfer, LearnerRights rights, bool withEvidence, Changes changes, CancellationToken cancellationToken)
    {
        var (now, keeper, learner) = (clock.Now(), rights.RecordKeeper, rights.Learner.Document);
        var receiver = transfer.Receiver.Organization is { } organization ? (await store.GetAsync(OrganizationDocuments.Kind, organization.Value, "organization", cancellationToken)).Document : null;
        var entries = new List<MasteryEntry>();
        await foreach (var read in store.AllAsync(LedgerDocuments.Kind, LedgerDocuments.ChainOf(keeper.Id, learner.Id), cancellationToken))
        {
            entries.Add(read.Document);
        }

        if (entries.Count == 0)
        {
            throw Refused.Conflict("transfer.empty", "This school has no record of the learner.");
        }

        var active = await keys.ActiveAsync(keeper.Id, cancellationToken);
        var scales = await store.FindAllAsync(ScaleSnapshotDocuments.Kind, entries.Select(entry => entry.Facts.Scale.Digest.Hex), cancellationToken);
        var texts = await store.FindAllAsync(CompetencyTextDocuments.Kind, entries.Select(entry => entry.Facts.Competency.StatementDigest.Hex), cancellationToken);
        var statements = (await store.WholeAsync(StatementDocuments.Kind, StatementDocuments.ByLearner.Where(learner.Id.Value), cancellationToken)).Documents.Where(s => s.RecordKeeper == keeper.Id);
        var evidence = await EvidenceAsync(entries, withEvidence, cancellationToken);
        var subject = (await store.FindAsync(LearnerPseudonymDocuments.Kind, LearnerPseudonymDocuments.IdOf(learner.Id, keeper.Id), cancellationToken))?.Document.SubjectId;
        var (clr, credentials) = await ClrAsync(keeper, learner, subject, active, now, changes, cancellationToken);
        var issuer = new IssuerDocuments(store, keys, address);
        List<PackText> contents =
        [
            new(PackNames.Keys, Encoding.UTF8.GetString((await issuer.DidDocumentAsync(keeper.Slug, cancellationToken)).Write())),
            new(PackNames.Ledger, Json(entries)), new(PackNames.Scales, Json(scales)), new(PackNames.Competencies, Json(texts)), new(PackNames.Statements, Json(statements)),
            new(PackNames.Evidence, Json(evidence)), new(PackNames.Legend, PackLegend.Of(keeper, scales)),
        ];
        if (clr is not null)
        {
            contents.Add(new(PackNames.Clr, clr));
        }

        if (await ProfileAsync(rights, changes, cancellationToken) is { IsEmpty: false } profile)
        {
            contents.Add(new(PackNames.Profile, Json(profile)));
        }

        var manifest = Json(new PackManifest(
            PackManifest.FormatName, transfer.Id.Value, now, new(keeper.Name, active.Did), new(transfer.Receiver.Name, receiver is null ? null : address.DidOf(receiver.Slug)), new(learner.DisplayName, subject), transfer.Ground, PackManifest.Words,
            [.. contents.Select(file => Listed(file.Path, Encoding.UTF8.GetBytes(file.Text))), .. evidence.Where(item => item.IsHere).Select(item => new PackFile(PackNames.EvidenceOf(item.Sha256), item.Sha256, item.Bytes))]));
        var signature = await ManifestSignature.SignAsync(Encoding.UTF8.GetBytes(manifest), active, cancellationToken);
        foreach (var key in active.Keys)
        {
            // Keys that were replaced meanwhile sign nothing that is let go.
            changes.Require(IssuerKeyDocuments.Kind, key.Read);
        }

        ImmutableArray<Sha256Digest> bytes = [.. evidence.Where(item => item.IsHere).Select(item => item.Sha256)];
        return new(
            new(transfer.Id, [new(PackNames.Manifest, manifest), new(PackNames.Signature, signature), .. contents], bytes, now + Transfer.PackLifetime),
            Sha256Digest.Of(Encoding.UTF8.GetBytes(manifest)), entries.Count, credentials);
    }

    /// <summary>Writes the pack as a ZIP.</summary>
    /// <exception cref="RefusedException"><c>transfer.evidence-erased</c>.</exception>
    public Task WriteAsync(TransferPack pack, Stream target, CancellationToken cancellationToken) => PackZip.WriteAsync(
        target,
        [
            .. pack.Files.Select(file => (file.Path, (Func<CancellationToken, Task<Stream>>)(_ => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(file.Text), writable: false))))),
            .. pack.Evidence.Select(digest => (PackNames.EvidenceOf(digest), (Func<CancellationToken, Task<Stream>>)(token => BytesAsync(digest, token)))),
        ],
        cancellationToken);

    /// <summary>Whether all the bytes that the pack names are still there.</summary>
    /// <exception cref="RefusedException"><c>transfer.evidence-erased</c>.</exception>
    public async Task RequireWholeAsync(TransferPack pack, CancellationToken cancellationToken)
    {
        foreach (var digest in pack.Evidence)
        {
            await (await BytesAsync(digest, cancellationToken)).DisposeAsync();
        }
    }

    private async Task<Stream> BytesAsync(Sha256Digest digest, CancellationToken cancellationToken) => await files.OpenAsync(digest, cancellationToken)
        ?? throw Refused.Gone("transfer.evidence-erased", "Proof that the pack names was erased meanwhile; the record has to be let go anew.");

    private async Task<IReadOnlyList<PackEvidence>> EvidenceAsync(IEnumerable<MasteryEntry> entries, bool withBytes, CancellationToken cancellationToken)
    {
        var listed = new List<PackEvidence>();
        var total = 0L;
        foreach (var item in entries.SelectMany(entry => entry.Facts.Evidence).DistinctBy(item => item.Sha256))
        {
            await using var bytes = withBytes && item.Kind == EvidenceKind.File ? await files.OpenAsync(item.Sha256, cancellationToken) : null;
            total += bytes is null ? 0 : item.Bytes;
            listed.Add(new(item.Sha256, item.MediaType, item.Bytes, bytes is not null));
        }

        return total <= MaxEvidenceBytes && listed.Count(item => item.IsHere) <= PackZip.MaxFiles - 20
            ? listed
            : throw Refused.Conflict("transfer.too-large", "The proof is more than one pack can carry; please let the record go with digests of it alone.");
    }

    private async Task<(string? Clr, int Credentials)> ClrAsync(Organization keeper, Person learner, string? subject, SigningKeys active, DateTimeOffset now, Changes changes, CancellationToken cancellationToken)
    {
        var awards = await store.WholeAsync(AwardDocuments.Kind, AwardDocuments.ByLearner.Where(learner.Id.Value), cancellationToken);
        var issued = awards.Documents.Where(award => award.Organization == keeper.Id && award.State == AwardState.Issued).ToList();
        var stacks = (await store.StacksOfAsync([learner.Id], cancellationToken)).Where(one => one.Organization == keeper.Id);
        CredentialId[] held = [.. issued.Select(award => award.Credential), .. stacks.Select(one => one.Credential)];
        var signed = (await store.FindAllAsync(SignedCredentialDocuments.Kind, held.Select(credential => credential.Value), cancellationToken)).ToDictionary(form => form.Credential);
        var inner = held.Where(signed.ContainsKey).Select(credential => signed[credential].Form(SignedForm.EddsaRdfc2022)).OfType<SignedForm>().ToList();
        if (inner.Count == 0 || subject is null)
        {
            return (null, 0);
        }

        var record = new ClrCredential
        {
            Id = address.Link($"/transfers/{NewId.Random()}"),
            Name = $"Student record of {keeper.Name}",
            Issuer = AwardCredential.Profile(keeper, address),
            ValidFrom = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()),
            Partial = true,
            CredentialSubject = new() { Id = subject, VerifiableCredential = [.. inner.Select(form => InnerCredential.OfJson(Encoding.UTF8.GetBytes(form.Text)))] },
        };
        return ((await EmbeddedProof.AddAsync(record.ToJson(), active, now, cancellationToken)).Text, inner.Count);
    }

    // The learner's yes is that the part is shown to the next school; it is asked again by the commit.
    private async Task<ImmutableArray<PackProfileLine>> ProfileAsync(LearnerRights rights, Changes changes, CancellationToken cancellationToken)
    {
        var profile = (await store.FindManyAsync(ProfileDocuments.Kind, [.. rights.People.Select(person => person.Value)], cancellationToken)).OrderBy(read => read.Id, StringComparer.Ordinal).FirstOrDefault();
        if (profile is null)
        {
            return [];
        }

        changes.Require(ProfileDocuments.Kind, profile);
        return [.. profile.Document.For(ProfileAudience.NextSchool).Select(line => new PackProfileLine(line.Block, line.Text, line.Author!.Voice, line.Author.At))];
    }

    private static PackFile Listed(string path, byte[] bytes) => new(path, Sha256Digest.Of(bytes), bytes.Length);

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, DocumentJson.Options);
}
