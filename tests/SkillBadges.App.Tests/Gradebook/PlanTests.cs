using System.Net;
using System.Text.Json.Nodes;
using SkillBadges.App.Tests.Http;

namespace SkillBadges.App.Tests.Gradebook;

/// <summary>A plan that learner, family and advisers write together, and audits of what it leads to.</summary>
[Collection(DistrictCollection.Name)]
public sealed class PlanTests(TestDistrict district)
{
    [Fact]
    public async Task Each_line_keeps_its_author_and_a_review_what_was_signed()
    {
        var learner = await district.LearnerAsync();
        using var teacher = await district.AsAsync(district.Teacher);
        using var guardian = await district.AsAsync(await district.GuardianAsync(learner.Person));
        var plan = $"/api/plans/{await IdAsync(learner.Client, "/api/plans", new { learnerId = learner.Person.Value, organizationId = district.West.Value })}";
        var mine = new { id = "g1", text = "Keep books for a shop" };
        using var first = await WriteAsync(learner.Client, plan, 1, new { goals = new[] { mine }, targets = Array.Empty<object>(), pathway = "Business" });
        var target = new { id = "t1", period = "Term 1", badge = TestDistrict.Badge };
        using var second = await WriteAsync(teacher, plan, 2, new { goals = new[] { mine }, targets = new[] { target }, pathway = "Business" });

        var content = JsonNode.Parse(await second.Content.ReadAsStringAsync())!;
        Assert.Equal(("learner", "adviser"), (content["content"]!["goals"]![0]!["author"]!["voice"]!.GetValue<string>(), content["content"]!["targets"]![0]!["author"]!["voice"]!.GetValue<string>()));
        Assert.Equal((1, 1), (content["authorship"]!["learner"]!.GetValue<int>(), content["authorship"]!["adviser"]!.GetValue<int>()));
        using var stale = await WriteAsync(learner.Client, plan, 2, new { goals = Array.Empty<object>(), targets = Array.Empty<object>() });
        await stale.RefusesAsync(412, "request.stale");

        using var reviewed = await teacher.PostAsync($"{plan}/reviews", new { notes = "We met." });
        var review = JsonNode.Parse(await reviewed.Content.ReadAsStringAsync())!;
        var sha256 = review["sha256"]!.GetValue<string>();
        using var later = await WriteAsync(learner.Client, plan, 4, new { goals = Array.Empty<object>(), targets = Array.Empty<object>() });
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
        foreach (var signer in new[] { learner.Client, guardian, teacher, teacher })
        {
            using var signed = await signer.PostAsync($"{plan}/reviews/1/signatures", new { sha256 });
            Assert.Equal(HttpStatusCode.OK, signed.StatusCode);
        }

        using var other = await learner.Client.PostAsync($"{plan}/reviews/1/signatures", new { sha256 = new string('0', 64) });
        await other.RefusesAsync(409, "plan.review-other");
        var kept = (await ReadAsync(guardian, $"{plan}/reviews"))["items"]![0]!;
        Assert.Equal(sha256, kept["sha256"]!.GetValue<string>());
        Assert.Single(kept["content"]!["targets"]!.AsArray());
        Assert.Equal(["learner", "family", "adviser"], kept["signatures"]!.AsArray().Select(signature => signature!["voice"]!.GetValue<string>()));
        Assert.Empty((await ReadAsync(learner.Client, plan))["content"]!["targets"]!.AsArray());
    }

    [Fact]
    public async Task Who_writes_may_not_say_who_wrote()
    {
        var learner = await district.LearnerAsync();
        var plan = $"/api/plans/{await IdAsync(learner.Client, "/api/plans", new { learnerId = learner.Person.Value, organizationId = district.West.Value })}";
        foreach (var (body, status, code) in new (object, int, string)[]
        {
            (new { goals = new[] { new { id = "g", text = "x", author = new { person = "p", voice = "family", at = "2026-01-01T00:00:00Z" } } }, targets = Array.Empty<object>() }, 400, "request.unknown-member"),
            (new { goals = new[] { new { id = "g", text = "x" }, new { id = "g", text = "y" } }, targets = Array.Empty<object>() }, 422, "plan.content"),
            (new { goals = Array.Empty<object>(), targets = new[] { new { id = "t", period = "Now", badge = "no-such" } } }, 404, "badge.not-found"),
        })
        {
            using var answer = await WriteAsync(learner.Client, plan, 1, body);
            await answer.RefusesAsync(status, code);
        }

        using var blind = await learner.Client.PutJsonAsync(plan, new { goals = Array.Empty<object>(), targets = Array.Empty<object>() });
        await blind.RefusesAsync(428, "request.if-match-required");
    }

    [Fact]
    public async Task An_audit_follows_the_record_and_the_version_of_the_rules()
    {
        var learner = await district.LearnerAsync();
        using var registrar = await district.AsAsync(district.WestRegistrar);
        using var teacher = await district.AsAsync(district.Teacher);
        var rules = await IdAsync(registrar, "/api/graduation-rules", new { organizationId = district.West.Value, terms = Terms(0.5) });
        var address = $"/api/learners/{learner.Person}/graduation-audits?rules={rules}";
        var before = await ReadAsync(learner.Client, address);
        await district.ApprovedAsync(learner.Person);

        var after = await ReadAsync(learner.Client, address);
        var byStaff = await ReadAsync(teacher, $"{address}&school={district.West}");
        using var revised = await registrar.PostAsync($"/api/graduation-rules/{rules.Split('@')[0]}/versions", Terms(1));
        var newer = await ReadAsync(learner.Client, $"/api/learners/{learner.Person}/graduation-audits?rules={rules.Split('@')[0]}");

        Assert.False(before["isSatisfied"]!.GetValue<bool>());
        Assert.Equal(district.Definition.Competencies.Length, before["requirements"]![0]!["missing"]!.AsArray().Count);
        Assert.True(after["isSatisfied"]!.GetValue<bool>());
        Assert.Equal(after.ToJsonString(), byStaff.ToJsonString());
        Assert.False(newer["isSatisfied"]!.GetValue<bool>());
        Assert.Equal("0.5 more credits of business.", newer["requirements"]![1]!["missing"]![0]!.GetValue<string>());
        Assert.Equal(after.ToJsonString(), (await ReadAsync(learner.Client, address)).ToJsonString());
        using var none = await learner.Client.GetAsync(new Uri($"/api/learners/{learner.Person}/graduation-audits", UriKind.Relative));
        await none.RefusesAsync(422, "graduation.rules");
        using var wrong = await registrar.PostAsync("/api/graduation-rules", new { organizationId = district.West.Value, terms = Terms(0) });
        await wrong.RefusesAsync(422, "graduation.requirements");
    }

    private static object Terms(double credits) => new
    {
        name = "Diploma",
        requirements = new object[] { new { id = "books", title = "Books", kind = "badge", slug = TestDistrict.Badge }, new { id = "business", title = "Business", kind = "credits", category = "business", credits } },
        badgeCredits = new[] { new { badge = TestDistrict.Badge, category = "business", credits = 0.5 } },
    };

    private static async Task<HttpResponseMessage> WriteAsync(HttpClient client, string plan, int version, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(plan, UriKind.Relative)) { Content = System.Net.Http.Json.JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"v{version}\"");
        return await client.SendAsync(request);
    }

    private static async Task<string> IdAsync(HttpClient client, string address, object body)
    {
        using var answer = await client.PostAsync(address, body);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!.GetValue<string>();
    }

    private static async Task<JsonNode> ReadAsync(HttpClient client, string address) => JsonNode.Parse(await client.GetStringAsync(new Uri(address, UriKind.Relative)))!;
}
