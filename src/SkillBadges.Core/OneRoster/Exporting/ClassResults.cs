using System.Collections.Immutable;
using System.Globalization;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.OneRoster.Records;

namespace SkillBadges.Core.OneRoster.Exporting;

/// <summary>What a student of a class has in one competency: the line of the record, or work that waits.</summary>
/// <param name="Line">Null while nothing was decided.</param>
/// <param name="Waits">When work was turned in that nobody has decided.</param>
internal sealed record ClassResult(RosterUser Student, BadgeDefinition Badge, Competency Competency, GradebookLine? Line, DateTimeOffset? Waits);

/// <summary>
/// Writes the results of a class in the words of a gradebook: a competency is a line item of the category Competency, a level is a score (its ordinal) with its label, a scale is a score scale, an aligned item of a
/// framework is a learning objective. "Not yet" is partially graded and incomplete, never a zero; waiting work is submitted; what was carried over is exempt and says from where.
/// </summary>
internal sealed class ClassResults(Action<PackRow> write, RosterClass section, IReadOnlyDictionary<Sha256Digest, MasteryScale> scales)
{
    public const string Category = "competency";

    /// <summary>The one category.</summary>
    public static PackRow CategoryRow => new PackRow(RosterFiles.Categories, Category).Set("title", "Competency");

    private readonly HashSet<string> written = new(StringComparer.Ordinal);

    public void Write(IEnumerable<ClassResult> results)
    {
        foreach (var item in results.GroupBy(result => (result.Badge.Slug, result.Competency.Id)).OrderBy(item => item.Key.Slug, StringComparer.Ordinal).ThenBy(item => item.Key.Id, StringComparer.Ordinal))
        {
            WriteItem([.. item.OrderBy(result => result.Student.SourcedId, StringComparer.Ordinal)]);
        }
    }

    private void WriteItem(IReadOnlyList<ClassResult> results)
    {
        // The newest version that anybody has says what the item is called.
        var newest = results.MaxBy(result => result.Badge.Version)!;
        var competency = newest.Competency;
        var item = KeyOf("li", newest.Badge.Slug, competency.Id);
        var scale = results.Select(result => result.Line).OfType<GradebookLine>().Select(line => scales.GetValueOrDefault(line.Scale.Digest)).FirstOrDefault(found => found is not null);
        var first = results.Min(FirstDay);
        var row = new PackRow(RosterFiles.LineItems, item).Set("title", Cut($"{newest.Badge.Name}: {competency.Name}")).Set("description", Cut(competency.Statement)).Set("assignDate", first).Set("dueDate", results.Max(LastDay))
            .Set("classSourcedId", section.SourcedId).Set("categorySourcedId", Category).Set("academicSessionSourcedId", section.Terms.FirstOrDefault()).Set("schoolSourcedId", section.School);
        if (scale is not null)
        {
            row.Set("resultValueMin", scale.Levels[0].Ordinal).Set("resultValueMax", scale.Levels[^1].Ordinal);
        }

        write(row);
        if (scale is not null)
        {
            write(new PackRow(RosterFiles.LineItemScoreScales, KeyOf("ls", item)).Set("title", Cut(scale.Name)).Set("lineItemSourcedId", item).Set("scoreScaleSourcedId", ScaleOf(scale)));
        }

        var objectives = Objectives(competency);
        foreach (var (source, objective) in objectives)
        {
            write(
                new PackRow(RosterFiles.LineItemLearningObjectiveIds, KeyOf("lo", item, source, objective)).Set("lineItemSourcedId", item).Set("source", source).Set("learningObjectiveId", objective));
        }

        foreach (var result in results)
        {
            WriteResult(item, result, objectives);
        }
    }

    private void WriteResult(string item, ClassResult result, ImmutableArray<(string Source, string Id)> objectives)
    {
        var id = KeyOf("re", item, result.Student.SourcedId);
        var (level, carried) = result.Waits is null ? (result.Line?.Standing, result.Line?.Recognized) : (null, null);
        var status = carried is not null ? "exempt" : result.Waits is not null ? "submitted" : level is null ? "not submitted" : level.IsSufficient ? "fully graded" : "partially graded";
        var row = new PackRow(RosterFiles.Results, id).Set("lineItemSourcedId", item).Set("studentSourcedId", result.Student.SourcedId).Set("scoreStatus", status).Set("scoreDate", LastDay(result)).Set("classSourcedId", section.SourcedId)
            .Set("inProgress", result.Waits is not null ? "true" : "false").Set("incomplete", level is { IsSufficient: false } ? "true" : "false").Set("late", "false").Set("missing", "false");
        if (carried is not null)
        {
            row.Set("comment", Cut(carried.SourceEntryId is { } entry ? $"Carried over from entry {entry}" : $"Carried over from credential {carried.Source}{(carried.IssuerDid is null ? "" : $" of {carried.IssuerDid}")}"));
        }

        // A lowest level whose number is nought would be read as a zero.
        if (level is not null)
        {
            row.Set("score", level.Ordinal > 0 ? level.Ordinal.ToString(CultureInfo.InvariantCulture) : null).Set("textScore", Cut(level.Label));
        }

        write(row);
        if (level is null || result.Line is not { } line)
        {
            return;
        }

        if (scales.GetValueOrDefault(line.Scale.Digest) is { } scale)
        {
            write(new PackRow(RosterFiles.ResultScoreScales, KeyOf("rs", id)).Set("title", Cut(scale.Name)).Set("resultSourcedId", id).Set("scoreScaleSourcedId", ScaleOf(scale)));
        }

        foreach (var (source, objective) in objectives)
        {
            write(new PackRow(RosterFiles.ResultLearningObjectiveIds, KeyOf("ro", id, source, objective)).Set("resultSourcedId", id).Set("source", source)
                .Set("learningObjectiveId", objective).Set("score", level.Ordinal > 0 ? level.Ordinal.ToString(CultureInfo.InvariantCulture) : null).Set("textScore", Cut(level.Label)));
        }
    }

    // One scale for a class, however many items use it.
    private string ScaleOf(MasteryScale scale)
    {
        var id = KeyOf("sc", scale.SnapshotHash.Hex);
        if (written.Add(id))
        {
            var values = scale.Levels.Select(level => $"{{{Inside(level.Label)}:{level.Ordinal}}}");
            write(new PackRow(RosterFiles.ScoreScales, id).Set("title", Cut(scale.Name)).Set("type", "Mastery").Set("orgSourcedId", section.School).Set("courseSourcedId", section.Course)
                .Set("classSourcedId", section.SourcedId).Set("scoreScaleValue", values));
        }

        return id;
    }

    // The last part of a CASE address is the item's GUID; another alignment is named by its code.
    private static ImmutableArray<(string Source, string Id)> Objectives(Competency competency) =>
    [
        .. competency.Alignments.Select(alignment => Guid.TryParse(alignment.TargetUrl.Split('/')[^1], out var item) ? ("case", item.ToString("D")) : ("unknown", Cut(alignment.TargetCode ?? alignment.TargetUrl))).Distinct(),
    ];

    private static DateOnly FirstDay(ClassResult result) => DayOf(result.Line?.History[0].DecidedAt ?? result.Waits!.Value);

    private static DateOnly LastDay(ClassResult result) => DayOf(result.Waits ?? result.Line!.History[^1].DecidedAt);

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    private static string Cut(string text) => text.Length <= 255 ? text : $"{text[..254].TrimEnd()}\u2026";

    private static string Inside(string text) => text.Replace('{', '(').Replace('}', ')').Replace(':', '-');

    private string KeyOf(string prefix, params string[] parts) => $"{prefix}-{RosterKey.IdOf(section.Id, string.Join('|', parts)[..Math.Min(255, string.Join('|', parts).Length)])}";
}
