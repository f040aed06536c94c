using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Organizations;

/// <summary>
/// Whose record a guardian may read, per record-keeper: rights pass to the learner at 18, and at once for what a college keeps
/// (34 CFR 99.3, 99.5). The day begins in the record-keeper's time zone.
/// </summary>
public sealed class FamilyRights(IDocumentStore store, TimeProvider clock)
{
    /// <summary>The record-keepers for which the actor is a guardian of one of these people now, and still holds the rights.</summary>
    public async Task<IReadOnlySet<OrganizationId>> RecordKeepersAsync(Actor guardian, IReadOnlyCollection<PersonId> people, CancellationToken cancellationToken)
    {
        if (guardian.IsLimited)
        {
            return new HashSet<OrganizationId>();
        }

        var now = clock.Now();
        var page = await store.WholeAsync(GuardianshipDocuments.Kind, GuardianshipDocuments.ByGuardian.Where(guardian.Person.Value).Descending(), cancellationToken);
        var holding = page.Documents.Where(guardianship => people.Contains(guardianship.Learner) && guardianship.HoldsAt(now)).ToList();
        if (holding.Count == 0)
        {
            return new HashSet<OrganizationId>();
        }

        var learners = (await store.FindManyAsync(PersonDocuments.Kind, [.. holding.Select(g => g.Learner.Value).Distinct(StringComparer.Ordinal)], cancellationToken))
            .ToDictionary(read => read.Document.Id, read => read.Document);
        var keepers = (await store.FindManyAsync(OrganizationDocuments.Kind, [.. holding.Select(g => g.RecordKeeper.Value).Distinct(StringComparer.Ordinal)], cancellationToken))
            .ToDictionary(read => read.Document.Id, read => read.Document);
        return holding.Where(g => HoldsRights(learners[g.Learner], keepers[g.RecordKeeper], now)).Select(g => g.RecordKeeper).ToHashSet();
    }

    /// <summary>Whether the family, not the learner, holds the rights in what this record-keeper keeps.</summary>
    public static bool HoldsRights(Person learner, Organization recordKeeper, DateTimeOffset now)
    {
        if (recordKeeper.Kind == OrganizationKind.College)
        {
            return false;
        }

        return learner.RightsPassOn is not { } day || recordKeeper.DayOf(now) < day;
    }
}
