using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Custody;

public enum ScanState
{
    /// <summary>Nobody reads it and it cannot be turned in.</summary>
    Waiting,

    Clean,

    /// <summary>Removed; it is named by what the scanner calls it.</summary>
    Infected,
}

/// <summary>What the scanner said of a file's bytes, by their digest: whoever sends the same bytes gets the same answer.</summary>
public sealed record ContentScan(string Digest, ScanState State, DateTimeOffset At, string? Finding = null)
{
    public const int MaxFindingLength = 120;
}

public static class ContentScanDocuments
{
    /// <summary>Topic of the message that has bytes scanned; the subject is their digest.</summary>
    public const string WaitingTopic = "content.to-scan";

    public static readonly AccessPath<ContentScan> ByState = new AccessPath<ContentScan>("state").Equal("state", s => s.State.ToString()).OrderBy("at", s => s.At);

    public static readonly DocumentKind<ContentScan> Kind = new("content_scan", s => s.Digest) { Paths = [ByState] };
}
