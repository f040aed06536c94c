namespace SkillBadges.Core.Storage;

/// <summary>Instants are kept in whole microseconds, the finest unit that both engines share.</summary>
public static class Instants
{
    public static long ToMicroseconds(this DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>The current instant in UTC, cut to microseconds so that what is hashed equals what is stored.</summary>
    public static DateTimeOffset Now(this TimeProvider clock) => FromMicroseconds(clock.GetUtcNow().ToMicroseconds());
}
