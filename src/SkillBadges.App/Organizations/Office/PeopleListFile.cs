using System.Globalization;
using System.Text;
using SkillBadges.App.Layout;
using SkillBadges.App.SignIn;
using SkillBadges.Core;
using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Organizations.Office;

/// <param name="Sentence">In the reader's language.</param>
internal sealed record PeopleListFault(long Row, string Sentence);

/// <summary>
/// A list of people as a spreadsheet saves or copies it: name, role, and of students the eighteenth birthday. Commas, semicolons or tabs stand between the cells; the header is in any of the
/// languages of the pages.
/// </summary>
internal static class PeopleListFile
{
    public const int MaxCharacters = 200_000;

    private static readonly Role[] roles = Enum.GetValues<Role>();

    // Spreadsheets mark UTF-16 with its first two bytes; anything else that is no UTF-8 would lose the accents of names.
    private static readonly UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The header and two rows, as an example.</summary>
    public static string Sample(Texts T) => $"{T["name"]},{T["role"]},{T["eighteenth birthday"]}\nAda Lovelace,{RoleNames.Of(T, Role.Student)},2028-12-10\nMary Somerville,{RoleNames.Of(T, Role.Guardian)},\n";

    /// <exception cref="RefusedException"><c>people-list.size</c>, <c>people-list.encoding</c>.</exception>
    public static async Task<string> TextAsync(IFormFile file, CancellationToken stop)
    {
        if (file.Length > MaxCharacters)
        {
            throw TooLong();
        }

        try
        {
            using var reader = new StreamReader(file.OpenReadStream(), strict);
            return await reader.ReadToEndAsync(stop);
        }
        catch (DecoderFallbackException)
        {
            throw Refused.Invalid("people-list.encoding", "The file is not saved as UTF-8.");
        }
    }

    /// <exception cref="RefusedException"><c>people-list.size</c>, <c>people-list.header</c>, <c>people-list.rows</c>.</exception>
    public static (IReadOnlyList<PeopleRow> Rows, IReadOnlyList<PeopleListFault> Faults) Read(Texts T, string text)
    {
        if (text.Length > MaxCharacters)
        {
            throw TooLong();
        }

        var (rows, faults) = (new List<PeopleRow>(), new List<PeopleListFault>());
        var csv = new CsvFile(new MemoryStream(Encoding.UTF8.GetBytes(WithCommas(text.TrimStart('\uFEFF').Trim()))));
        try
        {
            if (!csv.Read() || Columns([.. csv.Cells]) is not { } columns)
            {
                throw Refused.Invalid("people-list.header", "The first row names the columns: name, role, and eighteenth birthday where there is one.");
            }

            while (csv.Read())
            {
                if (csv.Row > PeopleList.MaxRows + 1)
                {
                    throw Refused.Invalid("people-list.rows", $"A list has 1 to {PeopleList.MaxRows} rows.");
                }

                if (csv.Cells.Any(cell => !string.IsNullOrWhiteSpace(cell)))
                {
                    Take(T, csv, columns, rows, faults);
                }
            }
        }
        catch (CsvException broken)
        {
            // Where the text ceases to be a table, nothing after it can be told.
            faults.Add(new(broken.Row, T["From here on this is no table: a quotation mark or a line end is out of place."]));
        }

        return (rows, faults);
    }

    private static RefusedException TooLong() => Refused.Invalid("people-list.size", $"A list has at most {MaxCharacters} characters.");

    private static void Take(Texts T, CsvFile csv, (int Name, int Role, int Birthday) columns, List<PeopleRow> rows, List<PeopleListFault> faults)
    {
        string Cell(int at) => at >= 0 && at < csv.Cells.Count ? csv.Cells[at].Trim() : "";
        var before = faults.Count;
        var role = RoleOf(Cell(columns.Role));
        if (role is null)
        {
            faults.Add(new(csv.Row, T["The role is none that there is. Roles are: {0}.", string.Join(", ", roles.Where(one => one != Role.StateAdmin).Select(one => RoleNames.Of(T, one)))]));
        }

        DateOnly? birthday = null;
        if (Cell(columns.Birthday) is { Length: > 0 } typed)
        {
            birthday = DateOnly.TryParseExact(typed, ["yyyy-MM-dd", "M/d/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
            if (birthday is null)
            {
                faults.Add(new(csv.Row, T["A day is written like 2028-12-10."]));
            }
        }

        if (faults.Count == before)
        {
            rows.Add(new(csv.Row, Cell(columns.Name), role!.Value, birthday));
        }
    }

    private static (int Name, int Role, int Birthday)? Columns(List<string> header)
    {
        int At(Func<Texts, string> name) => header.FindIndex(cell => Texts.Languages.Any(language => string.Equals(cell.Trim(), name(new Texts(language)), StringComparison.OrdinalIgnoreCase)));
        var found = (Name: At(T => T["name"]), Role: At(T => T["role"]), Birthday: At(T => T["eighteenth birthday"]));
        return found.Name >= 0 && found.Role >= 0 ? found : null;
    }

    private static Role? RoleOf(string text)
    {
        foreach (var role in roles)
        {
            if (string.Equals(text, role.ToString(), StringComparison.OrdinalIgnoreCase) || Texts.Languages.Any(language => string.Equals(text, RoleNames.Of(new Texts(language), role), StringComparison.OrdinalIgnoreCase)))
            {
                return role;
            }
        }

        return null;
    }

    // Copied cells come with tabs between them, and spreadsheets of half the world save semicolons.
    private static string WithCommas(string text)
    {
        var header = text.Split('\n', 2)[0];
        var separator = header.Contains('\t', StringComparison.Ordinal) ? '\t' : header.Contains(';', StringComparison.Ordinal) ? ';' : ',';
        return separator == ',' ? text : string.Join('\n', text.Split('\n').Select(line => string.Join(',', line.TrimEnd('\r').Split(separator).Select(Quoted))));
    }

    private static string Quoted(string cell) => cell is ['"', .., '"'] ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
