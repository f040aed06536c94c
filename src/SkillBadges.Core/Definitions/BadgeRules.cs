using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Definitions;

/// <summary>
/// What makes content a badge, whatever door it came through. Paths are those of the badge file format. A scale without levels
/// stands for one that could not be found; levels are not judged then.
/// </summary>
public static class BadgeRules
{
    public const int MinCompetencies = 4;

    public const int MaxCompetencies = 6;

    public static IEnumerable<ContentFault> Faults(BadgeDefinition badge) =>
    [
        .. Whole(badge),
        .. Repeated(badge.Tags.Select((tag, i) => (tag.ToUpperInvariant(), $"$.tags[{i}]")), "tag"),
        .. Repeated(badge.SkillGroups.Select((group, i) => (group.Id, $"$.skillGroups[{i}].id")), "skill group"),
        .. Repeated(badge.Competencies.Select((competency, i) => (competency.Id, $"$.competencies[{i}].id")), "competency"),
        .. badge.Competencies.SelectMany((competency, i) => Faults(badge, competency, $"$.competencies[{i}]")),
        .. RepeatedDescriptors(badge),
        .. Repeated(badge.Checkpoints.Select((checkpoint, i) => (checkpoint.Id, $"$.checkpoints[{i}].id")), "checkpoint"),
        .. Repeated(badge.Assessments.Select((assessment, i) => (assessment.Id, $"$.assessments[{i}].id")), "assessment"),
        .. Repeated(badge.Prerequisites.Select((slug, i) => (slug, $"$.prerequisites[{i}]")), "prerequisite"),
        .. PathRules.Faults(badge),
        .. Repeated(badge.Attributes.Select((built, i) => (built.ToString(), $"$.attributes[{i}]")), "attribute"),
        .. UnknownCompetencies(badge),
        .. Repeated(badge.Translations.Select((translation, i) => (translation.Language, $"$.translations[{i}].language")), "language"),
        .. TranslationRules.Faults(badge),
        .. badge.Alignments.SelectMany((alignment, i) => AlignmentRules.Faults(alignment, $"$.alignments[{i}]")),
        .. badge.Competencies.SelectMany((competency, c) => competency.Alignments.SelectMany((alignment, i) => AlignmentRules.Faults(alignment, $"$.competencies[{c}].alignments[{i}]"))),
    ];

    private static IEnumerable<ContentFault> Whole(BadgeDefinition badge)
    {
        if (badge.Competencies.Length is < MinCompetencies or > MaxCompetencies)
        {
            yield return new(
                "definition.competency-count",
                "$.competencies",
                $"A badge has {MinCompetencies} to {MaxCompetencies} competencies; this one has {badge.Competencies.Length}. Fewer say too little, more are two badges.");
        }

        if (CriteriaMarkdown.Objection(badge.Criteria) is { } objection)
        {
            yield return new("definition.bad-markdown", "$.criteria", objection);
        }

        if (!AchievementTypes.IsAchievementType(badge.AchievementType))
        {
            yield return new("definition.bad-achievement-type", "$.achievementType", "This is no achievement type of Open Badges 3.0, such as Badge or MicroCredential.");
        }

        if (badge.Review.Allows(ReviewerRole.Supervisor) != (badge.Review.Supervisor != SupervisorMode.NotAllowed)
            || (badge.Review.Supervisor == SupervisorMode.CoSign && !badge.Review.Allows(ReviewerRole.Teacher)))
        {
            yield return new(
                "definition.reviewers-disagree",
                "$.review",
                "Supervisors are listed among the roles exactly when they may sign, and a co-signing supervisor needs a teacher to sign with.");
        }

        if (badge.Review.QualificationOf is { } held && (badge.Review.QualificationCode is null || held.Any(role => !badge.Review.Allows(role))))
        {
            yield return new("definition.reviewers-disagree", "$.review.qualification.requiredOf", "Only those who decide can be asked for the qualification.");
        }

        if (badge.Review.Raters is not null && badge.Review.Supervisor == SupervisorMode.Sole)
        {
            yield return new("definition.reviewers-disagree", "$.review.raters", "Where two rate independently, no supervisor decides alone.");
        }
    }

    private static IEnumerable<ContentFault> Faults(BadgeDefinition badge, Competency competency, string path)
    {
        if (!IsSentence(competency.Statement))
        {
            yield return new("definition.not-a-sentence", $"{path}.statement", "A statement is a full sentence: it begins with a capital letter and ends with a period.");
        }

        if (competency.SkillGroupId is { } group && !badge.SkillGroups.Any(known => known.Id == group))
        {
            yield return new("definition.unknown-skill-group", $"{path}.skillGroup", $"There is no skill group {AuthoredText.Quote(group)} in this badge.");
        }

        if (competency.ChooseAtLeast < 1 || competency.ChooseAtLeast > competency.EvidenceOptions.Length)
        {
            yield return new(
                "definition.choose-too-many",
                $"{path}.chooseAtLeast",
                $"At least {competency.ChooseAtLeast} are to be chosen from {competency.EvidenceOptions.Length} evidence options.");
        }

        foreach (var fault in Repeated(competency.EvidenceOptions.Select((option, i) => (option.Id, $"{path}.evidence[{i}].id")), "evidence option"))
        {
            yield return fault;
        }

        foreach (var fault in Repeated(competency.Extensions.Select((task, i) => (task.Id, $"{path}.extensions[{i}].id")), "extension task"))
        {
            yield return fault;
        }

        for (var i = 0; i < competency.Exemplars.Length; i++)
        {
            if (competency.Exemplars[i].Url is { } url && !WebAddress.IsPublic(url))
            {
                yield return new("definition.bad-url", $"{path}.exemplars[{i}].url", $"This is not a complete https address of at most {WebAddress.MaxLength} characters.");
            }
        }

        if (badge.Scale.Levels.IsEmpty)
        {
            yield break;
        }

        for (var i = 0; i < competency.Exemplars.Length; i++)
        {
            if (badge.Scale.Find(competency.Exemplars[i].Level) is null)
            {
                yield return new("scale.unknown-level", $"{path}.exemplars[{i}].level", $"The scale {badge.Scale.Id} has no level {AuthoredText.Quote(competency.Exemplars[i].Level)}.");
            }
        }

        if (badge.Scale.Find(competency.RequiredLevel) is null)
        {
            yield return new("scale.unknown-level", $"{path}.requiredLevel", $"The scale {badge.Scale.Id} has no level {AuthoredText.Quote(competency.RequiredLevel)}.");
        }

        foreach (var level in badge.Scale.Levels.Where(level => !competency.LevelDescriptors.ContainsKey(level.Code)))
        {
            yield return new("definition.missing-descriptor", $"{path}.levels.{level.Code}", $"The level {level.Code} of {AuthoredText.Quote(competency.Id)} is not described.");
        }

        foreach (var code in competency.LevelDescriptors.Keys.Where(code => badge.Scale.Find(code) is null).Order(StringComparer.Ordinal))
        {
            yield return new("scale.unknown-level", $"{path}.levels.{code}", $"The scale {badge.Scale.Id} has no level {AuthoredText.Quote(code)}.");
        }
    }

    private static IEnumerable<ContentFault> UnknownCompetencies(BadgeDefinition badge) =>
        from built in badge.Attributes.Select((built, i) => (built.Competencies, Path: $"$.attributes[{i}].competencies"))
        from id in built.Competencies.Select((id, i) => (Id: id, Path: $"{built.Path}[{i}]"))
        where !badge.Competencies.Any(competency => competency.Id == id.Id)
        select new ContentFault("definition.unknown-competency", id.Path, $"There is no competency {AuthoredText.Quote(id.Id)} in this badge.");

    private static IEnumerable<ContentFault> RepeatedDescriptors(BadgeDefinition badge) => badge.Competencies
        .SelectMany((competency, i) => competency.LevelDescriptors.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Value, Path: $"$.competencies[{i}].levels.{pair.Key}")))
        .Where(pair => pair.Value.Length > 0)
        .GroupBy(pair => pair.Value, StringComparer.OrdinalIgnoreCase)
        .SelectMany(same => same.Skip(1).Select(again => new ContentFault(
            "definition.repeated-descriptor",
            again.Path,
            $"The same words stand at {same.First().Path}; a level of a competency needs its own.")));

    private static IEnumerable<ContentFault> Repeated(IEnumerable<(string Key, string Path)> keys, string what) => keys
        .Where(key => key.Key.Length > 0)
        .GroupBy(key => key.Key, StringComparer.Ordinal)
        .SelectMany(same => same.Skip(1).Select(again => new ContentFault("definition.duplicate-id", again.Path, $"This {what} is there already, at {same.First().Path}.")));

    private static bool IsSentence(string text) => text.Length > 1 && char.IsUpper(text[0]) && text[^1] == '.';
}
