using System.Globalization;
using SkillBadges.Core.OneRoster.Files;

namespace SkillBadges.Core.OneRoster.Exporting;

/// <summary>A row that is being written: what is not set stays empty.</summary>
public sealed class PackRow(RosterFile file, string sourcedId)
{
    private readonly string[] cells = [sourcedId, .. Enumerable.Repeat("", file.Columns.Length - 1)];

    public RosterFile File => file;

    public IReadOnlyList<string> Cells => cells;

    public string this[string column] => cells[file.IndexOf(column)];

    public PackRow Set(string column, string? text)
    {
        cells[file.IndexOf(column)] = text ?? "";
        return this;
    }

    public PackRow Set(string column, IEnumerable<string> texts) => Set(column, string.Join(',', texts));

    public PackRow Set(string column, DateOnly? day) => Set(column, day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public PackRow Set(string column, int number) => Set(column, number.ToString(CultureInfo.InvariantCulture));
}
