using System.Text.Json.Nodes;
using SkillBadges.App.Tests.Http;
using SkillBadges.App.Tests.Sharing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Consents;

namespace SkillBadges.App.Tests.Layout;

/// <summary>What waits for somebody stands on the first page that they see, and leads to where it is dealt with.</summary>
[Collection(DistrictCollection.Name)]
public sealed class HomePageTests(TestDistrict district)
{
    [Fact]
    public async Task A_mother_finds_the_consent_that_waits_for_her_yes()
    {
        var learner = await district.AgedAsync(await district.LearnerAsync(), 15);
        var mother = await district.GuardianAsync(learner.Person);
        using var hers = await PageVisitor.OfAsync(district.App, mother);
        Assert.DoesNotContain("waiting for your yes", await hers.OpenAsync("/"), StringComparison.Ordinal);
        await Minors.GiveAsync(learner.Client, learner.Person, district.Terms(RecipientKind.ShareLink));

        Assert.Matches($"href=\"/consents/{learner.Person}\"><h2>Consents</h2><p>1 waiting for your yes", await hers.OpenAsync("/"));
        using var theirs = await PageVisitor.OfAsync(district.App, learner.Person);
        Assert.DoesNotContain("waiting for your yes", await theirs.OpenAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Learner_and_mother_find_the_review_of_a_plan_until_one_of_them_has_signed()
    {
        var learner = await district.AgedAsync(await district.LearnerAsync(), 15);
        using var teacher = await district.AsAsync(district.Teacher);
        var plan = await IdAsync(teacher, "/api/plans", new { learnerId = learner.Person.Value, organizationId = district.West.Value });
        using var reviewed = await teacher.PostAsync($"/api/plans/{plan}/reviews", new { notes = "We met." });
        var review = JsonNode.Parse(await reviewed.Content.ReadAsStringAsync())!;
        using var theirs = await PageVisitor.OfAsync(district.App, learner.Person);
        using var hers = await PageVisitor.OfAsync(district.App, await district.GuardianAsync(learner.Person));

        Assert.Contains($"href=\"/plans/{plan}\"><h2>Reviews of a plan</h2><p>1 waiting for your signature", await theirs.OpenAsync("/"), StringComparison.Ordinal);
        Assert.Contains("1 waiting for your signature", await hers.OpenAsync("/"), StringComparison.Ordinal);
        using var signed = await learner.Client.PostAsync($"/api/plans/{plan}/reviews/1/signatures", new { sha256 = review["sha256"]!.GetValue<string>() });
        Assert.DoesNotContain("waiting for your signature", await hers.OpenAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_teacher_finds_who_asked_to_come_and_look()
    {
        var teacher = await district.App.PersonAsync(district.West, Role.Teacher);
        var learner = await district.LearnerAsync(district.West, teacher);
        var work = (await district.DraftAsync(learner)).Id;
        using var asked = await learner.Client.PostAsync($"/api/submissions/{work}/assessment-requests", new { words = "Booth 3." });
        Assert.True(asked.IsSuccessStatusCode);
        using var visitor = await PageVisitor.OfAsync(district.App, teacher);

        Assert.Matches("href=\"/classes/[^\"]+\"><h2>Come and look</h2><p>1 asked", await visitor.OpenAsync("/"));
    }

    private static async Task<string> IdAsync(HttpClient client, string address, object body)
    {
        using var answer = await client.PostAsync(address, body);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!.GetValue<string>();
    }
}
