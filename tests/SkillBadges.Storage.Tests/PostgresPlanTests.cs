using Npgsql;
using SkillBadges.Core;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Storage.Relational;
using SkillBadges.Storage.Postgres;
using SkillBadges.Storage.Postgres.Layout;

namespace SkillBadges.Storage.Tests;

/// <summary>
/// Every statement that can be asked is one stretch of an index, as PostgreSQL itself tells in a session like those of the store. Scans, sorts and bitmaps are dear there: what is
/// planned with them all the same has no index to go by. Several workers cost nothing here, as if the tables were large.
/// </summary>
public sealed class PostgresPlanTests : IAsyncLifetime
{
    private static readonly DocumentKind[] AllKinds = [.. Samples.Kinds.Concat(AllDocumentKinds.OfCore).Distinct()];

    private readonly PostgresEngine engine = new();

    public async Task InitializeAsync()
    {
        if (PostgresSchema.SkipReason is null)
        {
            await (await engine.OpenAsync(AllKinds, TimeProvider.System)).DisposeAsync();
        }
    }

    public async Task DisposeAsync() => await engine.DisposeAsync();

    [ContractFact]
    public async Task No_question_scans_or_sorts()
    {
        await using var connection = await ConnectAsync();
        var asked = 0;
        foreach (var table in AllKinds.Select(kind => new KindTable(kind)))
        {
            foreach (var path in table.Paths)
            {
                foreach (var shape in QueryShapes.Along(path.Path))
                {
                    var sql = table.Query(path, shape);
                    var plan = await PlanAsync(connection, sql);
                    Assert.True(IsOneStretch(plan, path), $"{sql}\n{string.Join('\n', plan)}");
                    Assert.True(IsBounded(plan, path, shape), $"{sql}\n{string.Join('\n', plan)}");
                    asked++;
                }
            }
        }

        Assert.True(asked >= AllKinds.Sum(kind => kind.AccessPaths.Count) * 4);
        Assert.DoesNotContain(await PlanAsync(connection, OutboxTable.Take.Replace("$3", "1", StringComparison.Ordinal).Replace("$4", "'t'", StringComparison.Ordinal).Replace("$5", "ARRAY['t']", StringComparison.Ordinal)), step => step.Contains("Sort", StringComparison.Ordinal));
    }

    [ContractFact]
    public async Task A_scan_and_a_sort_would_be_seen()
    {
        await using var connection = await ConnectAsync();
        var path = new KindTable(Samples.Kind).ByPath[Samples.ByLearner];

        Assert.False(IsOneStretch(await PlanAsync(connection, "SELECT body FROM d_sample AS d WHERE d.learner__title = $1"), path));
        Assert.False(IsOneStretch(await PlanAsync(connection, "SELECT id FROM d_sample AS d WHERE d.learner__learner = $1 AND d.learner__title IS NOT NULL ORDER BY d.version"), path));
    }

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(engine.ConnectionString);
        await connection.OpenAsync();
        await RunAsync(connection, PostgresStore.OneStretch);
        await RunAsync(connection, "SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SET min_parallel_index_scan_size = 0");
        return connection;
    }

    private static bool IsOneStretch(IReadOnlyCollection<string> plan, PathTable path) =>
        !plan.Any(step => step.Contains("Seq Scan", StringComparison.Ordinal) || step.Contains("Sort", StringComparison.Ordinal) || step.Contains("Gather", StringComparison.Ordinal) || (step.Contains("Filter:", StringComparison.Ordinal) && !HasOneRow(path.Path)))
        && plan.Any(step => step.Contains(path.IsApart ? $"using {path.Name}_pkey" : $"using {path.Name} ", StringComparison.Ordinal));

    private static bool HasOneRow(AccessPath path) => path.IsUnique && !path.HasOrder;

    // A bound or a place that is compared after the fact would read the whole stretch before it.
    private static bool IsBounded(IReadOnlyCollection<string> plan, PathTable path, QueryShape shape)
    {
        var condition = string.Join(' ', plan.Where(step => step.Contains("Index Cond:", StringComparison.Ordinal)));
        return (!shape.HasFlag(QueryShape.Lower) || condition.Contains($"{path.Columns[^1]} >= ", StringComparison.Ordinal))
            && (!shape.HasFlag(QueryShape.Upper) || condition.Contains($"{path.Columns[^1]} < ", StringComparison.Ordinal))
            && (!shape.HasFlag(QueryShape.After) || HasOneRow(path.Path) || condition.Contains(shape.HasFlag(QueryShape.Descending) ? " < " : " > ", StringComparison.Ordinal));
    }

    private static async Task<List<string>> PlanAsync(NpgsqlConnection connection, string sql)
    {
        await RunAsync(connection, $"PREPARE asked AS {sql}");
        var parameters = Enumerable.Range(1, 12).TakeWhile(number => sql.Contains($"${number}", StringComparison.Ordinal)).Select(_ => "'1'");
        var steps = new List<string>();
        await using (var command = new NpgsqlCommand($"EXPLAIN (COSTS OFF) EXECUTE asked{(sql.Contains("$1", StringComparison.Ordinal) ? $"({string.Join(", ", parameters)})" : "")}", connection))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                steps.Add(reader.GetString(0));
            }
        }

        await RunAsync(connection, "DEALLOCATE asked");
        return steps;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
