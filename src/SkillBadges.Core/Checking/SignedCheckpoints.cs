using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.Keys;

namespace SkillBadges.Core.Checking;

/// <summary>A chain that had come further when a checkpoint was made than it has in the store.</summary>
/// <param name="Stored">The last sequence in the store; 0 when the chain is not there. Where the hash differs, the sequence that does.</param>
public sealed record ChainBehind(ChainHead Head, long Stored);

/// <summary>
/// Signs every minute how far the ledger has come, for a place outside the data. A store that is older than what lies there was restored from a backup: it is not served until somebody says that
/// this is meant, and then gives no status index again that it may have given already.
/// </summary>
public sealed class SignedCheckpoints(Commits commits, KeyEncryptionKey vault, InstanceAddress address, TimeProvider clock)
{
    // A commit may become visible after a later one; what changed lately is said again.
    private static readonly TimeSpan overlap = TimeSpan.FromMinutes(10);

    private const int AtOnce = 100;

    /// <summary>The next checkpoint. When this returns, the store knows of it; the caller puts it outside.</summary>
    /// <param name="after">What lies outside already, when that is further than the store: a restored store goes on behind it. Else null.</param>
    /// <param name="cancellationToken">Nothing is written then.</param>
    public Task<SignedCheckpoint> WriteAsync(CheckpointStatement? after, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var changes = new Changes();
            var key = await KeyAsync(changes, token);
            var latest = await commits.Store.FindAsync(CheckpointDocuments.Kind, Checkpoint.Id, token);
            var now = clock.Now();
            var heads = await HeadsAsync((latest?.Document.At ?? now) - overlap, token);
            var statement = new CheckpointStatement(
                1, address.BaseUrl, Math.Max(latest?.Document.Number ?? 0, after?.Number ?? 0) + 1, now, latest?.Document.Digest, MerkleRoot.Of([.. heads.Select(head => head.Leaf)]), [.. heads], key.Public.Multikey!);
            var text = JsonSerializer.Serialize(statement, DocumentJson.Options);
            var signed = new SignedCheckpoint(text, Base64Url.EncodeToString(await new LocalSigner(key, statement.Key).SignAsync(Encoding.UTF8.GetBytes(text), token)));
            var next = new Checkpoint(statement.Number, now, signed.Digest);
            changes = latest is null ? changes.Add(CheckpointDocuments.Kind, next) : changes.Replace(CheckpointDocuments.Kind, latest, next);
            return new Outcome<SignedCheckpoint>(changes, signed, Checkpoint.Id);
        },
        cancellationToken);

    /// <summary>For the start of the program: the store has come at least as far as what lies outside.</summary>
    /// <param name="outside">The furthest checkpoint outside; null when there is none.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    /// <exception cref="RefusedException"><c>restore.not-accepted</c>, <c>restore.other-instance</c>.</exception>
    public async Task RequireNotOlderAsync(SignedCheckpoint? outside, CancellationToken cancellationToken)
    {
        if (outside is null)
        {
            return;
        }

        var stored = (await commits.Store.FindAsync(CheckpointDocuments.Kind, Checkpoint.Id, cancellationToken))?.Document;
        var key = (await commits.Store.FindAsync(CheckpointDocuments.Keys, CheckpointKey.Id, cancellationToken))?.Document;
        var said = outside.Read(key?.Multikey) ?? throw Refused.Conflict("restore.other-instance", "The folder of checkpoints holds those of another instance, or what lies there was changed. Name another folder with the setting checkpoints, or look why.");
        if (stored is null || stored.Number < said.Number || (stored.Number == said.Number && stored.Digest != outside.Digest))
        {
            throw Refused.Conflict(
                "restore.not-accepted",
                $"This store is older than what was signed outside: it knows checkpoint {stored?.Number ?? 0}{(stored is null ? "" : $" of {stored.At:u}")}, and checkpoint {said.Number} of {said.At:u} was made. A backup was restored, or the store was replaced. `restore` says what is missing; `restore --accept` goes on from here.");
        }
    }

    /// <summary>The chains of these checkpoints that the store does not hold as they were.</summary>
    public async Task<IReadOnlyList<ChainBehind>> BehindAsync(IEnumerable<CheckpointStatement> outside, CancellationToken cancellationToken)
    {
        var furthest = new Dictionary<string, ChainHead>(StringComparer.Ordinal);
        foreach (var head in outside.SelectMany(statement => statement.Heads).Where(head => !furthest.TryGetValue(head.Chain, out var known) || known.Sequence < head.Sequence))
        {
            furthest[head.Chain] = head;
        }

        var behind = new List<ChainBehind>();
        foreach (var head in furthest.Values.OrderBy(head => head.Chain, StringComparer.Ordinal))
        {
            var at = await commits.Store.FirstAsync(LedgerDocuments.Kind, LedgerDocuments.Chain.Where(head.Chain).To(head.Sequence + 1).Descending(), cancellationToken);
            if (at?.Document.Sequence != head.Sequence || at.Document.Hash != head.Hash)
            {
                behind.Add(new(head, at?.Document.Sequence ?? 0));
            }
        }

        return behind;
    }

    /// <summary>Goes on from a restored store: its status lists are closed, so that no index is given twice, and the next checkpoint comes behind the furthest outside.</summary>
    public async Task<SignedCheckpoint> AcceptAsync(CheckpointStatement outside, CancellationToken cancellationToken)
    {
        await CloseListsAsync(cancellationToken);
        return await WriteAsync(outside, cancellationToken);
    }

    private async Task CloseListsAsync(CancellationToken cancellationToken)
    {
        await foreach (var organization in commits.Store.AllAsync(OrganizationDocuments.Kind, OrganizationDocuments.ByName.Where(), cancellationToken))
        {
            await commits.RunAsync(
                async token =>
                {
                    var latest = await commits.Store.FirstAsync(StatusListDocuments.Kind, StatusListDocuments.Latest.Where(organization.Id).Descending(), token);
                    var changes = latest is { Document.IsFull: false } ? new Changes().Replace(StatusListDocuments.Kind, latest, latest.Document.Close()) : new Changes();
                    return new Outcome<string>(changes, organization.Id, organization.Id);
                },
                cancellationToken);
        }
    }

    private async Task<IReadOnlyList<ChainHead>> HeadsAsync(DateTimeOffset from, CancellationToken cancellationToken)
    {
        var heads = new SortedDictionary<string, ChainHead>(StringComparer.Ordinal);
        var keepers = new List<string>(AtOnce);
        await foreach (var organization in commits.Store.AllAsync(OrganizationDocuments.Kind, OrganizationDocuments.ByName.Where(), cancellationToken))
        {
            keepers.Add(organization.Id);
            if (keepers.Count == AtOnce)
            {
                await AddHeadsAsync(heads, keepers, from, cancellationToken);
                keepers.Clear();
            }
        }

        await AddHeadsAsync(heads, keepers, from, cancellationToken);
        return [.. heads.Values];
    }

    private async Task AddHeadsAsync(SortedDictionary<string, ChainHead> heads, List<string> keepers, DateTimeOffset from, CancellationToken cancellationToken)
    {
        if (keepers.Count == 0)
        {
            return;
        }

        await foreach (var read in commits.Store.AllAsync(LedgerDocuments.Kind, LedgerDocuments.ByRecordKeeper.WhereAny(keepers).From(IndexValue.Of(from)), cancellationToken))
        {
            var chain = MasteryEntry.ChainOf(read.Document.RecordKeeper, read.Document.Learner);
            if (!heads.TryGetValue(chain, out var known) || known.Sequence < read.Document.Sequence)
            {
                heads[chain] = new(chain, read.Document.Sequence, read.Document.Hash);
            }
        }
    }

    private async Task<PrivateKey> KeyAsync(Changes changes, CancellationToken cancellationToken)
    {
        if (await commits.Store.FindAsync(CheckpointDocuments.Keys, CheckpointKey.Id, cancellationToken) is { } known)
        {
            return PrivateKey.ImportPkcs8(vault.Open(known.Document.Sealed, Purpose));
        }

        var key = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        changes.Add(CheckpointDocuments.Keys, new(key.Public.Multikey!, vault.Seal(key.ExportPkcs8(), Purpose)));
        return key;
    }

    private const string Purpose = "checkpoint-key";
}
