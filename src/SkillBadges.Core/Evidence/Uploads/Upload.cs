using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence.Uploads;

public enum UploadState
{
    /// <summary>Bytes are missing.</summary>
    Receiving,

    /// <summary>All bytes are here and durable; they are looked at, cleaned and kept.</summary>
    Received,

    /// <summary>It has become a piece of proof.</summary>
    Kept,

    /// <summary>It was looked at and not taken.</summary>
    Refused,
}

/// <summary>What an upload is to become.</summary>
/// <param name="Sha256">What the sender says all its bytes are, or null.</param>
public sealed record UploadAim(
    SubmissionId Submission, string CompetencyId, string Title, string FileName, LearningContext Context = LearningContext.Class, string? OptionId = null, Sha256Digest? Sha256 = null);

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

    public Upload Refuse(RefusedException why, DateTimeOffset at) => this with { State = UploadState.Refused, RefusalKind = why.Kind, RefusalCode = why.Code, RefusalReason = why.Message, ExpiresAt = at + Patience };
}
