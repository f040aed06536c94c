using System.Collections.Immutable;
using System.Text;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Shares;

/// <summary>Exactly what a link shows.</summary>
/// <param name="Awards">Badges, in the order in which they are shown.</param>
/// <param name="Levels">Schools whose decided levels are shown, skill by skill.</param>
/// <param name="WithEvidence">What the proof is called and the role of who signed off; never the proof itself.</param>
/// <param name="WithName">The full name; else initials.</param>
public sealed record ShareScope(ImmutableArray<AwardId> Awards, ImmutableArray<OrganizationId> Levels, bool WithEvidence, bool WithName)
{
    /// <summary>Awards of badges and of stacks together.</summary>
    public const int MaxAwards = 100;
    public const int MaxSchools = 20;

    /// <summary>Awards of stacks, shown behind the badges.</summary>
    public ImmutableArray<CredentialId> Stacks { get; init; } = [];

    /// <exception cref="RefusedException"><c>share.scope</c>.</exception>
    public ShareScope Checked() => Awards.Length + Stacks.Length + Levels.Length > 0 && Awards.Length + Stacks.Length <= MaxAwards && Levels.Length <= MaxSchools
        ? this with { Awards = [.. Awards.Distinct()], Stacks = [.. Stacks.Distinct()], Levels = [.. Levels.Distinct()] }
        : throw Refused.Invalid("share.scope", $"A link shows at least one badge or the levels of one school, and at most {MaxAwards} badges and {MaxSchools} schools.");
}

/// <summary>A link with which a learner shows part of the record: 128 random bits, kept only as a hash.</summary>
public sealed record Share(ShareId Id, PersonId Learner, string TokenHash, ShareScope Scope, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt)
{
    public const int MaxDays = 366;

    /// <summary>How long after its end a link is kept in the list of links.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    public DateTimeOffset? RevokedAt { get; init; }

    public PersonId? RevokedBy { get; init; }

    public static string HashOf(string token) => Sha256Digest.Of(Encoding.UTF8.GetBytes(token)).Hex;

    /// <exception cref="RefusedException"><c>share.scope</c>, <c>share.expiry</c>.</exception>
    public static Share Make(ShareId id, PersonId learner, string token, ShareScope scope, DateTimeOffset now, DateTimeOffset expiresAt) => expiresAt > now && expiresAt <= now.AddDays(MaxDays)
        ? new(id, learner, HashOf(token), scope.Checked(), now, expiresAt)
        : throw Refused.Invalid("share.expiry", "A link runs out: later than now, and within a year.");

    public bool IsOpenAt(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;

    /// <summary>Closes it at once; again is harmless.</summary>
    public Share Revoke(PersonId by, DateTimeOffset at) => RevokedAt is null ? this with { RevokedAt = at, RevokedBy = by } : this;
}

public static class ShareDocuments
{
    public static readonly AccessPath<Share> ByToken = new AccessPath<Share>("token").Equal("token", s => s.TokenHash).Unique();

    public static readonly AccessPath<Share> ByLearner = new AccessPath<Share>("learner").Equal("learner", s => s.Learner.Value).OrderBy("created", s => s.CreatedAt);

    public static readonly AccessPath<Share> ByExpiry = new AccessPath<Share>("expiry").OrderBy("expires", s => s.ExpiresAt);

    public static readonly DocumentKind<Share> Kind = new("share", s => s.Id.Value) { Paths = [ByToken, ByLearner, ByExpiry] };
}
