namespace SkillBadges.Core.Mastery;

/// <summary>One thing wrong with authored content, found without knowing the file it came from.</summary>
/// <param name="Code">Stable; has its section in docs/problems.md.</param>
/// <param name="Path">Where, as a JSON path of the file format: <c>$.competencies[2].levels.advanced</c>.</param>
/// <param name="Message">A plain sentence for the author.</param>
public sealed record ContentFault(string Code, string Path, string Message);
