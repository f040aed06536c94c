using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SkillBadges.App.Tests.Http;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.App.Tests.Verification;

/// <summary>Threat T24: a presentation that was given once must not be good for a second time, for somebody else, or later.</summary>
public sealed partial class PresentationChallengeTests(TestApp app) : IClassFixture<TestApp>, IDisposable
{
    private static readonly DataIntegrity integrity = new(KnownContexts.Library);

    private readonly PrivateKey school = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
    private readonly PrivateKey learner = PrivateKey.Generate(SignatureAlgorithm.EdDSA);

    public void Dispose()
    {
        school.Dispose();
        learner.Dispose();
    }

    [Fact]
    public async Task An_answer_proves_the_holder_once()
    {
        var (challenge, domain) = await AskAsync("{}");
        var answer = await AnswerAsync(challenge, domain);

        var first = await CheckedAsync(answer, challenge);

        Assert.Equal(("valid-issuer-unknown", "proven"), (Text(first, "verdict"), Text(first, "holder")));
        Assert.Equal(app.Settings.Address.BaseUrl, domain);
        Assert.True(challenge.Length >= 22, "128 bits are 22 characters.");
        using var replay = await SendAsync(answer, challenge);
        await replay.RefusesAsync(409, "presentation-challenge.used");
    }

    [Fact]
    public async Task A_token_can_answer_too_for_the_audience_that_was_named()
    {
        var (challenge, domain) = await AskAsync("""{"domain":"employer.example"}""");
        var presentation = await PresentationAsync();
        (presentation["nonce"], presentation["aud"]) = (challenge, domain);
        var token = Encoding.ASCII.GetString(await VcJwt.SignAsync(Bytes(presentation), LocalSigner.ForDidKey(learner), VcJwtProfile.VpJose, CancellationToken.None));

        var report = await CheckedAsync(token, challenge);

        Assert.Equal(("employer.example", "proven"), (domain, Text(report, "holder")));
    }

    [Theory]
    [InlineData(false, true, "proof.challenge-mismatch")]
    [InlineData(true, false, "proof.domain-mismatch")]
    public async Task An_answer_to_another_question_or_for_another_is_refused_and_spends_the_question(bool isChallenge, bool isDomain, string code)
    {
        var (challenge, domain) = await AskAsync("{}");
        var (others, _) = await AskAsync("{}");

        var report = await CheckedAsync(await AnswerAsync(isChallenge ? challenge : others, isDomain ? domain : "evil.example"), challenge);

        Assert.Equal(("invalid", "not-proven", code), (Text(report, "verdict"), Text(report, "holder"), Text(report, "code")));
        using var again = await SendAsync(await AnswerAsync(challenge, domain), challenge);
        await again.RefusesAsync(409, "presentation-challenge.used");
    }

    [Fact]
    public async Task An_answer_that_comes_after_five_minutes_is_refused()
    {
        var (challenge, domain) = await AskAsync("{}");
        var answer = await AnswerAsync(challenge, domain);
        app.Clock.Advance(TimeSpan.FromMinutes(5));

        using var late = await SendAsync(answer, challenge);

        await late.RefusesAsync(410, "presentation-challenge.expired");
    }

    [Fact]
    public async Task A_question_that_was_never_asked_is_not_found()
    {
        using var foreign = await SendAsync(await AnswerAsync("k3JmF0Y2hhbGxlbmdlLTEyOA", app.Settings.Address.BaseUrl), "k3JmF0Y2hhbGxlbmdlLTEyOA");

        await foreign.RefusesAsync(404, "presentation-challenge.not-found");
    }

    [Fact]
    public async Task Of_many_answers_at_once_one_counts()
    {
        var (challenge, domain) = await AskAsync("{}");
        var answer = await AnswerAsync(challenge, domain);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SendAsync(answer, challenge)));

        Assert.Single(answers, one => one.StatusCode == HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(one => one.StatusCode == HttpStatusCode.Conflict));
        Array.ForEach(answers, one => one.Dispose());
    }

    [Fact]
    public async Task Somebody_elses_credential_and_an_unsigned_presentation_prove_nothing()
    {
        var (challenge, domain) = await AskAsync("{}");
        using var thief = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        Assert.Equal("not-proven", Text(await CheckedAsync(await AnswerAsync(challenge, domain, thief), challenge), "holder"));

        (challenge, _) = await AskAsync("{}");
        Assert.Equal("not-proven", Text(await CheckedAsync((await PresentationAsync()).ToJsonString(), challenge), "holder"));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"two words\"")]
    [InlineData("\"line\\nbreak\"")]
    public async Task An_audience_is_a_name(string domain)
    {
        using var client = app.Anonymous();
        using var answer = await client.PostTextAsync("/api/verify/challenges", $$"""{"domain":{{domain}} }""");

        await answer.RefusesAsync(422, "presentation-challenge.domain");
    }

    [Fact]
    public async Task The_page_asks_and_takes_the_answer_once()
    {
        using var browser = app.Browser();
        var asked = await PostAsync(browser, "ask", await browser.GetStringAsync(new Uri("/verify", UriKind.Relative)), []);
        var (challenge, domain) = (Code().Matches(asked)[0].Groups[1].Value, Code().Matches(asked)[1].Groups[1].Value);
        var answer = await AnswerAsync(challenge, domain);

        var page = await PostAsync(browser, "verify", asked, new() { ["Challenge"] = challenge, ["Pasted"] = answer });
        Assert.Contains("proved that it is theirs", page, StringComparison.Ordinal);

        page = await PostAsync(browser, "verify", asked, new() { ["Challenge"] = challenge, ["Pasted"] = answer });
        Assert.Contains("an answer counts once", page, StringComparison.Ordinal);
        Assert.DoesNotContain("proved that it is theirs", page, StringComparison.Ordinal);
    }

    private static async Task<string> PostAsync(HttpClient browser, string form, string page, Dictionary<string, string> fields)
    {
        fields["_handler"] = form;
        fields["__RequestVerificationToken"] = AntiforgeryToken().Match(page).Groups[1].Value;
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await browser.PostAsync(new Uri("/verify", UriKind.Relative), content);
        var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return text;
    }

    private async Task<(string Challenge, string Domain)> AskAsync(string body)
    {
        using var client = app.Anonymous();
        using var answer = await client.PostTextAsync("/api/verify/challenges", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var asked = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return (Text(asked, "challenge"), Text(asked, "domain"));
    }

    private async Task<HttpResponseMessage> SendAsync(string answer, string challenge)
    {
        using var client = app.Anonymous();
        return await client.PostAsync(new Uri($"/api/verify?challenge={challenge}", UriKind.Relative), new StringContent(answer));
    }

    private async Task<JsonNode> CheckedAsync(string answer, string challenge)
    {
        using var sent = await SendAsync(answer, challenge);
        var text = await sent.Content.ReadAsStringAsync();
        Assert.True(sent.StatusCode == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    private async Task<string> AnswerAsync(string challenge, string domain, PrivateKey? key = null)
    {
        var options = new ProofOptions(Cryptosuites.EddsaRdfc2022) { ProofPurpose = "authentication", Challenge = challenge, Domain = [domain] };
        return Encoding.UTF8.GetString(await integrity.AddProofAsync(Bytes(await PresentationAsync(key)), options, LocalSigner.ForDidKey(key ?? learner), CancellationToken.None));
    }

    private async Task<JsonObject> PresentationAsync(PrivateKey? holder = null)
    {
        var credential = new JsonObject
        {
            ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2"),
            ["type"] = new JsonArray("VerifiableCredential"),
            ["issuer"] = Did(school),
            ["credentialSubject"] = new JsonObject { ["id"] = Did(learner) },
        };
        return new()
        {
            ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2"),
            ["type"] = new JsonArray("VerifiablePresentation"),
            ["holder"] = Did(holder ?? learner),
            ["verifiableCredential"] = new JsonArray(JsonNode.Parse(await integrity.AddProofAsync(Bytes(credential), new ProofOptions(Cryptosuites.EddsaRdfc2022), LocalSigner.ForDidKey(school), CancellationToken.None))),
        };
    }

    private static string Did(PrivateKey key) => LocalSigner.ForDidKey(key).VerificationMethod.Split('#')[0];

    private static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    private static string Text(JsonNode json, string name) => json[name]!.GetValue<string>();

    [GeneratedRegex("<code>([^<]+)</code>")]
    private static partial Regex Code();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryToken();
}
