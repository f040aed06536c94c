using System.Text;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Credentials;
using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.Core.Issuing;

/// <summary>Our own verifier's word on what we are about to hand out. The status is not asked: the list is made after the credential. Embedded proofs have no claims to check.</summary>
internal static class ReleaseCheck
{
    private static readonly CheckName[] needed = [CheckName.Parse, CheckName.Shape, CheckName.IssuerKey, CheckName.Signature];

    public static async Task RequireAsync(SignedForm form, SigningKeys keys, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var ports = new VerifierPorts(
            new OwnKeys(keys), (_, _) => ValueTask.FromResult(Fetched.NotAllowed), (_, _) => ValueTask.FromResult<TrustedIssuer?>(null), new Instant(at));
        var report = await new CredentialVerifier(ports).VerifyAsync(Encoding.UTF8.GetBytes(form.Text), cancellationToken);
        var failed = needed.Select(name => report[name]).FirstOrDefault(check => check.Outcome != CheckOutcome.Passed) ?? report[CheckName.Claims];
        if (failed.Outcome is not (CheckOutcome.Passed or CheckOutcome.Skipped) || !report.SignatureHolds)
        {
            throw new UnsoundSignatureException(form.KeyId, failed.Code);
        }
    }

    private sealed class OwnKeys(SigningKeys keys) : IDidResolver
    {
        public ValueTask<DidResolution> ResolveAsync(string did, CancellationToken cancellationToken) => ValueTask.FromResult(did == keys.Did
            ? DidResolution.Resolved(DidDocument.For(did, keys.Keys.Select(key => VerificationMethod.For(did, key.Public, revoked: null))))
            : DidResolution.Failed(DidResolutionStatus.NotFound));
    }

    private sealed class Instant(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
