using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Bulk;

/// <summary>What is done with each row of a kind of job.</summary>
public interface IBulkWork
{
    /// <summary>Whether the row would hold now; nothing is written.</summary>
    /// <returns>What a revocation would touch; null for every other work.</returns>
    /// <exception cref="RefusedException">It would not.</exception>
    Task<RevocationReach?> CheckAsync(BulkJob job, Actor actor, BulkRow row, CancellationToken cancellationToken);

    /// <summary>Does it, once however often it is called; the id of what it made.</summary>
    /// <exception cref="RefusedException">The row is refused.</exception>
    Task<string> DoAsync(BulkJob job, Actor actor, BulkRow row, CancellationToken cancellationToken);
}
