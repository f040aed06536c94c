using Npgsql;

namespace SkillBadges.Storage.Postgres.Engine;

/// <summary>Connections, and patience with a server that is away for a moment.</summary>
internal sealed class Database(NpgsqlDataSource source) : IAsyncDisposable
{
    // Together about eight seconds: a restart or a fail-over is over by then, and who waits for a page is still there.
    private static readonly TimeSpan[] Pauses = [.. new[] { 20, 100, 300, 700, 1500, 2500, 3000 }.Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds))];

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) => source.OpenConnectionAsync(cancellationToken);

    /// <summary>Does work that may be done again, until it holds or the server stays away.</summary>
    public Task<T> DoAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken) => PatientlyAsync(
        async () =>
        {
            await using var connection = await OpenAsync(cancellationToken);
            return await work(connection, cancellationToken);
        },
        cancellationToken);

    /// <summary>As <see cref="DoAsync"/>, for work whose answer keeps the connection and closes it.</summary>
    public Task<T> HoldAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken) => PatientlyAsync(
        async () =>
        {
            var connection = await OpenAsync(cancellationToken);
            try
            {
                return await work(connection, cancellationToken);
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        },
        cancellationToken);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static async Task<T> PatientlyAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        for (var round = 0; ; round++)
        {
            try
            {
                return await work();
            }
            catch (Exception fault) when (fault.IsTransient() && round < Pauses.Length)
            {
                await Task.Delay(Pauses[round], cancellationToken);
            }
            catch (NpgsqlException fault) when (fault.AsRefusal() is var refusal && !ReferenceEquals(refusal, fault))
            {
                throw refusal;
            }
        }
    }
}
