namespace SkillBadges.Core.Evidence;

/// <summary>Where something was learned. It is recorded and has no effect on a level.</summary>
public enum LearningContext
{
    Class,
    Online,
    WorkSite,
    Certification,
    PersonalDay,
}
