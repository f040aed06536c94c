using Npgsql;
using SkillBadges.Core;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Postgres;

namespace SkillBadges.Storage.Tests;

/// <summary>A schema of its own in the cluster that <c>tests/run</c> starts, or that <see cref="Variable"/> names.</summary>
public sealed class PostgresEngine : ITestedEngine
{
    private const string Variable = "TESTS_POSTGRES";

    private readonly string schema = $"t_{NewId.Random().ToLowerInvariant().Replace('-', '_')}";
    private bool isMade;

    /// <summary>Why nothing can be tested on PostgreSQL, or null.</summary>
    public static string? SkipReason => Server is null ? $"No PostgreSQL: tests/run starts one, or set {Variable} to a connection string." : null;

    public static string? Server => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;

    public string ConnectionString => $"{Server};Search Path={schema}";

    public async Task<OpenedStore> OpenAsync(IReadOnlyList<DocumentKind> kinds, TimeProvider clock)
    {
        if (!isMade)
        {
            await RunAsync($"CREATE SCHEMA {schema}");
            isMade = true;
        }

        var store = await PostgresStore.OpenAsync(ConnectionString, kinds, clock, CancellationToken.None);
        return new(store, store, store, store.DisposeAsync);
    }

    public async ValueTask DisposeAsync()
    {
        if (isMade)
        {
            await RunAsync($"DROP SCHEMA {schema} CASCADE");
        }
    }

    public static async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
