using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Claims;

/// <summary>Who may see and do what with a claim: the student and a family that holds the rights on one side, the college's office on the other.</summary>
public sealed class ClaimAccess(IDocumentStore store, RightsReading rights, FamilyRights family, Authority authority)
{
    /// <summary>Everyone who is the same learner, for the learner and the family.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>.</exception>
    public async Task<IReadOnlyList<PersonId>> RequireStudentsAsync(Actor actor, PersonId learner, CancellationToken cancellationToken)
    {
        var people = await PeopleAsync(learner, cancellationToken);
        return IsOne(actor, people) || (await family.RecordKeepersAsync(actor, people, cancellationToken)).Count > 0 ? people : throw Refused.NotFound("learner");
    }

    /// <exception cref="RefusedException"><c>claim.not-found</c>, also when it is not the actor's to see.</exception>
    public async Task<Read<CreditClaim>> ReadAsync(Actor actor, CreditClaimId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(ClaimDocuments.Kind, id.Value, "claim", cancellationToken);
        return await IsStudentsAsync(actor, read.Document, cancellationToken) || await authority.FindAsync(actor, read.Document.College, Offices.Registry, cancellationToken) is not null
            ? read
            : throw Refused.NotFound("claim");
    }

    /// <summary>For the student's side.</summary>
    /// <exception cref="RefusedException"><c>claim.not-found</c>.</exception>
    public async Task<Read<CreditClaim>> ReadOwnAsync(Actor actor, CreditClaimId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(ClaimDocuments.Kind, id.Value, "claim", cancellationToken);
        return await IsStudentsAsync(actor, read.Document, cancellationToken) ? read : throw Refused.NotFound("claim");
    }

    /// <summary>For the college's office; its role goes into the commit's requirements.</summary>
    /// <exception cref="RefusedException"><c>claim.not-found</c>; <c>claim.own</c>: nobody answers a claim of their own.</exception>
    public async Task<Read<CreditClaim>> ReadAtCollegeAsync(Actor actor, CreditClaimId id, Changes changes, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(ClaimDocuments.Kind, id.Value, "claim", cancellationToken);
        changes.Require(MembershipDocuments.Kind, await authority.FindAsync(actor, read.Document.College, Offices.Registry, cancellationToken) ?? throw Refused.NotFound("claim"));
        return IsOne(actor, await PeopleAsync(read.Document.Learner, cancellationToken))
            ? throw Refused.Forbidden("claim.own", "Somebody else of the office has to look at a claim of your own.")
            : read;
    }

    /// <summary>That every badge of a claim stands, now and at the commit.</summary>
    /// <exception cref="RefusedException"><c>claim.badge-fell</c>.</exception>
    public async Task RequireStandingAsync(CreditClaim claim, Changes changes, CancellationToken cancellationToken)
    {
        foreach (var badge in claim.Badges)
        {
            var award = await store.GetAsync(AwardDocuments.Kind, badge.Award.Value, "award", cancellationToken);
            var status = await store.GetAsync(CredentialStatusDocuments.Kind, badge.Credential.Value, "award", cancellationToken);
            if (award.Document.State != AwardState.Issued || !status.Document.IsGood)
            {
                throw CreditClaim.BadgeFell();
            }

            changes.Require(AwardDocuments.Kind, award).Require(CredentialStatusDocuments.Kind, status);
        }
    }

    private async Task<bool> IsStudentsAsync(Actor actor, CreditClaim claim, CancellationToken cancellationToken)
    {
        var people = await PeopleAsync(claim.Learner, cancellationToken);
        return IsOne(actor, people) || (await family.RecordKeepersAsync(actor, people, cancellationToken)).IsSupersetOf(claim.Badges.Select(badge => badge.Issuer));
    }

    private async Task<IReadOnlyList<PersonId>> PeopleAsync(PersonId learner, CancellationToken cancellationToken)
    {
        var self = await store.GetAsync(PersonDocuments.Kind, learner.Value, "learner", cancellationToken);
        return [.. (await rights.PeopleAsync(self.Document, cancellationToken)).Select(person => person.Id)];
    }

    private static bool IsOne(Actor actor, IReadOnlyList<PersonId> people) => !actor.IsLimited && people.Contains(actor.Person);
}
