using System.Buffers.Text;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
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
    /// <summary>In one statement: two hundred kilobytes of text.</summary>
    public int MostHeads { get; init; } = 1_000;

    // A commit may become visible after a later one; what changed lately is said again.
    private static readonly TimeSpan overlap = TimeSpan.FromMinutes(2);

    private const int AtOnce = 100;

    /// <summary>The next checkpoint, and more of them where so much changed that one would be too large to hold. When one is given out, the store knows of it; the caller puts it outside.</summary>
    /// <param name="after">What lies outside already, when that is further than the store: a restored store goes on behind it. Else null.</param>
    /// <param name="cancellationToken">Nothing more is written then.</param>
    public async IAsyncEnumerable<NumberedCheckpoint> WriteAsync(CheckpointStatement? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var latest = await commits.Store.FindAsync(CheckpointDocuments.Kind, Checkpoint.Id, cancellationToken);
        var from = latest is null ? DateTimeOffset.UnixEpoch : latest.Document.At - overlap;
        var isFirst = true;
        await foreach (var heads in HeadsAsync(from, cancellationToken))
        {
            if (isFirst || heads.Length > 0)
            {
                yield return await NextAsync(heads, after, now, cancellationToken);
            }

            isFirst = false;
        }
    }

    private Task<NumberedCheckpoint> NextAsync(ImmutableArray<ChainHead> heads, CheckpointStatement? after, DateTimeOffset now, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var changes = new Changes();
            var key = await KeyAsync(changes, token);
            var latest = await commits.Store.FindAsync(CheckpointDocuments.Kind, Checkpoint.Id, token);
            var statement = new CheckpointStatement(
                1, address.BaseUrl, Math.Max(latest?.Document.Number ?? 0, after?.Number ?? 0) + 1, now, latest?.Document.Digest, MerkleRoot.Of([.. heads.Select(head => head.Leaf)]), heads, key.Public.Multikey!);
            var text = JsonSerializer.Serialize(statement, DocumentJson.Options);
            var signed = new SignedCheckpoint(text, Base64Url.EncodeToString(await new LocalSigner(key, statement.Key).SignAsync(Encoding.UTF8.GetBytes(text), token)));
            var next = new Checkpoint(statement.Number, now, signed.Digest);
            changes = latest is null ? changes.Add(CheckpointDocuments.Kind, next) : changes.Replace(CheckpointDocuments.Kind, latest, next);
            return new Outcome<NumberedCheckpoint>(changes, new(statement.Number, signed), Checkpoint.Id);
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
    public async IAsyncEnumerable<NumberedCheckpoint> AcceptAsync(CheckpointStatement outside, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await CloseListsAsync(cancellationToken);
        await foreach (var next in WriteAsync(outside, cancellationToken))
        {
            yield return next;
        }
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

    /// <summary>By chain, at most so many together; a chain that went on meanwhile is said once more, further.</summary>
    private async IAsyncEnumerable<ImmutableArray<ChainHead>> HeadsAsync(DateTimeOffset from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var heads = new SortedDictionary<string, ChainHead>(StringComparer.Ordinal);
        await foreach (var entry in ChangedAsync(from, cancellationToken))
        {
            var chain = MasteryEntry.ChainOf(entry.RecordKeeper, entry.Learner);
            if (!heads.TryGetValue(chain, out var known) || known.Sequence < entry.Sequence)
            {
                heads[chain] = new(chain, entry.Sequence, entry.Hash);
            }

            if (heads.Count == MostHeads)
            {
                yield return [.. heads.Values];
                heads.Clear();
            }
        }

        yield return [.. heads.Values];
    }

    private async IAsyncEnumerable<MasteryEntry> ChangedAsync(DateTimeOffset from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var some in commits.Store.AllAsync(OrganizationDocuments.Kind, OrganizationDocuments.ByName.Where(), cancellationToken).Chunk(AtOnce).WithCancellation(cancellationToken))
        {
            var keepers = LedgerDocuments.ByRecordKeeper.WhereAny([.. some.Select(organization => organization.Id)]);
            await foreach (var read in commits.Store.AllAsync(LedgerDocuments.Kind, keepers.From(IndexValue.Of(from)), cancellationToken))
            {
                yield return read.Document;
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
