using System.Security.Cryptography;
using SkillBadges.Core.Evidence.Content;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Uploads;

/// <summary>
/// Looks at what has been received, cleans it, keeps it and makes it a piece of proof, in one commit with the upload's end: however often and by however many
/// this is done, there is one piece of proof.
/// </summary>
public sealed class UploadFinish(Commits commits, SubmissionWorkflow submissions, EvidenceCustody custody, IPartialFiles partials, IFileStore files, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>Does what is still to do for an upload whose bytes are all here; returns it as it is then, or null when there is none.</summary>
    /// <exception cref="RefusedException"><c>file.store-full</c>, <c>file.store-failed</c>: it can be done later.</exception>
    public async Task<Upload?> FinishAsync(UploadId id, CancellationToken cancellationToken)
    {
        var read = await store.FindAsync(UploadDocuments.Kind, id.Value, cancellationToken);
        if (read is not { Document.State: UploadState.Received })
        {
            return read?.Document;
        }

        Upload? ended;
        try
        {
            var (stored, mediaType) = await KeepAsync(read.Document, cancellationToken);
            ended = await AttachAsync(id, stored, mediaType, cancellationToken);
        }
        catch (RefusedException no) when (no.Kind != RefusalKind.Unavailable && no is not VersionConflictException and not NotUniqueException)
        {
            ended = await RefuseAsync(id, no, cancellationToken);
        }

        partials.Remove(id.Value);
        return ended;
    }

    /// <summary>Looks at a received file, cleans it and keeps what is left.</summary>
    /// <exception cref="RefusedException">Those of <see cref="EvidenceContent.Inspect"/>, and <c>file.store-full</c>, <c>file.store-failed</c>.</exception>
    public async Task<(StoredFile Stored, string MediaType)> KeepAsync(Stream received, CancellationToken cancellationToken)
    {
        var content = await Task.Run(() => EvidenceContent.Inspect(received), cancellationToken);
        await using var cleaned = content.Open();
        return (await files.PutAsync(cleaned, content.Length, cancellationToken), content.MediaType);
    }

    private async Task<(StoredFile Stored, string MediaType)> KeepAsync(Upload upload, CancellationToken cancellationToken)
    {
        await using var received = partials.OpenToRead(upload.Id.Value);
        if (received is null || received.Length != upload.Length)
        {
            throw Refused.Gone("upload.lost", "What was received of this file is no longer here; please begin again.");
        }

        if (upload.Aim.Sha256 is { } said && Sha256Digest.FromBytes(await SHA256.HashDataAsync(received, cancellationToken)) != said)
        {
            throw Refused.Invalid("upload.checksum", "The bytes are not those that the checksum was made of; none of them were kept.");
        }

        return await KeepAsync(received, cancellationToken);
    }

    private Task<Upload?> AttachAsync(UploadId id, StoredFile stored, string mediaType, CancellationToken cancellationToken) => EndAsync(id, async (read, changes, now, attemptToken) =>
    {
        var (upload, aim) = (read.Document, read.Document.Aim);
        if (aim.School is { } school)
        {
            Observation.RequirePiece(mediaType, stored.Length);
            await custody.AdmitAsync(changes, upload.Owner, school, id.Value, stored, now, attemptToken);
            return upload.KeepPhoto(stored, mediaType, now);
        }

        var item = EvidenceItem.OfFile(id.Value, aim.Title, aim.FileName, stored, mediaType, now) with { Context = aim.Context, OptionId = aim.OptionId };
        var submission = await submissions.OwnAsync(new Actor(upload.Owner), aim.Submission!.Value, attemptToken);
        await submissions.RequireFitsAsync(submission.Document, aim.CompetencyId, item, attemptToken);
        var added = submission.Document.AddEvidence(aim.CompetencyId, item, now);
        changes.Replace(SubmissionDocuments.Kind, submission, added);
        await custody.SettleAsync(changes, submission.Document, added, now, attemptToken);
        return upload.Keep(stored.Digest, now);
    }, cancellationToken);

    private Task<Upload?> RefuseAsync(UploadId id, RefusedException why, CancellationToken cancellationToken) => EndAsync(id, async (read, changes, now, attemptToken) =>
    {
        await custody.ChargeAsync(changes, read.Document.Owner, read.Document.Organization, new Dictionary<string, long>(), [id.Value], attemptToken);
        return read.Document.Refuse(why, now);
    }, cancellationToken);

    private async Task<Upload?> EndAsync(UploadId id, Func<Read<Upload>, Changes, DateTimeOffset, CancellationToken, Task<Upload>> end, CancellationToken cancellationToken)
    {
        var organization = (await store.FindAsync(UploadDocuments.Kind, id.Value, cancellationToken))?.Document.Organization;
        return organization is null ? null : await custody.AloneAsync(organization.Value, () => commits.RunAsync(
            async attemptToken =>
            {
                var changes = new Changes();
                var read = await store.FindAsync(UploadDocuments.Kind, id.Value, attemptToken);
                if (read is not { Document.State: UploadState.Received })
                {
                    // Somebody else was faster, or it was given up.
                    return new Outcome<Upload?>(changes, read?.Document, id.Value);
                }

                var ended = await end(read, changes, clock.Now(), attemptToken);
                return new Outcome<Upload?>(changes.Replace(UploadDocuments.Kind, read, ended), ended, id.Value);
            },
            cancellationToken), cancellationToken);
    }
}
