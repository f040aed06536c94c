using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Definitions.Articulations;

/// <summary>What counts: a badge or a stack, by its slug.</summary>
public enum ArticulatedKind
{
    Badge,
    Stack,
}

/// <summary>Who said yes for a side, and when.</summary>
public sealed record ArticulationApproval(OrganizationId Organization, PersonId Person, DateTimeOffset At);

/// <summary>One wording of an agreement; it holds only when both sides said yes to exactly it.</summary>
/// <param name="Number">From 1.</param>
public sealed record ArticulationRevision(int Number, ArticulationTerms Terms, ImmutableArray<ArticulationApproval> Approvals)
{
    /// <summary>The college's day on which the second side said yes; null while it is proposed.</summary>
    public DateOnly? AgreedOn { get; init; }

    /// <summary>The first day on which it holds, days that an earlier wording had spoken for left out; null while it is proposed.</summary>
    public DateOnly? HoldsFrom { get; init; }
}

/// <summary>An end that was declared: revisions up to one number hold no longer than a day.</summary>
public sealed record ArticulationEnd(int UpTo, DateOnly LastDay, OrganizationId Organization, PersonId Person, DateTimeOffset At);

/// <summary>
/// An agreement between a school and a college that a badge or stack counts for a course. What was earned counts as the wording says that held on
/// that day, whatever is agreed or ended later: a new wording holds from the day after it is agreed at the earliest, an end from the day after it is declared.
/// </summary>
public sealed record Articulation(ArticulationId Id, ArticulatedKind Kind, string Slug, OrganizationId School, OrganizationId College)
{
    public const int MaxRevisions = 200;

    public ImmutableArray<ArticulationRevision> Revisions { get; init; } = [];

    public ImmutableArray<ArticulationEnd> Ends { get; init; } = [];

    [JsonIgnore]
    public bool WasAgreed => Revisions.Any(revision => revision.AgreedOn is not null);

    public bool IsParty(OrganizationId organization) => organization == School || organization == College;

    /// <summary>Proposes a wording; who proposes says yes to it. It takes the place of a wording that still waited.</summary>
    /// <exception cref="RefusedException"><c>articulation.not-a-party</c>, <c>articulation.terms</c>, <c>articulation.too-many-revisions</c>.</exception>
    public Articulation Propose(ArticulationTerms terms, ArticulationApproval by)
    {
        RequireParty(by.Organization);
        if (Revisions.Length == MaxRevisions)
        {
            throw Refused.Conflict("articulation.too-many-revisions", $"An agreement has at most {MaxRevisions} wordings; please make a new one.");
        }

        return this with { Revisions = Revisions.Add(new(Revisions.Length + 1, terms.Checked(), [by])) };
    }

    /// <summary>Says yes for a side. Saying it again changes nothing.</summary>
    /// <param name="number">The wording that was read; it must be the last.</param>
    /// <param name="by">Who says yes.</param>
    /// <param name="today">The college's day.</param>
    /// <exception cref="RefusedException"><c>articulation.not-a-party</c>, <c>articulation.revision-stale</c>.</exception>
    public Articulation Approve(int number, ArticulationApproval by, DateOnly today)
    {
        RequireParty(by.Organization);
        if (Revisions is not [.., var last] || last.Number != number)
        {
            throw Refused.Conflict("articulation.revision-stale", "Another wording was proposed meanwhile; please read it before saying yes.");
        }

        if (last.Approvals.Any(approval => approval.Organization == by.Organization))
        {
            return this;
        }

        // The first wording may look back, as there was no promise it could change; a later one begins after the day on which it is agreed.
        var from = WasAgreed && last.Terms.From <= today ? today.AddDays(1) : last.Terms.From;
        return this with { Revisions = Revisions.SetItem(Revisions.Length - 1, last with { Approvals = last.Approvals.Add(by), AgreedOn = today, HoldsFrom = from }) };
    }

    /// <summary>Either side may end what was agreed; what was earned up to the last day counts on.</summary>
    /// <exception cref="RefusedException"><c>articulation.not-a-party</c>, <c>articulation.not-agreed</c>, <c>articulation.past-day</c>.</exception>
    public Articulation End(DateOnly lastDay, ArticulationApproval by, DateOnly today)
    {
        RequireParty(by.Organization);
        if (Revisions.LastOrDefault(revision => revision.AgreedOn is not null) is not { } agreed)
        {
            throw Refused.Conflict("articulation.not-agreed", "Nothing was agreed yet that could end.");
        }

        return lastDay >= today
            ? this with { Ends = Ends.Add(new(agreed.Number, lastDay, by.Organization, by.Person, by.At)) }
            : throw Refused.Invalid("articulation.past-day", "An agreement ends today at the earliest: what was promised is kept.");
    }

    /// <summary>The wording that holds for what is earned on a day, or null.</summary>
    public ArticulationRevision? HoldingOn(DateOnly day)
    {
        var revision = Revisions.LastOrDefault(revision => revision.HoldsFrom <= day);
        return revision is not null && day <= LastDay(revision) ? revision : null;
    }

    private DateOnly LastDay(ArticulationRevision revision) =>
        Ends.Where(end => revision.Number <= end.UpTo).Select(end => end.LastDay).Append(revision.Terms.To ?? DateOnly.MaxValue).Min();

    private void RequireParty(OrganizationId organization)
    {
        if (!IsParty(organization))
        {
            throw Refused.Forbidden("articulation.not-a-party", "This agreement is between two other organizations.");
        }
    }
}
