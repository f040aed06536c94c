using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Frameworks;

namespace SkillBadges.Core.Gradebook.Recognitions;

/// <summary>Which skill of a source is a skill of a badge here, and on which rung of the ladder; pure.</summary>
public static class RecognitionLadder
{
    /// <summary>The best match for a skill of the badge, or null where nothing connects them.</summary>
    /// <param name="target">The badge that it is to count for.</param>
    /// <param name="competency">One of its skills.</param>
    /// <param name="skills">The skills of the source.</param>
    /// <param name="equivalence">What frameworks here say around the items of both.</param>
    /// <param name="frameworks">The framework of each item, where it is here.</param>
    /// <param name="agreed">Items of different frameworks that both organizations accept as matching.</param>
    public static (BroughtSkill Skill, SkillMatch Match)? Best(
        BadgeDefinition target, Competency competency, IEnumerable<BroughtSkill> skills, ItemEquivalence equivalence, IReadOnlyDictionary<string, string> frameworks, IReadOnlySet<(string Theirs, string Ours)> agreed)
    {
        var items = CompetencyAlignment.ItemsOf(competency);
        var found = skills.Select(skill => (Skill: skill, Match: Match(target, competency, items, skill, equivalence, frameworks, agreed))).Where(pair => pair.Match is not null).OrderBy(pair => pair.Match).Take(1).ToList();
        return found is [var best] ? (best.Skill, best.Match!.Value) : null;
    }

    private static SkillMatch? Match(
        BadgeDefinition target, Competency competency, IReadOnlyList<string> items, BroughtSkill skill, ItemEquivalence equivalence, IReadOnlyDictionary<string, string> frameworks, IReadOnlySet<(string Theirs, string Ours)> agreed)
    {
        // A skill keeps its id from version to version of a badge while it stays the same.
        if (skill.Badge?.Slug == target.Slug && skill.CompetencyId == competency.Id)
        {
            return SkillMatch.SameAchievement;
        }

        if (items.Count == 0 || skill.Items.IsEmpty)
        {
            return null;
        }

        if (Covers((here, there) => here == there))
        {
            return SkillMatch.SameItem;
        }

        if (Covers((here, there) => equivalence.Relation(here, there) == ItemRelation.Same && frameworks.GetValueOrDefault(here) is { } one && one == frameworks.GetValueOrDefault(there)))
        {
            return SkillMatch.SameByFramework;
        }

        if (Covers((here, there) => here == there || agreed.Contains((there, here))))
        {
            return SkillMatch.AgreedAcross;
        }

        if (Covers((here, there) => equivalence.Relation(here, there) == ItemRelation.Same))
        {
            return SkillMatch.AcrossFrameworks;
        }

        return items.Any(here => skill.Items.Any(there => equivalence.Relation(here, there) != ItemRelation.None)) ? SkillMatch.Related : null;

        // All that the skill here is about was shown there.
        bool Covers(Func<string, string, bool> same) => items.All(here => skill.Items.Any(there => same(here, there)));
    }

    /// <summary>A suggestion is for a person; the rest of the ladder holds by itself.</summary>
    public static bool IsMatch(SkillMatch match) => match is SkillMatch.SameAchievement or SkillMatch.SameItem or SkillMatch.SameByFramework or SkillMatch.AgreedAcross;
}
