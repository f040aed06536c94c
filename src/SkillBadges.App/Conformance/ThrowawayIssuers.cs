using System.Collections.Immutable;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.App.Conformance;

/// <summary>The issuers of one run: keys that are made at its start, never written down, and gone at its end.</summary>
internal sealed class ThrowawayIssuers : IDisposable
{
    private readonly PrivateKey ed25519 = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
    private readonly PrivateKey p256 = PrivateKey.Generate(SignatureAlgorithm.ES256);
    private readonly PrivateKey p384 = PrivateKey.Generate(SignatureAlgorithm.ES384);

    public ThrowawayIssuers() => All =
    [
        new("", Cryptosuites.EddsaRdfc2022, LocalSigner.ForDidKey(ed25519)),
        new("/eddsa-rdfc-2022", Cryptosuites.EddsaRdfc2022, LocalSigner.ForDidKey(ed25519)),
        new("/eddsa-jcs-2022", Cryptosuites.EddsaJcs2022, LocalSigner.ForDidKey(ed25519)),
        new("/ecdsa-rdfc-2019/p256", Cryptosuites.EcdsaRdfc2019, LocalSigner.ForDidKey(p256)),
        new("/ecdsa-rdfc-2019/p384", Cryptosuites.EcdsaRdfc2019, LocalSigner.ForDidKey(p384)),
        new("/ecdsa-jcs-2019/p256", Cryptosuites.EcdsaJcs2019, LocalSigner.ForDidKey(p256)),
        new("/ecdsa-jcs-2019/p384", Cryptosuites.EcdsaJcs2019, LocalSigner.ForDidKey(p384)),
    ];

    public ImmutableArray<SuiteIssuer> All { get; }

    public void Dispose()
    {
        ed25519.Dispose();
        p256.Dispose();
        p384.Dispose();
    }
}
