using System.Text.Json.Serialization;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Uploads;

public enum UploadState
{
    /// <summary>Bytes are missing.</summary>
    Receiving,

    /// <summary>All bytes are here and durable; they are looked at, cleaned and kept.</summary>
    Received,

    /// <summary>It has become a piece of proof, or a photo or a spoken note that an observation may name.</summary>
    Kept,

    /// <summary>It was looked at and not taken.</summary>
    Refused,
}

/// <summary>What an upload is to become: proof in a piece of work, or a photo or a spoken note that an observation names.</summary>
/// <param name="Submission">Null for a photo.</param>
/// <param name="CompetencyId">Empty for a photo.</param>
/// <param name="Sha256">What the sender says all its bytes are, or null.</param>
public sealed record UploadAim(
    SubmissionId? Submission, string CompetencyId, string Title, string FileName, LearningContext Context = LearningContext.Class, string? OptionId = null, Sha256Digest? Sha256 = null)
{
    /// <summary>Of a photo: the school in whose record the observation is.</summary>
    public OrganizationId? School { get; init; }
}

/// <summary>A file that arrives in parts. <see cref="Offset"/> counts bytes that are durable; only those are ever acknowledged.</summary>
public sealed record Upload(UploadId Id, PersonId Owner, OrganizationId Organization, UploadAim Aim, long Length, DateTimeOffset CreatedAt)
{
    /// <summary>How long an upload waits for its next byte, and how long its end can be read.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    public long Offset { get; init; }

    public UploadState State { get; init; }

    public DateTimeOffset ExpiresAt { get; init; } = CreatedAt + Patience;

    /// <summary>Of the cleaned file, once it is kept.</summary>
    public Sha256Digest? Digest { get; init; }

    /// <summary>Of a photo, what was kept.</summary>
    public string? MediaType { get; init; }

    public long? KeptBytes { get; init; }

    /// <summary>The observation that names the photo.</summary>
    public ObservationId? UsedBy { get; init; }

    /// <summary>Whether it is a photo that no observation names yet: then only the upload holds its bytes and its room.</summary>
    [JsonIgnore]
    public bool IsWaitingPhoto => State == UploadState.Kept && Aim.School is not null && UsedBy is null;

    /// <summary>Why it was not taken.</summary>
    public string? RefusalCode { get; init; }

    public RefusalKind? RefusalKind { get; init; }

    public string? RefusalReason { get; init; }

    /// <exception cref="RefusedException"><c>upload.length</c>, <c>file.too-large</c>, <c>evidence.title</c>, <c>evidence.file-name</c>.</exception>
    public static Upload Begin(UploadId id, PersonId owner, OrganizationId organization, UploadAim aim, long length, long maxBytes, DateTimeOffset at)
    {
        if (length <= 0)
        {
            throw Refused.Invalid("upload.length", "A file has at least one byte; say how many it has before you send them.");
        }

        return length <= maxBytes
            ? new(id, owner, organization, aim with { Title = DisplayText.Require(aim.Title, EvidenceItem.MaxTitleLength, "evidence.title"), FileName = FileName.Require(aim.FileName) }, length, at)
            : throw Refused.Invalid("file.too-large", $"A file may have at most {maxBytes} bytes here.");
    }

    /// <exception cref="RefusedException"><c>upload.offset</c>, <c>upload.complete</c>.</exception>
    public Upload RequireAt(long offset)
    {
        if (State != UploadState.Receiving)
        {
            throw Refused.Conflict("upload.complete", "All bytes of this file have been received.");
        }

        return offset == Offset ? this : throw Refused.Conflict("upload.offset", $"The next byte is {Offset}; please ask where to go on and send from there.");
    }

    /// <summary>So many bytes are durable now.</summary>
    public Upload Reach(long offset, DateTimeOffset at) =>
        this with { Offset = offset, State = offset == Length ? UploadState.Received : UploadState.Receiving, ExpiresAt = at + Patience };

    public Upload Keep(Sha256Digest digest, DateTimeOffset at) => this with { State = UploadState.Kept, Digest = digest, ExpiresAt = at + Patience };

    public Upload KeepPhoto(StoredFile stored, string mediaType, DateTimeOffset at) => Keep(stored.Digest, at) with { MediaType = mediaType, KeptBytes = stored.Length };

    /// <summary>One observation names it; naming it again is harmless.</summary>
    /// <exception cref="RefusedException"><c>upload.not-found</c> when it is somebody else's, <c>observation.photo</c>, <c>observation.photo-used</c>.</exception>
    public Upload UseFor(ObservationId observation, PersonId by, OrganizationId school)
    {
        if (Owner != by)
        {
            throw Refused.NotFound("upload");
        }

        if (State != UploadState.Kept || Aim.School != school)
        {
            throw Refused.Invalid("observation.photo", "This is not a photo that was received for the record of this school.");
        }

        return UsedBy is { } used && used != observation
            ? throw Refused.Conflict("observation.photo-used", "Another observation names this photo; please send it once more for this one.")
            : this with { UsedBy = observation };
    }

    public Upload Refuse(RefusedException why, DateTimeOffset at) => this with { State = UploadState.Refused, RefusalKind = why.Kind, RefusalCode = why.Code, RefusalReason = why.Message, ExpiresAt = at + Patience };
}
