using System.Diagnostics.Metrics;
using SkillBadges.Core.Bulk;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Telemetry;

/// <summary>How long the store takes, and what commits that held were about: a decision or a signature counts when it is durable, and at no other time.</summary>
internal static class StoreMeters
{
    private static readonly Histogram<double> calls = Signals.Seconds("skillbadges.store.duration", "How long a call of the store took, by operation and outcome.");

    private static readonly Counter<long> decisions = Signals.Count("skillbadges.decisions", "{decision}", "Decisions on turned-in work, by outcome.");

    private static readonly Counter<long> entries = Signals.Count("skillbadges.ledger.entries", "{entry}", "Entries of learners' records.");

    private static readonly Counter<long> signed = Signals.Count("skillbadges.credentials.signed", "{credential}", "Badges that were signed for the first time.");

    private static readonly Counter<long> rows = Signals.Count("skillbadges.bulk.rows", "{row}", "Rows of files of awards and decisions, by pass and outcome.");

    /// <summary>Whether anybody listens to the calls.</summary>
    public static bool IsHeard => calls.Enabled;

    public static void Called(string operation, string outcome, TimeSpan took) => calls.Record(took.TotalSeconds, Signals.Tag("operation", operation), Signals.Tag("outcome", outcome));

    public static void Committed(Changes changes)
    {
        foreach (var change in changes.Documents.Where(change => change is { Type: ChangeType.Add, AsStored: null }))
        {
            Count(change.Document!);
        }
    }

    private static void Count(object added)
    {
        switch (added)
        {
            // The learner is told of each decision in its own commit.
            case Notice { Kind: NoticeKind.WorkApproved or NoticeKind.WorkReturned or NoticeKind.DecisionUndone } notice:
                decisions.Add(1, Signals.Tag("outcome", notice.Kind switch { NoticeKind.WorkApproved => "approved", NoticeKind.WorkReturned => "returned", _ => "undone" }));
                break;
            case MasteryEntry:
                entries.Add(1);
                break;
            case SignedCredential:
                signed.Add(1);
                break;
            case BulkPage page:
                foreach (var (isDone, count) in page.Results.CountBy(row => row.Outcome == BulkRowOutcome.Done))
                {
                    rows.Add(count, Signals.Tag("pass", page.IsTrial ? "trial" : "run"), Signals.Tag("outcome", isDone ? "done" : "refused"));
                }

                break;
            default:
                break;
        }
    }
}
