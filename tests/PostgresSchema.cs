using Npgsql;
using SkillBadges.Core;

namespace SkillBadges;

/// <summary>A test that needs the cluster that <c>tests/run</c> starts; without one it shows as skipped.</summary>
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresSchema.SkipReason;
}

/// <summary>A schema of its own in that cluster.</summary>
internal sealed class PostgresSchema : IAsyncDisposable
{
    private const string Variable = "TESTS_POSTGRES";

    private readonly string name = $"t_{NewId.Random().ToLowerInvariant().Replace('-', '_')}";

    private PostgresSchema()
    {
    }

    /// <summary>Why nothing can be tested on PostgreSQL, or null.</summary>
    public static string? SkipReason => Server is null ? $"No PostgreSQL: tests/run starts one, or set {Variable} to a connection string." : null;

    public static string? Server => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;

    public string ConnectionString => $"{Server};Search Path={name}";

    public static async Task<PostgresSchema> CreateAsync()
    {
        var schema = new PostgresSchema();
        await RunAsync($"CREATE SCHEMA {schema.name}");
        return schema;
    }

    public Task EmptyAsync() => RunAsync($"DROP SCHEMA {name} CASCADE; CREATE SCHEMA {name}");

    public async ValueTask DisposeAsync() => await RunAsync($"DROP SCHEMA {name} CASCADE");

    public static async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
