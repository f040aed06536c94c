using System.Collections.Immutable;
using System.Text;

namespace SkillBadges.Core.SignIn;

/// <summary>An authenticator app, and codes on paper for the day it is lost.</summary>
/// <param name="SealedSecret">20 bytes, sealed for <see cref="PurposeFor"/>.</param>
public sealed record SecondFactor(string SealedSecret)
{
    private const int RecoveryCodes = 10;

    /// <summary>When a first code proved that the app has the secret; null while it is only offered.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>The last step that was used: a code counts once.</summary>
    public long LastStep { get; init; }

    /// <summary>SHA-256 of the recovery codes that are left; they hold 80 random bits, so that a plain hash suffices.</summary>
    public ImmutableArray<string> RecoveryHashes { get; init; } = [];

    public static string PurposeFor(string personId) => $"totp:{personId}";

    /// <summary>The state after using a code of the app or a recovery code; null when it is neither.</summary>
    public SecondFactor? Use(string code, ReadOnlySpan<byte> secret, DateTimeOffset now)
    {
        if (Totp.StepOf(code, secret, now, LastStep) is { } step)
        {
            return this with { LastStep = step };
        }

        var hash = HashOf(code);
        return RecoveryHashes.Contains(hash) ? this with { RecoveryHashes = RecoveryHashes.Remove(hash) } : null;
    }

    /// <summary>Confirmed by its first code; the recovery codes are shown once.</summary>
    public (SecondFactor Confirmed, ImmutableArray<string> Codes)? Confirm(string code, ReadOnlySpan<byte> secret, DateTimeOffset now)
    {
        if (Totp.StepOf(code, secret, now, LastStep) is not { } step)
        {
            return null;
        }

        ImmutableArray<string> codes = [.. Enumerable.Range(0, RecoveryCodes).Select(_ => NewRecoveryCode())];
        return (this with { ConfirmedAt = now, LastStep = step, RecoveryHashes = [.. codes.Select(HashOf)] }, codes);
    }

    private static string NewRecoveryCode()
    {
        var text = Totp.ToBase32(System.Security.Cryptography.RandomNumberGenerator.GetBytes(10)).ToLowerInvariant();
        return string.Join('-', text.Chunk(4).Select(part => new string(part)));
    }

    private static string HashOf(string code) =>
        Sha256Digest.Of(Encoding.UTF8.GetBytes(code.Trim().Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant())).Hex;
}
