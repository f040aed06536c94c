using System.Collections.Concurrent;

namespace SkillBadges.Storage.Sqlite.Engine;

/// <summary>Long-lived connections for reading, each lent to one reader at a time.</summary>
internal sealed class Readers(string file) : IDisposable
{
    private readonly ConcurrentBag<Connection> idle = [];
    private readonly SemaphoreSlim places = new(Math.Max(4, Environment.ProcessorCount * 2));

    public async Task<T> ReadAsync<T>(Func<Connection, T> read, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        Connection? connection = null;
        try
        {
            connection = idle.TryTake(out var known) ? known : Connection.ForReading(file);
            return read(connection);
        }
        finally
        {
            if (connection is not null)
            {
                idle.Add(connection);
            }

            places.Release();
        }
    }

    public void Dispose()
    {
        while (idle.TryTake(out var connection))
        {
            connection.Dispose();
        }

        places.Dispose();
    }
}
