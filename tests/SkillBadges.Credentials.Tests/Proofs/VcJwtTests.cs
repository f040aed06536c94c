using System.Text;
using System.Text.Json;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Credentials.Tests.Proofs;

public sealed class VcJwtTests
{
    private const string GoodHeader = """{"alg":"ES256","kid":"did:web:a.example#k","typ":"JWT"}""";

    public static TheoryData<SignatureAlgorithm, VcJwtProfile> Kinds
    {
        get
        {
            var kinds = new TheoryData<SignatureAlgorithm, VcJwtProfile>();
            foreach (var algorithm in Enum.GetValues<SignatureAlgorithm>())
            {
                kinds.Add(algorithm, VcJwtProfile.OpenBadges);
                kinds.Add(algorithm, VcJwtProfile.VcJose);
            }

            return kinds;
        }
    }

    /// <summary>Header, then the code of the refusal.</summary>
    public static TheoryData<string, string> BadHeaders => new()
    {
        { """{"alg":"none","typ":"JWT"}""", "jwt.alg-none" },
        { """{"alg":"None","typ":"JWT"}""", "jwt.alg-none" },
        { """{"alg":"NONE","typ":"JWT"}""", "jwt.alg-none" },
        { """{"alg":"nOnE","typ":"JWT"}""", "jwt.alg-none" },
        { """{"alg":"","typ":"JWT"}""", "jwt.alg-refused" },
        { """{"alg":" ES256","typ":"JWT"}""", "jwt.alg-refused" },
        { """{"alg":"es256","typ":"JWT"}""", "jwt.alg-refused" },
        { """{"alg":"HS256","typ":"JWT"}""", "jwt.alg-refused" },
        { """{"alg":"HS384","typ":"JWT"}""", "jwt.alg-refused" },
        { """{"alg":"HS512","typ":"JWT"}""", "jwt.alg-refused" },
        { """{"alg":"ES512","typ":"JWT"}""", "jwt.alg-refused" },
        { """{"alg":"ES256K","typ":"JWT"}""", "jwt.alg-refused" },
        { """{"alg":"PS256","typ":"JWT"}""", "jwt.alg-refused" },
        { """{"alg":"RS1","typ":"JWT"}""", "jwt.alg-refused" },
        { """{"alg":"dir","enc":"A128GCM"}""", "jwt.encrypted" },
        { """{"alg":"ES256","zip":"DEF"}""", "jwt.encrypted" },
        { """{"alg":["ES256"],"typ":"JWT"}""", "jwt.header-malformed" },
        { """{"alg":256,"typ":"JWT"}""", "jwt.header-malformed" },
        { """{"alg":null,"typ":"JWT"}""", "jwt.header-malformed" },
        { """{"typ":"JWT"}""", "jwt.header-malformed" },
        { """{"ALG":"ES256","typ":"JWT"}""", "jwt.header-malformed" },
        { """{"alg":"ES256","kid":7}""", "jwt.header-malformed" },
        { """{"alg":"ES256","kid":null}""", "jwt.header-malformed" },
        { """{"alg":"ES256","typ":1}""", "jwt.header-malformed" },
        { """{"alg":"ES256","typ":"at+jwt"}""", "jwt.typ" },
        { """{"alg":"ES256","typ":"sd+jwt"}""", "jwt.typ" },
        { """{"alg":"ES256","typ":"jwt"}""", "jwt.typ" },
        { """{"alg":"ES256","typ":"vc+jwt","cty":"vp"}""", "jwt.cty" },
        { """{"alg":"ES256","typ":"JWT","cty":"vc"}""", "jwt.cty" },
        { """{"alg":"ES256","crit":["exp"],"typ":"JWT"}""", "jwt.crit" },
        { """{"alg":"ES256","crit":[],"typ":"JWT"}""", "jwt.crit" },
        { """{"alg":"ES256","b64":false,"typ":"JWT"}""", "jwt.b64" },
        { """{"alg":"ES256","b64":true,"typ":"JWT"}""", "jwt.b64" },
        { """{"alg":"ES256","b64":false,"crit":["b64"]}""", "jwt.crit" },
        { """{"alg":"ES256","alg":"none"}""", "json.duplicate-member" },
        { """{"alg":"ES256","\u0061lg":"none"}""", "json.duplicate-member" },
        { """{"alg":"ES256","kid":"a","kid":"b"}""", "json.duplicate-member" },
        { """{"alg":"ES256","kid":"\ud800"}""", "json.not-unicode" },
        { """{"alg":"ES256","jwk":{"kty":"EC","crv":"P-256","x":"AA","y":"AA","d":"AA"}}""", "jwt.jwk" },
        { """{"alg":"ES256","jwk":"x"}""", "jwt.jwk" },
        { """{"alg":"ES256",}""", "json.malformed" },
        { """{"alg":"ES256"} """ + "x", "json.malformed" },
        { """{"alg":"ES256"}{"alg":"none"}""", "json.malformed" },
        { """/**/{"alg":"ES256"}""", "json.malformed" },
        { """["alg","ES256"]""", "json.malformed" },
        { "\uFEFF{\"alg\":\"ES256\"}", "json.malformed" },
        { "", "json.malformed" },
    };

    /// <summary>Payload, then the code of the refusal.</summary>
    public static TheoryData<string, string> BadPayloads => new()
    {
        { "", "json.malformed" },
        { "[]", "json.malformed" },
        { "\"text\"", "json.malformed" },
        { """{"iss":"a","iss":"b"}""", "json.duplicate-member" },
        { """{"credentialSubject":{"id":"a","id":"b"}}""", "json.duplicate-member" },
        { """{"credentialSubject":{"id":"a","\u0069d":"b"}}""", "json.duplicate-member" },
        { """{"vc":{}}""", "jwt.vc-claim" },
        { """{"vp":{}}""", "jwt.vc-claim" },
        { """{"a":1} {"b":2}""", "json.malformed" },
        { """{"a":"\udc00\ud800"}""", "json.not-unicode" },
        { """{"a":"\ud83d"}""", "json.not-unicode" },
        { """{"a":NaN}""", "json.malformed" },
        { """{"a":01}""", "json.malformed" },
        { "{\"a\":" + new string('[', 40) + new string(']', 40) + "}", "json.too-deep" },
        { "{\"a\":\"\u0001\"}", "json.malformed" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_signed_is_read_back_and_holds_only_for_its_key(SignatureAlgorithm algorithm, VcJwtProfile profile)
    {
        using var key = PrivateKey.Generate(algorithm);
        using var other = PrivateKey.Generate(algorithm);
        var signer = LocalSigner.For(SampleCredential.Issuer, key);
        using var token = VcJwt.Parse(await VcJwt.SignAsync(SampleCredential.Bytes(), signer, profile, CancellationToken.None));
        Assert.True(token.IsSignedBy(key.Public));
        Assert.False(token.IsSignedBy(other.Public));
        Assert.Equal(new VcJwtHeader(algorithm, signer.VerificationMethod, profile), token.Header);
        Assert.Equal(profile == VcJwtProfile.OpenBadges, token.Payload.TryGetProperty("iss", out _));
    }

    [Fact]
    public async Task The_open_badges_profile_repeats_the_credential_in_its_claims()
    {
        using var key = PrivateKey.Generate(SignatureAlgorithm.ES256);
        var credential = SampleCredential.Bytes(json => json["validUntil"] = "2028-05-01T00:00:00.900Z");
        using var token = VcJwt.Parse(await VcJwt.SignAsync(
            credential, LocalSigner.For(SampleCredential.Issuer, key), VcJwtProfile.OpenBadges, CancellationToken.None));
        Assert.Equal(SampleCredential.Issuer, token.Payload.GetProperty("iss").GetString());
        Assert.Equal(SampleCredential.Id, token.Payload.GetProperty("jti").GetString());
        Assert.Equal(SampleCredential.Subject, token.Payload.GetProperty("sub").GetString());
        Assert.Equal(SampleCredential.ValidFrom.ToUnixTimeSeconds(), token.Payload.GetProperty("nbf").GetInt64());
        Assert.Equal(1840752000, token.Payload.GetProperty("exp").GetInt64());
    }

    [Fact]
    public async Task The_header_holds_algorithm_key_and_type_and_nothing_else()
    {
        using var key = PrivateKey.Generate(SignatureAlgorithm.RS256);
        var jwt = await VcJwt.SignAsync(
            SampleCredential.Bytes(), LocalSigner.For(SampleCredential.Issuer, key), VcJwtProfile.OpenBadges, CancellationToken.None);
        using var header = JsonDocument.Parse(StrictBase64Url.Decode(jwt.AsSpan(0, jwt.AsSpan().IndexOf((byte)'.')))!);
        Assert.Equal(["alg", "kid", "typ"], header.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal($"{SampleCredential.Issuer}#{key.Public.Thumbprint}", header.RootElement.GetProperty("kid").GetString());
    }

    [Theory]
    [InlineData(VcJwtProfile.OpenBadges)]
    [InlineData(VcJwtProfile.VcJose)]
    public async Task The_credentials_own_bytes_are_signed_numbers_and_all(VcJwtProfile profile)
    {
        const string credential = """ { "issuer" : "did:web:a.example", "validFrom":"2026-05-01T12:00:00Z", "n":1.10, "e":1E400, "t":"é\u00e9" } """;
        using var key = PrivateKey.Generate(SignatureAlgorithm.ES256);
        using var token = VcJwt.Parse(await VcJwt.SignAsync(
            SampleCredential.Utf8(credential), LocalSigner.For("did:web:a.example", key), profile, CancellationToken.None));
        Assert.EndsWith(credential.Trim()[1..], Encoding.UTF8.GetString(token.PayloadBytes.Span).Trim(), StringComparison.Ordinal);
        Assert.Equal("1.10", token.Payload.GetProperty("n").GetRawText());
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("jti")]
    [InlineData("sub")]
    [InlineData("nbf")]
    [InlineData("exp")]
    [InlineData("vc")]
    [InlineData("aud")]
    public async Task A_credential_with_a_member_named_like_a_claim_is_not_signed(string name)
    {
        using var key = PrivateKey.Generate(SignatureAlgorithm.ES256);
        var fault = await Assert.ThrowsAsync<MalformedException>(async () => await VcJwt.SignAsync(
            SampleCredential.Bytes(json => json[name] = 1), LocalSigner.For("did:web:a.example", key), VcJwtProfile.OpenBadges, CancellationToken.None));
        Assert.Equal("jwt.reserved-member", fault.Code);
    }

    [Theory]
    [InlineData("issuer", "jwt.no-issuer")]
    [InlineData("validFrom", "jwt.no-valid-from")]
    public async Task A_credential_without_what_the_claims_repeat_is_not_signed(string missing, string code)
    {
        using var key = PrivateKey.Generate(SignatureAlgorithm.ES256);
        var fault = await Assert.ThrowsAsync<MalformedException>(async () => await VcJwt.SignAsync(
            SampleCredential.Bytes(json => json.Remove(missing)), LocalSigner.For("did:web:a.example", key), VcJwtProfile.OpenBadges, CancellationToken.None));
        Assert.Equal(code, fault.Code);
    }

    [Theory]
    [MemberData(nameof(BadHeaders))]
    public void A_header_that_bends_the_rules_is_refused_by_name(string header, string code)
    {
        Assert.Equal(code, CodeOf(Token(header, """{"issuer":"did:web:a.example"}""")));
    }

    [Theory]
    [MemberData(nameof(BadPayloads))]
    public void A_payload_that_bends_the_rules_is_refused_by_name(string payload, string code)
    {
        Assert.Equal(code, CodeOf(Token(GoodHeader, payload)));
    }

    [Theory]
    [InlineData("", "jwt.segments")]
    [InlineData(".", "jwt.segments")]
    [InlineData("a.b", "jwt.segments")]
    [InlineData("a.b.c.d", "jwt.segments")]
    [InlineData("a.b.c.d.e", "jwt.encrypted")]
    [InlineData("a.b.c.d.e.f", "jwt.segments")]
    [InlineData("..", "json.malformed")]
    [InlineData("{h}.{p}.", "jwt.signature-empty")]
    [InlineData("{h}.{p}.AAAA=", "jwt.base64url")]
    [InlineData("{h}.{p}.AAA=", "jwt.base64url")]
    [InlineData("{h}.{p}.AB", "jwt.base64url")]
    [InlineData("{h}.{p}.A", "jwt.base64url")]
    [InlineData("{h}.{p}.AA A", "jwt.base64url")]
    [InlineData("{h}.{p}.AAAA\n", "jwt.base64url")]
    [InlineData("{h}.{p}.AA+A", "jwt.base64url")]
    [InlineData(" {h}.{p}.AAAA", "jwt.base64url")]
    [InlineData("{h}==.{p}.AAAA", "jwt.base64url")]
    [InlineData("{h}.{p}==.AAAA", "jwt.base64url")]
    public void A_token_of_another_shape_is_refused_by_name(string pattern, string code)
    {
        var token = pattern
            .Replace("{h}", StrictBase64Url.Encode(Encoding.UTF8.GetBytes(GoodHeader)), StringComparison.Ordinal)
            .Replace("{p}", StrictBase64Url.Encode("{}"u8), StringComparison.Ordinal);
        Assert.Equal(code, CodeOf(token));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        Assert.Equal("json.not-utf8", CodeOf($"{StrictBase64Url.Encode(Encoding.UTF8.GetBytes(GoodHeader))}.{StrictBase64Url.Encode([(byte)'"', 0xFF, (byte)'"'])}.AAAA"));
    }

    [Fact]
    public void A_header_that_is_too_long_is_refused()
    {
        var header = "{\"alg\":\"ES256\",\"x\":\"" + new string('x', 9000) + "\"}";
        Assert.Equal("jwt.header-malformed", CodeOf(Token(header, "{}")));
    }

    [Fact]
    public void The_public_key_used_as_a_shared_secret_signs_nothing()
    {
        using var key = PrivateKey.Generate(SignatureAlgorithm.RS256);
        var input = Token("""{"alg":"HS256","typ":"JWT"}""", "{}");
        input = input[..input.LastIndexOf('.')];
        var secret = Encoding.ASCII.GetBytes(key.Public.Thumbprint);
        var forged = System.Security.Cryptography.HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(input));
        Assert.Equal("jwt.alg-refused", CodeOf($"{input}.{StrictBase64Url.Encode(forged)}"));
    }

    [Theory]
    [InlineData(SignatureAlgorithm.ES256, "ES384")]
    [InlineData(SignatureAlgorithm.ES256, "RS256")]
    [InlineData(SignatureAlgorithm.EdDSA, "ES256")]
    [InlineData(SignatureAlgorithm.RS256, "EdDSA")]
    public void A_header_that_names_another_algorithm_than_the_keys_is_not_signed_by_it(SignatureAlgorithm algorithm, string named)
    {
        using var key = PrivateKey.Generate(algorithm);
        var input = Token($$"""{"alg":"{{named}}","typ":"JWT"}""", "{}");
        input = input[..input.LastIndexOf('.')];
        using var token = VcJwt.Parse(Encoding.ASCII.GetBytes($"{input}.{StrictBase64Url.Encode(key.Sign(Encoding.ASCII.GetBytes(input)))}"));
        Assert.False(token.IsSignedBy(key.Public));
    }

    private static string Token(string header, string payload) =>
        $"{StrictBase64Url.Encode(Encoding.UTF8.GetBytes(header))}.{StrictBase64Url.Encode(Encoding.UTF8.GetBytes(payload))}.AAAA";

    private static string CodeOf(string token) =>
        Assert.Throws<MalformedException>(() => VcJwt.Parse(Encoding.UTF8.GetBytes(token))).Code;
}
