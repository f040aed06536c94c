namespace SkillBadges.Core.Definitions.Lint;

/// <summary>Something in a badge's words that an assessor may stumble over. A finding is advice: it may be wrong, and says why it was made.</summary>
/// <param name="Code">Stable, such as <c>lint.no-measure</c>.</param>
/// <param name="Path">Where, as a JSON path of the badge file.</param>
/// <param name="Reason">What is the matter.</param>
/// <param name="Advice">What to do.</param>
public sealed record LintFinding(string Code, string Path, string Reason, string Advice);
