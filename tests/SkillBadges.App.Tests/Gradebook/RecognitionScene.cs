using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Gradebook.Recognitions;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.App.Tests.Gradebook;

/// <summary>A school to which learners bring what they earned at West, and what an issuer elsewhere signed.</summary>
internal sealed class RecognitionScene : IDisposable
{
    private static readonly DataIntegrity integrity = new(KnownContexts.Library);

    private readonly TestDistrict district;

    private RecognitionScene(TestDistrict district, OrganizationId school, PersonId registrar, PersonId admin)
    {
        this.district = district;
        (School, Registrar, Admin) = (school, registrar, admin);
    }

    public OrganizationId School { get; }

    public PersonId Registrar { get; }

    public PersonId Admin { get; }

    public PrivateKey Issuer { get; } = PrivateKey.Generate(SignatureAlgorithm.EdDSA);

    public PrivateKey Wallet { get; } = PrivateKey.Generate(SignatureAlgorithm.EdDSA);

    public static async Task<RecognitionScene> OpenAsync(TestDistrict district)
    {
        var school = (await district.App.OrganizationAsync(OrganizationKind.HighSchool)).Id;
        return new(district, school, await district.App.PersonAsync(school, Role.Registrar), await district.App.PersonAsync(school, Role.OrganizationAdmin));
    }

    public static string Did(PrivateKey key) => LocalSigner.ForDidKey(key).VerificationMethod.Split('#')[0];

    /// <summary>The school accepts West, or somebody else, for a field or for everything.</summary>
    public async Task TrustAsync(string? field, string? issuer = null)
    {
        using var admin = await district.AsAsync(Admin);
        using var answer = await admin.PostAsync($"/api/trust-lists/{School}/entries", new
        {
            issuerOrganizationId = issuer is null ? district.West.Value : null,
            terms = new { issuer = issuer ?? "", scope = field is null ? "everything" : "field", subject = field, from = "2020-01-01" },
        });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    /// <summary>Somebody who studies at the school alone.</summary>
    public async Task<TestLearner> NewcomerAsync()
    {
        var person = await district.App.PersonAsync(School, Role.Student);
        return new(person, await district.AsAsync(person));
    }

    /// <summary>A learner with an award of West, and the same learner at the school, joined by a code.</summary>
    public async Task<(TestLearner West, TestLearner Here, string Award)> TransferredAsync()
    {
        var west = await district.LearnerAsync();
        var (_, approved) = await district.ApprovedAsync(west.Person);
        var here = await NewcomerAsync();
        using var code = await west.Client.SendJsonAsync(HttpMethod.Post, "/api/join-codes", null);
        using var registrar = await district.AsAsync(Registrar);
        using var joined = await registrar.PostAsync("/api/joins", new { school = School.Value, student = here.Person.Value, code = (await NodeAsync(code))["code"]!.GetValue<string>() });
        Assert.Equal(HttpStatusCode.OK, joined.StatusCode);
        return (west, here, approved.Award!.Id);
    }

    public Task<HttpResponseMessage> BringAsync(HttpClient client, string award) => client.PostAsync("/api/recognitions", new { school = School.Value, award });

    public async Task<HttpResponseMessage> BringFileAsync(HttpClient client, string file, string query = "") =>
        await client.PostAsync(new Uri($"/api/recognitions/files?school={School}{query}", UriKind.Relative), new StringContent(file, Encoding.UTF8, "application/octet-stream"));

    public async Task<HttpResponseMessage> DecideAsync(string recognition, string what, object body)
    {
        using var registrar = await district.AsAsync(Registrar);
        return await registrar.PostAsync($"/api/recognitions/{recognition}/{what}", body);
    }

    public async Task<IReadOnlyList<MasteryEntry>> ChainAsync(PersonId learner) =>
        [.. (await district.Store.QueryAsync(LedgerDocuments.Kind, LedgerDocuments.ChainOf(School, learner).Take(500), CancellationToken.None)).Documents];

    public async Task<RecognitionCase> CaseAsync(string id) => (await district.Store.GetAsync(RecognitionDocuments.Kind, id, "recognition", CancellationToken.None)).Document;

    /// <summary>The case once the outbox has been at work.</summary>
    public async Task<RecognitionCase> BecomesAsync(string id, RecognitionState state)
    {
        for (var look = 0; look < 400; look++)
        {
            if (await CaseAsync(id) is var found && found.State == state)
            {
                return found;
            }

            await Task.Delay(25);
        }

        return await CaseAsync(id);
    }

    /// <summary>A badge signed by the issuer elsewhere.</summary>
    /// <param name="subject">Null for the wallet's DID.</param>
    /// <param name="shape">Changes it before it is signed.</param>
    public async Task<string> ForeignAsync(string? subject = null, Action<JsonObject>? shape = null)
    {
        var id = $"https://elsewhere.example/badges/{Guid.NewGuid():N}";
        var credential = new JsonObject
        {
            ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"),
            ["id"] = id,
            ["type"] = new JsonArray("VerifiableCredential", "AchievementCredential"),
            ["name"] = "Knife Skills",
            ["issuer"] = new JsonObject { ["id"] = Did(Issuer), ["type"] = new JsonArray("Profile"), ["name"] = "Elsewhere College" },
            ["validFrom"] = "2026-05-20T00:00:00Z",
            ["credentialSubject"] = new JsonObject
            {
                ["type"] = new JsonArray("AchievementSubject"),
                ["id"] = subject ?? Did(Wallet),
                ["achievement"] = new JsonObject
                {
                    ["id"] = "https://elsewhere.example/achievements/knife-skills", ["type"] = new JsonArray("Achievement"), ["name"] = "Knife Skills", ["description"] = "Cuts.", ["criteria"] = new JsonObject { ["narrative"] = "Cut." },
                },
            },
        };
        shape?.Invoke(credential);
        return await SignedAsync(credential, new ProofOptions(Cryptosuites.EddsaRdfc2022), Issuer);
    }

    /// <summary>What the wallet makes of a badge when it is asked.</summary>
    public async Task<string> PresentedAsync(string credential, string challenge, string domain)
    {
        var presentation = new JsonObject
        {
            ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2"),
            ["type"] = new JsonArray("VerifiablePresentation"),
            ["holder"] = Did(Wallet),
            ["verifiableCredential"] = new JsonArray(JsonNode.Parse(credential)),
        };
        return await SignedAsync(presentation, new ProofOptions(Cryptosuites.EddsaRdfc2022) { ProofPurpose = "authentication", Challenge = challenge, Domain = [domain] }, Wallet);
    }

    public async Task<(string Challenge, string Domain)> AskAsync(HttpClient client)
    {
        using var answer = await client.PostAsync("/api/recognitions/challenges", new { school = School.Value });
        var asked = await NodeAsync(answer);
        return (asked["challenge"]!.GetValue<string>(), asked["domain"]!.GetValue<string>());
    }

    public static async Task<string> SignedAsync(JsonObject json, ProofOptions options, PrivateKey key) =>
        Encoding.UTF8.GetString(await integrity.AddProofAsync(Encoding.UTF8.GetBytes(json.ToJsonString()), options, LocalSigner.ForDidKey(key), CancellationToken.None));

    public static async Task<JsonNode> NodeAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    public void Dispose()
    {
        Issuer.Dispose();
        Wallet.Dispose();
    }
}
