namespace SkillBadges.Core.Storage;

/// <summary>Who does what only one process may do at a time. It is written when it changes hands and at no other time, so that work which requires it as read is fenced.</summary>
/// <param name="Name">What is held, such as <c>sweep:issuing</c> or <c>roster-import:{id}</c>.</param>
/// <param name="Node">The process that took it; a random name.</param>
public sealed record Lease(string Name, string Node, DateTimeOffset TakenAt);

/// <summary>Until when a lease is nobody else's to take: moved on while its holder lives.</summary>
public sealed record LeaseTerm(string Name, DateTimeOffset Until)
{
    /// <summary>When that was written, by the writer's clock; null in terms from before it was kept.</summary>
    public DateTimeOffset? At { get; init; }
}

public static class LeaseDocuments
{
    /// <summary>Leases that nobody took for so long are forgotten.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    public static readonly AccessPath<Lease> ByAge = new AccessPath<Lease>("age").OrderBy("taken", lease => lease.TakenAt);

    public static readonly DocumentKind<Lease> Kind = new("lease", lease => lease.Name) { Paths = [ByAge] };

    public static readonly AccessPath<LeaseTerm> ByEnd = new AccessPath<LeaseTerm>("end").OrderBy("until", term => term.Until);

    public static readonly DocumentKind<LeaseTerm> Terms = new("lease_term", term => term.Name) { Paths = [ByEnd] };
}
