using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.App.Conformance;

/// <summary>One address that issues: with which suite, and as which did:key.</summary>
/// <param name="Path">Below <c>/credentials/issue</c>; empty for the suite that is used when none is named.</param>
internal sealed record SuiteIssuer(string Path, Cryptosuite Suite, LocalSigner Signer)
{
    public string Did => Signer.VerificationMethod[..Signer.VerificationMethod.IndexOf('#', StringComparison.Ordinal)];
}
