using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Organizations;
using SkillBadges.Credentials.Baking;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.App.Tests.Verification;

/// <summary>Each verdict, reached through the door that anybody uses, and what forgeries come to.</summary>
public sealed class VerdictTests(TestDistrict district) : IClassFixture<TestDistrict>
{
    public static readonly TheoryData<string, string> Forgeries = new()
    {
        { "a level raised", "invalid" },
        { "a signature changed", "invalid" },
        { "alg none", "invalid" },
        { "alg none without signature", "invalid" },
        { "HS256 with the public key", "invalid" },
        { "HS256 with the JWKS", "invalid" },
        { "another algorithm of the same key", "invalid" },
        { "a key of one's own under the school's kid", "invalid" },
        { "a key of one's own in the header", "invalid" },
        { "a foreign kid", "invalid" },
        { "another school's key that claims this school", "invalid" },
        { "no kid", "invalid" },
        { "crit", "invalid" },
        { "garbage", "invalid" },
        { "an empty object", "invalid" },
        { "10,000 levels of nesting", "invalid" },
        { "not UTF-8", "invalid" },
        { "a compressed bomb of nothing", "invalid" },
    };

    public static readonly TheoryData<string> Forms = [SignedForm.VcJwtRs256, SignedForm.VcJwtEs256, SignedForm.EddsaRdfc2022];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_badge_is_valid_in_every_form_until_it_is_suspended_and_again_when_reinstated_and_no_more_when_revoked(string form)
    {
        var (award, credential) = await IssuedAsync(form);
        using var registrar = await district.AsAsync(district.WestRegistrar);
        Assert.Equal("valid", await VerdictAsync(credential));

        foreach (var (act, verdict) in new[] { ("suspensions", "revoked-or-suspended"), ("reinstatements", "valid"), ("suspensions", "revoked-or-suspended"), ("revocations", "revoked-or-suspended") })
        {
            using var answer = await registrar.PostAsync($"/api/awards/{award}/{act}", new { reason = "A reason." });
            Assert.True(answer.IsSuccessStatusCode, $"{act}: {await answer.Content.ReadAsStringAsync()}");
            Assert.Equal(verdict, await VerdictAsync(credential));
        }

        using var back = await registrar.PostAsync($"/api/awards/{award}/reinstatements", new { reason = "Another." });
        await back.RefusesAsync(409, "award.already-revoked");
    }

    [Fact]
    public async Task The_badge_as_a_picture_is_read()
    {
        var (_, credential) = await IssuedAsync(SignedForm.VcJwtEs256);
        var picture = Encoding.UTF8.GetBytes("""<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>""");

        var baked = SvgBaking.Bake(picture, credential, BakedKind.OpenBadge);

        Assert.Equal("valid", await VerdictAsync(baked));
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_forgery_is_called_one(string forgery, string verdict)
    {
        var (_, credential) = await IssuedAsync(SignedForm.VcJwtEs256);

        Assert.Equal(verdict, await VerdictAsync(await ForgeAsync(forgery, credential)));
        Assert.Equal("valid", await VerdictAsync(credential));
    }

    [Fact]
    public async Task An_issuer_that_nobody_here_knows_is_called_unknown()
    {
        var (_, credential) = await IssuedAsync(SignedForm.VcJwtEs256);
        using var key = PrivateKey.Generate(SignatureAlgorithm.ES256);
        var signer = LocalSigner.ForDidKey(key);
        var payload = Payload(credential, signer.VerificationMethod.Split('#')[0]);
        payload.Remove("credentialStatus");

        Assert.Equal("valid-issuer-unknown", await VerdictAsync(Encoding.ASCII.GetString(await VcJwt.SignAsync(Encoding.UTF8.GetBytes(payload.ToJsonString()), signer, VcJwtProfile.OpenBadges, CancellationToken.None))));
    }

    [Fact]
    public async Task A_badge_that_nobody_presented_has_no_holder_to_check_and_one_that_is_not_genuine_was_not_looked_at_so_far()
    {
        var (_, credential) = await IssuedAsync(SignedForm.VcJwtEs256);

        Assert.Equal("not-presented", await HolderAsync(credential));
        Assert.Equal("not-reached", await HolderAsync($"{credential[..^4]}AAAA"));
    }

    [Theory]
    [InlineData("did:web:badges.far.example:orgs:north", "could-not-be-checked")]
    [InlineData("did:web:localhost%3A1:orgs:north", "could-not-be-checked")]
    [InlineData("did:web:169.254.169.254:latest", "invalid")]
    public async Task An_issuer_whose_keys_may_not_be_asked_for_is_never_valid(string issuer, string verdict)
    {
        var (_, credential) = await IssuedAsync(SignedForm.VcJwtEs256);
        using var key = PrivateKey.Generate(SignatureAlgorithm.ES256);
        var payload = Payload(credential, issuer);
        payload.Remove("credentialStatus");

        Assert.Equal(verdict, await VerdictAsync(Encoding.ASCII.GetString(await VcJwt.SignAsync(Encoding.UTF8.GetBytes(payload.ToJsonString()), LocalSigner.For(issuer, key), VcJwtProfile.OpenBadges, CancellationToken.None))));
    }

    [Fact]
    public async Task A_school_that_is_not_here_has_no_keys_to_check_with()
    {
        var (_, credential) = await IssuedAsync(SignedForm.VcJwtEs256);
        using var key = PrivateKey.Generate(SignatureAlgorithm.ES256);
        var issuer = district.App.Settings.Address.DidOf("no-such-school");
        var payload = Payload(credential, issuer);
        payload.Remove("credentialStatus");

        Assert.Equal("could-not-be-checked", await VerdictAsync(Encoding.ASCII.GetString(await VcJwt.SignAsync(Encoding.UTF8.GetBytes(payload.ToJsonString()), LocalSigner.For(issuer, key), VcJwtProfile.OpenBadges, CancellationToken.None))));
    }

    [Fact]
    public async Task Rotated_keys_leave_what_they_signed_valid()
    {
        var (_, before) = await IssuedAsync(SignedForm.VcJwtRs256);

        await district.App.Services.GetRequiredService<IssuerKeys>().RotateAsync(district.West, CancellationToken.None);

        var (_, after) = await IssuedAsync(SignedForm.VcJwtRs256);
        Assert.NotEqual(Header(before)["kid"]!.GetValue<string>(), Header(after)["kid"]!.GetValue<string>());
        Assert.Equal("valid", await VerdictAsync(before));
        Assert.Equal("valid", await VerdictAsync(after));
    }

    [Fact]
    public async Task A_badge_that_is_good_for_36_months_is_out_of_date_after_them()
    {
        await using var app = new TestApp();
        await app.InitializeAsync();
        var own = new TestDistrict(app);
        await own.PopulateAsync();
        var learner = await own.LearnerAsync();
        var (_, answer) = await own.ApprovedAsync(learner.Person);
        var credential = await TestDistrict.CredentialAsync(learner.Client, answer.Award!.Id, SignedForm.VcJwtEs256);
        Assert.Equal("valid", await VerdictAsync(app, Encoding.ASCII.GetBytes(credential)));

        app.Clock.Advance(TimeSpan.FromDays(37 * 31));

        Assert.Equal("expired", await VerdictAsync(app, Encoding.ASCII.GetBytes(credential)));
    }

    [Theory]
    [InlineData(0, 400, "request.body-missing")]
    [InlineData((4 * 1024 * 1024) + 1, 413, "request.too-large")]
    public async Task A_body_of_no_use_is_refused(int length, int status, string code)
    {
        using var anyone = district.App.Anonymous();
        using var answer = await anyone.PostAsync(new Uri("/api/verify", UriKind.Relative), new ByteArrayContent(new byte[length]));
        await answer.RefusesAsync(status, code);
    }

    [Fact]
    public async Task A_body_of_a_megabyte_is_read()
    {
        Assert.Equal("invalid", await VerdictAsync(new byte[1024 * 1024]));
        Assert.Equal("invalid", await VerdictAsync(Encoding.ASCII.GetBytes(new string('[', 1024 * 1024))));
        Assert.Equal("invalid", await VerdictAsync(Encoding.ASCII.GetBytes(new string('.', 1024 * 1024))));
        Assert.Equal("invalid", await VerdictAsync(Encoding.ASCII.GetBytes($"<svg xmlns=\"http://www.w3.org/2000/svg\">{string.Concat(Enumerable.Repeat("<g>", 300_000))}")));
    }

    private async Task<(string Award, string Credential)> IssuedAsync(string form)
    {
        var learner = await district.LearnerAsync();
        var (_, answer) = await district.ApprovedAsync(learner.Person);
        return (answer.Award!.Id, await TestDistrict.CredentialAsync(learner.Client, answer.Award.Id, form));
    }

    private async Task<string> HolderAsync(string credential)
    {
        using var anyone = district.App.Anonymous();
        using var answer = await anyone.PostAsync(new Uri("/api/verify", UriKind.Relative), new ByteArrayContent(Encoding.UTF8.GetBytes(credential)));
        var checks = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["checks"]!.AsArray();
        return checks.Single(check => check!["name"]!.GetValue<string>() == "holder")!["code"]!.GetValue<string>();
    }

    private Task<string> VerdictAsync(string credential) => VerdictAsync(district.App, Encoding.UTF8.GetBytes(credential));

    private Task<string> VerdictAsync(byte[] credential) => VerdictAsync(district.App, credential);

    private static async Task<string> VerdictAsync(TestApp app, byte[] credential)
    {
        using var anyone = app.Anonymous();
        using var answer = await anyone.PostAsync(new Uri("/api/verify", UriKind.Relative), new ByteArrayContent(credential));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!["verdict"]!.GetValue<string>();
    }

    private async Task<byte[]> ForgeAsync(string forgery, string credential)
    {
        var header = Header(credential);
        var parts = credential.Split('.');
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]));
        var text = forgery switch
        {
            "a level raised" => $"{parts[0]}.{Part(payload.Replace("/proficient\"", "/advanced\"", StringComparison.Ordinal))}.{parts[2]}",
            "a signature changed" => $"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(new byte[64])}",
            "alg none" => $"{Part(With(header, "alg", "none"))}.{parts[1]}.{parts[2]}",
            "alg none without signature" => $"{Part(With(header, "alg", "none"))}.{parts[1]}.",
            "HS256 with the public key" => Hmac(With(header, "alg", "HS256"), parts[1], await PublicKeyAsync(header)),
            "HS256 with the JWKS" => Hmac(With(header, "alg", "HS256"), parts[1], await JwksAsync()),
            "another algorithm of the same key" => $"{Part(With(header, "alg", "RS256"))}.{parts[1]}.{parts[2]}",
            "a key of one's own under the school's kid" => Sign(header, parts[1], foreign),
            "a key of one's own in the header" => Sign(WithKey(header, foreign), parts[1], foreign),
            "a foreign kid" => Sign(With(header, "kid", "did:web:evil.example#key-1"), parts[1], foreign),
            "another school's key that claims this school" => await AsOtherSchoolAsync(credential),
            "no kid" => Sign(Without(header, "kid"), parts[1], foreign),
            "crit" => Sign(WithCrit(header), parts[1], foreign),
            "garbage" => "not a badge",
            "an empty object" => "{}",
            "10,000 levels of nesting" => string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000),
            "not UTF-8" => "",
            _ => "\u001F\u008B\u0008",
        };
        return text.Length == 0 ? [0xFF, 0xFE, (byte)'{'] : Encoding.UTF8.GetBytes(text);
    }

    private async Task<string> AsOtherSchoolAsync(string credential)
    {
        var keys = await district.App.Services.GetRequiredService<IssuerKeys>().ActiveAsync(district.East, CancellationToken.None);
        var payload = JsonNode.Parse(Base64Url.DecodeFromChars(credential.Split('.')[1]))!;
        var claimed = Payload(credential, payload["issuer"]!["id"]!.GetValue<string>());
        return Encoding.ASCII.GetString(await VcJwt.SignAsync(Encoding.UTF8.GetBytes(claimed.ToJsonString()), keys.For(SignatureAlgorithm.ES256).Signer, VcJwtProfile.OpenBadges, CancellationToken.None));
    }

    private async Task<byte[]> PublicKeyAsync(JsonObject header)
    {
        var keys = await district.App.Services.GetRequiredService<IssuerKeys>().ActiveAsync(district.West, CancellationToken.None);
        Assert.EndsWith(keys.For(SignatureAlgorithm.ES256).Read.Id, header["kid"]!.GetValue<string>(), StringComparison.Ordinal);
        return Encoding.ASCII.GetBytes(keys.For(SignatureAlgorithm.ES256).Public.Multikey!);
    }

    private async Task<byte[]> JwksAsync()
    {
        var west = (await district.Store.FindAsync(OrganizationDocuments.Kind, district.West.Value, CancellationToken.None))!.Document;
        using var anyone = district.App.Anonymous();
        return await anyone.GetByteArrayAsync(new Uri($"/orgs/{west.Slug}/jwks.json", UriKind.Relative));
    }

    private static JsonObject Payload(string credential, string issuer)
    {
        var payload = JsonNode.Parse(Base64Url.DecodeFromChars(credential.Split('.')[1]))!.AsObject();
        foreach (var claim in (string[])["iss", "sub", "jti", "nbf", "exp", "iat"])
        {
            payload.Remove(claim);
        }

        payload["issuer"]!["id"] = issuer;
        return payload;
    }

    private static JsonObject Header(string credential) => JsonNode.Parse(Base64Url.DecodeFromChars(credential.Split('.')[0]))!.AsObject();

    private static JsonObject With(JsonObject header, string member, string value)
    {
        header[member] = value;
        return header;
    }

    private static JsonObject Without(JsonObject header, string member)
    {
        header.Remove(member);
        return header;
    }

    private static JsonObject WithKey(JsonObject header, ECDsa key)
    {
        var point = key.ExportParameters(false).Q;
        header.Remove("kid");
        header["jwk"] = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y) };
        return header;
    }

    private static JsonObject WithCrit(JsonObject header)
    {
        header["crit"] = new JsonArray("b64");
        header["b64"] = false;
        return header;
    }

    private static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string Part(JsonObject part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    private static string Sign(JsonObject header, string payload, ECDsa key)
    {
        var text = $"{Part(header)}.{payload}";
        return $"{text}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
    }

    private static string Hmac(JsonObject header, string payload, byte[] key)
    {
        var text = $"{Part(header)}.{payload}";
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text)))}";
    }
}
