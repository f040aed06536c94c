using Npgsql;

namespace SkillBadges.Storage.Postgres;

/// <summary>
/// A transaction as the server knows it afterwards (PostgreSQL 15, 9.27.3). The same number may mean another transaction after a fail-over to
/// a server that lagged behind, which began a new timeline: then nothing is known.
/// </summary>
internal readonly record struct TransactionNumber(string Number, string Timeline)
{
    private const string CurrentTimeline = "substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)";

    public const string Ask = $"SELECT pg_current_xact_id()::text, {CurrentTimeline}";

    /// <summary><c>committed</c>, <c>aborted</c>, <c>in progress</c>, or null when the server cannot know.</summary>
    public async Task<string?> StatusAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT CASE WHEN {CurrentTimeline} = $2 THEN pg_xact_status($1::text::xid8) END", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Number });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Timeline });
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }
}
