using SkillBadges.Credentials;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.Core.Issuing;

/// <summary>The engine's verifier, with our own record as the witness for credentials whose key was compromised after they were issued.</summary>
public sealed class InstanceVerifier(VerifierPorts ports, AttestedIssuers attested)
{
    private readonly CredentialVerifier usual = new(ports);

    /// <summary>What <see cref="CredentialVerifier"/> says of the bytes.</summary>
    public async Task<VerificationReport> VerifyAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        await (await ForAsync(bytes, cancellationToken)).VerifyAsync(bytes, cancellationToken);

    /// <summary>The same, and a presentation must answer what was asked.</summary>
    public async Task<VerificationReport> VerifyAsync(ReadOnlyMemory<byte> bytes, PresentationExpectation expected, CancellationToken cancellationToken) =>
        await (await ForAsync(bytes, cancellationToken)).VerifyAsync(bytes, expected, cancellationToken);

    private async Task<CredentialVerifier> ForAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var dids = bytes.Length <= ports.MaxInputBytes ? await attested.ForAsync(bytes, ports.Dids, cancellationToken) : ports.Dids;
        return dids == ports.Dids ? usual : new CredentialVerifier(ports with { Dids = dids });
    }
}
