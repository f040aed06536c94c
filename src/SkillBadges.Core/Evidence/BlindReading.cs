using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>What a second reader must not see yet: the first verdict on work that waits for theirs, wherever it is shown.</summary>
public sealed class BlindReading(IDocumentStore store, Authority authority, TimeProvider clock)
{
    private readonly Capacities capacities = new(store, authority, clock);

    /// <summary>Of these decisions those whose verdict is hidden from the actor, who may still read the work a second time.</summary>
    public async Task<IReadOnlySet<string>> HiddenAsync(Actor actor, IReadOnlyCollection<string> decisions, CancellationToken cancellationToken)
    {
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        foreach (var sample in await store.FindManyAsync(ModerationDocuments.Kind, decisions, cancellationToken))
        {
            await AddAsync(hidden, actor, sample, cancellationToken);
        }

        return hidden;
    }

    /// <summary>The decisions about these learners whose verdict is hidden from the actor.</summary>
    public async Task<IReadOnlySet<string>> HiddenOfAsync(Actor actor, IReadOnlyCollection<PersonId> learners, CancellationToken cancellationToken)
    {
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in learners.Select(learner => learner.Value).Distinct(StringComparer.Ordinal).Chunk(DocumentQuery<Moderation>.MaxFirstValues))
        {
            await foreach (var sample in store.AllAsync(ModerationDocuments.Kind, ModerationDocuments.OpenByLearner.WhereAny(some).From(clock.Now()), cancellationToken))
            {
                await AddAsync(hidden, actor, sample, cancellationToken);
            }
        }

        return hidden;
    }

    /// <summary>The work as the actor may see it: of an attempt whose verdict is hidden, what was turned in and nothing of what came of it.</summary>
    public async Task<Submission> SeenByAsync(Actor actor, Submission submission, CancellationToken cancellationToken)
    {
        var chosen = await store.QueryAsync(ModerationDocuments.Kind, ModerationDocuments.BySubmission.Where(submission.Id.Value).Take(100), cancellationToken);
        var hidden = new HashSet<int>();
        foreach (var sample in chosen.Documents)
        {
            if (await IsHiddenAsync(actor, sample, submission, cancellationToken))
            {
                hidden.Add(sample.Attempt);
            }
        }

        return hidden.Count == 0 ? submission : Without(submission, hidden);
    }

    private async Task AddAsync(HashSet<string> hidden, Actor actor, Read<Moderation> sample, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(SubmissionDocuments.Kind, sample.Document.Submission.Value, cancellationToken) is { } work && await IsHiddenAsync(actor, sample.Document, work.Document, cancellationToken))
        {
            hidden.Add(sample.Id);
        }
    }

    // A plan says that work came back, a state that it was signed off.
    private static Submission Without(Submission submission, HashSet<int> hidden)
    {
        var seen = submission with
        {
            Attempts = [.. submission.Attempts.Select(attempt => hidden.Contains(attempt.Number) ? attempt with { Decisions = [], Ratings = [], CoSignature = null } : attempt)],
            Plans = submission.Plans.RemoveAll(plan => hidden.Contains(plan.Attempt)),
        };
        return seen.LastAttempt is { } last && hidden.Contains(last.Number) ? seen with { State = SubmissionState.Submitted, UpdatedAt = last.SubmittedAt, TakenBackAt = null } : seen;
    }

    private async Task<bool> IsHiddenAsync(Actor actor, Moderation sample, Submission work, CancellationToken cancellationToken)
    {
        if (!sample.IsOpenAt(clock.Now()) || sample.HasJudged(work, [actor.Person]))
        {
            return false;
        }

        await foreach (var _ in capacities.OfAsync(actor, new(sample.Learner, sample.Organization, sample.Badge.Slug), cancellationToken))
        {
            return true;
        }

        return false;
    }
}
