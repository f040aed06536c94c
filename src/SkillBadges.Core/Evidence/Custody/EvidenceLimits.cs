namespace SkillBadges.Core.Evidence.Custody;

/// <summary>What holds for every file of this instance; what a school sets besides is in its settings.</summary>
/// <param name="MaxFileBytes">How large one file may be.</param>
/// <param name="IsScanned">Whether a scanner must have found a file clean before anybody reads it or it is turned in.</param>
public sealed record EvidenceLimits(long MaxFileBytes, bool IsScanned);
