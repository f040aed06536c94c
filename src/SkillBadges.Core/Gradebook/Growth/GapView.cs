using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Articulations;

namespace SkillBadges.Core.Gradebook.Growth;

/// <summary>A badge of the target, in the version that new work is done towards, and what is asked beyond what it says itself.</summary>
/// <param name="MinimumLevel">Code of the level that every skill must have reached, or null.</param>
/// <param name="SkillLevels">By skill, where one is asked more of.</param>
public sealed record TargetBadge(BadgeDefinition Badge, string? MinimumLevel, ImmutableSortedDictionary<string, string> SkillLevels)
{
    public static TargetBadge Of(BadgeDefinition badge) => new(badge, null, ImmutableSortedDictionary<string, string>.Empty);

    public static TargetBadge Of(BadgeDefinition badge, ArticulationTerms terms) => new(badge, terms.MinimumLevel, terms.CompetencyLevels);

    /// <summary>The level asked in a skill: the highest of what the badge and the target ask. A level that the scale does not have is asked in vain and left out.</summary>
    public string RequiredIn(Competency skill) =>
        new[] { skill.RequiredLevel, MinimumLevel, SkillLevels.GetValueOrDefault(skill.Id) }.Select(code => code is null ? null : Badge.Scale.Find(code)).OfType<Mastery.MasteryLevel>().MaxBy(level => level.Ordinal)!.Code;
}

/// <summary>Something to do about a gap.</summary>
/// <param name="Kind"><c>task</c> from the choice board, <c>assessment</c> that comes with the badge, or <c>example</c> of work that is enough.</param>
/// <param name="Url">Where it can be seen, or null.</param>
public sealed record GapStep(string Kind, string Title, string Words, string? Url);

/// <summary>A skill that is not reached yet.</summary>
/// <param name="Stands">Label of the native level that stands on the badge's scale; null where there is no evidence yet.</param>
/// <param name="Required">Label of the level asked.</param>
/// <param name="LooksLike">What that level looks like in this skill.</param>
public sealed record SkillGap(string Badge, string CompetencyId, string Name, string? Stands, string Required, string LooksLike, ImmutableArray<GapStep> Steps);

/// <summary>What is left to do for a badge, a stack or a course.</summary>
/// <param name="Reached">How many of the skills are reached.</param>
/// <param name="Certificates">Certificates of others that the target asks for; whether they are held is not in this record.</param>
public sealed record GapView(string Target, string Name, int Skills, int Reached, ImmutableArray<SkillGap> Gaps, ImmutableArray<string> Certificates)
{
    /// <param name="target">Such as <c>badge/smaw-fillet</c>.</param>
    /// <param name="name">Of the target.</param>
    /// <param name="badges">Its badges.</param>
    /// <param name="certificates">Names of certificates that it asks for besides.</param>
    /// <param name="record">The learner's record as the reader may see it.</param>
    public static GapView Of(string target, string name, IReadOnlyCollection<TargetBadge> badges, IEnumerable<string> certificates, GradebookView record)
    {
        var lines = record.Lines.ToLookup(line => (line.Competency.Badge.Slug, line.Competency.CompetencyId));
        var gaps = (from badge in badges from skill in badge.Badge.Competencies let gap = Gap(badge, skill, lines[(badge.Badge.Slug, skill.Id)]) where gap is not null select gap).ToImmutableArray();
        var skills = badges.Sum(badge => badge.Badge.Competencies.Length);
        return new(target, name, skills, skills - gaps.Length, gaps, [.. certificates]);
    }

    // Levels of another scale are not compared with what is asked, wherever they come from.
    private static SkillGap? Gap(TargetBadge badge, Competency skill, IEnumerable<GradebookLine> lines)
    {
        var scale = badge.Badge.Scale;
        var required = scale.Level(badge.RequiredIn(skill));
        var stands = lines.Where(line => line.Scale.Id == scale.Id && line.Standing is not null).Select(line => line.Standing!).MaxBy(level => level.Ordinal);
        return stands?.Ordinal >= required.Ordinal
            ? null
            : new(badge.Badge.Slug, skill.Id, skill.Name, stands?.Label, required.Label, skill.LevelDescriptors.GetValueOrDefault(required.Code, required.Descriptor), [.. Steps(badge.Badge, skill, required)]);
    }

    private static IEnumerable<GapStep> Steps(BadgeDefinition badge, Competency skill, Mastery.MasteryLevel required) =>
    [
        .. skill.EvidenceOptions.Select(option => new GapStep("task", option.Label, option.Hint, null)),
        .. badge.Assessments.Where(assessment => assessment.Covers(skill.Id)).Select(assessment => new GapStep("assessment", assessment.Name, assessment.Hint, null)),
        .. skill.Exemplars.Where(exemplar => badge.Scale.Find(exemplar.Level)?.Ordinal >= required.Ordinal).Select(exemplar => new GapStep("example", exemplar.Title, exemplar.Description, exemplar.Url)),
    ];
}
