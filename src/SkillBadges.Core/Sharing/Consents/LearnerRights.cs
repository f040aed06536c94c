using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Consents;

/// <summary>Who holds the rights in what one school keeps of one learner, now.</summary>
/// <param name="Learner">As that school's roster has them; commits that rest on it require this document.</param>
/// <param name="People">Everyone who is the same learner here, the learner included.</param>
public sealed record LearnerRights(Read<Person> Learner, Organization RecordKeeper, ImmutableArray<PersonId> People, bool FamilyHolds, AgeBand Age)
{
    public ImmutableArray<ConsentVoice> Voices(RecipientKind recipient) => ConsentRule.Voices(FamilyHolds, Age, recipient);

    /// <exception cref="RefusedException"><c>consent.adults-only</c>, <c>consent.age-unknown</c>, <c>consent.too-young</c>.</exception>
    public ImmutableArray<ConsentVoice> RequireVoices(RecipientKind recipient) => ConsentRule.Require(FamilyHolds, Age, recipient);
}

/// <summary>Reads who holds the rights, by what the rosters say and the day that it is at the record-keeper.</summary>
public sealed class RightsReading(IDocumentStore store, TimeProvider clock)
{
    /// <exception cref="RefusedException"><c>learner.not-found</c>: nobody who ever learned there; <c>organization.not-found</c>.</exception>
    public async Task<LearnerRights> OfAsync(PersonId learner, OrganizationId recordKeeper, CancellationToken cancellationToken)
    {
        var keeper = (await store.GetAsync(OrganizationDocuments.Kind, recordKeeper.Value, "organization", cancellationToken)).Document;
        var person = await store.GetAsync(PersonDocuments.Kind, learner.Value, "learner", cancellationToken);
        var roles = await store.WholeAsync(MembershipDocuments.Kind, MembershipDocuments.ByPersonAt.Where(learner.Value, recordKeeper.Value), cancellationToken);
        if (!roles.Documents.Any(membership => Offices.Learners.Contains(membership.Role)))
        {
            throw Refused.NotFound("learner");
        }

        var people = await PeopleAsync(person.Document, cancellationToken);
        var (today, now) = (keeper.DayOf(clock.Now()), clock.Now());

        // Whichever school knows the day: the earliest, since nobody turns 18 twice.
        var passOn = people.Select(known => known.RightsPassOn).Where(day => day is not null).Min();
        var isStaff = roles.Documents.Any(membership => membership.HoldsAt(now) && Offices.Staff.Contains(membership.Role));
        var isGrown = passOn is null && (isStaff || keeper.Kind == OrganizationKind.College);
        return new(
            person,
            keeper,
            [.. people.Select(known => known.Id)],
            !isStaff && FamilyRights.HoldsRights(person.Document with { RightsPassOn = passOn }, keeper, now),
            isGrown ? AgeBand.Adult : AgeBands.Of(passOn, today));
    }

    /// <summary>Everyone who was found to be the same learner, the person included.</summary>
    public async Task<ImmutableArray<Person>> PeopleAsync(Person person, CancellationToken cancellationToken)
    {
        if (person.LearnerIdentity is not { } identity)
        {
            return [person];
        }

        var same = await store.WholeAsync(PersonDocuments.Kind, PersonDocuments.ByIdentity.Where(identity), cancellationToken);
        return [person, .. same.Documents.Where(other => other.Id != person.Id)];
    }
}
