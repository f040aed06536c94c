using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Mastery.Crosswalks;

namespace SkillBadges.App.Tests.Mastery;

[Collection(DistrictCollection.Name)]
public sealed class CrosswalksApiTests(TestDistrict district)
{
    [Fact]
    public async Task Without_an_agreement_nothing_is_equivalent_and_with_two_both_are_told_with_their_authority()
    {
        using var anyone = district.App.Anonymous();
        var none = await AskAsync(anyone, "from=four-level@1&level=proficient&to=letters@1&purpose=scholarship-gpa");
        Assert.Equal(("none", 0, "Proficient"), ((string)none["equivalence"]!, none["agreed"]!.AsArray().Count, (string)none["native"]!["label"]!));

        await AgreeAsync("B", "Resolution of West and East");
        var other = await AgreeAsync("A", "Resolution of another board");
        var both = await AskAsync(anyone, "from=four-level@1&level=proficient&to=letters@1&purpose=scholarship-gpa");
        Assert.Equal("agreed", (string)both["equivalence"]!);
        Assert.Equal(["A", "B"], both["agreed"]!.AsArray().Select(agreed => (string)agreed!["lowest"]!["code"]!).Order());
        Assert.All(both["agreed"]!.AsArray(), agreed => Assert.True((bool)agreed!["derived"]!));
        var one = await AskAsync(anyone, $"from=four-level@1&level=proficient&to=letters@1&purpose=scholarship-gpa&organization={other}");
        Assert.Equal("Resolution of another board", (string)Assert.Single(one["agreed"]!.AsArray())!["authority"]!["document"]!);

        // Neither the way back, nor another purpose, nor the lowest level, nor a day before, nor having no evidence.
        foreach (var query in (string[])
            [
                "from=letters@1&level=B&to=four-level@1&purpose=scholarship-gpa", "from=four-level@1&level=proficient&to=letters@1&purpose=prerequisite",
                "from=four-level@1&level=beginning&to=letters@1&purpose=scholarship-gpa", "from=four-level@1&level=proficient&to=letters@1&purpose=scholarship-gpa&on=2020-01-01",
                "from=four-level@1&to=letters@1&purpose=scholarship-gpa",
            ])
        {
            Assert.Equal("none", (string)(await AskAsync(anyone, query))["equivalence"]!);
        }
    }

    [Fact]
    public async Task Two_agreements_in_a_row_are_not_one()
    {
        await AgreeAsync("B", "Letters", CrosswalkPurpose.Placement);
        var scales = await (await SchoolAsync()).Client.PostAsJsonAsync("/api/crosswalks", new { });
        Assert.Equal(HttpStatusCode.BadRequest, scales.StatusCode);
        var (giver, receiver) = (await SchoolAsync(), await SchoolAsync());
        await ApprovedAsync(giver, receiver, new
        {
            organizationId = giver.Id, from = "letters@1", to = "pass-fail@1", purpose = "placement", giverId = giver.Id, receiverId = receiver.Id,
            terms = new
            {
                pairs = "FDCBA".Select(letter => new { from = $"{letter}", to = letter is 'F' or 'D' ? null : "passed" }), document = "Passing", effectiveFrom = "2020-08-01", note = "Letters are lost.",
            },
        });
        using var anyone = district.App.Anonymous();
        Assert.Equal("agreed", (string)(await AskAsync(anyone, "from=letters@1&level=B&to=pass-fail@1&purpose=placement"))["equivalence"]!);
        Assert.Equal("none", (string)(await AskAsync(anyone, "from=four-level@1&level=proficient&to=pass-fail@1&purpose=placement"))["equivalence"]!);
    }

    [Fact]
    public async Task Whatever_becomes_of_a_crosswalk_no_entry_changes()
    {
        var learner = await district.LearnerAsync();
        await district.ApprovedAsync(learner.Person);
        var before = await EntriesAsync(learner.Person);
        var (giver, receiver) = (await SchoolAsync(), await SchoolAsync());
        var body = Body(giver.Id, receiver.Id, "B", "First", CrosswalkPurpose.TranscriptLetter);
        using var proposed = await giver.Client.PostAsJsonAsync("/api/crosswalks", body);
        var address = proposed.Headers.Location!.OriginalString;
        foreach (var (what, client, change) in new (string, HttpClient, object)[]
        {
            ("approvals", receiver.Client, new { organizationId = receiver.Id, revision = 1 }),
            ("revisions", receiver.Client, new { organizationId = receiver.Id, terms = Terms("A", "Second", null) }),
            ("approvals", giver.Client, new { organizationId = giver.Id, revision = 2 }),
            ("end", giver.Client, new { organizationId = giver.Id, lastDay = "2027-06-30" }),
        })
        {
            Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync($"{address}/{what}", change)).StatusCode);
        }

        Assert.NotEqual("[]", before);
        Assert.Equal(before, await EntriesAsync(learner.Person));
    }

    private async Task<string> EntriesAsync(PersonId learner) => System.Text.Json.JsonSerializer.Serialize(
        (await district.Store.QueryAsync(LedgerDocuments.Kind, LedgerDocuments.ByLearner.Where(learner.Value).Take(100), CancellationToken.None)).Documents, DocumentJson.Options);

    [Fact]
    public async Task What_is_only_proposed_is_seen_by_both_sides_alone_and_one_side_does_not_speak_for_the_other()
    {
        var (giver, receiver, stranger) = (await SchoolAsync(), await SchoolAsync(), await SchoolAsync());
        using var proposed = await giver.Client.PostAsJsonAsync("/api/crosswalks", Body(giver.Id, receiver.Id, "B", "Draft", CrosswalkPurpose.Prerequisite));
        Assert.Equal(HttpStatusCode.Created, proposed.StatusCode);
        var address = proposed.Headers.Location!;
        Assert.Equal(HttpStatusCode.OK, (await receiver.Client.GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Client.GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Client.PostAsJsonAsync($"{address}/approvals", new { organizationId = stranger.Id, revision = 1 })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await giver.Client.PostAsJsonAsync($"{address}/approvals", new { organizationId = receiver.Id, revision = 1 })).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await receiver.Client.PostAsJsonAsync("/api/crosswalks", Body(giver.Id, receiver.Id, "A", "Another", CrosswalkPurpose.Prerequisite, receiver.Id))).StatusCode);
        using var failing = await giver.Client.PostAsJsonAsync("/api/crosswalks", Body(giver.Id, receiver.Id, "B", "Failing", CrosswalkPurpose.TranscriptLetter, beginning: "F"));
        Assert.Equal("crosswalk.failing-mark", (string)(await failing.Content.ReadFromJsonAsync<JsonObject>())!["code"]!);
    }

    private async Task<string> AgreeAsync(string proficient, string document, CrosswalkPurpose purpose = CrosswalkPurpose.ScholarshipGpa)
    {
        var (giver, receiver) = (await SchoolAsync(), await SchoolAsync());
        await ApprovedAsync(giver, receiver, Body(giver.Id, receiver.Id, proficient, document, purpose));
        return giver.Id;
    }

    private static async Task ApprovedAsync((string Id, HttpClient Client) giver, (string Id, HttpClient Client) receiver, object body)
    {
        using var proposed = await giver.Client.PostAsJsonAsync("/api/crosswalks", body);
        Assert.Equal(HttpStatusCode.Created, proposed.StatusCode);
        using var approved = await receiver.Client.PostAsJsonAsync($"{proposed.Headers.Location}/approvals", new { organizationId = receiver.Id, revision = 1 });
        Assert.NotNull((await approved.Content.ReadFromJsonAsync<JsonObject>())!["holding"]);
    }

    private static object Body(string giver, string receiver, string proficient, string document, CrosswalkPurpose purpose, string? by = null, string? beginning = null) => new
    {
        organizationId = by ?? giver, from = "four-level@1", to = "letters@1", purpose = purpose.Term(), giverId = giver, receiverId = receiver,
        terms = Terms(proficient, document, beginning),
    };

    private static object Terms(string proficient, string document, string? beginning) => new
    {
        pairs = new object[] { new { from = "beginning", to = beginning }, new { from = "developing", to = "C" }, new { from = "proficient", to = proficient }, new { from = "advanced", to = "A" } },
        document, effectiveFrom = "2020-08-01", note = "Beginning has no letter.",
    };

    private async Task<(string Id, HttpClient Client)> SchoolAsync()
    {
        var school = (await district.App.OrganizationAsync(OrganizationKind.HighSchool)).Id;
        return (school.Value, await district.AsAsync(await district.App.PersonAsync(school, Role.Registrar)));
    }

    private static async Task<JsonObject> AskAsync(HttpClient client, string query) => (await client.GetFromJsonAsync<JsonObject>($"/api/crosswalks/equivalents?{query}"))!;
}
