using SkillBadges.Core.Organizations;
using SkillBadges.Core.Organizations.Agreements;

namespace SkillBadges.Core.Definitions.Articulations;

/// <summary>What counts: a badge or a stack, by its slug.</summary>
public enum ArticulatedKind
{
    Badge,
    Stack,
}

/// <summary>
/// An agreement between a school and a college that a badge or stack counts for a course. What was earned counts as the wording says that held on
/// that day, whatever is agreed or ended later: a new wording holds from the day after it is agreed at the earliest, an end from the day after it is declared.
/// </summary>
public sealed record Articulation(ArticulationId Id, ArticulatedKind Kind, string Slug, OrganizationId School, OrganizationId College) : Agreement<ArticulationTerms>
{
    public bool IsParty(OrganizationId organization) => organization == School || organization == College;

    /// <summary>Proposes a wording; who proposes says yes to it. It takes the place of a wording that still waited.</summary>
    /// <exception cref="RefusedException"><c>articulation.not-a-party</c>, <c>articulation.terms</c>, <c>articulation.too-many-revisions</c>.</exception>
    public Articulation Propose(ArticulationTerms terms, AgreementApproval by)
    {
        RequireParty(by.Organization);
        if (Revisions.Length == MaxRevisions)
        {
            throw Refused.Conflict("articulation.too-many-revisions", $"An agreement has at most {MaxRevisions} wordings; please make a new one.");
        }

        return this with { Revisions = Proposing(terms.Checked(), by) };
    }

    /// <summary>Says yes for a side. Saying it again changes nothing.</summary>
    /// <param name="number">The wording that was read; it must be the last.</param>
    /// <param name="by">Who says yes.</param>
    /// <param name="today">The college's day.</param>
    /// <exception cref="RefusedException"><c>articulation.not-a-party</c>, <c>articulation.revision-stale</c>.</exception>
    public Articulation Approve(int number, AgreementApproval by, DateOnly today)
    {
        RequireParty(by.Organization);
        if (Revisions is not [.., var last] || last.Number != number)
        {
            throw Refused.Conflict("articulation.revision-stale", "Another wording was proposed meanwhile; please read it before saying yes.");
        }

        return last.Approvals.Any(approval => approval.Organization == by.Organization) ? this : this with { Revisions = Agreeing(by, today) };
    }

    /// <summary>Either side may end what was agreed; what was earned up to the last day counts on.</summary>
    /// <exception cref="RefusedException"><c>articulation.not-a-party</c>, <c>articulation.not-agreed</c>, <c>articulation.past-day</c>.</exception>
    public Articulation End(DateOnly lastDay, AgreementApproval by, DateOnly today)
    {
        RequireParty(by.Organization);
        if (!WasAgreed)
        {
            throw Refused.Conflict("articulation.not-agreed", "Nothing was agreed yet that could end.");
        }

        return lastDay >= today
            ? this with { Ends = Ending(lastDay, by) }
            : throw Refused.Invalid("articulation.past-day", "An agreement ends today at the earliest: what was promised is kept.");
    }

    private void RequireParty(OrganizationId organization)
    {
        if (!IsParty(organization))
        {
            throw Refused.Forbidden("articulation.not-a-party", "This agreement is between two other organizations.");
        }
    }
}
