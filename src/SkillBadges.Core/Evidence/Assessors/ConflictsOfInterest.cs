using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Assessors;

/// <summary>
/// Whether an assessor is too close to a learner to judge: the same person, a guardian, or a declared relation, whichever of the records of either
/// it was entered for. Whatever makes one closer writes the documents of both people, so requiring those makes the answer hold at the commit.
/// </summary>
public sealed class ConflictsOfInterest(IDocumentStore store, TimeProvider clock)
{
    private const int MaxEntries = 500;

    /// <summary>Everyone who is the same as this person, the person first.</summary>
    public async Task<ImmutableArray<Read<Person>>> RecordsOfAsync(PersonId id, CancellationToken cancellationToken)
    {
        var person = await store.GetAsync(PersonDocuments.Kind, id.Value, "person", cancellationToken);
        if (person.Document.LearnerIdentity is not { } identity)
        {
            return [person];
        }

        var joined = await store.QueryAsync(PersonDocuments.Kind, PersonDocuments.ByIdentity.Where(identity).Take(MaxEntries), cancellationToken);
        return [person, .. joined.Items.Where(read => read.Id != person.Id)];
    }

    /// <exception cref="RefusedException"><c>decision.own-work</c>.</exception>
    public static void RequireAnother(ImmutableArray<Read<Person>> assessor, ImmutableArray<Read<Person>> learner)
    {
        if (assessor.Any(one => learner.Any(other => one.Document.IsSameAs(other.Document))))
        {
            throw Refused.Forbidden("decision.own-work", "Nobody decides on their own work.");
        }
    }

    /// <exception cref="RefusedException"><c>decision.conflict-of-interest</c>.</exception>
    public async Task RequireNoneAsync(ImmutableArray<Read<Person>> assessor, ImmutableArray<Read<Person>> learner, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var learners = learner.Select(read => read.Document.Id).ToHashSet();
        string[] own = [.. assessor.Select(read => read.Id)];
        var guarded = await store.QueryAsync(GuardianshipDocuments.Kind, GuardianshipDocuments.ByGuardian.WhereAny(own).Take(MaxEntries), cancellationToken);
        var declared = await store.QueryAsync(DeclaredRelationDocuments.Kind, DeclaredRelationDocuments.ByPerson.WhereAny(own).Take(MaxEntries), cancellationToken);
        if (guarded.Documents.Any(guardianship => guardianship.HoldsAt(now) && learners.Contains(guardianship.Learner))
            || declared.Documents.Any(relation => relation.HoldsAt(now) && (learners.Contains(relation.First) || learners.Contains(relation.Second))))
        {
            throw Refused.Forbidden("decision.conflict-of-interest", "You are too close to this learner to judge their work; a colleague decides.");
        }
    }
}
