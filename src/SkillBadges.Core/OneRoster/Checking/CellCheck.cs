using SkillBadges.Core.OneRoster.Files;

namespace SkillBadges.Core.OneRoster.Checking;

/// <summary>Whether a cell is what its column holds. Faults name the place, never the text.</summary>
internal static class CellCheck
{
    private static readonly RosterFile[] Rosters = [RosterFiles.Orgs, RosterFiles.AcademicSessions, RosterFiles.Courses, RosterFiles.Classes, RosterFiles.Users];

    private const string Words = "cell.text";

    private static readonly string[] Names = ["title", "name", "givenName", "familyName", "middleName", "preferredGivenName", "preferredMiddleName", "preferredFamilyName"];

    public static bool Check(RosterTable table, int index)
    {
        var column = table.File.Columns[index];
        var text = table[index];
        if (text.Length == 0)
        {
            return !column.IsRequired || Fault(table, column, "cell.required", "This cell must be filled.");
        }

        return column.Form switch
        {
            ColumnForm.Opaque => true,
            ColumnForm.Id => CellText.IsId(text) || Fault(table, column, "cell.id", "An id has 1 to 255 letters, digits and . - _ / @."),
            ColumnForm.Ids => CellText.List(text).All(CellText.IsId) || Fault(table, column, "cell.id", "A list of ids has a comma between each two; an id has 1 to 255 letters, digits and . - _ / @."),
            ColumnForm.Date => CellText.Date(text) is not null || Fault(table, column, "cell.date", "A date is YYYY-MM-DD and exists."),
            ColumnForm.Instant => CellText.IsInstant(text) || Fault(table, column, "cell.instant", "An instant is written like 2026-09-01T08:00:00Z."),
            ColumnForm.Flag => text is "true" or "false" || Fault(table, column, "cell.flag", "This cell says true or false."),
            ColumnForm.Word when column.Name == "status" => CellText.IsWord(text, column) || Fault(table, column, "cell.word", $"This cell says one of: {string.Join(", ", column.Words)}."),
            ColumnForm.Word => CellText.IsWord(text, column) || Fault(table, column, "cell.word", $"This cell says one of: {string.Join(", ", column.Words)}; or a word of your own that begins with ext: and says what it is."),
            ColumnForm.Number => CellText.IsNumber(text) || Fault(table, column, "cell.number", "A number has digits and perhaps a decimal point."),
            ColumnForm.Year => (text.Length == 4 && text.All(char.IsAsciiDigit)) || Fault(table, column, "cell.year", "A school year is the four digits of the year in which it ends."),
            ColumnForm.Pairs => (CellText.IsPairs(text) || Fault(table, column, "cell.pairs", "Pairs are written {left:right} with commas between them.")) && IsDisplayable(table, column, text),
            _ => IsDisplayable(table, column, text),
        };
    }

    private static bool IsDisplayable(RosterTable table, RosterColumn column, string text)
    {
        if (text[0] is '=')
        {
            return Fault(table, column, "cell.formula", "The cell begins like a formula of a spreadsheet.");
        }

        var most = Rosters.Contains(table.File) && Names.Contains(column.Name) ? CellText.MaxName : CellText.MaxText;
        if (text.Length > most)
        {
            return Fault(table, column, "cell.too-long", $"At most {most} characters.");
        }

        try
        {
            DisplayText.Optional(text, most, Words);
            return !column.IsRequired || !string.IsNullOrWhiteSpace(text) || Fault(table, column, "cell.required", "This cell must be filled.");
        }
        catch (RefusedException)
        {
            return Fault(table, column, Words, "The text holds a control character or one that turns the direction of reading.");
        }
    }

    private static bool Fault(RosterTable table, RosterColumn column, string code, string message)
    {
        table.Fault(table.Row, column.Name, code, message);
        return false;
    }
}
