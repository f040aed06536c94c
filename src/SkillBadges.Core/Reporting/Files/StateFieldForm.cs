using System.Globalization;
using SkillBadges.Core.Reporting.Programs;

namespace SkillBadges.Core.Reporting.Files;

/// <summary>How what stands in a column is written.</summary>
public enum StateFieldForm
{
    Text,

    /// <summary>Digits.</summary>
    Count,

    /// <summary>Above 0 up to 100, at most two decimals.</summary>
    Percent,

    /// <summary>Digits and perhaps a decimal point.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>Four digits.</summary>
    Year,

    /// <summary><c>YYYY-MM-DD</c>.</summary>
    Date,

    /// <summary>CIP 2020: two digits, a point, four digits.</summary>
    Program,

    /// <summary>cte-program, pathway, dual-enrollment or early-college.</summary>
    ProgramKind,

    /// <summary>participant, concentrator or completer.</summary>
    ProgramStatus,
}

public static class StateFieldForms
{
    public static StateFieldForm FormOf(StateField field) => field switch
    {
        StateField.SchoolYear => StateFieldForm.Year,
        StateField.Share => StateFieldForm.Percent,
        StateField.BadgeVersion or StateField.LevelOrdinal or StateField.Attempt => StateFieldForm.Count,
        StateField.Proficient or StateField.Passed or StateField.Recognized or StateField.Counts => StateFieldForm.Flag,
        StateField.DecidedOn or StateField.From or StateField.Until or StateField.ConcentratorSince or StateField.GraduatedOn or StateField.EarnedOn => StateFieldForm.Date,
        StateField.CredentialPoints => StateFieldForm.Number,
        StateField.Program => StateFieldForm.Program,
        StateField.ProgramKind => StateFieldForm.ProgramKind,
        StateField.ProgramStatus => StateFieldForm.ProgramStatus,
        _ => StateFieldForm.Text,
    };

    public static bool Fits(this StateFieldForm form, string text) => form switch
    {
        StateFieldForm.Count => text.Length <= 9 && text.All(char.IsAsciiDigit),
        StateFieldForm.Percent => PercentOf(text) is > 0 and <= 100,
        StateFieldForm.Number => text.Length <= 20 && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _),
        StateFieldForm.Flag => text is "true" or "false",
        StateFieldForm.Year => text.Length == 4 && text.All(char.IsAsciiDigit),
        StateFieldForm.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        StateFieldForm.Program => text is [_, _, '.', _, _, _, _] && text.Remove(2, 1).All(char.IsAsciiDigit),
        StateFieldForm.ProgramKind => ProgramWords.KindOf(text) is not null,
        StateFieldForm.ProgramStatus => ProgramWords.StatusOf(text) is not null,
        _ => true,
    };

    /// <summary>A share as it is written; null for what is none.</summary>
    public static decimal? PercentOf(string text) =>
        text.Length <= 6 && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && decimal.Round(percent, 2) == percent ? percent : null;

    /// <summary>What to say of a cell that is written otherwise.</summary>
    public static string Words(this StateFieldForm form) => form switch
    {
        StateFieldForm.Count => "This cell holds digits.",
        StateFieldForm.Percent => "A share is above 0 and at most 100, with at most two decimals.",
        StateFieldForm.Number => "This cell holds a number.",
        StateFieldForm.Flag => "This cell says true or false.",
        StateFieldForm.Year => "A year has four digits.",
        StateFieldForm.Date => "A date is YYYY-MM-DD and exists.",
        StateFieldForm.Program => "A program is a CIP code of two digits, a point and four digits.",
        StateFieldForm.ProgramKind => "This cell says cte-program, pathway, dual-enrollment or early-college.",
        StateFieldForm.ProgramStatus => "This cell says participant, concentrator or completer.",
        _ => "",
    };
}
