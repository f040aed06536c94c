using System.Collections.Concurrent;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Review;

/// <summary>
/// Up to 500 decisions in one request. Each is a decision of its own, with its own rules and answer; they are made side by side and written together. Badges are signed afterwards, by whoever signs what decisions leave behind.
/// </summary>
public sealed class BulkDecisionWorkflow(Commits commits, DecidingOver deciding, TimeProvider clock)
{
    public const int MaxItems = 500;

    /// <param name="actor">Assigned to each of the works, or refused there.</param>
    /// <param name="items">1 to 500, about different works.</param>
    /// <param name="key">Makes a repetition the same request: it changes nothing and is answered as before.</param>
    /// <param name="cancellationToken">Leaves open how many were decided; the same request, sent again, goes on.</param>
    /// <exception cref="RefusedException"><c>bulk.count</c>, <c>bulk.repeated</c>.</exception>
    public Task<BulkDecision> DecideAsync(Actor actor, IReadOnlyList<BulkItem> items, RequestKey? key, CancellationToken cancellationToken)
    {
        if (items.Count is < 1 or > MaxItems)
        {
            throw Refused.Invalid("bulk.count", $"One request holds 1 to {MaxItems} decisions.");
        }

        if (items.DistinctBy(item => item.Submission).Count() != items.Count)
        {
            throw Refused.Invalid("bulk.repeated", "One request holds one decision on each work.");
        }

        return commits.OnceAsync(
            key,
            async attemptToken =>
            {
                var now = clock.Now();
                var bulk = new BulkDecision(NewId.Ordered(now), actor.Person, [.. await EachAsync(actor, items, key, attemptToken)], now + RequestRecord.Lifetime);
                return new Outcome<BulkDecision>(key is null ? new Changes() : new Changes().Add(BulkDecisionDocuments.Kind, bulk), bulk, bulk.Id);
            },
            async (id, replayToken) => (await commits.Store.GetAsync(BulkDecisionDocuments.Kind, id, "decision", replayToken)).Document,
            cancellationToken);
    }

    // A fault of ours in one item is thrown when all others are done; the same request, sent again, finds those decided.
    private async Task<BulkResult[]> EachAsync(Actor actor, IReadOnlyList<BulkItem> items, RequestKey? key, CancellationToken cancellationToken)
    {
        var results = new BulkResult[items.Count];
        var faults = new ConcurrentQueue<Exception>();
        await new Gathering(commits.Store).DoAsync(items.Count, async (over, place, token) =>
        {
            try
            {
                results[place] = await OneAsync(deciding.Decisions(over, signsTogether: false), actor, items[place] with { Request = items[place].Request with { Together = items.Count } }, key, token);
            }
            catch (Exception fault) when (fault is not (OperationCanceledException or CollidedException))
            {
                faults.Enqueue(fault);
            }
        }, _ => Task.CompletedTask, cancellationToken);
        return faults.IsEmpty ? results : throw new AggregateException(faults);
    }

    private static async Task<BulkResult> OneAsync(DecisionWorkflow decisions, Actor actor, BulkItem item, RequestKey? key, CancellationToken cancellationToken)
    {
        try
        {
            var own = key is null ? null : key with { Key = $"{key.Key}/{item.Submission.Value}" };
            var made = await decisions.DecideAsync(actor, item.Submission, item.Request, item.IfMatch, own, cancellationToken);
            var outcome = made.Submission.LastAttempt?.Standing?.Id == made.Decision.Id
                ? made.Decision.Outcome == DecisionOutcome.Approved ? BulkOutcome.Approved : BulkOutcome.Returned
                : BulkOutcome.Recorded;
            return new(item.Submission, outcome, made.Decision.Id, made.Award?.Id.Value, null, null);
        }
        catch (RefusedException refused)
        {
            return new(item.Submission, BulkOutcome.Refused, null, null, refused.Code, refused.Message);
        }
    }
}
