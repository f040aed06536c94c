using Npgsql;
using SkillBadges.Core;
using SkillBadges.Core.Storage.Relational;
using SkillBadges.Storage.Postgres.Engine;
using SkillBadges.Storage.Postgres.Files;

namespace SkillBadges.Storage.Postgres.Layout;

/// <summary>
/// Brings the database to what this build declares, before anybody reads: new kinds, new and changed paths, dropped ones. One process does
/// it at a time; what was begun and killed is found and continued. <c>layout_kind</c> and <c>layout_path</c> remember what the database holds.
/// </summary>
internal sealed class StoreLayout(NpgsqlConnection connection)
{
    private const int Format = 1;
    private const string LockKey = "hashtext('skillbadges layout'), hashtext(current_schema())";

    // Long enough for a node that is told to stop to finish its requests.
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan look = TimeSpan.FromMilliseconds(500);

    /// <returns>This process's presence, from before the layout was given free.</returns>
    /// <exception cref="RefusedException">
    /// <c>storage.not-durable</c>, <c>storage.newer-than-build</c>; <c>storage.other-layout</c> when a process that lays a kind out in another way goes on living;
    /// <c>storage.path-not-unique</c> when documents contradict a path that is now unique.
    /// </exception>
    public async Task<NodePresence> BringAsync(IReadOnlyList<KindTable> kinds, NpgsqlDataSource presence, CancellationToken cancellationToken)
    {
        await RequireDurableAsync(cancellationToken);
        for (var waited = TimeSpan.Zero; ; waited += look)
        {
            await LockAsync(cancellationToken);
            try
            {
                await PrepareAsync(cancellationToken);
                await RefuseNewerAsync(kinds, cancellationToken);
                if (await NodePresence.OtherwiseLaidOutAsync(connection, kinds, cancellationToken) is [var kind, ..])
                {
                    if (waited >= patience)
                    {
                        throw Refused.Conflict("storage.other-layout", $"Another process runs a version that lays out {kind} in another way. Please stop it before this one starts.");
                    }
                }
                else
                {
                    await BringKindsAsync(kinds, cancellationToken);
                    return await NodePresence.JoinAsync(presence, kinds, cancellationToken);
                }
            }
            finally
            {
                await connection.RunAsync($"SELECT pg_advisory_unlock({LockKey})", CancellationToken.None);
            }

            await Task.Delay(look, cancellationToken);
        }
    }

    private async Task BringKindsAsync(IReadOnlyList<KindTable> kinds, CancellationToken cancellationToken)
    {
        await CreateKindsAsync(kinds, cancellationToken);
        foreach (var kind in kinds)
        {
            await BringAsync(kind, cancellationToken);
        }
    }

    // Held by the session, so that a killed process gives it free. A statement that waited for it would in turn keep an index from being
    // built concurrently, so it is asked for again and again instead.
    private async Task LockAsync(CancellationToken cancellationToken)
    {
        while ((await TextsAsync(Commands.Command($"SELECT pg_try_advisory_lock({LockKey})::text"), cancellationToken)) is not ["true"])
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    private async Task BringAsync(KindTable kind, CancellationToken cancellationToken)
    {
        try
        {
            await DropOldPathsAsync(kind, cancellationToken);
            await AddNewPathsAsync(kind, cancellationToken);
            await new PathFill(connection, kind).FinishAsync(cancellationToken);
        }
        catch (PostgresException fault) when (fault.IsUniqueViolation())
        {
            throw Refused.Conflict("storage.path-not-unique", $"Documents of kind {kind.Kind.Name} share values that this version demands to be unique ({fault.ConstraintName}).");
        }

        await DoAsync([Commands.Command("UPDATE layout_kind SET body_version = $2 WHERE kind = $1 AND body_version < $2").With(kind.Kind.Name).With(kind.Kind.BodyVersion)], cancellationToken);
    }

    private async Task RequireDurableAsync(CancellationToken cancellationToken)
    {
        var unsafeSettings = await TextsAsync(
            Commands.Command("SELECT name FROM pg_settings WHERE (name = 'synchronous_commit' AND setting = 'off') OR (name IN ('fsync', 'full_page_writes') AND setting = 'off') ORDER BY name"), cancellationToken);
        if (unsafeSettings.Count > 0)
        {
            throw Refused.Conflict("storage.not-durable", $"The database may lose what it has confirmed, since {string.Join(" and ", unsafeSettings)} is off. Please turn it on.");
        }
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if ((await TextsAsync(Commands.Command("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'layout_kind'"), cancellationToken)).Count == 0)
        {
            await InTransactionAsync([
                "CREATE TABLE layout (format int NOT NULL)",
                $"INSERT INTO layout VALUES ({Format})",
                "CREATE TABLE layout_kind (kind text PRIMARY KEY, body_version int NOT NULL)",
                "CREATE TABLE layout_path (kind text NOT NULL, path text NOT NULL, declaration text NOT NULL, filled_to text, PRIMARY KEY (kind, path))",
                Commit.CreateMarks,
                OutboxTable.Create], cancellationToken);
        }

        if ((await TextsAsync(Commands.Command("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename = $1").With(FileTables.Last), cancellationToken)).Count == 0)
        {
            await InTransactionAsync(FileTables.Create, cancellationToken);
        }

        await connection.RunAsync(NodePresence.Create, cancellationToken);
        await connection.RunAsync(Commit.ForgetMarks, cancellationToken);

        if ((await TextsAsync(Commands.Command($"SELECT 'newer' FROM layout WHERE format > {Format}"), cancellationToken)).Count > 0)
        {
            throw Newer();
        }
    }

    private async Task RefuseNewerAsync(IEnumerable<KindTable> kinds, CancellationToken cancellationToken)
    {
        foreach (var kind in kinds)
        {
            if ((await TextsAsync(Commands.Command("SELECT kind FROM layout_kind WHERE kind = $1 AND body_version > $2").With(kind.Kind.Name).With(kind.Kind.BodyVersion), cancellationToken)).Count > 0)
            {
                throw Newer();
            }
        }
    }

    /// <summary>All new kinds in one transaction.</summary>
    private async Task CreateKindsAsync(IEnumerable<KindTable> kinds, CancellationToken cancellationToken)
    {
        var known = (await TextsAsync(Commands.Command("SELECT kind FROM layout_kind"), cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var created = kinds.Where(kind => !known.Contains(kind.Kind.Name)).SelectMany(kind => (string[])
        [
            kind.Create,
            .. kind.Inline.Select(path => path.CreateIndex(online: false)),
            .. kind.Apart.Select(PathSql.CreateTable),
            .. kind.Paths.Select(path => Remember(kind, path, "NULL")),
            $"INSERT INTO layout_kind VALUES ('{kind.Kind.Name}', {kind.Kind.BodyVersion})",
        ]);
        await InTransactionAsync([.. created], cancellationToken);
    }

    private async Task DropOldPathsAsync(KindTable kind, CancellationToken cancellationToken)
    {
        var declared = kind.Paths.Select(path => $"{path.Path.Name} {path.Declaration}").ToHashSet(StringComparer.Ordinal);
        var known = await TextsAsync(Commands.Command("SELECT path || ' ' || declaration FROM layout_path WHERE kind = $1").With(kind.Kind.Name), cancellationToken);
        foreach (var path in known.Where(text => !declared.Contains(text)).Select(text => text[..text.IndexOf(' ', StringComparison.Ordinal)]))
        {
            // The columns go with their index: a value that nobody maintains would outlive its erasure.
            var columns = await TextsAsync(
                Commands.Command("SELECT column_name::text FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1 AND starts_with(column_name::text, $2)").With(kind.Table).With($"{path}__"),
                cancellationToken);
            await InTransactionAsync([
                .. columns.Count == 0 ? (string[])[$"DROP TABLE IF EXISTS p_{kind.Kind.Name}__{path}"] : [$"DROP INDEX IF EXISTS p_{kind.Kind.Name}__{path}"],
                .. columns.Select(column => $"ALTER TABLE {kind.Table} DROP COLUMN {column}"),
                $"DELETE FROM layout_path WHERE kind = '{kind.Kind.Name}' AND path = '{path}'"], cancellationToken);
        }
    }

    private async Task AddNewPathsAsync(KindTable kind, CancellationToken cancellationToken)
    {
        var known = (await TextsAsync(Commands.Command("SELECT path FROM layout_path WHERE kind = $1").With(kind.Kind.Name), cancellationToken)).ToHashSet(StringComparer.Ordinal);
        foreach (var path in kind.Paths.Where(path => !known.Contains(path.Path.Name)))
        {
            await InTransactionAsync([
                .. path.IsApart ? (string[])[path.CreateTable()] : [.. path.ColumnsSql().Split(", ").Select(column => $"ALTER TABLE {kind.Table} ADD COLUMN {column}")],
                Remember(kind, path, "''")], cancellationToken);
        }
    }

    // Names and declarations are words of ours; StoredName has refused anything else.
    private static string Remember(KindTable kind, PathTable path, string filledTo) =>
        $"INSERT INTO layout_path VALUES ('{kind.Kind.Name}', '{path.Path.Name}', '{path.Declaration}', {filledTo})";

    private async Task InTransactionAsync(IReadOnlyCollection<string> statements, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (var statement in statements)
        {
            await connection.RunAsync(statement, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private async Task DoAsync(IEnumerable<NpgsqlBatchCommand> commands, CancellationToken cancellationToken)
    {
        await using var batch = connection.Batch(commands);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<List<string>> TextsAsync(NpgsqlBatchCommand command, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        await using var batch = connection.Batch([command]);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }

    private static RefusedException Newer() =>
        Refused.Conflict("storage.newer-than-build", "The data were written by a newer version of SkillBadges; please start that version.");
}
