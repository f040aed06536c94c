using System.Collections.Immutable;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Derived;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Programs;

/// <summary>Reads what learners of some schools have earned there; lists are read once.</summary>
/// <param name="reported">The schools whose records are told; what others recorded is left out.</param>
/// <param name="until">What came on this day or later is left out.</param>
internal sealed class EarnedReading(IDocumentStore store, IReadOnlySet<OrganizationId> reported, DateOnly until)
{
    private readonly Dictionary<OrganizationId, RecognizedLists> lists = [];

    public async Task<ImmutableArray<EarnedCredential>> OfAsync(Organization school, PersonId learner, CancellationToken cancellationToken)
    {
        if (!lists.TryGetValue(school.Id, out var recognized))
        {
            lists[school.Id] = recognized = await RecognizedLists.ReadAsync(store, school.Id, cancellationToken);
        }

        var (awards, scores) = (new List<Award>(), new List<TestScore>());
        await foreach (var read in store.AllAsync(AwardDocuments.Kind, AwardDocuments.ByLearner.Where(learner.Value), cancellationToken))
        {
            awards.Add(read.Document);
        }

        await foreach (var read in store.AllAsync(TestScoreDocuments.Kind, TestScoreDocuments.ByLearner.Where(learner.Value), cancellationToken))
        {
            scores.Add(read.Document);
        }

        var stacks = (await store.StacksOfAsync([learner], cancellationToken)).Where(one => reported.Contains(one.Organization));
        return LearnerCredentials.Of(awards.Where(award => reported.Contains(award.Organization)), stacks, scores.Where(score => reported.Contains(score.School)), recognized, school.DayOf, until);
    }
}
