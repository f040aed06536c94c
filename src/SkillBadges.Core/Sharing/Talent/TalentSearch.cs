using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Talent;

/// <summary>A skill that an employer looks for.</summary>
/// <param name="Badge">Its short name, such as <c>smaw-fillet</c>.</param>
/// <param name="Competency">Its id in the badge, or null for any skill of the badge.</param>
/// <param name="MinimumLevel">Code of a level on the scale that the learner was judged on; null for what the badge asks.</param>
public sealed record WantedSkill(string Badge, string? Competency, string? MinimumLevel)
{
    public const int Most = 5;

    /// <exception cref="RefusedException"><c>talent.skills</c>.</exception>
    public static ImmutableArray<WantedSkill> Checked(IReadOnlyList<WantedSkill> wanted) =>
        wanted.Count is >= 1 and <= Most && wanted.All(skill => Slug.IsValid(skill.Badge) && (skill.Competency is null || Slug.IsValid(skill.Competency)) && skill.MinimumLevel?.Length is null or (> 0 and <= 40))
            ? [.. wanted.Distinct()]
            : throw Refused.Invalid("talent.skills", $"Look for 1 to {Most} skills, each by the short name of a badge, perhaps one of its skills and a level.");
}

/// <summary>Somebody whom a search found: nothing tells who.</summary>
/// <param name="Reference">Random, and of this search alone: two searches that find the same person cannot be told to have done so by it.</param>
/// <param name="Consent">Their own opt-in, asked again each time.</param>
public sealed record TalentHit(string Reference, PersonId Learner, OrganizationId RecordKeeper, ConsentId Consent);

/// <summary>What an employer searched for and whom it found, so that it can ask for contact.</summary>
public sealed record TalentSearch(string Id, OrganizationId Employer, PersonId By, DateTimeOffset At, ImmutableArray<WantedSkill> Wanted, ImmutableArray<TalentHit> Hits)
{
    public const int MaxHits = 20;
    public const int MaxADay = 20;

    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);
}

public static class TalentSearchDocuments
{
    public static readonly AccessPath<TalentSearch> ByEmployer = new AccessPath<TalentSearch>("employer").Equal("employer", s => s.Employer.Value).OrderBy("at", s => s.At);

    public static readonly AccessPath<TalentSearch> ByTime = new AccessPath<TalentSearch>("at").OrderBy("at", s => s.At);

    public static readonly DocumentKind<TalentSearch> Kind = new("talent_search", s => s.Id) { Paths = [ByEmployer, ByTime] };
}
