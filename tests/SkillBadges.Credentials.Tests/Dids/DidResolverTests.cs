using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.Keys;

namespace SkillBadges.Credentials.Tests.Dids;

public sealed class DidResolverTests
{
    [Fact]
    public async Task A_did_key_resolves_without_asking_anyone()
    {
        using var key = PrivateKey.Generate(SignatureAlgorithm.ES256);
        var resolution = await Resolver(_ => throw new InvalidOperationException("asked")).ResolveAsync(DidKey.Of(key.Public), CancellationToken.None);
        Assert.Equal(DidResolutionStatus.Resolved, resolution.Status);
        var method = Assert.Single(resolution.Document!.ForAssertion);
        Assert.Equal(key.Public, method.Key);
        Assert.Equal(LocalSigner.ForDidKey(key).VerificationMethod, method.Id);
    }

    [Theory]
    [InlineData("did:key:", "key.malformed")]
    [InlineData("did:key:z6Mk", "key.unsupported")]
    [InlineData("did:key:u7QE", "key.malformed")]
    [InlineData("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK#x", "key.malformed")]
    [InlineData("did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme", "key.unsupported")]
    [InlineData("did:web:127.0.0.1", "did.malformed")]
    [InlineData("did:web:", "did.malformed")]
    public async Task A_name_that_is_no_name_is_malformed_and_nobody_is_asked(string did, string code)
    {
        var resolution = await Resolver(_ => throw new InvalidOperationException("asked")).ResolveAsync(did, CancellationToken.None);
        Assert.Equal(DidResolution.Malformed(code), resolution);
    }

    [Theory]
    [InlineData("did:ion:abc")]
    [InlineData("did:KEY:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK")]
    [InlineData("https://school.example")]
    [InlineData("")]
    public async Task Another_method_is_not_supported(string did)
    {
        Assert.Equal(
            DidResolution.Failed(DidResolutionStatus.MethodNotSupported),
            await Resolver(_ => throw new InvalidOperationException("asked")).ResolveAsync(did, CancellationToken.None));
    }

    [Theory]
    [InlineData(FetchStatus.NotFound, DidResolutionStatus.NotFound)]
    [InlineData(FetchStatus.Unreachable, DidResolutionStatus.Unreachable)]
    [InlineData(FetchStatus.NotAllowed, DidResolutionStatus.NotAllowed)]
    public async Task What_the_fetch_says_is_passed_on(FetchStatus fetched, DidResolutionStatus expected)
    {
        var resolution = await Resolver(_ => new Fetched(fetched, default)).ResolveAsync("did:web:a.example", CancellationToken.None);
        Assert.Equal(expected, resolution.Status);
    }

    [Fact]
    public async Task The_document_of_another_identifier_is_not_taken()
    {
        using var key = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        var document = DidDocument.For("did:web:b.example", [VerificationMethod.For("did:web:b.example", key.Public, null)]).Write();
        Uri? asked = null;
        var resolver = Resolver(url =>
        {
            asked = url;
            return Fetched.Found(document);
        });
        Assert.Equal(DidResolution.Malformed("did.document-of-another"), await resolver.ResolveAsync("did:web:a.example:x", CancellationToken.None));
        Assert.Equal("https://a.example/x/did.json", asked!.AbsoluteUri);
        Assert.Equal(DidResolutionStatus.Resolved, (await resolver.ResolveAsync("did:web:b.example", CancellationToken.None)).Status);
    }

    private static DidResolver Resolver(Func<Uri, Fetched> fetch) => new((url, _) => ValueTask.FromResult(fetch(url)), []);
}
