using System.Text;
using System.Text.Json;
using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.Keys;

namespace SkillBadges.Credentials.Tests.Dids;

public sealed class DidDocumentTests
{
    private const string Did = "did:web:north.example";
    private const string Ed25519 = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";

    /// <summary>Members beside the id, then the code of the refusal.</summary>
    public static TheoryData<string, string> BadDocuments => new()
    {
        { """{}""", "did.document-malformed" },
        { """{"id":7}""", "did.document-malformed" },
        { """{"id":"did:web:other.example"}""", "did.document-of-another" },
        { """{"id":"did:web:north.example:x"}""", "did.document-of-another" },
        { """{"id":"did:web:NORTH.example"}""", "did.document-of-another" },
        { """{"id":"did:web:north.example","id":"did:web:north.example"}""", "json.duplicate-member" },
        { """{"id":"did:web:north.example","verificationMethod":{}}""", "did.document-malformed" },
        { """{"id":"did:web:north.example","verificationMethod":[7]}""", "did.document-malformed" },
        { """{"id":"did:web:north.example","verificationMethod":[{"type":"Multikey"}]}""", "did.document-malformed" },
        { """{"id":"did:web:north.example","verificationMethod":[{"id":"#a"},{"id":"did:web:north.example#a"}]}""", "did.document-malformed" },
        { """{"id":"did:web:north.example","assertionMethod":"#a"}""", "did.document-malformed" },
        { """{"id":"did:web:north.example","assertionMethod":[1]}""", "did.document-malformed" },
        { """[]""", "json.malformed" },
        { "", "json.malformed" },
    };

    /// <summary>Members of a method, then why its key is not used.</summary>
    public static TheoryData<string, string> UnusableMethods => new()
    {
        { $$"""{"id":"#k","type":"Multikey","controller":"did:web:other.example","publicKeyMultibase":"{{Ed25519}}"}""", "did.controlled-by-another" },
        { $$"""{"id":"#k","type":"Multikey","publicKeyMultibase":"{{Ed25519}}"}""", "did.controlled-by-another" },
        { $$"""{"id":"did:web:other.example#k","type":"Multikey","controller":"did:web:north.example","publicKeyMultibase":"{{Ed25519}}"}""", "did.id-of-another" },
        { $$"""{"id":"did:web:north.example.evil#k","type":"Multikey","controller":"did:web:north.example","publicKeyMultibase":"{{Ed25519}}"}""", "did.id-of-another" },
        { """{"id":"#k","type":"Multikey","controller":"did:web:north.example"}""", "key.unsupported" },
        { """{"id":"#k","type":"Multikey","controller":"did:web:north.example","publicKeyMultibase":7}""", "key.unsupported" },
        { """{"id":"#k","type":"Multikey","controller":"did:web:north.example","publicKeyMultibase":"z0"}""", "key.malformed" },
        { $$"""{"id":"#k","type":"Multikey","controller":"did:web:north.example","publicKeyMultibase":"{{Ed25519}}","publicKeyJwk":7}""", "key.malformed" },
        { """{"id":"#k","type":"JsonWebKey","controller":"did:web:north.example","publicKeyJwk":{"kty":"oct"}}""", "key.unsupported" },
        { """{"id":"#k","type":"JsonWebKey","controller":"did:web:north.example","publicKeyJwk":{"kty":"oct","k":"AA"}}""", "key.private" },
        { $$"""{"id":"#k","type":"Multikey","controller":"did:web:north.example","publicKeyMultibase":"{{Ed25519}}","revoked":"soon"}""", "key.malformed" },
        { $$"""{"id":"#k","type":"Multikey","controller":"did:web:north.example","publicKeyMultibase":"{{Ed25519}}","expires":null}""", "key.malformed" },
    };

    [Fact]
    public void A_document_comes_back_with_its_keys_and_their_purposes()
    {
        using var ed25519 = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        using var rsa = PrivateKey.Generate(SignatureAlgorithm.RS256);
        using var p256 = PrivateKey.Generate(SignatureAlgorithm.ES256);
        var revoked = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
        var document = DidDocument.For(Did, [
            VerificationMethod.For(Did, ed25519.Public, null),
            VerificationMethod.For(Did, rsa.Public, null),
            VerificationMethod.For(Did, p256.Public, revoked),
            VerificationMethod.For(Did, p256.Public, KeyForm.Multikey, null)]);
        var read = DidDocument.Read(document.Write(), Did);
        Assert.Equal(document.Methods.AsEnumerable(), read.Methods);
        Assert.Equal(4, read.ForAssertion.Count());
        Assert.Equal(4, read.ForAuthentication.Count());
        Assert.Empty(read.Unusable);
        Assert.Equal(
            [$"{Did}#{ed25519.Public.Multikey}", $"{Did}#{rsa.Public.Thumbprint}", $"{Did}#{p256.Public.Thumbprint}", $"{Did}#{p256.Public.Multikey}"],
            read.Methods.Select(method => method.Id));
        Assert.Equal(revoked, read.Methods[2].Revoked);
    }

    [Fact]
    public void Purposes_are_absolute_strings()
    {
        using var key = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        using var json = JsonDocument.Parse(DidDocument.For(Did, [VerificationMethod.For(Did, key.Public, null)]).Write());
        Assert.Equal($"{Did}#{key.Public.Multikey}", json.RootElement.GetProperty("assertionMethod")[0].GetString());
        Assert.Equal(Did, json.RootElement.GetProperty("verificationMethod")[0].GetProperty("controller").GetString());
    }

    [Fact]
    public void A_jwk_set_names_each_key_by_its_did_url()
    {
        using var key = PrivateKey.Generate(SignatureAlgorithm.ES384);
        using var json = JsonDocument.Parse(JwkSet.Write([VerificationMethod.For(Did, key.Public, null)]));
        var jwk = json.RootElement.GetProperty("keys")[0];
        Assert.Equal($"{Did}#{key.Public.Thumbprint}", jwk.GetProperty("kid").GetString());
        Assert.Equal(key.Public, PublicKey.FromJwk(jwk));
    }

    [Fact]
    public void A_key_that_is_not_listed_for_assertion_signs_no_credentials()
    {
        var read = Read($$"""{"id":"{{Did}}","verificationMethod":[{"id":"#k","type":"Multikey","controller":"{{Did}}","publicKeyMultibase":"{{Ed25519}}"}],"authentication":["#k"]}""");
        Assert.Empty(read.ForAssertion);
        Assert.Single(read.ForAuthentication);
    }

    [Fact]
    public void A_key_embedded_in_a_purpose_counts_for_that_purpose_alone()
    {
        var read = Read($$"""{"id":"{{Did}}","assertionMethod":[{"id":"{{Did}}#k","type":"Multikey","controller":"{{Did}}","publicKeyMultibase":"{{Ed25519}}"}]}""");
        Assert.Single(read.ForAssertion);
        Assert.Empty(read.ForAuthentication);
    }

    [Fact]
    public void An_assertion_method_of_another_identifier_brings_no_key()
    {
        Assert.Empty(Read($$"""{"id":"{{Did}}","assertionMethod":["did:key:{{Ed25519}}#{{Ed25519}}"]}""").ForAssertion);
    }

    [Fact]
    public void A_document_with_a_hundred_keys_is_refused()
    {
        var methods = string.Join(',', Enumerable.Range(0, 100).Select(number => $$"""{"id":"#{{number}}"}"""));
        Assert.Equal("did.document-malformed", Assert.Throws<MalformedException>(() => Read($$"""{"id":"{{Did}}","verificationMethod":[{{methods}}]}""")).Code);
    }

    [Theory]
    [MemberData(nameof(BadDocuments))]
    public void A_document_that_bends_the_rules_is_refused(string json, string code)
    {
        Assert.Equal(code, Assert.Throws<MalformedException>(() => Read(json)).Code);
    }

    [Theory]
    [MemberData(nameof(UnusableMethods))]
    public void A_key_that_cannot_be_used_is_set_aside_with_the_reason(string method, string code)
    {
        var read = Read($$"""{"id":"{{Did}}","verificationMethod":[{{method}}],"assertionMethod":["#k"]}""");
        Assert.Empty(read.Methods);
        Assert.Equal(code, Assert.Single(read.Unusable).Code);
    }

    private static DidDocument Read(string json) => DidDocument.Read(Encoding.UTF8.GetBytes(json), Did);
}
