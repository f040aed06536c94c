using Npgsql;
using SkillBadges.Core;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Postgres.Engine;
using SkillBadges.Storage.Postgres.Layout;

namespace SkillBadges.Storage.Postgres;

/// <summary>
/// One commit: what was read is locked in one order, so that two commits never wait for each other in a circle, and compared; then all is
/// written. When the server falls silent in the last step, it is asked afterwards how the transaction ended, so that nothing is written twice.
/// </summary>
internal sealed class Commit(Database database, IReadOnlyCollection<KindTable> kinds)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(200);
    private const int Asked = 50;

    public async Task RunAsync(IReadOnlyCollection<PreparedChange> changes, IReadOnlyCollection<OutboxMessage> messages, CancellationToken cancellationToken)
    {
        PreparedChange[] locks = [.. changes.Where(change => change.WasRead).OrderBy(change => change.KindName, StringComparer.Ordinal).ThenBy(change => change.Id, StringComparer.Ordinal)];
        PreparedChange[] writes = [.. changes.Where(change => change.Writes).OrderBy(change => change.Order)];
        for (var isSettled = locks.Length + writes.Length + messages.Count == 0; !isSettled;)
        {
            isSettled = await database.DoAsync((connection, token) => TryAsync(connection, locks, writes, messages, token), cancellationToken);
        }
    }

    /// <summary>Whether it holds; false when it certainly does not and may be tried again.</summary>
    private async Task<bool> TryAsync(
        NpgsqlConnection connection, PreparedChange[] locks, PreparedChange[] writes, IReadOnlyCollection<OutboxMessage> messages, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var number = await LockAsync(connection, transaction, locks, cancellationToken);
        try
        {
            await using var batch = connection.Batch([.. writes.SelectMany(change => change.Statements), .. messages.Select(OutboxTable.Add)], transaction);
            if (batch.BatchCommands.Count > 0)
            {
                await batch.ExecuteNonQueryAsync(cancellationToken);
            }
        }
        catch (PostgresException fault) when (fault.IsUniqueViolation())
        {
            throw PreparedChange.NotUnique(fault, kinds);
        }

        try
        {
            // From here on a cancellation would leave the caller in doubt.
            await transaction.CommitAsync(CancellationToken.None);
            return true;
        }
        catch (Exception fault) when (fault.IsTransient())
        {
            return await OutcomeAsync(number, fault);
        }
    }

    /// <summary>Locks and compares what was read; gives the transaction's number.</summary>
    private static async Task<TransactionNumber> LockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, PreparedChange[] locks, CancellationToken cancellationToken)
    {
        await using var batch = connection.Batch(locks.Select(change => change.Lock).Append(Commands.Command(TransactionNumber.Ask)), transaction);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        foreach (var change in locks)
        {
            change.RequireVersion(await reader.ReadAsync(cancellationToken) ? reader.GetInt64(0) : null);
            await reader.NextResultAsync(cancellationToken);
        }

        await reader.ReadAsync(cancellationToken);
        return new(reader.GetString(0), reader.GetString(1));
    }

    private async Task<bool> OutcomeAsync(TransactionNumber number, Exception fault)
    {
        for (var round = 0; round < Asked; round++)
        {
            switch (await database.DoAsync(number.StatusAsync, CancellationToken.None))
            {
                case "committed":
                    return true;
                case "aborted":
                    return false;
                case null:
                    throw Unknown(fault);
                default:
                    // The server has not noticed yet that nobody listens.
                    await Task.Delay(AskAgain, CancellationToken.None);
                    break;
            }
        }

        throw Unknown(fault);
    }

    private static RefusedException Unknown(Exception fault) =>
        Refused.Unavailable("storage.outcome-unknown", "The database was lost at the last moment, and it is not known whether this was saved. Please look before you do it again.", fault);
}
