namespace SkillBadges.Core.OneRoster.Files;

/// <summary>
/// What is wrong with a pack, and where. Rows count records as a spreadsheet shows them: the header is row 1; 0 means the file as a whole.
/// <see cref="Code"/> is stable (docs/oneroster.md); neither it nor the message holds what a cell said.
/// </summary>
public sealed record RosterFault(string File, long Row, string? Column, string Code, string Message)
{
    public override string ToString() => $"{File}({Row}{(Column is null ? "" : $", {Column}")}): {Code}: {Message}";
}

/// <summary>Gathers faults: all are counted, the first <see cref="Kept"/> are kept.</summary>
public sealed class RosterFaults
{
    public const int Kept = 10_000;

    private readonly List<RosterFault> kept = [];

    public long Count { get; private set; }

    public IReadOnlyList<RosterFault> First => kept;

    public void Add(string file, long row, string? column, string code, string message)
    {
        Count++;
        if (kept.Count < Kept)
        {
            kept.Add(new(file, row, column, code, message));
        }
    }
}
