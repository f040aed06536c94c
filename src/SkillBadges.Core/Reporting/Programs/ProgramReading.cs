using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Programs;

/// <summary>How many learners take part in a program on some day of a period, in a status. Whoever was in two of them counts in both.</summary>
public sealed record ProgramCount(OrganizationId School, ProgramKind Kind, string Program, ProgramStatus Status, int Learners);

/// <summary>Reads what was taken over: the family its own, the office how many.</summary>
public sealed class ProgramReading(IDocumentStore store, Authority authority, FamilyRights family)
{
    /// <summary>The results of a learner's examinations, latest first. For the learner and the family.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>.</exception>
    public async Task<Page<TestScore>> ScoresAsync(Actor actor, PersonId learner, Func<DocumentQuery<TestScore>, DocumentQuery<TestScore>> page, CancellationToken cancellationToken)
    {
        var keepers = await KeepersAsync(actor, learner, cancellationToken);
        var found = await store.QueryAsync(TestScoreDocuments.Kind, page(TestScoreDocuments.ByLearner.Where(learner.Value).Descending()), cancellationToken);
        return new([.. found.Items.Where(read => keepers is null || keepers.Contains(read.Document.School))], found.Next);
    }

    /// <summary>What a learner takes part in, latest first. For the learner and the family.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>.</exception>
    public async Task<Page<ProgramParticipation>> ProgramsAsync(Actor actor, PersonId learner, Func<DocumentQuery<ProgramParticipation>, DocumentQuery<ProgramParticipation>> page, CancellationToken cancellationToken)
    {
        var keepers = await KeepersAsync(actor, learner, cancellationToken);
        var found = await store.QueryAsync(ProgramParticipationDocuments.Kind, page(ProgramParticipationDocuments.ByLearner.Where(learner.Value).Descending()), cancellationToken);
        return new([.. found.Items.Where(read => keepers is null || keepers.Contains(read.Document.School))], found.Next);
    }

    /// <summary>Counts of a period by school, kind, program and status. For the office: small counts are not hidden.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>organization.not-found</c>, <c>state-file.not-here</c>, <c>state-file.period</c>.</exception>
    public async Task<IReadOnlyList<ProgramCount>> CountsAsync(Actor actor, OrganizationId organization, DateOnly from, DateOnly until, CancellationToken cancellationToken)
    {
        await authority.RequireAsync(actor, organization, Offices.Registry, cancellationToken);
        if (until <= from)
        {
            throw Refused.Invalid("state-file.period", "A period begins before it ends.");
        }

        var counts = new List<ProgramCount>();
        foreach (var school in await SchoolsBelow.OfAsync(store, organization, cancellationToken))
        {
            var learners = new Dictionary<(ProgramKind, string, ProgramStatus), HashSet<PersonId>>();
            await foreach (var read in store.AllAsync(ProgramParticipationDocuments.Kind, ProgramParticipationDocuments.BySchool.Where(school.Id.Value), cancellationToken))
            {
                var part = read.Document;
                if (part.IsWithin(from, until))
                {
                    var key = (part.Kind, part.Program, part.Status);
                    learners[key] = learners.TryGetValue(key, out var known) ? known : [];
                    learners[key].Add(part.Learner);
                }
            }

            counts.AddRange(learners.OrderBy(pair => pair.Key.Item1).ThenBy(pair => pair.Key.Item2, StringComparer.Ordinal).ThenBy(pair => pair.Key.Item3)
                .Select(pair => new ProgramCount(school.Id, pair.Key.Item1, pair.Key.Item2, pair.Key.Item3, pair.Value.Count)));
        }

        return counts;
    }

    /// <summary>The list of a year as an office keeps it.</summary>
    /// <exception cref="RefusedException"><c>recognized-credentials.not-found</c>.</exception>
    public async Task<RecognizedCredentialList> ListAsync(OrganizationId organization, int year, CancellationToken cancellationToken) =>
        (await store.GetAsync(RecognizedCredentialDocuments.Kind, RecognizedCredentialList.IdOf(organization, year), "recognized-credentials", cancellationToken)).Document;

    // Null for the learner, who sees all of it.
    private async Task<IReadOnlyCollection<OrganizationId>?> KeepersAsync(Actor actor, PersonId learner, CancellationToken cancellationToken)
    {
        var people = await store.SameLearnerAsync(learner, cancellationToken);
        if (people.Contains(actor.Person))
        {
            return null;
        }

        var keepers = await family.RecordKeepersAsync(actor, people, cancellationToken);
        return keepers.Count > 0 ? [.. keepers] : throw Refused.NotFound("learner");
    }
}
