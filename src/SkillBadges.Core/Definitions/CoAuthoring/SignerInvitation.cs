using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Definitions.CoAuthoring;

[JsonConverter(typeof(JsonStringEnumConverter<SignerState>))]
public enum SignerState
{
    [JsonStringEnumMemberName("open")]
    Open,

    [JsonStringEnumMemberName("signed")]
    Agreed,

    [JsonStringEnumMemberName("declined")]
    Declined,

    [JsonStringEnumMemberName("revoked")]
    Revoked,

    /// <summary>The code was wrong too often.</summary>
    [JsonStringEnumMemberName("locked")]
    Locked,
}

/// <summary>
/// Asks somebody without an account to sign for an organization. The link goes by letter, the code by another way; only both together sign, and
/// neither is kept but as a hash. Opening the link changes nothing.
/// </summary>
/// <param name="Address">Where letters go; forgotten once it is settled.</param>
public sealed record SignerInvitation(
    string Id, string Slug, OrganizationId Organization, Destination? Address, string CodeHash, PersonId InvitedBy, OrganizationId InvitedFrom, DateTimeOffset At, DateTimeOffset ExpiresAt)
{
    public const int MaxTries = 10;
    public const int MaxLetters = 8;

    private const string CodeLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int CodeRounds = 100_000;

    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>When letters go, after the first: reminders while nobody has answered.</summary>
    public static readonly ImmutableArray<TimeSpan> Reminders = [TimeSpan.FromDays(7), TimeSpan.FromDays(14), TimeSpan.FromDays(24)];

    /// <summary>Hashes of the secrets in its letters; each letter has its own, and all of them work.</summary>
    public ImmutableArray<string> Secrets { get; init; } = [];

    public int Tries { get; init; }

    public SignerState State { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    [JsonIgnore]
    public bool IsOpen => State == SignerState.Open;

    public bool HoldsAt(DateTimeOffset now) => IsOpen && now < ExpiresAt;

    /// <summary>A new code, such as <c>K7QM-2XVR-9B</c>: 50 random bits in letters that are not taken for others.</summary>
    public static string NewCode()
    {
        var letters = RandomNumberGenerator.GetItems<char>(CodeLetters, 10);
        return $"{new string(letters, 0, 4)}-{new string(letters, 4, 4)}-{new string(letters, 8, 2)}";
    }

    /// <summary>Bound to the invitation, and slow, since a code is short.</summary>
    public static string HashOfCode(string id, string code)
    {
        var letters = new string([.. code.ToUpperInvariant().Where(CodeLetters.Contains)]);
        return Convert.ToHexStringLower(Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(letters), Encoding.UTF8.GetBytes($"signer:{id}"), CodeRounds, HashAlgorithmName.SHA256, 32));
    }

    public static string HashOfSecret(string secret) => Sha256Digest.Of(Encoding.UTF8.GetBytes(secret)).Hex;

    /// <summary>Whether the code is the one; a wrong one is counted.</summary>
    public (SignerInvitation Tried, bool IsRight) Try(string code, DateTimeOffset at)
    {
        var isRight = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(HashOfCode(Id, code.Length > 64 ? "" : code)), Encoding.ASCII.GetBytes(CodeHash));
        if (isRight)
        {
            return (this, true);
        }

        var tried = this with { Tries = Tries + 1 };
        return (tried.Tries >= MaxTries ? tried.Settle(SignerState.Locked, at) : tried, false);
    }

    public SignerInvitation WithLetter(string secret) => this with { Secrets = Secrets.Add(HashOfSecret(secret)) };

    /// <exception cref="RefusedException"><c>signer.settled</c>.</exception>
    public SignerInvitation Settle(SignerState state, DateTimeOffset at) => IsOpen
        ? this with { State = state, SettledAt = at, Address = null }
        : throw Refused.Conflict("signer.settled", "This invitation was answered or taken back already.");
}
