using System.Collections.Concurrent;

namespace SkillBadges.Storage.Sqlite.Engine;

/// <summary>
/// The one that writes. Work that waits is done together: one transaction and one fsync for all, a savepoint for each where there are several,
/// so that one that fails takes nobody with it. Every answer, also a refusal, is given after the transaction is durable:
/// a refusal may rest on what a neighbor just wrote.
/// </summary>
internal sealed class Writer : IDisposable
{
    private const int MaxGroup = 256;

    private readonly BlockingCollection<WriteWork> queue = [];
    private readonly Connection connection;
    private readonly Thread thread;

    public Writer(Connection connection)
    {
        this.connection = connection;
        thread = new(Run) { IsBackground = true, Name = "storage writer" };
        thread.Start();
    }

    /// <summary>Runs the work in a transaction; done when the transaction is durable.</summary>
    public Task<T> DoAsync<T>(Func<Connection, T> work, CancellationToken cancellationToken)
    {
        var waiting = new WriteWork<T>(work, cancellationToken);
        queue.Add(waiting, cancellationToken);
        return waiting.Answer;
    }

    public void Dispose()
    {
        queue.CompleteAdding();
        thread.Join();
        queue.Dispose();
        connection.Dispose();
    }

    private void Run()
    {
        var group = new List<WriteWork>(MaxGroup);
        foreach (var first in queue.GetConsumingEnumerable())
        {
            group.Add(first);
            while (group.Count < MaxGroup && queue.TryTake(out var next))
            {
                group.Add(next);
            }

            Commit(group);
            group.Clear();
        }
    }

    private void Commit(List<WriteWork> group)
    {
        try
        {
            connection.Run("BEGIN IMMEDIATE");
            if (group is [var only])
            {
                // For a savepoint each page would be copied before it is written.
                Alone(only);
            }
            else
            {
                group.ForEach(Isolated);
            }

            if (connection.InTransaction)
            {
                connection.Run("COMMIT");
            }
        }
        catch (SqliteException fault)
        {
            if (connection.InTransaction)
            {
                connection.Run("ROLLBACK");
            }

            var failure = fault.IsDiskFull ? (Exception)fault.AsFull() : fault;
            group.ForEach(work => work.Fail(failure));
        }

        group.ForEach(work => work.Tell());
    }

    private void Alone(WriteWork work)
    {
        if (work.IsCanceled)
        {
            return;
        }

        try
        {
            work.Do(connection);
        }
        catch (Exception failure) when (failure is not SqliteException { IsDiskFull: true } && connection.InTransaction)
        {
            connection.Run("ROLLBACK");
            work.Fail(failure);
        }
    }

    private void Isolated(WriteWork work)
    {
        if (work.IsCanceled)
        {
            return;
        }

        connection.Run("SAVEPOINT one");
        try
        {
            work.Do(connection);
        }
        catch (Exception failure) when (failure is not SqliteException { IsDiskFull: true } && connection.InTransaction)
        {
            connection.Run("ROLLBACK TO one");
            work.Fail(failure);
        }

        connection.Run("RELEASE one");
    }
}
