using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Gradebook.Recognitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.App.Tests.Gradebook;

/// <summary>Files of issuers elsewhere, and of before: proven, decided, never signed anew.</summary>
[Collection(DistrictCollection.Name)]
public sealed class BroughtFileTests(TestDistrict district)
{
    [Fact]
    public async Task A_file_whose_subject_nobody_knows_takes_a_registrars_word_or_the_learners_own_key()
    {
        using var scene = await RecognitionScene.OpenAsync(district);
        var learner = await scene.NewcomerAsync();
        var file = await scene.ForeignAsync();

        var waiting = (await RecognitionScene.NodeAsync(await scene.BringFileAsync(learner.Client, file)))["items"]![0]!["recognition"]!;

        Assert.Equal(("waiting", "Knife Skills", "Elsewhere College"), ((string)waiting["state"]!, (string)waiting["source"]!["name"]!, (string)waiting["source"]!["from"]!));
        Assert.Null(waiting["owner"]);
        var id = (string)waiting["id"]!;
        var competency = district.Definition.Competencies[0].Id;
        var levels = new { badge = TestDistrict.Badge, reason = "The same cuts.", skills = new[] { new { competency, level = "proficient" } } };
        await (await scene.DecideAsync(id, "acceptances", levels)).RefusesAsync(403, "recognition.owner-unproven");
        var word = new { levels.badge, levels.reason, levels.skills, ownerReason = "The diploma was shown with a passport." };
        var accepted = await RecognitionScene.NodeAsync(await scene.DecideAsync(id, "acceptances", word));

        Assert.Equal(("recognized", "registrar"), ((string)accepted["state"]!, (string)accepted["owner"]!));
        var entry = Assert.Single(await scene.ChainAsync(learner.Person));
        Assert.Equal(("proficient", RecognitionScene.Did(scene.Issuer), scene.Registrar), (entry.Facts.Level.Code, entry.Facts.Recognized!.Issuer, entry.Facts.Assessor.Person));
        Assert.Equal("Recorded from Elsewhere College: Knife Skills.", entry.Notes!.Comment);
    }

    [Fact]
    public async Task The_learners_key_answers_once_for_this_learner_and_is_known_from_then_on()
    {
        using var scene = await RecognitionScene.OpenAsync(district);
        var (learner, thief) = (await scene.NewcomerAsync(), await scene.NewcomerAsync());
        var file = await scene.ForeignAsync();
        var (challenge, domain) = await scene.AskAsync(learner.Client);
        var presented = await scene.PresentedAsync(file, challenge, domain);

        // Nobody else can use it, nor an answer to a question of a verifier.
        await (await scene.BringFileAsync(thief.Client, presented, $"&challenge={challenge}")).RefusesAsync(404, "presentation-challenge.not-found");
        await (await scene.BringFileAsync(learner.Client, presented)).RefusesAsync(422, "recognition.not-presented");
        using var asked = await thief.Client.PostAsync("/api/verify/challenges", new { });
        var others = await RecognitionScene.NodeAsync(asked);
        await (await scene.BringFileAsync(thief.Client, await scene.PresentedAsync(file, (string)others["challenge"]!, (string)others["domain"]!), $"&challenge={others["challenge"]}")).RefusesAsync(404, "presentation-challenge.not-found");

        var mine = (await RecognitionScene.NodeAsync(await scene.BringFileAsync(learner.Client, presented, $"&challenge={challenge}")))["items"]![0]!["recognition"]!;
        Assert.Equal("presentation", (string)mine["owner"]!);
        await (await scene.BringFileAsync(learner.Client, presented, $"&challenge={challenge}")).RefusesAsync(409, "presentation-challenge.used");

        // From now on the id is the learner's: another badge needs no question, and nobody else brings one.
        var next = await scene.ForeignAsync();
        await (await scene.BringFileAsync(thief.Client, next)).RefusesAsync(403, "recognition.another-learner");
        Assert.Equal("knownSubject", (string)(await RecognitionScene.NodeAsync(await scene.BringFileAsync(learner.Client, next)))["items"]![0]!["recognition"]!["owner"]!);
    }

    [Fact]
    public async Task An_issuer_that_writes_a_learners_id_of_ours_proves_nothing_by_it()
    {
        using var scene = await RecognitionScene.OpenAsync(district);
        await scene.TrustAsync(null, RecognitionScene.Did(scene.Issuer));
        var (west, here, _) = await scene.TransferredAsync();
        var pseudonym = (await district.Store.GetAsync(LearnerPseudonymDocuments.Kind, LearnerPseudonymDocuments.IdOf(west.Person, district.West), "pseudonym", CancellationToken.None)).Document.SubjectId;
        var forged = await scene.ForeignAsync(pseudonym);

        Assert.Null((await RecognitionScene.NodeAsync(await scene.BringFileAsync(here.Client, forged)))["items"]![0]!["recognition"]!["owner"]);
        await (await scene.BringFileAsync((await scene.NewcomerAsync()).Client, forged)).RefusesAsync(403, "recognition.another-learner");
    }

    [Fact]
    public async Task A_badge_of_ours_signed_elsewhere_counts_by_itself_where_its_issuer_is_accepted_for_the_field()
    {
        using var scene = await RecognitionScene.OpenAsync(district);
        var learner = await scene.NewcomerAsync();
        await scene.TrustAsync(district.Definition.Field, RecognitionScene.Did(scene.Issuer));
        var achievement = $"{district.App.Settings.Address.BaseUrl}/achievements/{TestDistrict.Badge}/{district.Definition.Version}";
        var file = await scene.ForeignAsync(shape: credential =>
        {
            var subject = credential["credentialSubject"]!.AsObject();
            subject["achievement"] = JsonNode.Parse(System.Text.Encoding.UTF8.GetString(SkillBadges.Credentials.OpenBadges.OpenBadgeJson.Write(BadgeAchievement.Of(district.Definition, district.App.Settings.Address))));
            subject["result"] = new JsonArray([.. district.Definition.Competencies.Select(competency => (JsonNode)new JsonObject
            {
                ["type"] = new JsonArray("Result"), ["resultDescription"] = BadgeAchievement.ResultId(achievement, competency.Id), ["achievedLevel"] = BadgeAchievement.LevelId(achievement, competency.Id, "advanced"),
            })]);
        });
        var (challenge, domain) = await scene.AskAsync(learner.Client);

        var mine = (await RecognitionScene.NodeAsync(await scene.BringFileAsync(learner.Client, await scene.PresentedAsync(file, challenge, domain), $"&challenge={challenge}")))["items"]![0]!["recognition"]!;

        Assert.Equal("recognized", (string)mine["state"]!);
        Assert.All(await scene.ChainAsync(learner.Person), entry => Assert.Equal(("advanced", scene.Admin), (entry.Facts.Level.Code, entry.Facts.Assessor.Person)));

        // It is looked at again when its time has come, and stands.
        var before = await scene.CaseAsync((string)mine["id"]!);
        var followed = await district.App.Services.GetRequiredService<RecognitionFollowing>().CheckAsync(before.Id, CancellationToken.None);
        Assert.Equal(RecognitionState.Recognized, followed.State);
        Assert.NotNull(followed.RecheckAt);
    }

    [Fact]
    public async Task A_record_with_one_bad_badge_brings_the_others()
    {
        using var scene = await RecognitionScene.OpenAsync(district);
        var learner = await scene.NewcomerAsync();
        var (good, bad) = (await scene.ForeignAsync(), (await scene.ForeignAsync()).Replace("Cuts.", "Cuts well.", StringComparison.Ordinal));
        var record = await ClrAsync(scene, [good, bad]);

        var items = (await RecognitionScene.NodeAsync(await scene.BringFileAsync(learner.Client, record)))["items"]!.AsArray();

        Assert.Equal(("waiting", null), ((string?)items[0]!["recognition"]!["state"], (string?)items[0]!["code"]));
        Assert.Equal("recognition.not-genuine", (string)items[1]!["code"]!);
        await (await scene.BringFileAsync(learner.Client, record.Replace("Everything so far", "Everything", StringComparison.Ordinal))).RefusesAsync(422, "recognition.not-genuine");
        var large = await ClrAsync(scene, [.. Enumerable.Repeat(good, CredentialFile.MaxLeaves + 1)]);
        await (await scene.BringFileAsync(learner.Client, large)).RefusesAsync(422, "recognition.too-many");
    }

    [Fact]
    public async Task What_is_from_before_is_recorded_from_there_in_its_own_word_when_a_person_says_so()
    {
        using var scene = await RecognitionScene.OpenAsync(district);
        var learner = await scene.NewcomerAsync();
        using var office = await district.AsAsync(scene.Registrar);
        var row = new { school = scene.School.Value, learner = learner.Person.Value, from = "Old Valley School", name = "Accounting I", earnedOn = "2024-05-20", word = "Honors", badge = TestDistrict.Badge };
        await (await learner.Client.PostAsync("/api/recognitions/past", row)).RefusesAsync(403, "recognition.own");
        var entered = await RecognitionScene.NodeAsync(await office.PostAsync("/api/recognitions/past", row));
        Assert.Equal(("waiting", "past"), ((string)entered["state"]!, (string)entered["source"]!["kind"]!));
        var skills = new[] { new { competency = district.Definition.Competencies[0].Id, level = "proficient" } };
        var accepted = await RecognitionScene.NodeAsync(await scene.DecideAsync((string)entered["id"]!, "acceptances", new { reason = "The old report was shown.", ownerReason = "It is in the folder.", skills, badge = TestDistrict.Badge }));
        Assert.Equal("recognized", (string)accepted["state"]!);
        Assert.Equal("Recorded from Old Valley School: Accounting I, Honors.", Assert.Single(await scene.ChainAsync(learner.Person)).Notes!.Comment);
        Assert.Empty((await district.Store.QueryAsync(AwardDocuments.Kind, AwardDocuments.ByLearner.Where(learner.Person.Value).Take(5), CancellationToken.None)).Items);

        const string assertion = """
            {"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"https://old.example/assertions/1?identity__email=a%40b.example","recipient":{"type":"email","hashed":true,"identity":"sha256$00"},"issuedOn":"2019-06-01T00:00:00Z",
            "verification":{"type":"HostedBadge"},"badge":{"type":"BadgeClass","id":"https://old.example/badges/1","name":"Digital Basics","issuer":{"id":"https://old.example/issuer","type":"Issuer","name":"Old Example"}}}
            """;
        var older = (await RecognitionScene.NodeAsync(await scene.BringFileAsync(learner.Client, assertion)))["items"]![0]!["recognition"]!;
        Assert.Equal(("waiting", "Old Example", "Digital Basics"), ((string)older["state"]!, (string)older["source"]!["from"]!, (string)older["source"]!["name"]!));
        Assert.DoesNotContain("identity", (await scene.CaseAsync((string)older["id"]!)).Source.CredentialId, StringComparison.Ordinal);
    }

    private static Task<string> ClrAsync(RecognitionScene scene, IReadOnlyList<string> badges) => RecognitionScene.SignedAsync(
        new JsonObject
        {
            ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"),
            ["id"] = $"https://elsewhere.example/records/{Guid.NewGuid():N}",
            ["type"] = new JsonArray("VerifiableCredential", "ClrCredential"),
            ["name"] = "Everything so far",
            ["issuer"] = new JsonObject { ["id"] = RecognitionScene.Did(scene.Issuer), ["type"] = new JsonArray("Profile"), ["name"] = "Elsewhere College" },
            ["validFrom"] = "2026-05-20T00:00:00Z",
            ["credentialSubject"] = new JsonObject { ["type"] = new JsonArray("ClrSubject"), ["id"] = RecognitionScene.Did(scene.Wallet), ["verifiableCredential"] = new JsonArray([.. badges.Select(badge => JsonNode.Parse(badge))]) },
        },
        new ProofOptions(Cryptosuites.EddsaRdfc2022),
        scene.Issuer);
}
