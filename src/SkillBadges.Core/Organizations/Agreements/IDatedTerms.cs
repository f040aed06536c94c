namespace SkillBadges.Core.Organizations.Agreements;

/// <summary>Terms that say from when to when they are meant to hold.</summary>
public interface IDatedTerms
{
    DateOnly FirstDay { get; }

    /// <summary>Null leaves it open.</summary>
    DateOnly? LastDay { get; }
}
