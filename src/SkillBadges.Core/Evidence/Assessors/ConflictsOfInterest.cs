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
        // All of them, however many there are: whoever declares a thousand hides none.
        await foreach (var guarded in store.AllAsync(GuardianshipDocuments.Kind, GuardianshipDocuments.ByGuardian.WhereAny(own), cancellationToken))
        {
            Require(!guarded.Document.HoldsAt(now) || !learners.Contains(guarded.Document.Learner));
        }

        await foreach (var declared in store.AllAsync(DeclaredRelationDocuments.Kind, DeclaredRelationDocuments.ByPerson.WhereAny(own), cancellationToken))
        {
            Require(!declared.Document.HoldsAt(now) || !(learners.Contains(declared.Document.First) || learners.Contains(declared.Document.Second)));
        }
    }

    private static void Require(bool isFree)
    {
        if (!isFree)
        {
            throw Refused.Forbidden("decision.conflict-of-interest", "You are too close to this learner to judge their work; a colleague decides.");
        }
    }
}
