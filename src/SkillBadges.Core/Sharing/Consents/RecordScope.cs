using System.Collections.Immutable;
using System.Text.RegularExpressions;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Sharing.Consents;

/// <summary>A kind of thing that a record holds.</summary>
public enum RecordKind
{
    /// <summary>Signed badges.</summary>
    Credentials,

    /// <summary>Decided levels, skill by skill.</summary>
    Levels,

    /// <summary>What the proof is called and what kind of person signed it off; the bytes themselves only where a whole record is transferred.</summary>
    Evidence,

    /// <summary>The learner's full name.</summary>
    Name,
}

/// <summary>Which records of one record-keeper a consent or a share is about.</summary>
/// <param name="Badges">Slugs; none means all.</param>
public sealed partial record RecordScope(OrganizationId RecordKeeper, ImmutableArray<RecordKind> Kinds, ImmutableArray<string> Badges)
{
    public const int MaxBadges = 100;

    /// <exception cref="RefusedException"><c>consent.records</c>.</exception>
    public RecordScope Checked() => Kinds.Length > 0 && Kinds.All(Enum.IsDefined) && Badges.Length <= MaxBadges && Badges.All(badge => badge.Length <= 64 && SlugForm().IsMatch(badge))
        ? this with { Kinds = [.. Kinds.Distinct().Order()], Badges = [.. Badges.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] }
        : throw Refused.Invalid("consent.records", $"Name at least one kind of record, and at most {MaxBadges} badges by their short names, such as smaw-fillet; no badge means all.");

    /// <summary>Whether something of this kind and badge lies within; a null badge asks for all badges.</summary>
    public bool Covers(OrganizationId recordKeeper, RecordKind kind, string? badge) =>
        recordKeeper == RecordKeeper && Kinds.Contains(kind) && (Badges.IsEmpty || (badge is not null && Badges.Contains(badge, StringComparer.Ordinal)));

    // Two scopes with the same contents are the same.
    public bool Equals(RecordScope? other) => other is not null && RecordKeeper == other.RecordKeeper && Kinds.SequenceEqual(other.Kinds) && Badges.SequenceEqual(other.Badges);

    public override int GetHashCode() => HashCode.Combine(RecordKeeper, Kinds.Length, Badges.Length);

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex SlugForm();
}
