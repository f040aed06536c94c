using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence.Peers;

/// <summary>That something was hidden or erased: by whom, when, why.</summary>
public sealed record PeerMark(PersonId By, DateTimeOffset At, string Reason)
{
    public const int MaxReasonLength = 500;
}

/// <summary>What a classmate wrote about one skill. It gives no level, and it is not rewritten: who wrote it cannot make a hurtful word unseen by whoever looks after the class.</summary>
/// <param name="Works">What works; null once erased.</param>
/// <param name="Try">What to try; null once erased.</param>
public sealed record PeerComment(string Id, PersonId By, string CompetencyId, string? Works, string? Try, DateTimeOffset At)
{
    public const int MaxWordsLength = 1_000;

    /// <summary>Hidden by a teacher: the learner sees the reason in place of the words.</summary>
    public PeerMark? Hidden { get; init; }

    public PeerMark? Erased { get; init; }

    /// <summary>As the learner sees it.</summary>
    public PeerComment ToLearner() => Hidden is null ? this : this with { Works = null, Try = null };
}
