using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Faults.Points;

/// <summary>The store with a point before and after each commit that is a step of the way from work to badge.</summary>
internal sealed class FaultyStore(IDocumentStore store, FaultPlan plan) : IDocumentStore
{
    public async Task<Read<T>?> FindAsync<T>(DocumentKind<T> kind, string id, CancellationToken cancellationToken)
        where T : class
    {
        plan.Call();
        if (kind.Name == IssuanceIntentDocuments.Kind.Name)
        {
            plan.Reach("sign.before");
        }

        return await store.FindAsync(kind, id, cancellationToken);
    }

    public Task<IReadOnlyList<Read<T>>> FindManyAsync<T>(DocumentKind<T> kind, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        where T : class
    {
        plan.Call();
        return store.FindManyAsync(kind, ids, cancellationToken);
    }

    public Task<Page<T>> QueryAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query, CancellationToken cancellationToken)
        where T : class
    {
        plan.Call();
        return store.QueryAsync(kind, query, cancellationToken);
    }

    public Task<int> CountAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query, int limit, CancellationToken cancellationToken)
        where T : class
    {
        plan.Call();
        return store.CountAsync(kind, query, limit, cancellationToken);
    }

    public async Task CommitAsync(Changes changes, CancellationToken cancellationToken)
    {
        var step = StepOf(changes);
        plan.Call();
        plan.Reach($"{step}.before");
        await store.CommitAsync(changes, cancellationToken);
        plan.Reach($"{step}.after");
        plan.Answer();
    }

    /// <summary>What a commit does, by what it writes.</summary>
    private static string StepOf(Changes changes)
    {
        bool Writes(DocumentKind kind, params ChangeType[] types) => changes.Documents.Any(change => change.Kind == kind && types.Contains(change.Type));

        // Decision, ledger entries, projection, intent, status and messages are one commit: there is no point between them.
        return Writes(LedgerDocuments.Kind, ChangeType.Add) ? "decide"
            : Writes(SignedCredentialDocuments.Kind, ChangeType.Add) ? "store-credential"
            : Writes(PublishedStatusListDocuments.Kind, ChangeType.Add, ChangeType.Replace) ? "publish"
            : Writes(StatusListDocuments.Kind, ChangeType.Add, ChangeType.Replace) ? "lease-index"
            : Writes(AwardDocuments.Kind, ChangeType.Replace) ? "revoke"
            : Writes(ReviewTaskDocuments.Kind, ChangeType.Add) ? "turn-in"
            : Writes(SubmissionDocuments.Kind, ChangeType.Add) ? "begin"
            : Writes(SubmissionDocuments.Kind, ChangeType.Replace) ? "evidence"
            : "other";
    }
}
