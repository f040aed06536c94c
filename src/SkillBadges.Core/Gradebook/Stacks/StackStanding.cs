using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Gradebook.Stacks;

/// <summary>A badge that a learner holds and that counts for stacks at one organization.</summary>
/// <param name="Badge">In the version that was earned.</param>
/// <param name="Credential">Of the award, where the organization gave it.</param>
/// <param name="Recognition">Id of the recognition, where the badge is from elsewhere.</param>
/// <param name="From">Who gave it, where it is from elsewhere; else null.</param>
public sealed record HeldBadge(
    BadgeDefinition Badge, ImmutableArray<AwardedLevel> Levels, DateTimeOffset EarnedAt, DateTimeOffset? ValidUntil, CredentialId? Credential, string? Recognition = null, string? From = null)
{
    /// <summary>In whose record it lies: one of those who are the learner here.</summary>
    public PersonId? Holder { get; init; }

    /// <summary>Whether it is what a stack asks for: in date, every skill decided, and each at the level that is asked.</summary>
    public bool Meets(RequiredBadge required, DateTimeOffset now) => Badge.Slug == required.Slug && (ValidUntil is null || now < ValidUntil)
        && Badge.Competencies.All(skill => Levels.Any(level => level.Competency == skill.Id && IsEnough(level.Level, required.MinimumLevel)));

    // A level that the scale does not have is reached by nobody.
    private bool IsEnough(string level, string? minimum) => minimum is null || (Badge.Scale.Find(level) is { } has && Badge.Scale.Find(minimum) is { } needed && has.Ordinal >= needed.Ordinal);
}

/// <summary>A certificate of others that the office has seen.</summary>
/// <param name="GoodUntil">Its own last day; null where it has none.</param>
public sealed record CertificateSeen(string Id, DateOnly IssuedOn, DateOnly? GoodUntil)
{
    /// <summary>Id of the document that says so.</summary>
    public string? Written { get; init; }

    /// <summary>The last day on which it counts; null for always.</summary>
    public DateOnly? CountsUntil(RequiredCertificate required) => required.MaxAgeMonths is { } months && (GoodUntil is not { } end || IssuedOn.AddMonths(months) < end) ? IssuedOn.AddMonths(months) : GoodUntil;
}

/// <summary>How far a learner is with a stack at one organization: what counts, and what is missing.</summary>
/// <param name="Badges">One for each required badge that is held.</param>
/// <param name="MissingBadges">Slugs.</param>
/// <param name="MissingCertificates">Ids within the stack.</param>
public sealed record StackStanding(BadgeStack Stack, ImmutableArray<HeldBadge> Badges, ImmutableArray<string> MissingBadges, ImmutableArray<string> MissingCertificates, DateTimeOffset? ValidUntil)
{
    /// <summary>The seen certificates that count.</summary>
    public ImmutableArray<CertificateSeen> Certificates { get; init; } = [];

    public bool IsWhole => MissingBadges.IsEmpty && MissingCertificates.IsEmpty;

    /// <param name="stack">One version.</param>
    /// <param name="held">What counts for stacks at the organization.</param>
    /// <param name="seen">Certificates seen for this stack.</param>
    /// <param name="now">The instant.</param>
    /// <param name="today">The organization's day.</param>
    public static StackStanding Of(BadgeStack stack, IReadOnlyCollection<HeldBadge> held, IReadOnlyCollection<CertificateSeen> seen, DateTimeOffset now, DateOnly today)
    {
        // Of several, one's own before one from elsewhere, and the one that counts longest.
        var badges = stack.Badges.Select(required => (required.Slug, Held: held.Where(badge => badge.Meets(required, now) && (badge.From is null || stack.Award != StackCounting.Earned))
            .OrderBy(badge => badge.From is not null).ThenByDescending(badge => badge.ValidUntil ?? DateTimeOffset.MaxValue).ThenBy(badge => badge.EarnedAt).FirstOrDefault())).ToList();
        var certificates = stack.Certificates.Select(required => (required, Seen: seen.FirstOrDefault(one => one.Id == required.Id && one.IssuedOn <= today && (one.CountsUntil(required) is not { } until || today <= until)))).ToList();
        var ends = badges.Select(badge => badge.Held?.ValidUntil)
            .Concat(certificates.Select(one => one.Seen?.CountsUntil(one.required) is { } day ? new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) : (DateTimeOffset?)null));
        return new(
            stack,
            [.. badges.Select(badge => badge.Held).OfType<HeldBadge>()],
            [.. badges.Where(badge => badge.Held is null).Select(badge => badge.Slug)],
            [.. certificates.Where(one => one.Seen is null).Select(one => one.required.Id)],
            ends.Min())
        {
            Certificates = [.. certificates.Select(one => one.Seen).OfType<CertificateSeen>()],
        };
    }
}
