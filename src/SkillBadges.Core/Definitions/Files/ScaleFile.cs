using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Definitions.Files;

/// <summary>The format of <c>mastery-scale.schema.json</c>.</summary>
internal static class ScaleFile
{
    internal static readonly IReadOnlyDictionary<string, ScoringMethod> Methods = new Dictionary<string, ScoringMethod>
    {
        ["latest"] = ScoringMethod.Latest,
        ["highest"] = ScoringMethod.Highest,
        ["mode-of-last"] = ScoringMethod.ModeOfLast,
    };

    public static FileReading<MasteryScale> Read(FileShape shape, string path, FileNode root)
    {
        if (!shape.IsObject(root, "$schema", "id", "name", "description", "levels", "proficientCut", "scoring"))
        {
            return new(null, shape.Faults);
        }

        shape.OptionalText(root, "$schema", 1, 300);
        var scale = new MasteryScale
        {
            Id = shape.SlugText(root, "id"),
            Version = 1,
            Name = shape.Text(root, "name", 1, 100),
            Description = shape.Text(root, "description", 1, 1000),
            Levels = [.. shape.Items(root, "levels", 0, 1000).Select(node => Level(shape, node))],
            ProficientCut = shape.Text(root, "proficientCut", 1, 40),
            Scoring = Scoring(shape, root),
        };
        DefinitionFile.RequireName(shape, root, "id", scale.Id, DefinitionFile.NameOf(path));
        shape.Report(root, ScaleRules.Faults(scale));
        return new(shape.IsSound ? scale : null, shape.Faults);
    }

    /// <summary>The scale that a file names in its member <c>scale</c>; one without levels where there is none of that name, which is reported.</summary>
    public static MasteryScale Named(FileShape shape, FileNode root, IReadOnlyDictionary<string, MasteryScale> scales)
    {
        var id = shape.SlugText(root, "scale");
        if (scales.TryGetValue(id, out var scale))
        {
            return scale;
        }

        if (root.Member("scale") is { Text: not null } node)
        {
            shape.Report(node, "definition-file.unknown-scale", $"There is no scale {AuthoredText.Quote(id)}.");
        }

        return new() { Id = "", Version = 1, Name = "", Description = "", Levels = [], ProficientCut = "", Scoring = ScoringPolicy.Latest };
    }

    private static MasteryLevel Level(FileShape shape, FileNode node)
    {
        if (!shape.IsObject(node, "code", "ordinal", "label", "descriptor"))
        {
            return new("", 0, "", "");
        }

        shape.Required(node, "ordinal");
        return new(
            shape.Text(node, "code", 1, 40),
            shape.Number(node, "ordinal", 0, 1000) ?? 0,
            shape.Text(node, "label", 1, 60),
            shape.Text(node, "descriptor", 1, 500));
    }

    private static ScoringPolicy Scoring(FileShape shape, FileNode root) =>
        shape.Required(root, "scoring") is { } node && shape.IsObject(node, "method", "count")
            ? new(shape.Choice(node, "method", Methods), shape.Number(node, "count", 2, ScoringPolicy.MaxCount) ?? 0)
            : ScoringPolicy.Latest;
}
