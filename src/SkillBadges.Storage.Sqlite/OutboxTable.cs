using SkillBadges.Core;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite.Engine;

namespace SkillBadges.Storage.Sqlite;

/// <summary>
/// Messages that wait. <c>due</c> is when a message may next be handed out: its own time at first, the end of its lease
/// while somebody holds it; the oldest goes first.
/// </summary>
internal static class OutboxTable
{
    public const string Create = """
        CREATE TABLE outbox (id TEXT PRIMARY KEY, topic TEXT NOT NULL, subject TEXT NOT NULL, not_before INTEGER NOT NULL,
            due INTEGER NOT NULL, attempt INTEGER NOT NULL, lease TEXT) WITHOUT ROWID;
        CREATE INDEX outbox__due ON outbox (due, id)
        """;

    public const string Due = "SELECT id, topic, subject, not_before, attempt FROM outbox INDEXED BY outbox__due WHERE due <= ?1 ORDER BY due, id";

    public const string All = "SELECT 1 FROM outbox INDEXED BY outbox__due WHERE due >= -9223372036854775808 LIMIT ?1";

    public const string Following = "SELECT id, topic, subject, not_before FROM outbox WHERE id > ?1 ORDER BY id LIMIT ?2";

    public static void Add(Connection connection, OutboxMessage message)
    {
        using var insert = connection.Prepare("INSERT INTO outbox VALUES (?1, ?2, ?3, ?4, ?4, 0, NULL)");
        try
        {
            insert.Bind(1, StorableText.Require(message.Id))
                .Bind(2, StorableText.Require(message.Topic))
                .Bind(3, StorableText.Require(message.Subject))
                .Bind(4, message.NotBefore.ToMicroseconds())
                .Run();
        }
        catch (SqliteException fault) when (fault.IsUniqueViolation)
        {
            throw new NotUniqueException("outbox", null);
        }
    }

    public static bool HasDue(Connection connection, IReadOnlyCollection<string> topics, DateTimeOffset now)
    {
        using var due = connection.Prepare(Due);
        return StepTo(topics, due.Bind(1, now.ToMicroseconds()));
    }

    public static IReadOnlyList<LeasedMessage> Lease(Connection connection, IReadOnlyCollection<string> topics, DateTimeOffset now, int limit, TimeSpan duration)
    {
        var until = Instants.FromMicroseconds((now + duration).ToMicroseconds());
        var leased = new List<LeasedMessage>();
        using (var due = connection.Prepare(Due))
        {
            due.Bind(1, now.ToMicroseconds());
            while (leased.Count < limit && StepTo(topics, due))
            {
                var message = new OutboxMessage(due.Text(0), due.Text(1), due.Text(2), Instants.FromMicroseconds(due.Number(3)));
                leased.Add(new(message, (int)due.Number(4) + 1, NewId.Random(), until));
            }
        }

        foreach (var message in leased)
        {
            using var update = connection.Prepare("UPDATE outbox SET due = ?2, attempt = attempt + 1, lease = ?3 WHERE id = ?1");
            update.Bind(1, message.Message.Id).Bind(2, until.ToMicroseconds()).Bind(3, message.LeaseToken).Run();
        }

        return leased;
    }

    /// <summary>0 when the lease was lost.</summary>
    public static int Extend(Connection connection, LeasedMessage message, DateTimeOffset until)
    {
        using var update = connection.Prepare("UPDATE outbox SET due = ?3 WHERE id = ?1 AND lease = ?2");
        return update.Bind(1, message.Message.Id).Bind(2, message.LeaseToken).Bind(3, until.ToMicroseconds()).Run();
    }

    public static int Complete(Connection connection, LeasedMessage message)
    {
        using var delete = connection.Prepare("DELETE FROM outbox WHERE id = ?1 AND lease = ?2");
        return delete.Bind(1, message.Message.Id).Bind(2, message.LeaseToken).Run();
    }

    public static int Postpone(Connection connection, LeasedMessage message, DateTimeOffset notBefore)
    {
        using var update = connection.Prepare("UPDATE outbox SET not_before = ?3, due = ?3, lease = NULL WHERE id = ?1 AND lease = ?2");
        return update.Bind(1, message.Message.Id).Bind(2, message.LeaseToken).Bind(3, notBefore.ToMicroseconds()).Run();
    }

    public static int Count(Connection connection, int limit)
    {
        using var all = connection.Prepare(All);
        all.Bind(1, limit);
        var count = 0;
        while (all.Step())
        {
            count++;
        }

        return count;
    }

    // What others are to handle is rare and stays where it is.
    private static bool StepTo(IReadOnlyCollection<string> topics, Statement due)
    {
        while (due.Step())
        {
            if (topics.Contains(due.Text(1), StringComparer.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
