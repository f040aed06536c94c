using System.Net;
using System.Text.Json.Nodes;
using SkillBadges.App.Commands;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core;
using SkillBadges.Core.Organizations;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.App.Tests.Conformance;

/// <summary>An application that was started with <c>--conformance</c>.</summary>
public sealed class ConformingApp : IAsyncLifetime
{
    internal TestApp App { get; private set; } = null!;

    public async Task InitializeAsync() => App = await TestApp.StartAsync(settings => settings with { IsConformance = true });

    public Task DisposeAsync() => App.DisposeAsync().AsTask();
}

public sealed class ConformanceTests(ConformingApp conforming) : IClassFixture<ConformingApp>
{
    private const string Credential = """
        {
          "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
          "type": ["VerifiableCredential"],
          "credentialSubject": { "id": "did:example:subject", "name": "Ada" }
        }
        """;

    private TestApp App => conforming.App;

    public static TheoryData<string, string> Paths => new()
    {
        { "/credentials/issue", "eddsa-rdfc-2022" },
        { "/credentials/issue/eddsa-rdfc-2022", "eddsa-rdfc-2022" },
        { "/credentials/issue/eddsa-jcs-2022", "eddsa-jcs-2022" },
        { "/credentials/issue/ecdsa-rdfc-2019/p256", "ecdsa-rdfc-2019" },
        { "/credentials/issue/ecdsa-rdfc-2019/p384", "ecdsa-rdfc-2019" },
        { "/credentials/issue/ecdsa-jcs-2019/p256", "ecdsa-jcs-2019" },
        { "/credentials/issue/ecdsa-jcs-2019/p384", "ecdsa-jcs-2019" },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task What_a_suite_issues_verifies_and_what_was_changed_does_not(string path, string cryptosuite)
    {
        using var client = App.Anonymous();
        using var answer = await client.PostTextAsync(path, Body("credential", JsonNode.Parse(Credential)!));
        var issued = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(cryptosuite, issued["proof"]!["cryptosuite"]!.GetValue<string>());
        using var verified = await client.PostTextAsync("/credentials/verify", Body("verifiableCredential", issued));
        Assert.Equal(HttpStatusCode.OK, verified.StatusCode);

        issued["credentialSubject"]!["name"] = "Eve";
        using var tampered = await client.PostTextAsync("/credentials/verify", Body("verifiableCredential", issued));
        await tampered.RefusesAsync(400, "conformance.refused");
    }

    [Fact]
    public async Task The_list_names_each_path_and_the_key_that_signs_there()
    {
        using var client = App.Anonymous();

        var list = JsonNode.Parse(await client.GetStringAsync(new Uri("/conformance", UriKind.Relative)))!.AsArray();

        Assert.Equal(Paths.Select(row => ((string)row[0], (string)row[1])), list.Select(path => (path!["path"]!.GetValue<string>(), path["cryptosuite"]!.GetValue<string>())));
        foreach (var path in list)
        {
            var did = path!["issuer"]!.GetValue<string>();
            var issued = await IssueAsync(client, path["path"]!.GetValue<string>(), JsonNode.Parse(Credential)!);
            var document = JsonNode.Parse(await client.GetStringAsync(new Uri($"/identifiers/{did}", UriKind.Relative)))!;
            Assert.Equal(did, issued["issuer"]!.GetValue<string>());
            Assert.Equal(did, document["id"]!.GetValue<string>());
            Assert.Equal(issued["proof"]!["verificationMethod"]!.GetValue<string>(), document["assertionMethod"]![0]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Another_issuer_is_only_signed_for_and_accepted_without_binding()
    {
        using var client = App.Anonymous();
        var credential = JsonNode.Parse(Credential)!;
        credential["issuer"] = "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";

        using var bound = await client.PostTextAsync("/credentials/issue", Body("credential", credential));
        await bound.RefusesAsync(400, "conformance.refused");

        var issued = await IssueAsync(client, "/non-binding/credentials/issue", credential);
        using var strict = await client.PostTextAsync("/credentials/verify", Body("verifiableCredential", issued));
        await strict.RefusesAsync(400, "conformance.refused");
        using var lax = await client.PostTextAsync("/non-binding/credentials/verify", Body("verifiableCredential", issued));
        Assert.Equal(HttpStatusCode.OK, lax.StatusCode);

        issued["credentialSubject"]!["name"] = "Eve";
        using var tampered = await client.PostTextAsync("/non-binding/credentials/verify", Body("verifiableCredential", issued));
        await tampered.RefusesAsync(400, "conformance.refused");
    }

    [Fact]
    public async Task A_presentation_answers_its_challenge()
    {
        using var client = App.Anonymous();
        using var key = PrivateKey.Generate(SignatureAlgorithm.EdDSA);
        var signer = LocalSigner.ForDidKey(key);
        var holder = signer.VerificationMethod.Split('#')[0];
        var credential = JsonNode.Parse(Credential)!;
        credential["credentialSubject"]!["id"] = holder;
        var presentation = new JsonObject
        {
            ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2"),
            ["type"] = new JsonArray("VerifiablePresentation"),
            ["holder"] = holder,
            ["verifiableCredential"] = new JsonArray(await IssueAsync(client, "/credentials/issue", credential)),
        };
        var options = new ProofOptions(Cryptosuites.EddsaRdfc2022) { ProofPurpose = "authentication", Challenge = "c-1", Domain = ["suite.example"], Created = App.Clock.GetUtcNow() };
        var secured = JsonNode.Parse(await new DataIntegrity(Credentials.JsonLd.KnownContexts.Library).AddProofAsync(System.Text.Encoding.UTF8.GetBytes(presentation.ToJsonString()), options, signer, CancellationToken.None))!;

        using var good = await client.PostTextAsync("/presentations/verify", Presented(secured, "c-1"));
        using var other = await client.PostTextAsync("/presentations/verify", Presented(secured, "c-2"));

        Assert.True(good.StatusCode == HttpStatusCode.OK, await good.Content.ReadAsStringAsync());
        await other.RefusesAsync(400, "conformance.refused");
    }

    [Theory]
    [InlineData("/credentials/issue", "")]
    [InlineData("/credentials/issue", "[]")]
    [InlineData("/credentials/issue", "{}")]
    [InlineData("/credentials/issue", """{"credential":"x"}""")]
    [InlineData("/credentials/issue", """{"credential":{}}""")]
    [InlineData("/credentials/issue", """{"credential":{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"credentialSubject":{"noSuchTerm":1}}}""")]
    [InlineData("/credentials/issue", """{"credential":{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"]}}""")]
    [InlineData("/credentials/verify", """{"verifiableCredential":7}""")]
    [InlineData("/credentials/verify", """{"verifiableCredential":"eyJ.x.y"}""")]
    [InlineData("/presentations/verify", """{"verifiablePresentation":{}}""")]
    [InlineData("/presentations/verify", """{"verifiablePresentation":{},"options":[]}""")]
    public async Task What_is_no_credential_is_refused(string path, string body)
    {
        using var client = App.Anonymous();

        using var answer = await client.PostTextAsync(path, body);

        await answer.RefusesAsync(400, "conformance.refused");
    }

    [Fact]
    public async Task An_identifier_that_is_no_key_is_refused()
    {
        using var client = App.Anonymous();

        using var answer = await client.GetAsync(new Uri("/identifiers/did:web:school.example", UriKind.Relative));

        await answer.RefusesAsync(400, "conformance.refused");
    }

    [Fact]
    public async Task Under_another_host_name_none_of_it_is_there()
    {
        await using var app = await TestApp.StartAsync(settings => settings with { IsConformance = true, AllowedHosts = ["localhost", "badges.example"] });
        using var client = app.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/conformance") { Headers = { Host = "badges.example" } };

        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Without_the_option_none_of_it_is_there()
    {
        await using var app = await TestApp.StartAsync(settings => settings);
        using var client = app.Anonymous();

        using var list = await client.GetAsync(new Uri("/conformance", UriKind.Relative));
        using var issued = await client.PostTextAsync("/credentials/issue", Body("credential", JsonNode.Parse(Credential)!));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (list.StatusCode, issued.StatusCode));
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080", "http://localhost:5080")]
    [InlineData("http://localhost:5080", "https://badges.example")]
    public async Task Settings_that_let_others_in_are_refused_at_start(string listen, string address)
    {
        var folder = Directory.CreateTempSubdirectory("skillbadges-");
        try
        {
            var settings = App.Settings with
            {
                DataFolder = Path.Combine(folder.FullName, "data"),
                KeyFile = Path.Combine(folder.FullName, "keys", "key-encryption.key"),
                Urls = [listen],
                Address = InstanceAddress.Parse(address),
            };

            var refusal = await Assert.ThrowsAsync<RefusedException>(() => ServeCommand.BuildAsync(settings, App.Clock, _ => { }, CancellationToken.None));

            Assert.Equal("conformance.loopback", refusal.Code);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<JsonNode> IssueAsync(HttpClient client, string path, JsonNode credential)
    {
        using var answer = await client.PostTextAsync(path, Body("credential", credential));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        return JsonNode.Parse(text)!;
    }

    private static string Body(string member, JsonNode value) => new JsonObject { [member] = value.DeepClone() }.ToJsonString();

    private static string Presented(JsonNode presentation, string challenge) => new JsonObject
    {
        ["verifiablePresentation"] = presentation.DeepClone(),
        ["options"] = new JsonObject { ["challenge"] = challenge, ["domain"] = "suite.example" },
    }.ToJsonString();
}
