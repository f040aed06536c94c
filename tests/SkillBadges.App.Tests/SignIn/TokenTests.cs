using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.SignIn;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.SignIn;

/// <summary>Tokens that are almost right.</summary>
public sealed class TokenTests(TestApp app) : IClassFixture<TestApp>
{
    public static readonly TheoryData<string> Forgeries =
    [
        "alg none", "alg None", "alg nOnE", "no signature", "HS256 with the public key", "HS256 with the JWKS", "another key", "another key under our kid", "key in the header",
        "jku in the header", "signature of another token", "subject swapped", "expired", "no exp", "exp as text", "another audience", "audience of another service", "another issuer", "no issuer", "issuer twice",
        "typ JWT", "typ absent", "typ of a credential", "kid of nobody", "no kid", "crit", "an ended session", "a session of another person", "no session", "four parts", "two parts", "garbage", "empty", "a JWE",
    ];

    [Fact]
    public async Task The_honest_token_passes_so_that_the_forgeries_fail_for_their_own_fault()
    {
        var token = await app.TokenAsync(await app.PersonAsync());

        Assert.Equal(200, await StatusAsync(token));
        Assert.Equal(200, await StatusAsync(await ForgeAsync("nothing", await app.PersonAsync())));
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_token_that_is_almost_right_is_refused(string forgery)
    {
        var token = await ForgeAsync(forgery, await app.PersonAsync());
        using var client = app.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");

        using var answer = await client.SendAsync(request);

        await answer.RefusesAsync(401, "session.required");
    }

    [Theory]
    [InlineData("Basic YTpi")]
    [InlineData("Bearer")]
    [InlineData("bearer  ")]
    [InlineData("Negotiate x")]
    public async Task Another_scheme_than_bearer_signs_nobody_in(string header)
    {
        using var client = app.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);

        Assert.Equal(401, await client.StatusAsync("/api/me"));
    }

    [Fact]
    public async Task A_token_in_the_address_signs_nobody_in()
    {
        using var client = app.Anonymous();

        Assert.Equal(401, await client.StatusAsync($"/api/me?access_token={await app.TokenAsync(await app.PersonAsync())}"));
    }

    private async Task<int> StatusAsync(string token)
    {
        using var client = app.With(token);
        return await client.StatusAsync("/api/me");
    }

    private async Task<string> ForgeAsync(string forgery, PersonId person)
    {
        var honest = await app.TokenAsync(person);
        var (header, payload, signature) = Parts(honest);
        var ring = app.Services.GetRequiredService<SessionKeyRing>();
        var ours = ring.Known[0].ECDsa;
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        switch (forgery)
        {
            case "nothing":
                return Sign(header, payload, ours);
            case "alg none" or "alg None" or "alg nOnE":
                header["alg"] = forgery[4..];
                return $"{Part(header)}.{Part(payload)}.";
            case "no signature":
                return honest[..(honest.LastIndexOf('.') + 1)];
            case "HS256 with the public key":
                return Hmac(header, payload, ours.ExportSubjectPublicKeyInfo());
            case "HS256 with the JWKS":
                using (var client = app.Anonymous())
                {
                    return Hmac(header, payload, await client.GetByteArrayAsync(new Uri("/.well-known/jwks.json", UriKind.Relative)));
                }

            case "another key":
                header["kid"] = "another";
                return Sign(header, payload, foreign);
            case "another key under our kid":
                return Sign(header, payload, foreign);
            case "key in the header":
                var point = foreign.ExportParameters(false).Q;
                header.Remove("kid");
                header["jwk"] = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y) };
                return Sign(header, payload, foreign);
            case "jku in the header":
                header["jku"] = "https://evil.example/jwks.json";
                return Sign(header, payload, foreign);
            case "signature of another token":
                return $"{Part(header)}.{Part(payload)}.{Parts(await app.TokenAsync(person)).Signature}";
            case "subject swapped":
                payload["sub"] = (await app.PersonAsync()).Value;
                return $"{Part(header)}.{Part(payload)}.{signature}";
            case "expired":
                payload["exp"] = app.Clock.GetUtcNow().ToUnixTimeSeconds() - 1;
                break;
            case "no exp":
                payload.Remove("exp");
                break;
            case "exp as text":
                payload["exp"] = "never";
                break;
            case "another audience":
                payload["aud"] = "https://evil.example/api";
                break;
            case "audience of another service":
                payload["aud"] = app.Settings.Address.BaseUrl;
                break;
            case "another issuer":
                payload["iss"] = "https://evil.example";
                break;
            case "no issuer":
                payload.Remove("iss");
                break;
            case "issuer twice":
                return Sign(header, payload.ToJsonString().Insert(1, "\"iss\":\"https://evil.example\","), foreign);
            case "typ JWT":
                header["typ"] = "JWT";
                break;
            case "typ absent":
                header.Remove("typ");
                break;
            case "typ of a credential":
                header["typ"] = "vc+jwt";
                break;
            case "kid of nobody":
                header["kid"] = "nobody";
                break;
            case "no kid":
                header.Remove("kid");
                break;
            case "crit":
                header["crit"] = new JsonArray("b64");
                header["b64"] = false;
                return Sign(header, payload, foreign);
            case "an ended session":
                payload["sid"] = "AAAAAAAAAAAAAAAAAAAAAA";
                break;
            case "a session of another person":
                payload["sid"] = (string?)Parts(await app.TokenAsync(await app.PersonAsync())).Payload["sid"];
                break;
            case "no session":
                payload.Remove("sid");
                break;
            case "four parts":
                return honest + ".x";
            case "two parts":
                return honest[..honest.LastIndexOf('.')];
            case "garbage":
                return "not.a.token";
            case "empty":
                return "";
            case "a JWE":
                return "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA";
            default:
                throw new InvalidOperationException(forgery);
        }

        // Well signed by our own key: only what was changed can be its fault.
        return Sign(header, payload, ours);
    }

    private static (JsonObject Header, JsonObject Payload, string Signature) Parts(string token)
    {
        var parts = token.Split('.');
        return (JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!.AsObject(), JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject(), parts[2]);
    }

    private static string Part(JsonObject part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    private static string Sign(JsonObject header, JsonObject payload, ECDsa key) => Sign(header, payload.ToJsonString(), key);

    private static string Sign(JsonObject header, string payload, ECDsa key)
    {
        var text = $"{Part(header)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        return $"{text}.{Base64Url.EncodeToString(key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256))}";
    }

    private static string Hmac(JsonObject header, JsonObject payload, byte[] key)
    {
        header["alg"] = "HS256";
        var text = $"{Part(header)}.{Part(payload)}";
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)))}";
    }
}
