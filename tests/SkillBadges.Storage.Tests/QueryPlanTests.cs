using SkillBadges.Core;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Storage.Relational;
using SkillBadges.Storage.Sqlite;
using SkillBadges.Storage.Sqlite.Engine;
using SkillBadges.Storage.Sqlite.Layout;

namespace SkillBadges.Storage.Tests;

/// <summary>Every statement that can be asked is one stretch of an index, as SQLite itself tells.</summary>
public sealed class QueryPlanTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("skillbadges-plan-").FullName;

    private static readonly Dictionary<string, DocumentKind> AllKinds = Samples.Kinds.Concat(AllDocumentKinds.OfCore).Distinct().ToDictionary(kind => kind.Name);

    public static TheoryData<string> Kinds => [.. AllKinds.Keys];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_question_scans_or_sorts(string name)
    {
        var kind = AllKinds[name];
        var table = new KindTable(kind);
        SqliteStore.Open(folder, [kind], TimeProvider.System, CancellationToken.None).Dispose();
        using var connection = Connection.ForReading(Path.Combine(folder, "store.db"));
        var statements = table.Paths
            .SelectMany(path => QueryShapes.Along(path.Path).Select(new PathQueries(table, path).Sql))
            .Concat([table.Find, table.VersionOf, table.Delete, table.Update(ulong.MaxValue), OutboxTable.Due, OutboxTable.All])
            .ToArray();

        Assert.All(statements, sql => Assert.All(PlanOf(connection, sql), step => Assert.True(IsOneStretch(step), $"{sql}\n{step}")));
        Assert.True(statements.Length >= 6 + (table.Paths.Length * 8));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Bounds_and_places_are_where_the_search_starts_and_ends(string name)
    {
        var kind = AllKinds[name];
        var table = new KindTable(kind);
        SqliteStore.Open(folder, [kind], TimeProvider.System, CancellationToken.None).Dispose();
        using var connection = Connection.ForReading(Path.Combine(folder, "store.db"));

        foreach (var path in table.Paths.Where(path => path.Path.HasOrder))
        {
            var queries = new PathQueries(table, path);
            foreach (var shape in QueryShapes.Along(path.Path))
            {
                var search = PlanOf(connection, queries.Sql(shape))[0];
                var past = shape.HasFlag(QueryShape.Descending) ? '<' : '>';
                var place = queries.Sql(shape).Contains("id) ", StringComparison.Ordinal) ? $"){past}(?,?)" : $"{past}?";
                Assert.True(!shape.HasFlag(QueryShape.After) || search.Contains(place, StringComparison.Ordinal), search);
                Assert.True(!shape.HasFlag(QueryShape.Lower) || search.Contains(">?", StringComparison.Ordinal), search);
                Assert.True(!shape.HasFlag(QueryShape.Upper) || search.Contains("<?", StringComparison.Ordinal), search);
            }
        }
    }

    [Theory]
    [InlineData("SELECT body FROM d_sample WHERE learner__title = 'x'")]
    [InlineData("SELECT id FROM d_sample WHERE learner__learner = 'x' AND learner__title IS NOT NULL ORDER BY version")]
    public void A_scan_and_a_sort_would_be_seen(string sql)
    {
        SqliteStore.Open(folder, Samples.Kinds, TimeProvider.System, CancellationToken.None).Dispose();
        using var connection = Connection.ForReading(Path.Combine(folder, "store.db"));

        Assert.Contains(PlanOf(connection, sql), step => !IsOneStretch(step));
    }

    private static bool IsOneStretch(string step) => step.StartsWith("SEARCH ", StringComparison.Ordinal) && step.Contains('(', StringComparison.Ordinal);

    private static List<string> PlanOf(Connection connection, string sql)
    {
        var steps = new List<string>();
        using var plan = connection.Prepare("EXPLAIN QUERY PLAN " + sql);
        while (plan.Step())
        {
            steps.Add(plan.Text(3));
        }

        Assert.NotEmpty(steps);
        return steps;
    }
}
