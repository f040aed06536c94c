using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Cycles;

/// <summary>The snapshot of one class in a frozen cycle.</summary>
/// <param name="Content">SHA-256 of the snapshot's content.</param>
public sealed record FrozenClass(ClassSectionId Section, string Name, Sha256Digest Content);

/// <summary>A stretch of time after which a school looks where everybody stands: three weeks, a term, a year. Once frozen it never changes.</summary>
/// <param name="To">The last day, the school's.</param>
/// <param name="Badges">Slugs of the badges looked at; none for every badge in which something was decided.</param>
public sealed record Cycle(string Id, OrganizationId Organization, string Name, DateOnly From, DateOnly To, ImmutableArray<string> Badges, PersonId OpenedBy, DateTimeOffset OpenedAt)
{
    public const int MaxNameLength = 200;
    public const int MaxBadges = 50;
    public const int MaxYears = 10;

    /// <summary>What was recorded before this instant is in the snapshot; set when freezing begins, so that a freezing that was cut off goes on with the same.</summary>
    public DateTimeOffset? AsOf { get; init; }

    public DateTimeOffset? FrozenAt { get; init; }

    public PersonId? FrozenBy { get; init; }

    /// <summary>By id of the class; empty until frozen.</summary>
    public ImmutableArray<FrozenClass> Classes { get; init; } = [];

    /// <summary>SHA-256 over all that is frozen; null until then.</summary>
    public Sha256Digest? Content { get; init; }

    [JsonIgnore]
    public bool IsFrozen => FrozenAt is not null;

    /// <exception cref="RefusedException"><c>cycle.name</c>, <c>cycle.days</c>, <c>cycle.badges</c>.</exception>
    public static Cycle Open(string id, OrganizationId organization, string name, DateOnly from, DateOnly to, ImmutableArray<string> badges, PersonId by, DateTimeOffset at)
    {
        if (to < from || to > from.AddYears(MaxYears))
        {
            throw Refused.Invalid("cycle.days", $"A grading period begins before it ends and lasts at most {MaxYears} years.");
        }

        return badges.Length <= MaxBadges && badges.Distinct(StringComparer.Ordinal).Count() == badges.Length && badges.All(badge => Definitions.Slug.IsValid(badge))
            ? new(id, organization, DisplayText.Require(name, MaxNameLength, "cycle.name"), from, to, badges, by, at)
            : throw Refused.Invalid("cycle.badges", $"At most {MaxBadges} badges are named, each once, by their short names.");
    }

    /// <summary>Sets what the snapshot will hold: what is recorded until now, or until the end of the last day where that is over.</summary>
    /// <param name="start">The first instant of the first day.</param>
    /// <param name="end">The first instant after the last day.</param>
    /// <param name="now">When freezing begins.</param>
    /// <exception cref="RefusedException"><c>cycle.not-begun</c>.</exception>
    public Cycle BeginFreezing(DateTimeOffset start, DateTimeOffset end, DateTimeOffset now)
    {
        if (AsOf is not null)
        {
            return this;
        }

        return start <= now ? this with { AsOf = now < end ? now : end } : throw Refused.Conflict("cycle.not-begun", "This grading period has not begun; there is nothing to keep yet.");
    }

    /// <summary>Every class has its snapshot; from here on nothing changes.</summary>
    public Cycle Freeze(IEnumerable<FrozenClass> classes, PersonId by, DateTimeOffset at)
    {
        var frozen = this with { Classes = [.. classes.OrderBy(section => section.Section.Value, StringComparer.Ordinal)], FrozenBy = by, FrozenAt = at };
        return frozen with { Content = frozen.ComputeContent() };
    }

    /// <summary>SHA-256 of the UTF-8 JSON of id, organization, days, instant and the classes with their digests.</summary>
    public Sha256Digest ComputeContent() =>
        Sha256Digest.Of(JsonSerializer.SerializeToUtf8Bytes(new Hashed(Id, Organization, From, To, AsOf, Classes), DocumentJson.Options));

    private sealed record Hashed(string Id, OrganizationId Organization, DateOnly From, DateOnly To, DateTimeOffset? AsOf, ImmutableArray<FrozenClass> Classes);
}

public static class CycleDocuments
{
    public static readonly AccessPath<Cycle> ByOrganization =
        new AccessPath<Cycle>("organization").Equal("organization", cycle => cycle.Organization.Value).OrderBy("from", cycle => (long?)cycle.From.DayNumber);

    public static readonly DocumentKind<Cycle> Kind = new("cycle", cycle => cycle.Id) { Paths = [ByOrganization] };

    /// <summary>Snapshots of classes, by cycle and class.</summary>
    public static readonly DocumentKind<CycleSnapshot> Snapshots = new("cycle_snapshot", snapshot => CycleSnapshot.IdOf(snapshot.Content.Cycle, snapshot.Content.Section));
}
