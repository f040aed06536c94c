namespace SkillBadges.Core.Organizations;

/// <summary>
/// What a school, district or state office decides about how the product works there. A member left out is inherited from the
/// organization above, and in the end from <see cref="Defaults"/>.
/// </summary>
public sealed record SettingValues
{
    /// <summary>What holds where nobody has set anything; every member has a value.</summary>
    public static SettingValues Defaults { get; } = new() { UndoMinutes = 10 };

    /// <summary>How long a decision can be undone before its badge is signed; 0 signs at once.</summary>
    public int? UndoMinutes { get; init; }

    /// <summary>These values, if each is within its bounds.</summary>
    /// <exception cref="RefusedException"><c>setting.undo-minutes</c>.</exception>
    public SettingValues Checked()
    {
        Within(UndoMinutes, 0, 24 * 60, "setting.undo-minutes", "minutes in which a decision can be undone");
        return this;
    }

    private static void Within(int? value, int least, int most, string code, string what)
    {
        if (value < least || value > most)
        {
            throw Refused.Invalid(code, $"The {what} lie between {least} and {most}.");
        }
    }
}
