using SkillBadges.Credentials;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.Core.Issuing;

/// <summary>The engine's verifier, with our own record as the witness for credentials whose key was compromised after they were issued.</summary>
public sealed class InstanceVerifier(VerifierPorts ports, AttestedIssuers attested)
{
    private readonly CredentialVerifier usual = new(ports);

    /// <summary>What <see cref="CredentialVerifier"/> says of the bytes.</summary>
    public async Task<VerificationReport> VerifyAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var dids = bytes.Length <= ports.MaxInputBytes ? await attested.ForAsync(bytes, ports.Dids, cancellationToken) : ports.Dids;
        var verifier = dids == ports.Dids ? usual : new CredentialVerifier(ports with { Dids = dids });
        return await verifier.VerifyAsync(bytes, cancellationToken);
    }
}
