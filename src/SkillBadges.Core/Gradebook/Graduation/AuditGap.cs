using System.Globalization;

namespace SkillBadges.Core.Gradebook.Graduation;

public enum AuditGapKind
{
    /// <summary>So many more of the parts that are named.</summary>
    Parts,

    /// <summary>So many more credits of a category.</summary>
    Credits,

    /// <summary>A skill that is below what is asked, or not decided yet.</summary>
    Skill,

    /// <summary>As <see cref="Skill"/>, with a certificate as proof.</summary>
    CertifiedSkill,

    /// <summary>The rules name a badge that is no more.</summary>
    NoBadge,

    /// <summary>The rules name a stack that is no more.</summary>
    NoStack,
}

/// <summary>One thing that a requirement lacks.</summary>
/// <param name="Name">Of the parts, the category or the skill; empty where there is none.</param>
/// <param name="Amount">How many more; zero for a skill.</param>
/// <param name="StandsAt">Label of the level at which the skill stands; null without a decision.</param>
public sealed record AuditGap(AuditGapKind Kind, string Name, decimal Amount = 0, string? StandsAt = null)
{
    /// <summary>In plain English.</summary>
    public string Sentence => string.Create(CultureInfo.InvariantCulture, $"{Words}.");

    private FormattableString Words => Kind switch
    {
        AuditGapKind.Parts => $"{Amount} more of: {Name}",
        AuditGapKind.Credits => $"{Amount:0.##} more credits of {Name}",
        AuditGapKind.NoBadge => $"There is no such badge any more",
        AuditGapKind.NoStack => $"There is no such stack any more",
        AuditGapKind.CertifiedSkill => $"{Name} with a certificate as proof: {Stands}",
        _ => $"{Name}: {Stands}",
    };

    private string Stands => StandsAt is null ? "no evidence yet" : $"stands at {StandsAt}";
}
