using System.Net;
using System.Text.Json.Nodes;
using SkillBadges.App.Tests.Http;
using SkillBadges.App.Tests.Pdf;
using SkillBadges.Core.Gradebook.Graduation;
using SkillBadges.Core.Gradebook.Recognitions;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Storage;
using SkillBadges.App.Tests.Webhooks;
using SkillBadges.Core.Webhooks;

namespace SkillBadges.App.Tests.Gradebook;

/// <summary>Badges of one school here at another: whose they are, why they count, and how they fall with their source.</summary>
[Collection(DistrictCollection.Name)]
public sealed class RecognitionTests(TestDistrict district)
{
    [Fact]
    public async Task A_badge_of_an_accepted_school_counts_by_itself_points_to_its_source_and_falls_with_it()
    {
        using var scene = await RecognitionScene.OpenAsync(district);
        await scene.TrustAsync(district.Definition.Field);
        var (west, here, award) = await scene.TransferredAsync();

        var brought = await RecognitionScene.NodeAsync(await scene.BringAsync(here.Client, award));

        var id = (string)brought["id"]!;
        var webhook = await ToldOf.ListenAsync(district, scene.School, WebhookTypes.RecognitionChanged);
        Assert.Equal("recognized", (string)brought["state"]!);
        Assert.Contains("accepts", (string)brought["reason"]!, StringComparison.Ordinal);
        var entries = await scene.ChainAsync(here.Person);
        Assert.Equal(district.Definition.Competencies.Length, entries.Count);
        Assert.All(entries, entry => Assert.Equal((award, id, SkillMatch.SameAchievement.ToString()), (entry.Facts.Recognized!.Award, entry.Facts.Provenance.DecisionId, entry.Facts.Recognized.Match)));
        var source = (await district.Store.QueryAsync(LedgerDocuments.Kind, LedgerDocuments.ChainOf(district.West, west.Person).Take(50), CancellationToken.None)).Documents.ToDictionary(entry => entry.Id);
        Assert.All(entries, entry => Assert.Equal((entry.Facts.Level, entry.Facts.Assessor), (source[entry.Facts.Recognized!.Entry!].Facts.Level, source[entry.Facts.Recognized.Entry!].Facts.Assessor)));
        var row = Assert.Single(await DisclosuresAsync(west.Person));
        Assert.Equal((scene.School, here.Person), (row.ReaderOrganization, row.Reader));

        using var registrar = await district.AsAsync(district.WestRegistrar);
        Assert.Equal(HttpStatusCode.OK, (await registrar.PostAsync($"/api/awards/{award}/suspensions", new { reason = "We look into it." })).StatusCode);
        Assert.Equal(RecognitionState.OnHold, (await scene.BecomesAsync(id, RecognitionState.OnHold)).State);
        Assert.Equal(HttpStatusCode.OK, (await registrar.PostAsync($"/api/awards/{award}/reinstatements", new { reason = "All was well." })).StatusCode);
        Assert.Equal(RecognitionState.Recognized, (await scene.BecomesAsync(id, RecognitionState.Recognized)).State);
        Assert.Equal(HttpStatusCode.OK, (await registrar.PostAsync($"/api/awards/{award}/revocations", new { reason = "It was somebody else's work." })).StatusCode);
        Assert.Equal(RecognitionState.Fallen, (await scene.BecomesAsync(id, RecognitionState.Fallen)).State);
        Assert.Equal(Enumerable.Repeat((WebhookTypes.RecognitionChanged, id), 3), await webhook.ToldAsync());
        await webhook.EndAsync();

        var chain = await scene.ChainAsync(here.Person);
        Assert.Empty(LedgerChain.Check(chain));
        Assert.Equal([EntryEffect.Asserted, EntryEffect.Retracted, EntryEffect.Asserted, EntryEffect.Retracted], chain.Where(entry => entry.Facts.Competency.CompetencyId == district.Definition.Competencies[0].Id).Select(entry => entry.Facts.Effect));
        Assert.Equal(2, (await NoticesAsync(here.Person)).Count(notice => notice.Kind == NoticeKind.RecognitionFell));
        Assert.Equal(2, (await NoticesAsync(scene.Registrar)).Count(notice => notice.Kind == NoticeKind.RecognitionFell));
        await (await scene.BringAsync(here.Client, award)).RefusesAsync(422, "recognition.taken-back");
    }

    [PdfFact]
    public async Task What_counts_shows_in_record_transcript_and_audit_with_its_source_and_falls_there_with_it()
    {
        using var scene = await RecognitionScene.OpenAsync(district);
        await scene.TrustAsync(null);
        var (_, here, award) = await scene.TransferredAsync();
        await district.Store.CommitAsync(
            new Changes().Add(GraduationDocuments.Rules, new("carry", 1, scene.School, new("Carried", [new("books", "Bookkeeping", RequirementKind.Badge) { Slug = TestDistrict.Badge }], []), scene.Admin, district.App.Clock.Now())), CancellationToken.None);
        var id = (string)(await RecognitionScene.NodeAsync(await scene.BringAsync(here.Client, award)))["id"]!;
        using var office = await district.AsAsync(scene.Registrar);
        var address = $"/api/learners/{here.Person}";
        var atSchool = $"?school={scene.School}";

        var lines = (await ReadAsync(office, $"{address}/gradebook{atSchool}"))["lines"]!.AsArray();
        Assert.Equal(district.Definition.Competencies.Length, lines.Count);
        Assert.All(lines, line => Assert.Contains("accepts", (string)line!["recognized"]!["reason"]!, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.NotNull((string?)line!["recognized"]!["sourceEntryId"]));
        var paper = PdfTools.Text(await office.GetByteArrayAsync(new Uri($"{address}/transcript{atSchool}&form=pdf", UriKind.Relative)));
        Assert.Contains("Decided elsewhere and recognized here", paper, StringComparison.Ordinal);
        Assert.Contains("Recognized:", paper, StringComparison.Ordinal);
        var audit = await ReadAsync(office, $"{address}/graduation-audits?rules=carry&school={scene.School}");
        Assert.True((bool)audit["isSatisfied"]!);
        Assert.All(audit["requirements"]![0]!["by"]!.AsArray(), by => Assert.NotNull(by!["recognized"]));
        Assert.Contains("Recognized from elsewhere", await here.Client.GetStringAsync(new Uri("/record", UriKind.Relative)), StringComparison.Ordinal);

        using var registrar = await district.AsAsync(district.WestRegistrar);
        Assert.Equal(HttpStatusCode.OK, (await registrar.PostAsync($"/api/awards/{award}/revocations", new { reason = "It was somebody else's work." })).StatusCode);
        Assert.Equal(RecognitionState.Fallen, (await scene.BecomesAsync(id, RecognitionState.Fallen)).State);

        lines = (await ReadAsync(office, $"{address}/gradebook{atSchool}"))["lines"]!.AsArray();
        Assert.All(lines, line => Assert.True(line!["standing"] is null && line["recognized"] is null && line["history"]!.AsArray().All(decided => !(bool)decided!["isStanding"]! && decided["recognized"] is not null)));
        await (await office.GetAsync(new Uri($"{address}/transcript{atSchool}&form=pdf", UriKind.Relative))).RefusesAsync(409, "transcript.empty");
        Assert.False((bool)(await ReadAsync(office, $"{address}/graduation-audits?rules=carry&school={scene.School}"))["isSatisfied"]!);
        Assert.Contains("taken back", await here.Client.GetStringAsync(new Uri("/record", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_school_that_looks_at_anothers_entries_reads_what_its_trust_list_accepts()
    {
        using var scene = await RecognitionScene.OpenAsync(district);
        var (_, here, award) = await scene.TransferredAsync();
        using var office = await district.AsAsync(scene.Registrar);
        var address = $"/api/learners/{here.Person}/gradebook?school={scene.School}&basis=enrollment";
        Assert.All((await ReadAsync(office, address))["lines"]!.AsArray(), line => Assert.Null(line!["satisfied"]));

        await scene.TrustAsync(district.Definition.Field);
        Assert.All((await ReadAsync(office, address))["lines"]!.AsArray(), line => Assert.Contains($"accepts for {district.Definition.Field}", (string)line!["satisfied"]!["reason"]!, StringComparison.Ordinal));

        using var registrar = await district.AsAsync(district.WestRegistrar);
        Assert.Equal(HttpStatusCode.OK, (await registrar.PostAsync($"/api/awards/{award}/suspensions", new { reason = "We look into it." })).StatusCode);
        Assert.All((await ReadAsync(office, address))["lines"]!.AsArray(), line => Assert.Null(line!["satisfied"]));
    }

    [Fact]
    public async Task What_no_list_accepts_waits_and_a_person_decides_with_one_click()
    {
        using var scene = await RecognitionScene.OpenAsync(district);
        await scene.TrustAsync("culinary");
        var (_, here, award) = await scene.TransferredAsync();

        var brought = await RecognitionScene.NodeAsync(await scene.BringAsync(here.Client, award));

        Assert.Equal("waiting", (string)brought["state"]!);
        Assert.Contains(brought["skills"]![0]!["checks"]!.AsArray(), check => (string)check!["code"]! == "issuer-not-accepted");
        Assert.Empty(await scene.ChainAsync(here.Person));
        var id = (string)brought["id"]!;
        using var self = await here.Client.PostAsync($"/api/recognitions/{id}/acceptances", new { reason = "I am good." });
        await self.RefusesAsync(403, "recognition.own");
        using var stranger = await (await district.AsAsync(district.WestRegistrar)).PostAsync($"/api/recognitions/{id}/acceptances", new { reason = "Ours." });
        await stranger.RefusesAsync(404, "recognition.not-found");
        await (await scene.DecideAsync(id, "questions", new { reason = " " })).RefusesAsync(422, "recognition.reason");
        Assert.Equal("moreAsked", (string)(await RecognitionScene.NodeAsync(await scene.DecideAsync(id, "questions", new { reason = "Please bring a photo." })))["state"]!);

        var accepted = await RecognitionScene.NodeAsync(await scene.DecideAsync(id, "acceptances", new { reason = "Seen with the learner." }));

        Assert.Equal("recognized", (string)accepted["state"]!);
        var entries = await scene.ChainAsync(here.Person);
        Assert.All(entries, entry => Assert.Equal((scene.Registrar, "Seen with the learner."), (entry.Facts.Assessor.Person, entry.Notes!.Reason)));
        await (await scene.DecideAsync(id, "refusals", new { reason = "On second thought." })).RefusesAsync(409, "recognition.decided");
    }

    [Fact]
    public async Task A_classmates_badge_is_refused_as_file_and_by_its_id()
    {
        using var scene = await RecognitionScene.OpenAsync(district);
        await scene.TrustAsync(null);
        var (west, here, award) = await scene.TransferredAsync();
        var thief = await scene.NewcomerAsync();
        foreach (var form in (string[])["vc-jwt-rs256", "eddsa-rdfc-2022"])
        {
            var file = await TestDistrict.CredentialAsync(west.Client, award, form);
            await (await scene.BringFileAsync(thief.Client, file)).RefusesAsync(403, "recognition.another-learner");
        }

        await (await scene.BringAsync(thief.Client, award)).RefusesAsync(404, "award.not-found");
        using var office = await district.AsAsync(scene.Registrar);
        await (await scene.BringFileAsync(office, await TestDistrict.CredentialAsync(west.Client, award, "vc-jwt-es256"), $"&learner={thief.Person}")).RefusesAsync(403, "recognition.another-learner");
        Assert.Empty(await scene.ChainAsync(thief.Person));

        // Its owner brings the same file, and the same badge a second time in another form.
        var mine = await RecognitionScene.NodeAsync(await scene.BringFileAsync(here.Client, await TestDistrict.CredentialAsync(west.Client, award, "eddsa-rdfc-2022")));
        Assert.Equal("recognized", (string)mine["items"]![0]!["recognition"]!["state"]!);
        await (await scene.BringFileAsync(here.Client, await TestDistrict.CredentialAsync(west.Client, award, "vc-jwt-es256"))).RefusesAsync(409, "recognition.exists");
        await (await scene.BringAsync(here.Client, award)).RefusesAsync(409, "recognition.exists");
        Assert.DoesNotContain(district.App.Log.Lines, line => line.Contains(award, StringComparison.Ordinal) && line.Contains("Name of", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_many_at_once_one_counts()
    {
        using var scene = await RecognitionScene.OpenAsync(district);
        await scene.TrustAsync(null);
        var (_, here, award) = await scene.TransferredAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => scene.BringAsync(here.Client, award)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.Created), answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
        Assert.Equal(district.Definition.Competencies.Length, (await scene.ChainAsync(here.Person)).Count);
    }

    [Fact]
    public async Task A_suspended_source_and_one_that_was_altered_are_refused()
    {
        using var scene = await RecognitionScene.OpenAsync(district);
        await scene.TrustAsync(null);
        var (west, here, award) = await scene.TransferredAsync();
        var file = await TestDistrict.CredentialAsync(west.Client, award, "eddsa-rdfc-2022");
        await (await scene.BringFileAsync(here.Client, file.Replace("Proficient", "Advanced", StringComparison.Ordinal))).RefusesAsync(422, "recognition.not-genuine");
        await (await scene.BringFileAsync(here.Client, "not a badge")).RefusesAsync(422, "recognition.not-genuine");
        using var registrar = await district.AsAsync(district.WestRegistrar);
        Assert.Equal(HttpStatusCode.OK, (await registrar.PostAsync($"/api/awards/{award}/suspensions", new { reason = "We look into it." })).StatusCode);

        await (await scene.BringAsync(here.Client, award)).RefusesAsync(422, "recognition.on-hold");
        await (await scene.BringFileAsync(here.Client, file)).RefusesAsync(422, "recognition.on-hold");
        Assert.Empty(await scene.ChainAsync(here.Person));
    }

    [Fact]
    public async Task A_list_of_the_district_is_inherited_with_its_origin_and_refused_by_the_school()
    {
        using var scene = await RecognitionScene.OpenAsync(district);
        var above = (await district.App.OrganizationAsync(OrganizationKind.District)).Id;
        var read = await district.Store.GetAsync(OrganizationDocuments.Kind, scene.School.Value, "organization", CancellationToken.None);
        await district.Store.CommitAsync(new Changes().Replace(OrganizationDocuments.Kind, read, read.Document with { Parent = above }), CancellationToken.None);
        using var admin = await district.AsAsync(await district.App.PersonAsync(above, Role.OrganizationAdmin));
        using var added = await admin.PostAsync($"/api/trust-lists/{above}/entries", new { issuerOrganizationId = district.West.Value, terms = new { issuer = "", scope = "everything", from = "2020-01-01" } });
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        var list = await RecognitionScene.NodeAsync(await admin.GetAsync(new Uri($"/api/trust-lists/{scene.School}", UriKind.Relative)));
        Assert.Equal(above.Value, (string)list["entries"]![0]!["origin"]!);

        var (_, here, award) = await scene.TransferredAsync();
        Assert.Equal("recognized", (string)(await RecognitionScene.NodeAsync(await scene.BringAsync(here.Client, award)))["state"]!);

        using var own = await district.AsAsync(scene.Admin);
        using var refused = await own.PostAsync($"/api/trust-lists/{scene.School}/entries", new { issuerOrganizationId = district.West.Value, terms = new { issuer = "", scope = "everything", from = "2020-01-01", isRefused = true } });
        Assert.Equal(HttpStatusCode.Created, refused.StatusCode);
        var (_, other, second) = await scene.TransferredAsync();
        Assert.Equal("waiting", (string)(await RecognitionScene.NodeAsync(await scene.BringAsync(other.Client, second)))["state"]!);
    }

    private static async Task<JsonNode> ReadAsync(HttpClient client, string address) => await RecognitionScene.NodeAsync(await client.GetAsync(new Uri(address, UriKind.Relative)));

    private async Task<IReadOnlyList<Disclosure>> DisclosuresAsync(PersonId learner) =>
        [.. (await district.Store.QueryAsync(DisclosureDocuments.Kind, DisclosureDocuments.ByLearner.Where(learner.Value).Take(50), CancellationToken.None)).Documents];

    private async Task<IReadOnlyList<Notice>> NoticesAsync(PersonId person) =>
        [.. (await district.Store.QueryAsync(NoticeDocuments.Kind, NoticeDocuments.ByPerson.Where(person.Value).Take(200), CancellationToken.None)).Documents];
}
