using Npgsql;
using SkillBadges.Core;

namespace SkillBadges.Benchmarks.Load;

/// <summary>A schema of a load's own in the cluster that <c>TESTS_POSTGRES</c> names, such as the one that <c>tests/postgres start FOLDER</c> starts.</summary>
internal sealed class LoadSchema : IAsyncDisposable
{
    private readonly string server;
    private readonly string name = $"load_{NewId.Random().ToLowerInvariant().Replace('-', '_')}";

    private LoadSchema(string server) => this.server = server;

    public string Connection => $"{server};Search Path={name}";

    /// <returns>Null when no cluster is named.</returns>
    public static async Task<LoadSchema?> CreateAsync()
    {
        if (Environment.GetEnvironmentVariable("TESTS_POSTGRES") is not { Length: > 0 } server)
        {
            return null;
        }

        var schema = new LoadSchema(server);
        await schema.RunAsync($"CREATE SCHEMA {schema.name}");
        return schema;
    }

    /// <summary>What autovacuum does within minutes of such a load.</summary>
    public Task SettleAsync() => RunAsync("VACUUM (ANALYZE)");

    public async ValueTask DisposeAsync() => await RunAsync($"DROP SCHEMA {name} CASCADE");

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync();
    }
}
