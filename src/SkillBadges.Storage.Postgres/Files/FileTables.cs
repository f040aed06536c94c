using Npgsql;
using NpgsqlTypes;
using SkillBadges.Core;
using SkillBadges.Storage.Postgres.Engine;

namespace SkillBadges.Storage.Postgres.Files;

/// <summary>
/// Files as chunks of one length, the last one shorter. A kept file is a row that names a content and the chunks of that content, written in one transaction; an arriving one names who writes it and until
/// when nobody else may.
/// </summary>
internal static class FileTables
{
    public const int ChunkBytes = 512 * 1024;

    /// <summary>Its presence tells that all are there.</summary>
    public const string Last = "partial_chunk";

    /// <summary>Chunks are not compressed: most of what is handed in is already.</summary>
    public static readonly string[] Create =
    [
        "CREATE TABLE file (digest text COLLATE \"C\" PRIMARY KEY, content text NOT NULL, length bigint NOT NULL, put bigint NOT NULL)",
        "CREATE TABLE file_chunk (content text COLLATE \"C\", number int, bytes bytea NOT NULL, PRIMARY KEY (content, number))",
        "ALTER TABLE file_chunk ALTER bytes SET STORAGE EXTERNAL",
        "CREATE TABLE partial_file (id text COLLATE \"C\" PRIMARY KEY, length bigint NOT NULL, writer text, held_until timestamptz NOT NULL DEFAULT '-infinity', touched bigint NOT NULL)",
        $"CREATE TABLE {Last} (id text COLLATE \"C\", number int, bytes bytea NOT NULL, PRIMARY KEY (id, number))",
        $"ALTER TABLE {Last} ALTER bytes SET STORAGE EXTERNAL",
    ];

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, ReadOnlyMemory<byte> bytes)
    {
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = bytes, NpgsqlDbType = NpgsqlDbType.Bytea });
        return command;
    }

    /// <summary>What people see when the database cannot take or give a file.</summary>
    public static RefusedException Refusal(Exception fault) => fault.AsRefusal() switch
    {
        RefusedException { Code: "storage.full" } => Refused.Unavailable("file.store-full", "The database's disk for files is full; nothing was kept.", fault),
        _ => Refused.Unavailable("file.store-failed", "The database cannot take or give files now; nothing was kept.", fault),
    };
}
