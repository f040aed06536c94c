using System.Security.Cryptography;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Uploads;

/// <summary>A checksum that must be that of the bytes sent with it.</summary>
public sealed record UploadChecksum(HashAlgorithmName Algorithm, byte[] Value);

/// <summary>Files that arrive in parts: begun, continued where they were cut off, given up. What becomes of them is <see cref="UploadFinish"/>'s.</summary>
public sealed class UploadWorkflow(Commits commits, SubmissionWorkflow submissions, EvidenceCustody custody, EvidenceLimits limits, IPartialFiles partials, TimeProvider clock)
{
    // What a cut costs at most: after so many bytes they are made durable and counted, though the request goes on.
    private const int CountEvery = 16 * 1024 * 1024;
    private const int BufferSize = 128 * 1024;

    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException">
    /// <c>submission.not-found</c>, <c>submission.not-editable</c>, <c>definition.unknown-competency</c>, <c>evidence.unknown-option</c>, <c>evidence.too-many</c>, <c>evidence.quota-person</c>, <c>evidence.quota-organization</c>,
    /// and those of <see cref="Upload.Begin"/>.
    /// </exception>
    public async Task<Read<Upload>> BeginAsync(Actor actor, UploadAim aim, long length, RequestKey? key, CancellationToken cancellationToken)
    {
        var work = aim.Submission ?? throw Refused.NotFound("submission");
        var organization = (await submissions.OwnAsync(actor, work, cancellationToken)).Document.Organization;
        return await custody.AloneAsync(organization, () => commits.OnceAsync(
            key,
            async attemptToken =>
            {
                var read = await submissions.OwnAsync(actor, work, attemptToken);
                var now = clock.Now();
                var upload = Upload.Begin(UploadId.New(now), actor.Person, organization, aim, length, limits.MaxFileBytes, now);

                // What would be refused at the end is refused at the beginning, before anybody has sent it.
                var item = EvidenceItem.OfFile(upload.Id.Value, aim.Title, aim.FileName, new(Sha256Digest.Of([]), length), "", now) with { OptionId = aim.OptionId };
                await submissions.RequireFitsAsync(read.Document, aim.CompetencyId, item, attemptToken);
                read.Document.AddEvidence(aim.CompetencyId, item, now);
                var changes = new Changes();
                await custody.ChargeAsync(changes, actor.Person, organization, new Dictionary<string, long> { [upload.Id.Value] = length }, [], attemptToken);
                return changes.Adding(UploadDocuments.Kind, upload);
            },
            (id, replayToken) => FindAsync(actor, UploadId.From(id), replayToken),
            cancellationToken), cancellationToken);
    }

    /// <exception cref="RefusedException"><c>upload.not-found</c>, also when it is somebody else's.</exception>
    public async Task<Read<Upload>> FindAsync(Actor actor, UploadId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(UploadDocuments.Kind, id.Value, "upload", cancellationToken);
        return read.Document.Owner == actor.Person ? read : throw Refused.NotFound("upload");
    }

    /// <summary>Takes bytes from an offset on. What has arrived is kept and counted also when the sender is cut off; with a checksum it is all or nothing.</summary>
    /// <exception cref="RefusedException">
    /// <c>upload.not-found</c>, <c>upload.offset</c>, <c>upload.complete</c>, <c>upload.too-long</c>, <c>upload.checksum</c>, <c>upload.lost</c>, <c>file.busy</c>, <c>file.store-full</c>, <c>file.store-failed</c>.
    /// </exception>
    public async Task<Read<Upload>> AppendAsync(Actor actor, UploadId id, long offset, Stream content, UploadChecksum? checksum, CancellationToken cancellationToken)
    {
        (await FindAsync(actor, id, cancellationToken)).Document.RequireAt(offset);
        await using var file = partials.OpenToWrite(id.Value, offset);

        // Read again now that nobody else writes: the one before may just have finished.
        var read = await FindAsync(actor, id, cancellationToken);
        read.Document.RequireAt(offset);
        using var hash = checksum is null ? null : IncrementalHash.CreateHash(checksum.Algorithm);
        var buffer = new byte[BufferSize];
        var (position, counted) = (offset, offset);
        try
        {
            while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var received)
            {
                if (received > read.Document.Length - position)
                {
                    throw Refused.Invalid("upload.too-long", "More bytes came than this file was said to have.");
                }

                hash?.AppendData(buffer, 0, received);
                await file.WriteAsync(buffer.AsMemory(0, received), CancellationToken.None);
                position += received;
                if (checksum is null && position - counted >= CountEvery && position < read.Document.Length)
                {
                    read = await CountAsync(read, file, position);
                    counted = position;
                }
            }
        }
        catch (Exception e) when (checksum is null && e is not RefusedException)
        {
            // Cut off. What is here is here; the sender asks where to go on.
            await CountAsync(read, file, position);
            throw;
        }

        if (hash is not null && !CryptographicOperations.FixedTimeEquals(hash.GetHashAndReset(), checksum!.Value))
        {
            throw Refused.Invalid("upload.checksum", "The bytes are not those that the checksum was made of; none of them were kept.");
        }

        return await CountAsync(read, file, position);
    }

    /// <summary>Gives the upload up. What has become a piece of proof is not touched.</summary>
    /// <exception cref="RefusedException"><c>upload.not-found</c>.</exception>
    public async Task EndAsync(Actor actor, UploadId id, CancellationToken cancellationToken) => await RemoveAsync(await FindAsync(actor, id, cancellationToken), cancellationToken);

    /// <summary>Removes uploads whose time has come, and arriving files that belong to none; how many uploads.</summary>
    /// <param name="isNeeded">Whether something else still reads the file of that id.</param>
    /// <param name="cancellationToken">Leaves the rest for the next time.</param>
    public async Task<int> RemoveExpiredAsync(Func<string, CancellationToken, Task<bool>> isNeeded, CancellationToken cancellationToken)
    {
        var removed = 0;
        await foreach (var expired in store.AllAsync(UploadDocuments.Kind, UploadDocuments.ByExpiry.Where().To(clock.Now()), cancellationToken))
        {
            // Received and not yet looked at: a message waits for that, and a full disk is no reason to lose it.
            if (expired.Document.State != UploadState.Received)
            {
                await RemoveAsync(expired, cancellationToken);
                removed++;
            }
        }

        foreach (var id in partials.UntouchedSince(clock.Now() - Upload.Patience))
        {
            if (await store.FindAsync(UploadDocuments.Kind, id, cancellationToken) is not { Document.State: UploadState.Receiving or UploadState.Received } && !await isNeeded(id, cancellationToken))
            {
                partials.Remove(id);
            }
        }

        return removed;
    }

    // The order that makes an acknowledged byte durable: the file first, then the number.
    private async Task<Read<Upload>> CountAsync(Read<Upload> read, Stream file, long offset)
    {
        if (offset == read.Document.Offset)
        {
            return read;
        }

        await file.FlushAsync(CancellationToken.None);
        var now = clock.Now();
        var reached = read.Document.Reach(offset, now);
        var changes = new Changes().Replace(UploadDocuments.Kind, read, reached);
        if (reached.State == UploadState.Received)
        {
            changes.Send(new(NewId.Ordered(now), UploadDocuments.ReceivedTopic, reached.Id.Value, now));
        }

        await store.CommitAsync(changes, CancellationToken.None);
        return read.Became(reached);
    }

    private async Task RemoveAsync(Read<Upload> read, CancellationToken cancellationToken)
    {
        await custody.AloneAsync(read.Document.Organization, () => commits.RunAsync(
            async attemptToken =>
            {
                var changes = new Changes();
                if (await store.FindAsync(UploadDocuments.Kind, read.Id, attemptToken) is { } current)
                {
                    changes.Remove(UploadDocuments.Kind, current);

                    // What is kept is charged to its piece of proof, which has the same id.
                    if (current.Document.State is UploadState.Receiving or UploadState.Received || current.Document.IsWaitingPhoto)
                    {
                        await custody.ChargeAsync(changes, current.Document.Owner, current.Document.Organization, new Dictionary<string, long>(), [read.Id], attemptToken);
                    }

                    if (current.Document is { IsWaitingPhoto: true, Digest: { } digest })
                    {
                        changes.Send(new(NewId.Ordered(clock.Now()), EvidenceUsage.ReleasedTopic, digest.Hex, clock.Now()));
                    }
                }

                return new Outcome<bool>(changes, true, read.Id);
            },
            cancellationToken), cancellationToken);
        partials.Remove(read.Id);
    }
}
