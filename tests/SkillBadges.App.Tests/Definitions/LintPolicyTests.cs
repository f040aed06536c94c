using SkillBadges.App.Definitions;
using SkillBadges.App.Tests.Http;

namespace SkillBadges.App.Tests.Definitions;

/// <summary>What comes of a badge whose words have findings.</summary>
[Collection(DistrictCollection.Name)]
public sealed class LintPolicyTests(TestDistrict district)
{
    [Fact]
    public async Task Findings_keep_a_badge_back_where_its_leader_says_block_and_nowhere_else()
    {
        var workshop = await Workshop.OpenAsync(district.App);
        var vague = workshop.Content(null);
        vague["competencies"]![0]!["statement"] = "Understands the booth and the protective equipment for stick welding in our shop.";
        var proposal = await workshop.PostAsync<App.Definitions.CoAuthoring.ProposalLine>(workshop.LeadTeacher, "proposals", new { onRevision = 1, content = vague, note = "Shorter." });
        using (var accepted = await workshop.CollegeAdmin.PostAsync($"/api/definitions/{workshop.Slug}/proposals/{proposal.Id}/acceptances", new { }))
        {
            Assert.True(accepted.IsSuccessStatusCode, await accepted.Content.ReadAsStringAsync());
        }

        using var read = await workshop.LeadTeacher.GetAsync(new Uri($"/api/definitions/{workshop.Slug}/revisions/2/lint", UriKind.Relative));
        var lint = await read.ReadAsync<LintView>();
        Assert.Contains(lint.Findings, finding => finding is { Code: "lint.no-observable-verb", Path: "$.competencies[0].statement" } && finding.Reason.Length > 0 && finding.Advice.Length > 0);

        foreach (var signer in new[] { workshop.LeadAdmin, workshop.CollegeAdmin, workshop.GuildAuthor })
        {
            await workshop.SignAsync(signer);
        }

        var settings = $"/api/organizations/{workshop.Lead}/settings";
        (await workshop.LeadAdmin.PutJsonAsync(settings, new { lint = "block" })).EnsureSuccessStatusCode();
        using var refused = await workshop.LeadAdmin.PostAsync($"/api/definitions/{workshop.Slug}/publications", new { revision = 2 });
        await refused.RefusesAsync(422, "definition.lint");

        (await workshop.LeadAdmin.PutJsonAsync(settings, new { lint = "warn" })).EnsureSuccessStatusCode();
        var published = await workshop.PublishAsync();
        Assert.Equal(1, published.Version);
        Assert.Contains(published.Findings!, finding => finding is { Code: "lint.no-observable-verb", Path: "$.competencies[0].statement" });
    }

    [Fact]
    public async Task The_lint_of_a_published_badge_is_for_everyone_to_read()
    {
        using var anyone = district.App.Anonymous();
        using var answer = await anyone.GetAsync(new Uri("/api/badges/smaw-fillet/lint", UriKind.Relative));
        var lint = await answer.ReadAsync<LintView>();

        Assert.Equal(("smaw-fillet", 1), (lint.Slug, lint.Number));
        Assert.All(lint.Findings, finding => Assert.StartsWith("$.", finding.Path, StringComparison.Ordinal));
        using var unknown = await anyone.GetAsync(new Uri("/api/badges/no-such/lint", UriKind.Relative));
        await unknown.RefusesAsync(404, "badge.not-found");
    }
}
