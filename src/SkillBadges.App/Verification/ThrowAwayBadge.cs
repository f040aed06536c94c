using System.Text;
using SkillBadges.Credentials.Baking;
using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.OpenBadges;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.App.Verification;

/// <summary>A badge that nobody earned, signed with keys that are gone a moment later, in each form that people bring to be verified.</summary>
internal static class ThrowAwayBadge
{
    private const string Achievement = "urn:uuid:7d0c5a52-64a9-4f0e-8f0b-3b1f4b0d2a11";

    private static readonly DataIntegrity integrity = new(KnownContexts.Library);

    // One white point, and a drawing of nothing.
    private static readonly byte[] png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=");
    private static readonly byte[] svg = Encoding.ASCII.GetBytes("""<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>""");

    /// <summary>JSON with a proof, tokens of two algorithms, PNG and SVG.</summary>
    public static async Task<IReadOnlyList<byte[]>> MakeAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var edwards = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        using var nist = PrivateKey.Generate(SignatureAlgorithm.ES256);
        var secured = await integrity.AddProofAsync(
            Write(edwards, now), new ProofOptions(Cryptosuites.EddsaRdfc2022) { Created = now }, LocalSigner.ForDidKey(edwards), cancellationToken);
        var token = await SignAsync(nist, now, cancellationToken);
        return
        [
            secured,
            token,
            await SignAsync(edwards, now, cancellationToken),
            PngBaking.Bake(png, Encoding.ASCII.GetString(token), BakedKind.OpenBadge),
            SvgBaking.Bake(svg, Encoding.UTF8.GetString(secured), BakedKind.OpenBadge),
        ];
    }

    private static ValueTask<byte[]> SignAsync(PrivateKey key, DateTimeOffset now, CancellationToken cancellationToken) =>
        VcJwt.SignAsync(Write(key, now), LocalSigner.ForDidKey(key), VcJwtProfile.OpenBadges, cancellationToken);

    // Two results that are alike, as real badges have them, take the longer way through canonicalization.
    private static byte[] Write(PrivateKey key, DateTimeOffset now) => new AchievementCredential
    {
        Id = "urn:uuid:0f3c1c60-5d61-4f5e-a6fb-0f7f3d1f6c02",
        Issuer = new Profile { Id = DidKey.Of(key.Public), Name = "Nobody" },
        ValidFrom = now,
        AwardedDate = now,
        CredentialSubject = new AchievementSubject
        {
            Id = "urn:uuid:5b8a4d0e-2c0b-4c5e-9c64-6f6d1a9be203",
            Achievement = new Achievement
            {
                Id = Achievement,
                Name = "Warming up",
                Description = "Nothing was achieved.",
                Criteria = new Criteria { Narrative = "None." },
                ResultDescription = [new ResultDescription { Id = $"{Achievement}#result", Name = "Result", ResultType = "Status" }],
            },
            Result = [Completed(), Completed()],
        },
    }.ToJson();

    private static Result Completed() => new() { ResultDescription = $"{Achievement}#result", Status = "Completed" };
}
