namespace SkillBadges.Core.Evidence;

/// <summary>Says of a piece of proof that several made it. Who the others are stands with the team's work, for those who may know.</summary>
/// <param name="TeamWork">Id of the team's work.</param>
/// <param name="Size">How many made it.</param>
/// <param name="OwnPart">What this learner did of it.</param>
public sealed record TeamPart(string TeamWork, int Size, string OwnPart)
{
    public const int MaxPartLength = 2_000;
}
