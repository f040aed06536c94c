using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.Mastery;
using SkillBadges.App.Tests.Definitions;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Definitions;

namespace SkillBadges.App.Tests.Mastery;

/// <summary>Scales that organizations write themselves.</summary>
[Collection(DistrictCollection.Name)]
public sealed class ScalesApiTests(TestDistrict district)
{
    private readonly string id = $"shop-{Guid.NewGuid():N}"[..20];

    [Fact]
    public async Task An_organization_writes_a_scale_changes_it_in_versions_and_badges_keep_the_version_they_have()
    {
        var workshop = await Workshop.OpenAsync(district.App);
        var first = await (await WriteAsync(workshop, Scale())).ReadAsync<ScaleAnswer>();
        Assert.Equal((id, 1, workshop.Lead.Value, 3), (first.Scale.Id, first.Scale.Version, first.Owner, first.Scale.Levels.Length));
        using (var again = await WriteAsync(workshop, Scale()))
        {
            await again.RefusesAsync(409, "scale.exists");
        }

        var content = workshop.Content(null);
        content["scale"] = id;

        // They put levels of the scale before into words.
        content.AsObject().Remove("translations");
        foreach (var skill in content["competencies"]!.AsArray())
        {
            skill!["levels"]!.AsObject().Remove("developing");
        }

        var proposal = await workshop.PostAsync<App.Definitions.CoAuthoring.ProposalLine>(workshop.LeadTeacher, "proposals", new { onRevision = 1, content, note = "On our scale." });
        using (var accepted = await workshop.CollegeAdmin.PostAsync($"/api/definitions/{workshop.Slug}/proposals/{proposal.Id}/acceptances", new { }))
        {
            Assert.True(accepted.IsSuccessStatusCode, await accepted.Content.ReadAsStringAsync());
        }

        foreach (var signer in new[] { workshop.LeadAdmin, workshop.CollegeAdmin, workshop.GuildAuthor })
        {
            await workshop.SignAsync(signer);
        }

        Assert.Equal(1, (await workshop.PublishAsync()).Version);

        var changed = Scale();
        changed["levels"]![2]!["descriptor"] = "Shows others how, in two languages.";
        using var stale = await workshop.LeadAdmin.PutJsonAsync($"/api/scales/{id}", new { scale = changed }, ("If-Match", "\"v7\""));
        await stale.RefusesAsync(412, "request.stale");
        using var written = await workshop.LeadAdmin.PutJsonAsync($"/api/scales/{id}", new { scale = changed }, ("If-Match", "\"v1\""));
        Assert.Equal(2, (await written.ReadAsync<ScaleAnswer>()).Scale.Version);
        using var same = await workshop.LeadAdmin.PutJsonAsync($"/api/scales/{id}", new { scale = changed }, ("If-Match", written.Headers.ETag!.Tag));
        Assert.Equal(2, (await same.ReadAsync<ScaleAnswer>()).Scale.Version);

        using var anyone = district.App.Anonymous();
        var before = await (await anyone.GetAsync(new Uri($"/api/scales/{id}?version=1", UriKind.Relative))).ReadAsync<ScaleAnswer>();
        Assert.Equal(first.Scale.ContentHash, before.Scale.ContentHash);
        Assert.Equal(1, (await district.Store.CurrentVersionAsync(workshop.Slug, default)).Scale.Version);
    }

    [Fact]
    public async Task Nobody_else_changes_it_and_neither_do_files()
    {
        var (workshop, other) = (await Workshop.OpenAsync(district.App), await Workshop.OpenAsync(district.App));
        (await WriteAsync(workshop, Scale())).EnsureSuccessStatusCode();
        var changed = Scale();
        changed["name"] = "Ours now";

        using var theirs = await other.LeadAdmin.PutJsonAsync($"/api/scales/{id}", new { scale = changed }, ("If-Match", "\"v1\""));
        await theirs.RefusesAsync(403, "role.missing");
        using var teacher = await workshop.LeadTeacher.PutJsonAsync($"/api/scales/{id}", new { scale = changed }, ("If-Match", "\"v1\""));
        await teacher.RefusesAsync(403, "role.missing");
        using var state = await district.AsAsync(await district.App.StateAdminAsync());
        using var fromFiles = await state.PutJsonAsync("/api/scales/four-level", new { scale = Named("four-level") }, ("If-Match", "\"v1\""));
        await fromFiles.RefusesAsync(409, "scale.kept-elsewhere");
        var import = district.App.Services.GetRequiredService<DefinitionImportWorkflow>();
        var report = await import.ImportAsync([new SourceFile($"scales/{id}.json", Encoding.UTF8.GetBytes(changed.ToJsonString()))], default);
        Assert.Equal("scale.kept-elsewhere", Assert.Single(Assert.Single(report.Files).Faults).Code);
        Assert.Equal(ImportOutcome.Unchanged, Assert.Single((await import.ImportAsync([new SourceFile($"scales/{id}.json", Encoding.UTF8.GetBytes(Scale().ToJsonString()))], default)).Files).Outcome);
    }

    [Theory]
    [InlineData("no evidence as a level", "scale.no-evidence-level")]
    [InlineData("one level", "scale.too-few-levels")]
    [InlineData("a cut that is no level", "scale.cut-not-a-level")]
    [InlineData("levels out of order", "scale.levels-out-of-order")]
    [InlineData("an id with a slash", "definition-file.bad-slug")]
    [InlineData("no id", "definition-file.missing-member")]
    [InlineData("an unknown member", "definition-file.unknown-member")]
    [InlineData("text that turns the direction", "definition-file.bad-text")]
    public async Task What_is_no_scale_is_refused_by_name(string what, string code)
    {
        var workshop = await Workshop.OpenAsync(district.App);
        var scale = Scale();
        switch (what)
        {
            case "no evidence as a level":
                scale["levels"]![0]!["label"] = "No evidence";
                break;
            case "one level":
                scale["levels"]!.AsArray().RemoveAt(2);
                scale["levels"]!.AsArray().RemoveAt(0);
                break;
            case "a cut that is no level":
                scale["proficientCut"] = "expert";
                break;
            case "levels out of order":
                scale["levels"]![2]!["ordinal"] = 1;
                break;
            case "an id with a slash":
                scale["id"] = "../four-level";
                break;
            case "no id":
                scale.Remove("id");
                break;
            case "an unknown member":
                scale["owner"] = "me";
                break;
            default:
                scale["name"] = "safe\u202Eevil";
                break;
        }

        using var answer = await WriteAsync(workshop, scale);

        await answer.RefusesAsync(422, code);
        using var anyone = district.App.Anonymous();
        using var unknown = await anyone.GetAsync(new Uri($"/api/scales/{id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static Task<HttpResponseMessage> WriteAsync(Workshop workshop, JsonObject scale) => workshop.LeadAdmin.PostAsync("/api/scales", new { organizationId = workshop.Lead.Value, scale });

    private JsonObject Scale() => Named(id);

    private static JsonObject Named(string id) => JsonNode.Parse($$"""
        {
          "id": "{{id}}", "name": "Three steps in the shop", "description": "How far somebody works alone.",
          "levels": [
            { "code": "beginning", "ordinal": 1, "label": "Beginning", "descriptor": "Works beside somebody." },
            { "code": "proficient", "ordinal": 2, "label": "Proficient", "descriptor": "Works alone to the drawing." },
            { "code": "advanced", "ordinal": 3, "label": "Advanced", "descriptor": "Finds faults and shows others how." }
          ],
          "proficientCut": "proficient", "scoring": { "method": "latest" }
        }
        """)!.AsObject();
}
