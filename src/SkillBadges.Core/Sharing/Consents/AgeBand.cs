namespace SkillBadges.Core.Sharing.Consents;

/// <summary>How old a learner is, as far as the rules care. No birth date is kept: the band follows from the day on which rights pass.</summary>
public enum AgeBand
{
    /// <summary>No school has said on which day the rights pass.</summary>
    Unknown,

    UnderThirteen,

    /// <summary>13 to 17.</summary>
    Teen,

    Adult,
}

public static class AgeBands
{
    private const int YearsBetween = 18 - 13;

    /// <param name="rightsPassOn">The eighteenth birthday, or null when nobody has said it.</param>
    /// <param name="today">The day that it is at the record-keeper.</param>
    public static AgeBand Of(DateOnly? rightsPassOn, DateOnly today)
    {
        if (rightsPassOn is not { } eighteenth)
        {
            return AgeBand.Unknown;
        }

        return today >= eighteenth ? AgeBand.Adult : today >= eighteenth.AddYears(-YearsBetween) ? AgeBand.Teen : AgeBand.UnderThirteen;
    }
}
