using SkillBadges.Credentials.Keys;

namespace SkillBadges.App.Tests.Faults.Points;

/// <summary>A signer that is out of reach when that is planned.</summary>
internal sealed class FaultySigner(ISigner signer, FaultPlan plan) : ISigner
{
    public SignatureAlgorithm Algorithm => signer.Algorithm;

    public string VerificationMethod => signer.VerificationMethod;

    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
        plan.IsSignerDown ? throw new IOException("The signer is away, because a test said so.") : signer.SignAsync(data, cancellationToken);
}
