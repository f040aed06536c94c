using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Organizations.Agreements;

/// <summary>Who said yes for a side, and when.</summary>
public sealed record AgreementApproval(OrganizationId Organization, PersonId Person, DateTimeOffset At)
{
    /// <summary>The word of the office of a side, whose role the commit rests on. Each side speaks for itself; the state office for neither.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public static async Task<AgreementApproval> OfAsync(Authority authority, Actor actor, OrganizationId side, DateTimeOffset at, Changes changes, CancellationToken cancellationToken)
    {
        changes.Require(MembershipDocuments.Kind, await authority.RequireAsync(actor, side, Offices.Registry, cancellationToken));
        return new(side, actor.Person, at);
    }
}
