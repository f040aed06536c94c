using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.Credentials;

/// <summary>
/// Bytes in, report out. The order is fixed: parse, shape, whose key, signature, claims, dates, status, who the issuer is, what is
/// inside. Until the signature holds nothing is fetched but the issuer's own DID document. Keep one for the life of the process;
/// it is safe for use by several threads.
/// </summary>
public sealed class CredentialVerifier(VerifierPorts ports)
{
    private readonly DataIntegrity integrity = new(ports.Contexts);

    /// <summary>
    /// Verifies one credential, or one presentation of several, as it came: JSON with embedded proofs, a compact JWS, an envelope
    /// around one, a badge image. What is wrong with it is the report's to say; the only exception is cancellation, or one that a port throws.
    /// </summary>
    public ValueTask<VerificationReport> VerifyAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        new VerificationRun(ports, integrity, null).VerifyAsync(bytes, 0, cancellationToken);

    /// <summary>The same, and a presentation must answer what was asked.</summary>
    public ValueTask<VerificationReport> VerifyAsync(ReadOnlyMemory<byte> bytes, PresentationExpectation expected, CancellationToken cancellationToken) =>
        new VerificationRun(ports, integrity, expected).VerifyAsync(bytes, 0, cancellationToken);
}
