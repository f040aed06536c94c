using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Notices;

/// <summary>A carrier could not deliver a letter.</summary>
/// <param name="fault">A word of ours such as <c>refused</c> or <c>unreachable</c>; nothing that a server said.</param>
/// <param name="isFinal">Whether trying again is of no use.</param>
public sealed class UndeliveredException(string fault, bool isFinal, Exception? cause = null) : Exception($"A letter was not delivered: {fault}.", cause)
{
    public string Fault { get; } = fault;

    public bool IsFinal { get; } = isFinal;
}

/// <summary>Hands waiting letters to a carrier and keeps what became of them.</summary>
public sealed class LetterDelivery(Commits commits, LetterWriting writing, Authority authority)
{
    private readonly IDocumentStore store = commits.Store;

    /// <param name="id">A letter; one that is sent or dead is left alone.</param>
    /// <param name="carry">Delivers it under this id, or throws <see cref="UndeliveredException"/>.</param>
    /// <param name="cancellationToken">Stops it; then it is tried again.</param>
    /// <exception cref="UndeliveredException">It will be tried again.</exception>
    public async Task SendAsync(string id, Func<Letter, LetterContent, CancellationToken, Task> carry, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(LetterDocuments.Kind, id, cancellationToken) is not { Document.State: LetterState.Waiting } read)
        {
            return;
        }

        try
        {
            await carry(read.Document, writing.Open(read.Document), cancellationToken);
        }
        catch (UndeliveredException e)
        {
            var failed = read.Document.Failed(e.Fault, e.IsFinal);
            await store.CommitAsync(new Changes().Replace(LetterDocuments.Kind, read, failed), cancellationToken);
            if (failed.State == LetterState.Dead)
            {
                return;
            }

            throw;
        }

        await store.CommitAsync(new Changes().Replace(LetterDocuments.Kind, read, read.Document.Delivered()), cancellationToken);
    }

    /// <summary>Letters in a state, the latest first. For the state office, which runs the instance.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<Letter>> ListAsync(Actor actor, LetterState state, Func<DocumentQuery<Letter>, DocumentQuery<Letter>> page, CancellationToken cancellationToken) =>
        await authority.FindStateAdminAsync(actor, cancellationToken) is not null
            ? await store.QueryAsync(LetterDocuments.Kind, page(LetterDocuments.ByState.Where(state.ToString()).Descending()), cancellationToken)
            : throw Refused.Forbidden("role.missing", "Only the state office sees what became of letters.");
}
