using Npgsql;
using SkillBadges.Core;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Postgres.Engine;
using SkillBadges.Storage.Postgres.Layout;

namespace SkillBadges.Storage.Postgres;

/// <summary>
/// One commit: what was read is locked in one order, so that two commits never wait for each other in a circle, and compared; then all is
/// written. Each leaves a mark: when the server falls silent in the last step, the commit is tried again with the same mark, which waits for
/// the first try if that still runs and tells that it held if it did. (The server's own transaction numbers cannot tell: after a crash it may
/// give a number that was never written down to another transaction.)
/// </summary>
internal sealed class Commit(Database database, IReadOnlyCollection<KindTable> kinds)
{
    public const string CreateMarks = "CREATE TABLE commit_mark (id text COLLATE \"C\" CONSTRAINT commit_mark__id PRIMARY KEY, made timestamptz NOT NULL DEFAULT now()); CREATE INDEX commit_mark__made ON commit_mark (made)";

    /// <summary>Nobody tries a commit again after seconds; an hour is far beyond.</summary>
    public const string ForgetMarks = "DELETE FROM commit_mark WHERE made < now() - interval '1 hour'";

    private const int MarksForgottenEvery = 5_000;

    private long made;

    public async Task RunAsync(IReadOnlyCollection<PreparedChange> changes, IReadOnlyCollection<OutboxMessage> messages, CancellationToken cancellationToken)
    {
        PreparedChange[] locks = [.. changes.Where(change => change.WasRead).OrderBy(change => change.KindName, StringComparer.Ordinal).ThenBy(change => change.Id, StringComparer.Ordinal)];
        PreparedChange[] writes = [.. changes.Where(change => change.Writes).OrderBy(change => change.Order)];
        if (locks.Length + writes.Length + messages.Count == 0)
        {
            return;
        }

        var mark = NewId.Random();
        await database.DoAsync((connection, token) => TryAsync(connection, mark, locks, writes, messages, token), cancellationToken);
    }

    private async Task<bool> TryAsync(
        NpgsqlConnection connection, string mark, PreparedChange[] locks, PreparedChange[] writes, IReadOnlyCollection<OutboxMessage> messages, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref made) % MarksForgottenEvery == 0)
        {
            await connection.RunAsync(ForgetMarks, cancellationToken);
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await LockAsync(connection, transaction, mark, locks, cancellationToken);
            await using var batch = connection.Batch([.. writes.SelectMany(change => change.Statements), .. messages.Select(OutboxTable.Add)], transaction);
            if (batch.BatchCommands.Count > 0)
            {
                await batch.ExecuteNonQueryAsync(cancellationToken);
            }
        }
        catch (PostgresException fault) when (fault.IsUniqueViolation() && fault.ConstraintName == "commit_mark__id")
        {
            // An earlier try held, and only its answer was lost.
            return true;
        }
        catch (PostgresException fault) when (fault.IsUniqueViolation())
        {
            throw PreparedChange.NotUnique(fault, kinds);
        }

        // From here on a cancellation would leave the caller in doubt.
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    /// <summary>Leaves the mark, then locks and compares what was read.</summary>
    private static async Task LockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string mark, PreparedChange[] locks, CancellationToken cancellationToken)
    {
        var leave = Commands.Command("INSERT INTO commit_mark (id) VALUES ($1)").With(mark);
        await using var batch = connection.Batch(locks.Select(change => change.Lock).Prepend(leave), transaction);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        foreach (var change in locks)
        {
            change.RequireVersion(await reader.ReadAsync(cancellationToken) ? reader.GetInt64(0) : null);
            await reader.NextResultAsync(cancellationToken);
        }
    }
}
