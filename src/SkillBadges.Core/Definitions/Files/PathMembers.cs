using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Definitions.Files;

/// <summary>The members of a badge file that say how the work goes: tries, stop points, assessments, badges to hold before.</summary>
internal sealed class PathMembers(FileShape shape, FileNode root)
{
    private static readonly Dictionary<string, PreparationWord> PreparationWords = new(StringComparer.Ordinal) { ["learner"] = PreparationWord.Learner, ["teacher"] = PreparationWord.Teacher };

    public AttemptPolicy? Attempts() => root.Member("attempts") is { } node && shape.IsObject(node, "limit", "coolingDays", "preparation", "preparationSaidBy")
        ? new(
            shape.Number(node, "limit", 1, AttemptPolicy.MaxLimit),
            shape.Number(node, "coolingDays", 1, AttemptPolicy.MaxCoolingDays),
            shape.OptionalText(node, "preparation", 10, AttemptPolicy.MaxPreparationLength),
            SaidBy(node))
        : null;

    public IEnumerable<Checkpoint> Checkpoints() => shape.OptionalItems(root, "checkpoints", 1, 8).Select(node => shape.IsObject(node, "id", "label", "hint")
        ? new Checkpoint(shape.SlugText(node, "id"), shape.Text(node, "label", 1, 100), shape.Text(node, "hint", 10, 400))
        : new("", "", ""));

    public IEnumerable<CommonAssessment> Assessments() => shape.OptionalItems(root, "assessments", 1, 6).Select(node => shape.IsObject(node, "id", "name", "hint", "maxScore", "competencies")
        ? new CommonAssessment(shape.SlugText(node, "id"), shape.Text(node, "name", 1, 100), shape.Text(node, "hint", 10, 400), MaxScore(node))
        {
            Competencies = [.. shape.OptionalItems(node, "competencies", 1, 12).Select(shape.SlugOf)],
        }
        : new("", "", "", 1));

    public IEnumerable<string> Prerequisites() => shape.OptionalItems(root, "prerequisites", 1, 6).Select(shape.SlugOf);

    private PreparationWord SaidBy(FileNode attempts)
    {
        if (attempts.Member("preparationSaidBy") is not { } node)
        {
            return PreparationWord.Learner;
        }

        if (attempts.Member("preparation") is null)
        {
            shape.Report(node, "definition-file.missing-member", "The preparation that is confirmed is missing.");
        }

        return shape.ChoiceOf(node, PreparationWords);
    }

    private int MaxScore(FileNode node) => shape.Required(node, "maxScore") is null ? 1 : shape.Number(node, "maxScore", 1, 10_000) ?? 1;
}
