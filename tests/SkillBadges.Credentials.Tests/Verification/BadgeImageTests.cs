using System.Text;
using SkillBadges.Credentials.Baking;
using SkillBadges.Credentials.Tests.Baking;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.Credentials.Tests.Verification;

/// <summary>Badge images, through the whole verifier.</summary>
public sealed class BadgeImageTests
{
    private const string Svg = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8"/></svg>""";

    private readonly VerifierWorld world = new();

    [Fact]
    public async Task A_baked_token_is_verified()
    {
        var png = await world.VerifyAsync(PngBaking.Bake(PngSample.Plain(), VerifierWorld.Issue(), BakedKind.OpenBadge));
        Assert.Equal((Verdict.Valid, CredentialFormat.Png), (png.Verdict, png.Format));
        var svg = await world.VerifyAsync(SvgBaking.Bake(Encoding.UTF8.GetBytes(Svg), VerifierWorld.Issue(), BakedKind.OpenBadge));
        Assert.Equal((Verdict.Valid, CredentialFormat.Svg), (svg.Verdict, svg.Format));
    }

    [Fact]
    public async Task A_baked_document_is_verified()
    {
        var signed = Encoding.UTF8.GetString(EmbeddedProofTests.Sign(VerifierWorld.Unsigned(), "eddsa-rdfc-2022"));
        Assert.Equal(Verdict.Valid, (await world.VerifyAsync(PngBaking.Bake(PngSample.Plain(), signed, BakedKind.OpenBadge))).Verdict);
        Assert.Equal(Verdict.Valid, (await world.VerifyAsync(SvgBaking.Bake(Encoding.UTF8.GetBytes(Svg), signed, BakedKind.OpenBadge))).Verdict);
    }

    [Fact]
    public async Task Two_credentials_in_one_image_are_refused_whichever_comes_first()
    {
        var chunk = ("iTXt", PngSample.Text("openbadgecredential", VerifierWorld.Issue()));
        var other = ("iTXt", PngSample.Text("openbadgecredential", VerifierWorld.Issue(json => json["name"] = "Other")));
        foreach (var png in new[] { PngSample.With(chunk, other), PngSample.With(other, chunk), PngSample.With(chunk, chunk) })
        {
            Assert.Equal((Verdict.Invalid, "baked.several"), Outcome(await world.VerifyAsync(png)));
        }
    }

    [Fact]
    public async Task A_compressed_chunk_and_a_chunk_of_an_older_standard_are_refused_and_nobody_is_asked()
    {
        Assert.Equal((Verdict.Invalid, "baked.compressed"), Outcome(await world.VerifyAsync(PngSample.With(("iTXt", PngSample.Text("openbadgecredential", "x", compression: 1))))));
        byte[] legacy = [.. "openbadges\0https://evil.example/assertion.json"u8];
        Assert.Equal((Verdict.Invalid, "baked.legacy"), Outcome(await world.VerifyAsync(PngSample.With(("tEXt", legacy)))));
        Assert.Empty(world.Asked);
    }

    [Fact]
    public async Task An_image_without_credential_and_one_that_is_too_large_are_refused()
    {
        Assert.Equal((Verdict.Invalid, "baked.none"), Outcome(await world.VerifyAsync(PngSample.Plain())));
        Assert.Equal((Verdict.Invalid, "too-large"), Outcome(await world.VerifyAsync([.. PngSample.Plain(), .. new byte[5 * 1024 * 1024]])));
        var large = VerifierWorld.Issue(json => json["description"] = new string('x', 1024 * 1024));
        Assert.Equal((Verdict.Invalid, "too-large"), Outcome(await world.VerifyAsync(PngBaking.Bake(PngSample.Plain(), large, BakedKind.OpenBadge))));
    }

    [Fact]
    public async Task A_forged_credential_in_a_good_image_is_refused()
    {
        var forged = VerifierWorld.Issue(key: VerifierWorld.AttackerKey, keyId: $"{VerifierWorld.School}#{VerifierWorld.Key.Public.Thumbprint}");
        Assert.Equal((Verdict.Invalid, "signature"), Outcome(await world.VerifyAsync(PngBaking.Bake(PngSample.Plain(), forged, BakedKind.OpenBadge))));
    }

    private static (Verdict Verdict, string Code) Outcome(VerificationReport report) => (report.Verdict, report.Code);
}
