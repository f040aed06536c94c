namespace SkillBadges.Core.Organizations;

/// <summary>What comes of a badge whose words have findings when it is published.</summary>
public enum LintPolicy
{
    /// <summary>Findings are advice.</summary>
    Warn,

    /// <summary>Findings keep it from being published.</summary>
    Block,
}
