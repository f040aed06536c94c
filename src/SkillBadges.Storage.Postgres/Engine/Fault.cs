using Npgsql;
using SkillBadges.Core;

namespace SkillBadges.Storage.Postgres.Engine;

/// <summary>What an error of the server means here (PostgreSQL 15, appendix A).</summary>
internal static class Fault
{
    /// <summary>Whether the same work may hold when it is done again: the server was away, or parted two that waited for each other.</summary>
    public static bool IsTransient(this Exception fault) => fault switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable } => true,
        PostgresException server => server.IsTransient || IsShuttingDown(server),
        NpgsqlException client => client.IsTransient || client.InnerException is IOException or System.Net.Sockets.SocketException or TimeoutException,
        _ => false,
    };

    public static bool IsUniqueViolation(this PostgresException fault) => fault.SqlState == PostgresErrorCodes.UniqueViolation;

    /// <summary>The refusal that people see where trying again has not helped.</summary>
    public static Exception AsRefusal(this Exception fault) => fault switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => Refused.Unavailable("storage.full", "The disk of the database is full; nothing was written.", fault),
        _ when fault.IsTransient() => Refused.Unavailable("storage.unreachable", "The database cannot be reached now; nothing was written. Please try again in a moment.", fault),
        _ => fault,
    };

    private static bool IsShuttingDown(PostgresException fault) => fault.SqlState is
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.IdleSessionTimeout;
}
