using SQLitePCL;
using SkillBadges.Core;

namespace SkillBadges.Storage.Sqlite.Engine;

/// <summary>An error of the engine, with its extended result code (sqlite.org/rescode.html).</summary>
public sealed class SqliteException(int code, string message) : Exception($"SQLite error {code}: {message}")
{
    private const int WriteFailed = raw.SQLITE_IOERR | (3 << 8);

    public int Code { get; } = code;

    public bool IsUniqueViolation => Code is raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY;

    /// <summary>Whether the disk took no more: full, over quota, or a write, a sync or an enlargement that failed.</summary>
    public bool IsDiskFull => Code is raw.SQLITE_FULL
        or WriteFailed
        or raw.SQLITE_IOERR_FSYNC
        or raw.SQLITE_IOERR_DIR_FSYNC
        or raw.SQLITE_IOERR_TRUNCATE
        or raw.SQLITE_IOERR_SHMSIZE;

    public RefusedException AsFull() => Refused.Unavailable("storage.full", "The disk of the server is full; nothing was written.", this);
}
