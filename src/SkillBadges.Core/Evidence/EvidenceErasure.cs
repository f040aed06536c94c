using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence;

/// <summary>That the content of a piece of proof was erased: by whom, when, why. Kept as long as the work is.</summary>
/// <param name="Digest">Of the content that is no more.</param>
/// <param name="By">Null where the time for which the school keeps such files was over.</param>
public sealed record EvidenceErasure(string ItemId, Sha256Digest Digest, PersonId? By, DateTimeOffset At, string Reason)
{
    public const int MaxReasonLength = 500;
}
