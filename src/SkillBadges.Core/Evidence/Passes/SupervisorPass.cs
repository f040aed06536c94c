using System.Collections.Immutable;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence.Passes;

/// <summary>A device that has shown a code once; its secret is kept as a hash only.</summary>
public sealed record PassDevice(string SecretHash, DateTimeOffset Since);

/// <summary>A code that was sent.</summary>
/// <param name="Hash">Keyed, since six digits are soon tried out.</param>
public sealed record PassCode(string Hash, DateTimeOffset ExpiresAt, int TriesLeft)
{
    public const int Digits = 6;
    public const int Tries = 5;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
}

/// <summary>
/// A supervisor's way to one internship without an account: a link that can be opened as often as needed until the internship ends, and on each new device a
/// code to the address that the school knows. There is one for each internship; its id is the placement's.
/// </summary>
/// <param name="LinkHash">Of the link's secret, 128 random bits.</param>
/// <param name="To">Where link and codes go.</param>
public sealed record SupervisorPass(PlacementId Placement, PersonId Person, OrganizationId School, Destination To, string LinkHash, DateTimeOffset LinkSentAt)
{
    public const int MaxDevices = 10;
    public const int MaxCodesAnHour = 5;

    public static readonly TimeSpan BetweenLinks = TimeSpan.FromMinutes(2);

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Latest last.</summary>
    public ImmutableArray<PassDevice> Devices { get; init; } = [];

    public PassCode? Code { get; init; }

    /// <summary>When codes were sent within the last hour.</summary>
    public ImmutableArray<DateTimeOffset> CodesSentAt { get; init; } = [];

    /// <summary>Whether it leads anywhere: not taken back, still this placement's supervisor, and the internship has not ended.</summary>
    public bool OpensAt(Placement placement, DateTimeOffset at) =>
        RevokedAt is null && placement.Id == Placement && placement.Supervisor == Person && placement.School == School && at < placement.To;

    /// <summary>Whether somebody may be acting by it: it leads to this internship, and a device of theirs is known.</summary>
    public bool IsInUseAt(Placement placement, DateTimeOffset at) => OpensAt(placement, at) && !Devices.IsEmpty;

    public bool Knows(string deviceHash) => RevokedAt is null && Devices.Any(device => device.SecretHash == deviceHash);

    /// <exception cref="RefusedException"><c>pass.too-often</c>.</exception>
    public SupervisorPass SendCode(string hash, DateTimeOffset at)
    {
        var recent = CodesSentAt.RemoveAll(sent => sent <= at - TimeSpan.FromHours(1));
        return recent.Length < MaxCodesAnHour
            ? this with { Code = new(hash, at + PassCode.Lifetime, PassCode.Tries), CodesSentAt = recent.Add(at) }
            : throw TooOften();
    }

    /// <summary>The pass after a code was tried: with the device when it was right, with one try less when it was not.</summary>
    public (SupervisorPass Next, bool IsRight) Try(string hash, PassDevice device, DateTimeOffset at)
    {
        if (Code is not { TriesLeft: > 0 } code || at >= code.ExpiresAt)
        {
            return (this with { Code = null }, false);
        }

        if (code.Hash != hash)
        {
            return (this with { Code = code with { TriesLeft = code.TriesLeft - 1 } }, false);
        }

        var devices = Devices.Length < MaxDevices ? Devices : Devices.RemoveAt(0);
        return (this with { Code = null, Devices = devices.Add(device) }, true);
    }

    /// <summary>A new link in the place of the old one; devices stay known.</summary>
    /// <exception cref="RefusedException"><c>pass.too-often</c>.</exception>
    public SupervisorPass SendLink(string hash, DateTimeOffset at) => at - LinkSentAt >= BetweenLinks ? this with { LinkHash = hash, LinkSentAt = at } : throw TooOften();

    /// <summary>Taken back by the school: neither link nor device opens anything.</summary>
    public SupervisorPass Revoke(DateTimeOffset at) => RevokedAt is null ? this with { RevokedAt = at, Devices = [], Code = null } : this;

    private static RefusedException TooOften() => Refused.Conflict("pass.too-often", "That was asked for several times already. Please look into your letters or messages, or try again later.");
}
