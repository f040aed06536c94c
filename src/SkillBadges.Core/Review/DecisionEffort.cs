using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Review;

/// <summary>
/// What one decision cost. It names neither who decided nor whose work it was, its id is random and its time is a day: nothing in it leads back to either.
/// </summary>
/// <param name="Badge">The badge's slug.</param>
/// <param name="Day">The start of the day, UTC.</param>
/// <param name="Seconds">From opening the work in the queue to the decision; null when it was not opened there.</param>
/// <param name="Interactions">Requests that it took: each opening, and the decision, or its share of one request for many.</param>
public sealed record DecisionEffort(string Id, OrganizationId Organization, string Badge, DateTimeOffset Day, double? Seconds, double Interactions)
{
    /// <summary>How long it is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(400);

    public DateTimeOffset ExpiresAt { get; init; } = Day + Lifetime;

    /// <param name="work">What was decided.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="claim">Who had the work open, as the queue knew it.</param>
    /// <param name="together">How many decisions came in the same request.</param>
    public static DecisionEffort Of(Submission work, Decision decision, TaskClaim? claim, int together)
    {
        var opened = claim?.By == decision.Assessor.Person ? claim : null;
        return new(
            NewId.Random(),
            work.Organization,
            work.Badge.Slug,
            new(decision.DecidedAt.UtcDateTime.Date, TimeSpan.Zero),
            opened?.Since is { } since ? (decision.DecidedAt - since).TotalSeconds : null,
            (opened?.Times ?? 0) + (1.0 / together));
    }
}

public static class DecisionEffortDocuments
{
    public static readonly AccessPath<DecisionEffort> ByOrganization = new AccessPath<DecisionEffort>("organization").Equal("organization", e => e.Organization.Value).OrderBy("day", e => e.Day);

    public static readonly AccessPath<DecisionEffort> ByExpiry = new AccessPath<DecisionEffort>("expiry").OrderBy("expires", e => e.ExpiresAt);

    public static readonly DocumentKind<DecisionEffort> Kind = new("decision_effort", e => e.Id) { Paths = [ByOrganization, ByExpiry] };
}
