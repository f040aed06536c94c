using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Tests.Mastery;

namespace SkillBadges.Core.Tests.Definitions;

/// <summary>Badges the tests of rules speak about.</summary>
internal static class Badges
{
    public static BadgeDefinition Bench() => new()
    {
        Slug = "bench-work",
        Name = "Bench Work",
        Description = "Files, drills and taps steel to a drawing.",
        Criteria = "Make the part on the drawing.",
        AchievementType = "Badge",
        Field = "manufacturing",
        Tags = ["filing", "drilling"],
        Image = new("A file over a vise"),
        Scale = Scales.FourLevel(),
        SkillGroups = [new("making", "Making", "Cutting and shaping.")],
        Competencies = [Skill("filing"), Skill("drilling"), Skill("tapping"), Skill("measuring") with { RequiredLevel = "developing" }],
        Review = new([ReviewerRole.Teacher], SupervisorMode.NotAllowed),
        RecencyMonths = 24,
        Alignments = [new("Machinists", "https://www.onetonline.org/link/summary/51-4041.00", "O*NET-SOC 2019", "51-4041.00")],
        CoAuthors = [new("high-school")],
    };

    private static Competency Skill(string id) => new()
    {
        Id = id,
        Name = id,
        Statement = $"Shows {id} on a steel part.",
        SkillGroupId = "making",
        LevelDescriptors = Scales.FourLevel().Levels.ToImmutableDictionary(level => level.Code, level => $"{id} at {level.Label}"),
        RequiredLevel = "proficient",
        EvidenceOptions = [new("photos", "Photos", EvidenceKind.File, "Part beside a rule.")],
    };
}
