using Npgsql;
using SkillBadges.Core;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Postgres.Engine;

namespace SkillBadges.Storage.Postgres;

/// <summary>
/// Messages that wait. <c>due</c> is when a message may next be handed out: its own time at first, the end of its lease
/// while somebody holds it; the oldest goes first. Nodes that ask at once step over what another is taking.
/// </summary>
internal static class OutboxTable
{
    public const string Create = """
        CREATE TABLE outbox (id text COLLATE "C" PRIMARY KEY, topic text NOT NULL, subject text NOT NULL, not_before bigint NOT NULL,
            due bigint NOT NULL, attempt int NOT NULL, lease text);
        CREATE INDEX outbox__due ON outbox (due, id)
        """;

    public const string Take = """
        WITH next AS (SELECT id, due FROM outbox WHERE due <= $1 AND topic = ANY($5) ORDER BY due, id LIMIT $2 FOR UPDATE SKIP LOCKED)
        UPDATE outbox AS o SET due = $3, attempt = attempt + 1, lease = $4 FROM next WHERE o.id = next.id
        RETURNING o.id, o.topic, o.subject, o.not_before, o.attempt, next.due
        """;

    public const string All = "SELECT count(*) FROM (SELECT 1 FROM outbox LIMIT $1) AS first";

    public const string Following = "SELECT id, topic, subject, not_before FROM outbox WHERE id > $1 ORDER BY id LIMIT $2";

    public static NpgsqlBatchCommand Add(OutboxMessage message) => Commands.Command("INSERT INTO outbox VALUES ($1, $2, $3, $4, $4, 0, NULL)")
        .With(StorableText.Require(message.Id))
        .With(StorableText.Require(message.Topic))
        .With(StorableText.Require(message.Subject))
        .With(message.NotBefore.ToMicroseconds());

    public static async Task<IReadOnlyList<LeasedMessage>> LeaseAsync(NpgsqlConnection connection, IReadOnlyCollection<string> topics, DateTimeOffset now, int limit, TimeSpan duration, CancellationToken cancellationToken)
    {
        var (until, token) = (Instants.FromMicroseconds((now + duration).ToMicroseconds()), NewId.Random());
        var leased = new List<(long Due, LeasedMessage Message)>();
        await using var batch = connection.Batch([Commands.Command(Take).With(now.ToMicroseconds()).With(limit).With(until.ToMicroseconds()).With(token).With((string[])[.. topics])]);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var message = new OutboxMessage(reader.GetString(0), reader.GetString(1), reader.GetString(2), Instants.FromMicroseconds(reader.GetInt64(3)));
            leased.Add((reader.GetInt64(5), new(message, reader.GetInt32(4), token, until)));
        }

        return [.. leased.OrderBy(entry => entry.Due).ThenBy(entry => entry.Message.Message.Id, CodePointOrder.Instance).Select(entry => entry.Message)];
    }

    /// <summary>Changes no row when the lease was lost.</summary>
    public static NpgsqlBatchCommand Extend(LeasedMessage message, DateTimeOffset until) =>
        Commands.Command("UPDATE outbox SET due = $3 WHERE id = $1 AND lease = $2").With(message.Message.Id).With(message.LeaseToken).With(until.ToMicroseconds());

    public static NpgsqlBatchCommand Complete(LeasedMessage message) =>
        Commands.Command("DELETE FROM outbox WHERE id = $1 AND lease = $2").With(message.Message.Id).With(message.LeaseToken);

    public static NpgsqlBatchCommand Postpone(LeasedMessage message, DateTimeOffset notBefore) =>
        Commands.Command("UPDATE outbox SET not_before = $3, due = $3, lease = NULL WHERE id = $1 AND lease = $2")
            .With(message.Message.Id).With(message.LeaseToken).With(notBefore.ToMicroseconds());
}
