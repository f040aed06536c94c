using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Definitions;

/// <summary>What must hold of a badge's assessments and prerequisites, besides that none comes twice. Paths are those of the badge file format.</summary>
internal static class PathRules
{
    public static IEnumerable<ContentFault> Faults(BadgeDefinition badge)
    {
        foreach (var (assessment, i) in badge.Assessments.Select((assessment, i) => (assessment, i)))
        {
            foreach (var (unknown, j) in assessment.Competencies.Select((id, j) => (id, j)).Where(pair => badge.Competencies.All(known => known.Id != pair.id)))
            {
                yield return new("definition.unknown-competency", $"$.assessments[{i}].competencies[{j}]", $"There is no competency {AuthoredText.Quote(unknown)} in this badge.");
            }
        }

        if (badge.Prerequisites.IndexOf(badge.Slug) is var self and >= 0)
        {
            yield return new("definition.own-prerequisite", $"$.prerequisites[{self}]", "A badge does not come before itself.");
        }
    }
}
