using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Claims;

/// <summary>Why a college may see what one school awarded.</summary>
/// <param name="Consent">Null where the student's own act is enough.</param>
public sealed record ClaimGround(LearnerRights Rights, Read<Consent>? Consent)
{
    /// <summary>What it rests on must still be so at the commit.</summary>
    public void Require(Changes changes)
    {
        changes.Require(PersonDocuments.Kind, Rights.Learner);
        if (Consent is not null)
        {
            changes.Require(ConsentDocuments.Kind, Consent);
        }
    }
}

/// <summary>
/// Whether a college may see the badges of a claim, school by school: asked when it is made and each time that it is opened. Who holds the rights acts alone; a
/// student who does not needs a guardian's consent, and a guardian who makes the claim gives it with it.
/// </summary>
public sealed class ClaimGrounds(ConsentReading consents, TimeProvider clock)
{
    private static readonly RecordKind[] kinds = [RecordKind.Credentials, RecordKind.Levels, RecordKind.Name];

    /// <exception cref="RefusedException"><c>claim.consent-missing</c>: nobody's consent holds, or it ended.</exception>
    public async Task<IReadOnlyList<ClaimGround>> OfAsync(CreditClaim claim, CancellationToken cancellationToken)
    {
        var grounds = new List<ClaimGround>();
        foreach (var own in Schools(claim))
        {
            var rights = await consents.Rights.OfAsync(own.Key.Learner, own.Key.Issuer, cancellationToken);
            grounds.Add(await FindAsync(claim, rights, own, cancellationToken) ?? throw Missing());
        }

        return grounds;
    }

    /// <summary>The grounds of a claim that is being made; a guardian's consent is added to the commit where it is the maker's to give.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>, <c>consent.not-yours</c>, <c>claim.consent-missing</c>.</exception>
    public async Task RequireAsync(Actor actor, CreditClaim claim, Changes changes, CancellationToken cancellationToken)
    {
        foreach (var own in Schools(claim))
        {
            var rights = await consents.Rights.OfAsync(own.Key.Learner, own.Key.Issuer, cancellationToken);
            var voice = await consents.VoiceAsync(actor, rights, changes, cancellationToken) ?? throw Refused.NotFound("learner");
            if (voice == ConsentVoice.Guardian && !rights.FamilyHolds)
            {
                throw Refused.Forbidden("consent.not-yours", "This is the student's to claim: from 18 on, and for what a college keeps, the student decides.");
            }

            if (await FindAsync(claim, rights, own, cancellationToken) is { } ground)
            {
                ground.Require(changes);
            }
            else if (voice == ConsentVoice.Guardian)
            {
                changes.Require(PersonDocuments.Kind, rights.Learner).Add(ConsentDocuments.Kind, Given(actor, claim, rights, own));
            }
            else
            {
                throw Missing();
            }
        }
    }

    private async Task<ClaimGround?> FindAsync(CreditClaim claim, LearnerRights rights, IEnumerable<ClaimedBadge> badges, CancellationToken cancellationToken)
    {
        if (rights.RequireVoices(RecipientKind.Organization) is [ConsentVoice.Learner] && rights.People.Contains(claim.MadeBy))
        {
            return new(rights, null);
        }

        return await consents.FindHoldingAsync(rights, new(RecipientKind.Organization, claim.College), kinds, Slugs(badges), cancellationToken) is { } consent ? new(rights, consent) : null;
    }

    private Consent Given(Actor actor, CreditClaim claim, LearnerRights rights, IEnumerable<ClaimedBadge> badges)
    {
        var now = clock.Now();
        var terms = new ConsentTerms(
            new(rights.RecordKeeper.Id, [.. kinds], [.. Slugs(badges)]), $"College credit: {claim.Terms.CourseCode}", new(RecipientKind.Organization, claim.College), now.AddDays(CreditClaim.MaxDaysUnanswered + CreditClaim.MaxDaysWaiting));
        return new Consent(ConsentId.New(now), rights.Learner.Document.Id, terms.Checked(now), now).Give(new(ConsentVoice.Guardian, actor.Person, now, null));
    }

    private static IEnumerable<IGrouping<(PersonId Learner, OrganizationId Issuer), ClaimedBadge>> Schools(CreditClaim claim) => claim.Badges.GroupBy(badge => (badge.Learner, badge.Issuer));

    private static string[] Slugs(IEnumerable<ClaimedBadge> badges) => [.. badges.Select(badge => badge.Badge.Slug).Distinct(StringComparer.Ordinal)];

    private static RefusedException Missing() => Refused.Forbidden(
        "claim.consent-missing", "Until 18 a guardian has to agree that this college sees the badge, its levels and the name; without that, or once it has ended, it is not shown.");
}
