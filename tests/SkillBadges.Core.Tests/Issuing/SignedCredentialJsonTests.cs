using System.Text;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Issuing;

public sealed class SignedCredentialJsonTests : IDisposable
{
    private readonly IssuingWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task What_was_signed_comes_back_character_for_character_and_its_claims_are_kept_once()
    {
        var award = await world.IssueAsync();
        var intent = await world.GetAsync(IssuanceIntentDocuments.Kind, award.Credential.Value);
        var keys = await world.Node.Keys.ActiveAsync(world.School.Id, default);
        var signed = await IntentSigning.SignAsync(intent.Recorded, keys, world.Clock.Now(), default);

        var body = SignedCredentialDocuments.Kind.Write(signed);
        var read = (SignedCredential)SignedCredentialDocuments.Kind.Read(body, 1);

        Assert.Equal(signed.Forms.AsEnumerable(), read.Forms);
        Assert.Equal((signed.Credential, signed.SignedAt), (read.Credential, read.SignedAt));

        // Once for the two tokens, once for the proof of its own.
        Assert.Equal(3, Encoding.UTF8.GetString(body).Split("\\\"credentialSubject\\\"").Length);
    }

    [Theory]
    [InlineData("{\"a\": \"b.c.d\"}")]
    [InlineData("eyJhIjoxfQ.eyJhIjoxfQ==.AAAA")]
    [InlineData("eyJhIjoxfQ.eyJhIjoxfR.AAAA")]
    [InlineData("eyJhIjoxfQ.gICA.AAAA")]
    [InlineData("eyJhIjoxfQ.AAAA.AAAA")]
    [InlineData("eyJhIjoxfQ..")]
    [InlineData("a.b")]
    [InlineData("\u00e9.\ud83d\ude00.\u0001\"\\")]
    public void A_text_that_is_no_plain_token_comes_back_too(string text)
    {
        var signed = new SignedCredential(CredentialId.From("c"), [new("one", "did:web:a#k", text), new("two", "did:web:a#k", text)], DateTimeOffset.UnixEpoch);

        var read = (SignedCredential)SignedCredentialDocuments.Kind.Read(SignedCredentialDocuments.Kind.Write(signed), 1);

        Assert.Equal(signed.Forms.AsEnumerable(), read.Forms);
    }

    [Fact]
    public void A_body_that_holds_whole_tokens_is_read_as_before()
    {
        var read = (SignedCredential)SignedCredentialDocuments.Kind.Read(
            """{"credential":"c","forms":[{"name":"vc-jwt-es256","keyId":"did:web:a#k","text":"eyJhIjoxfQ.eyJhIjoxfQ.AAAA"}],"signedAt":"2026-11-01T00:00:00.000000Z"}"""u8, 1);

        Assert.Equal("eyJhIjoxfQ.eyJhIjoxfQ.AAAA", Assert.Single(read.Forms).Text);
    }

    [Fact]
    public async Task Half_of_a_pair_is_refused_in_what_is_signed_as_anywhere()
    {
        var award = await world.PrepareAsync();
        var intent = await world.GetAsync(IssuanceIntentDocuments.Kind, award.Credential.Value);

        var refused = Assert.Throws<RefusedException>(() => IssuanceIntentDocuments.Kind.Write(intent with { Payload = "{\"a\":\"\ud800\"}" }));

        Assert.Equal("storage.text-not-storable", refused.Code);
    }
}
