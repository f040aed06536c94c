using SkillBadges.Core;

namespace SkillBadges.Storage.Sqlite.Files;

/// <summary>What the disk says when it cannot, as an answer: full, or broken.</summary>
internal static class DiskFailure
{
    /// <summary>
    /// ENOSPC, EDQUOT, or Windows' ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL; .NET answers EFBIG, a file longer than the
    /// file system or a limit allows, with an argument that is out of range.
    /// </summary>
    public static bool IsFull(Exception failure) =>
        failure is ArgumentOutOfRangeException
        || (failure is IOException && failure.HResult is 28 or 122 or unchecked((int)0x80070070) or unchecked((int)0x80070027));

    public static bool IsOfDisk(Exception failure) => failure is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

    public static RefusedException Refusal(Exception failure) => IsFull(failure)
        ? Refused.Unavailable("file.store-full", "The disk for files is full; nothing was kept.", failure)
        : Refused.Unavailable("file.store-failed", "The disk for files cannot be written or read; nothing was kept.", failure);
}
