using System.Collections.Immutable;

namespace SkillBadges.Core.SignIn;

/// <summary>
/// Recent tries under one name, whether or not an account has that name: guessing looks and costs the same for both.
/// Ten in fifteen minutes; then the right password looks wrong too, until the oldest try is fifteen minutes old.
/// </summary>
/// <param name="Id">Hash of what is tried, such as <see cref="LoginName.Hash"/>.</param>
/// <param name="At">Oldest first.</param>
public sealed record SignInTries(string Id, ImmutableArray<DateTimeOffset> At)
{
    public const int Allowed = 10;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    public DateTimeOffset ExpiresAt => At.IsEmpty ? DateTimeOffset.UnixEpoch : At[^1] + Window;

    /// <summary>After one more try; one that comes too often is not counted, so that the lock ends.</summary>
    public (SignInTries Tries, bool IsLocked) Add(DateTimeOffset now)
    {
        ImmutableArray<DateTimeOffset> recent = [.. At.Where(at => at > now - Window)];
        return recent.Length >= Allowed ? (this with { At = recent }, true) : (this with { At = recent.Add(now) }, false);
    }
}
