using SkillBadges.Core.Organizations;
using SkillBadges.Core.Organizations.Agreements;

namespace SkillBadges.Core.Mastery.Crosswalks;

/// <summary>
/// An agreement of two organizations on what levels of one version of a scale become on one version of another, for one purpose, in one
/// direction. It is asked at the moment of use and changes no entry: an entry keeps its own level, and names the wording that it was read by. Others may
/// agree on the opposite. Crosswalks are never joined into chains.
/// </summary>
/// <param name="From">Scale and version, such as <c>four-level@1</c>, whose levels are read.</param>
/// <param name="To">Scale and version that they become levels of.</param>
/// <param name="Giver">Whose levels are read.</param>
/// <param name="Receiver">Who reads them; the same organization for a policy of its own, which two of its people say yes to.</param>
public sealed record Crosswalk(CrosswalkId Id, string From, string To, CrosswalkPurpose Purpose, OrganizationId Giver, OrganizationId Receiver) : Agreement<CrosswalkTerms>
{
    public bool IsParty(OrganizationId organization) => organization == Giver || organization == Receiver;

    /// <summary>Proposes a wording; who proposes says yes to it for one side. It takes the place of a wording that still waited.</summary>
    /// <exception cref="RefusedException"><c>crosswalk.not-a-party</c>, <c>crosswalk.too-many-revisions</c>, and those of <see cref="CrosswalkTerms.Checked"/>.</exception>
    public Crosswalk Propose(CrosswalkTerms terms, MasteryScale from, MasteryScale to, AgreementApproval by)
    {
        RequireParty(by.Organization);
        if (Revisions.Length == MaxRevisions)
        {
            throw Refused.Conflict("crosswalk.too-many-revisions", $"A crosswalk has at most {MaxRevisions} wordings.");
        }

        return this with { Revisions = Proposing(terms.Checked(from, to), by) };
    }

    /// <summary>Says yes for the other side, by another person. Saying it again for a side that did changes nothing.</summary>
    /// <param name="number">The wording that was read; it must be the last.</param>
    /// <param name="by">Who says yes.</param>
    /// <param name="today">The receiver's day.</param>
    /// <exception cref="RefusedException"><c>crosswalk.not-a-party</c>, <c>crosswalk.revision-stale</c>, <c>crosswalk.second-person</c>.</exception>
    public Crosswalk Approve(int number, AgreementApproval by, DateOnly today)
    {
        RequireParty(by.Organization);
        if (Revisions is not [.., var last] || last.Number != number)
        {
            throw Refused.Conflict("crosswalk.revision-stale", "Another wording was proposed meanwhile; please read it before saying yes.");
        }

        if (last.AgreedOn is not null || (Giver != Receiver && last.Approvals.Any(approval => approval.Organization == by.Organization)))
        {
            return this;
        }

        return last.Approvals.Any(approval => approval.Person == by.Person)
            ? throw Refused.Forbidden("crosswalk.second-person", "Two people, not one, say yes to a crosswalk.")
            : this with { Revisions = Agreeing(by, today) };
    }

    /// <summary>Either side may end what was agreed, after a day.</summary>
    /// <exception cref="RefusedException"><c>crosswalk.not-a-party</c>, <c>crosswalk.not-agreed</c>, <c>crosswalk.past-day</c>.</exception>
    public Crosswalk End(DateOnly lastDay, AgreementApproval by, DateOnly today)
    {
        RequireParty(by.Organization);
        if (!WasAgreed)
        {
            throw Refused.Conflict("crosswalk.not-agreed", "Nothing was agreed yet that could end.");
        }

        return lastDay >= today
            ? this with { Ends = Ending(lastDay, by) }
            : throw Refused.Invalid("crosswalk.past-day", "A crosswalk ends today at the earliest: days that are over stay as they were.");
    }

    /// <summary>What a level becomes on a day; null where nothing was agreed. Never a guess.</summary>
    /// <param name="level">Code of a level of <see cref="From"/>; null for no evidence.</param>
    /// <param name="day">The day of use.</param>
    public Equivalence? EquivalentOn(string? level, DateOnly day) => HoldingOn(day) is { } holding && holding.Terms.Of(level) is { To: { } lowest } pair
        ? new(Id, holding.Number, level, lowest, pair.UpTo ?? lowest)
        : null;

    private void RequireParty(OrganizationId organization)
    {
        if (!IsParty(organization))
        {
            throw Refused.Forbidden("crosswalk.not-a-party", "This crosswalk is between other organizations.");
        }
    }
}

/// <summary>A level as another scale reads it, always beside the native one: derived, never decided.</summary>
/// <param name="Native">The level that was decided; null for no evidence.</param>
/// <param name="Lowest">Code of a level of the other scale.</param>
/// <param name="Highest">The same, or the other end of a range.</param>
public sealed record Equivalence(CrosswalkId Crosswalk, int Revision, string? Native, string Lowest, string Highest);
