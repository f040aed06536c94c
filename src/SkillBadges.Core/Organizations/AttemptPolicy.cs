namespace SkillBadges.Core.Organizations;

/// <summary>Whose word it takes that a preparation is done.</summary>
public enum PreparationWord
{
    /// <summary>The learner's own, in the plan.</summary>
    Learner,

    /// <summary>The learner says it, and a teacher of theirs confirms it.</summary>
    Teacher,
}

/// <summary>How often a learner may try, and what lies between two tries. A member that is null asks for nothing. A badge says it; a school may say otherwise.</summary>
/// <param name="Limit">Tries at the badge in all, at whichever school: 1 to 50.</param>
/// <param name="CoolingDays">Days of 24 hours from the return to the next try: 1 to 365.</param>
/// <param name="Preparation">What the learner does before trying again, such as a practice session; up to 400 characters.</param>
/// <param name="PreparationSaidBy">Whose word it takes that the preparation is done.</param>
public sealed record AttemptPolicy(int? Limit = null, int? CoolingDays = null, string? Preparation = null, PreparationWord PreparationSaidBy = PreparationWord.Learner)
{
    public const int MaxLimit = 50;
    public const int MaxCoolingDays = 365;
    public const int MaxPreparationLength = 400;

    public static readonly AttemptPolicy Unlimited = new();

    /// <exception cref="RefusedException"><c>attempt.policy</c>.</exception>
    public static AttemptPolicy Require(AttemptPolicy policy)
    {
        if (policy.Limit is < 1 or > MaxLimit || policy.CoolingDays is < 1 or > MaxCoolingDays)
        {
            throw Refused.Invalid("attempt.policy", $"A limit is 1 to {MaxLimit} tries, a waiting time 1 to {MaxCoolingDays} days.");
        }

        if (policy.PreparationSaidBy == PreparationWord.Teacher && string.IsNullOrWhiteSpace(policy.Preparation))
        {
            throw Refused.Invalid("attempt.policy", "A teacher confirms a preparation that the policy names; please name it.");
        }

        return policy with { Preparation = DisplayText.Optional(policy.Preparation, MaxPreparationLength, "attempt.policy") };
    }
}
