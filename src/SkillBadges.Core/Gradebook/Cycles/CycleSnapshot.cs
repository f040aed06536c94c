using System.Collections.Immutable;
using System.Text.Json;
using SkillBadges.Core.Gradebook.Classes;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Cycles;

/// <summary>A level of a scale as it was read then.</summary>
public sealed record CycleLevel(string Level, int Ordinal, string Label);

/// <param name="Levels">Lowest first.</param>
public sealed record CycleScale(string ScaleId, int Version, ImmutableArray<CycleLevel> Levels);

/// <summary>Where one learner stood in one skill.</summary>
/// <param name="EntryId">The entry of the ledger whose level it is.</param>
/// <param name="HasMoved">Whether the skill rose within the cycle.</param>
public sealed record CycleCell(string ScaleId, string Level, int Ordinal, bool IsSufficient, string EntryId, bool HasMoved);

/// <param name="Cells">One for each column; null where there was no evidence.</param>
public sealed record CycleRow(PersonId Learner, ImmutableArray<CycleCell?> Cells);

/// <summary>A class at one instant of a cycle: ids, native levels and nothing of anybody's words or names.</summary>
/// <param name="Name">Of the class.</param>
/// <param name="From">When the cycle began.</param>
/// <param name="AsOf">What was recorded before this instant is in here.</param>
/// <param name="Rows">By id of the learner, which says nothing about anybody's standing.</param>
public sealed record CycleContent(
    string Cycle, ClassSectionId Section, string Name, DateTimeOffset From, DateTimeOffset AsOf, ImmutableArray<CycleScale> Scales, ImmutableArray<SkillColumn> Columns, ImmutableArray<CycleRow> Rows)
{
    /// <summary>The same for somebody who must not see some of it yet.</summary>
    public CycleContent Without(UnseenEntries unseen) => this with { Rows = [.. Rows.Select(row => row with { Cells = [.. row.Cells.Select(cell => cell is not null && unseen.Hides(cell.EntryId) ? null : cell)] })] };

    /// <param name="cycle">Id of the cycle.</param>
    /// <param name="record">The class, read with what was recorded before <paramref name="asOf"/>.</param>
    /// <param name="from">When the cycle began.</param>
    /// <param name="asOf">When the class is looked at.</param>
    /// <param name="everyColumn">False leaves out skills in which nothing was decided of anybody.</param>
    public static CycleContent Of(string cycle, ClassRecord record, DateTimeOffset from, DateTimeOffset asOf, bool everyColumn)
    {
        var kept = Enumerable.Range(0, record.Columns.Length).Where(column => everyColumn || record.Cells.Any(cells => cells[column]?.Progression.Standing is not null)).ToList();
        var rows = record.Learners.Zip(record.Cells, (learner, cells) => new CycleRow(learner.Id, [.. kept.Select(column => Cell(cells[column], from))])).OrderBy(row => row.Learner.Value, StringComparer.Ordinal).ToImmutableArray();
        var used = rows.SelectMany(row => row.Cells).OfType<CycleCell>().Select(cell => cell.ScaleId).Concat(kept.Select(column => record.Columns[column].ScaleId)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return new(
            cycle,
            record.Section.Id,
            record.Section.Name,
            from,
            asOf,
            [.. used.Select(record.ScaleOf).Select(scale => new CycleScale(scale.Id, scale.Version, [.. scale.Levels.Select(level => new CycleLevel(level.Code, level.Ordinal, level.Label))]))],
            [.. kept.Select(column => record.Columns[column])],
            rows);
    }

    /// <summary>SHA-256 of the content's UTF-8 JSON.</summary>
    public Sha256Digest ComputeHash() => Sha256Digest.Of(JsonSerializer.SerializeToUtf8Bytes(this, DocumentJson.Options));

    private static CycleCell? Cell(ClassCell? cell, DateTimeOffset from) => cell?.Progression.Standing is { } standing
        ? new(cell.ScaleId, standing.Level, standing.Ordinal, standing.IsSufficient, standing.EntryId, cell.Progression.LastRise >= from)
        : null;
}

/// <summary>A class as it was when its cycle was frozen.</summary>
public sealed record CycleSnapshot(CycleContent Content, Sha256Digest Hash)
{
    public static string IdOf(string cycle, ClassSectionId section) => $"{cycle}/{section.Value}";

    public static CycleSnapshot Of(CycleContent content) => new(content, content.ComputeHash());
}
