using System.Net;
using System.Text.Json.Nodes;

namespace SkillBadges.App.Tests.Verification;

/// <summary>What strangers post to <c>/api/verify</c>: every one is answered with a report, small and soon.</summary>
public sealed class HostileCredentialTests(TestApp app) : IClassFixture<TestApp>
{
    [Theory]
    [InlineData("""{"id":"\ud800","@context":[]}""", "json.not-unicode")]
    [InlineData("""{"id":"https://localhost/\udc00","proof":{}}""", "json.not-unicode")]
    [InlineData("""{"id":"\u0000","issuer":"\u0000"}""", "shape-context")]
    [InlineData("""{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":"did:web:\u0000","credentialSubject":{"id":"urn:a:1"}}""", "shape-issuer")]
    [InlineData("""{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":"did:example:1","credentialSubject":{"id":"urn:a:1"},"name":"\u0000"}""", "proof-missing")]
    [InlineData("[]", "format-unknown")]
    [InlineData("eyJ.", "jwt.segments")]
    public async Task Text_that_is_none_is_an_answer_and_no_fault(string body, string code)
    {
        using var client = app.Anonymous();
        using var answer = await client.PostAsync(new Uri("/api/verify", UriKind.Relative), new StringContent(body));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var report = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(("invalid", code), (report["verdict"]!.GetValue<string>(), report["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_megabyte_of_nothing_is_answered_with_less()
    {
        using var client = app.Anonymous();
        var body = $$"""{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"verifiableCredential":[{{string.Join(',', Enumerable.Repeat("{}", 300_000))}}]}""";
        using var answer = await client.PostAsync(new Uri("/api/verify", UriKind.Relative), new StringContent(body));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.InRange((await answer.Content.ReadAsByteArrayAsync()).Length, 1, body.Length);
    }

    [Fact]
    public async Task A_long_name_is_cut_in_the_answer()
    {
        using var client = app.Anonymous();
        var body = $$"""{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":"did:example:1","name":"{{new string('n', 500_000)}}","credentialSubject":{"id":"urn:a:1"} }""";
        using var answer = await client.PostAsync(new Uri("/api/verify", UriKind.Relative), new StringContent(body));

        Assert.InRange((await answer.Content.ReadAsByteArrayAsync()).Length, 1, 20_000);
    }
}
