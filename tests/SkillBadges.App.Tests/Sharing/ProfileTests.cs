using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Sharing.Consents;

namespace SkillBadges.App.Tests.Sharing;

/// <summary>What is a learner's own: the profile, the notebook, and from which day on the record.</summary>
[Collection(DistrictCollection.Name)]
public sealed class ProfileTests(TestDistrict district)
{
    [Fact]
    public async Task A_learner_shows_a_part_a_teacher_proposes_a_line_and_the_learner_takes_it_in()
    {
        var learner = await district.LearnerAsync();
        using var teacher = await district.AsAsync(district.Teacher);
        using var guardian = await district.AsAsync(await district.GuardianAsync(learner.Person));
        var profile = $"/api/learners/{learner.Person}/profile";
        var lines = new[] { new { id = "s1", block = "strengths", text = "I keep at it." }, new { id = "g1", block = "goals", text = "A shop of my own" } };
        (await PutAsync(learner.Client, profile, 0, new { lines })).Dispose();
        (await PutAsync(learner.Client, $"{profile}/audiences", 1, new { shown = new[] { new { block = "strengths", to = new[] { "teachers" } }, new { block = "goals", to = new[] { "teachers", "next-school" } } } })).Dispose();
        using var stale = await PutAsync(learner.Client, profile, 1, new { lines });
        await stale.RefusesAsync(412, "request.stale");

        var seen = await JsonAsync(teacher, $"{profile}?school={district.West}");
        Assert.Equal(("teacher", 2), (seen["you"]!.GetValue<string>(), seen["lines"]!.AsArray().Count));
        Assert.Null(seen["shown"]);
        Assert.Empty((await JsonAsync(guardian, $"{profile}?school={district.West}"))["lines"]!.AsArray());

        using var proposed = await teacher.PostAsync($"{profile}/proposals", new { school = district.West.Value, block = "strengths", text = "Explains well." });
        Assert.Equal(HttpStatusCode.OK, proposed.StatusCode);
        using var notTheirs = await PutAsync(teacher, $"{profile}?school={district.West}", 3, new { lines });
        await notTheirs.RefusesAsync(404, "learner.not-found");
        var waiting = Assert.Single((await JsonAsync(learner.Client, profile))["proposals"]!.AsArray())!;
        Assert.Contains((await district.Store.QueryAsync(NoticeDocuments.Kind, NoticeDocuments.ByPerson.Where(learner.Person.Value).Take(20), CancellationToken.None)).Documents, notice => notice.Kind == NoticeKind.ProfileProposed);
        using var taken = await learner.Client.PostAsync($"{profile}/proposals/{waiting["id"]}/answer", new { accept = true });
        var mine = await JsonAsync(learner.Client, profile);
        Assert.Equal((2, 1), (mine["authorship"]!["learner"]!.GetValue<int>(), mine["authorship"]!["teacher"]!.GetValue<int>()));

        // A plan that the teacher opens begins with the goals that the teacher is shown, as the learner's words.
        using var opened = await teacher.PostAsync("/api/plans", new { learnerId = learner.Person.Value, organizationId = district.West.Value, prefillPeriod = "Term 1" });
        var goal = Assert.Single(JsonNode.Parse(await opened.Content.ReadAsStringAsync())!["content"]!["goals"]!.AsArray())!;
        Assert.Equal(("A shop of my own", "learner"), (goal["text"]!.GetValue<string>(), goal["author"]!["voice"]!.GetValue<string>()));

        var page = await learner.Client.GetStringAsync(new Uri("/profile", UriKind.Relative));
        Assert.Contains("A shop of my own", page, StringComparison.Ordinal);
        Assert.Contains("Nothing about health", page, StringComparison.Ordinal);
        Assert.DoesNotContain("A shop of my own", await guardian.GetStringAsync(new Uri($"/profile/{learner.Person}?school={district.West}", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_learner_shows_the_next_school_goes_with_the_record_and_waits_there_for_the_learner()
    {
        var learner = await district.AgedAsync(await district.LearnerAsync(), 18);
        await district.ApprovedAsync(learner.Person);
        var profile = $"/api/learners/{learner.Person}/profile";
        (await PutAsync(learner.Client, profile, 0, new { lines = new[] { new { id = "s1", block = "strengths", text = "I keep at it." }, new { id = "c1", block = "challenges", text = "Long texts" } } })).Dispose();
        (await PutAsync(learner.Client, $"{profile}/audiences", 1, new { shown = new[] { new { block = "strengths", to = new[] { "next-school" } } } })).Dispose();
        var student = await district.LearnerAsync(district.East, district.EastTeacher);
        using var east = await district.AsAsync(district.EastRegistrar);
        var pack = await district.OutsidePackAsync(learner.Person, withEvidence: false);
        Assert.DoesNotContain("Long texts", Unzip(pack)["record/profile.json"], StringComparison.Ordinal);
        Assert.True((await TransferScene.TakeInAsync(east, district.East, student.Person, pack)).TakenIn);
        await TransferScene.TakeInAsync(east, district.East, student.Person, pack);

        var there = await JsonAsync(student.Client, $"/api/learners/{student.Person}/profile");
        Assert.Empty(there["lines"]!.AsArray());
        var line = Assert.Single(there["proposals"]!.AsArray())!;
        Assert.Equal(("I keep at it.", "learner"), (line["text"]!.GetValue<string>(), line["author"]!.GetValue<string>()));
        Assert.NotNull(line["from"]);
    }

    [Fact]
    public async Task A_notebook_is_the_learners_alone_and_stands_in_their_own_inspection()
    {
        var learner = await district.LearnerAsync();
        using var guardian = await district.AsAsync(await district.GuardianAsync(learner.Person));
        (await PutAsync(learner.Client, "/api/notebook", 0, new { goals = new[] { new { id = "g1", text = "A clean vertical", badge = TestDistrict.Badge } } })).Dispose();
        using var noted = await learner.Client.PostAsync("/api/notebook/notes", new { text = "Held the arc.\nTwice.", goal = "g1" });
        Assert.Equal(HttpStatusCode.Created, noted.StatusCode);
        foreach (var (body, code) in new (object, string)[] { (new { text = " " }, "notebook.note"), (new { text = "x", goal = "no-such" }, "notebook.note") })
        {
            using var refused = await learner.Client.PostAsync("/api/notebook/notes", body);
            await refused.RefusesAsync(422, code);
        }

        var page = await learner.Client.GetStringAsync(new Uri("/notebook", UriKind.Relative));
        Assert.Contains("A clean vertical", page, StringComparison.Ordinal);
        Assert.Contains("Held the arc.", page, StringComparison.Ordinal);
        Assert.Empty((await JsonAsync(guardian, "/api/notebook"))["goals"]!.AsArray());
        var address = new Uri($"/api/learners/{learner.Person}/inspection", UriKind.Relative);
        var own = Unzip(await learner.Client.GetByteArrayAsync(address));
        Assert.Contains("Held the arc.", own["notebook-notes.json"], StringComparison.Ordinal);
        Assert.Equal("[]", Unzip(await guardian.GetByteArrayAsync(address))["notebook-notes.json"]);
        Assert.Superset(
            new HashSet<string> { "claims.json", "derived-credentials.json", "test-scores.json", "programs.json", "profile.json", "plans.json", "recognitions.json", "rights-changes.json", "stack-certificates.json" }, own.Keys.ToHashSet());

        var note = (await JsonAsync(learner.Client, "/api/notebook/notes"))["items"]![0]!["id"]!.GetValue<string>();
        using var notTheirs = await guardian.DeleteAsync(new Uri($"/api/notebook/notes/{note}", UriKind.Relative));
        await notTheirs.RefusesAsync(404, "notebook-note.not-found");
        using var gone = await learner.Client.DeleteAsync(new Uri($"/api/notebook/notes/{note}", UriKind.Relative));
        Assert.Empty((await JsonAsync(learner.Client, "/api/notebook/notes"))["items"]!.AsArray());
    }

    [Fact]
    public async Task When_rights_pass_early_a_guardians_consent_counts_no_more_and_both_are_told_why()
    {
        var learner = await district.AgedAsync(await district.LearnerAsync(), 16);
        var family = await district.GuardianAsync(learner.Person);
        using var guardian = await district.AsAsync(family);
        using var office = await district.AsAsync(district.WestRegistrar);
        var consent = await Minors.GiveAsync(guardian, learner.Person, district.Terms(RecipientKind.Organization, district.Market.Value));
        Assert.Equal(ConsentState.InForce, consent.State);

        var rights = $"/api/learners/{learner.Person}/rights-changes";
        var today = DateOnly.FromDateTime(district.App.Clock.GetUtcNow().UtcDateTime).AddDays(-1);
        using var changed = await office.PostAsync(rights, new { school = district.West.Value, rightsPassOn = today, reason = "Declared emancipated by the court." }, ("Idempotency-Key", "once"));
        var answer = JsonNode.Parse(await changed.Content.ReadAsStringAsync())!;
        Assert.Equal(("adult", false, consent.Id), (answer["age"]!.GetValue<string>(), answer["familyHolds"]!.GetValue<bool>(), Assert.Single(answer["askedAnew"]!.AsArray())!.GetValue<string>()));
        using var again = await office.PostAsync(rights, new { school = district.West.Value, rightsPassOn = today, reason = "The same." });
        await again.RefusesAsync(409, "rights.same");

        var row = Assert.Single((await JsonAsync(learner.Client, $"{rights}?school={district.West}"))["items"]!.AsArray())!;
        Assert.Equal(("Declared emancipated by the court.", district.WestRegistrar.Value), (row["reason"]!.GetValue<string>(), row["by"]!.GetValue<string>()));
        foreach (var person in new[] { learner.Person, family })
        {
            Assert.Contains((await district.Store.QueryAsync(NoticeDocuments.Kind, NoticeDocuments.ByPerson.Where(person.Value).Take(20), CancellationToken.None)).Documents, notice => notice.Kind == NoticeKind.RightsChanged);
        }

        Assert.Equal(ConsentState.InForce, (await Minors.GiveAsync(learner.Client, learner.Person, district.Terms(RecipientKind.Organization, district.Market.Value))).State);
    }

    private static async Task<HttpResponseMessage> PutAsync(HttpClient client, string address, int version, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(address, UriKind.Relative)) { Content = System.Net.Http.Json.JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"v{version}\"");
        return await client.SendAsync(request);
    }

    private static async Task<JsonNode> JsonAsync(HttpClient client, string address) => JsonNode.Parse(await client.GetStringAsync(new Uri(address, UriKind.Relative)))!;

    private static Dictionary<string, string> Unzip(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return archive.Entries.ToDictionary(
            entry => entry.FullName,
            entry =>
            {
                using var reader = new StreamReader(entry.Open());
                return reader.ReadToEnd();
            },
            StringComparer.Ordinal);
    }
}
