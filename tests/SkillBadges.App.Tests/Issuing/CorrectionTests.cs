using System.Net;
using System.Text.Json.Nodes;
using SkillBadges.App.Review;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;

namespace SkillBadges.App.Tests.Issuing;

/// <summary>Mistakes taken back over HTTP: what the old credential says then, what the new one says, and what many at once come to.</summary>
[Collection(DistrictCollection.Name)]
public sealed class CorrectionTests(TestDistrict district)
{
    private static readonly string Long = new('r', 10_000);

    public static readonly TheoryData<string, string, int, string> Bodies = new()
    {
        { "no reason", """{"decision":"$","attempt":1,"outcome":"returned","comment":"x","reason":" "}""", 422, "award.reason" },
        { "a reason of 10,000 characters", $$"""{"decision":"$","attempt":1,"outcome":"returned","comment":"x","reason":"{{Long}}"}""", 422, "award.reason" },
        { "a reason left out", """{"decision":"$","attempt":1,"outcome":"returned","comment":"x"}""", 400, "request.missing-member" },
        { "another decision", """{"decision":"no-such","attempt":1,"outcome":"returned","comment":"x","reason":"r"}""", 409, "decision.nothing-to-correct" },
        { "returned without a word", """{"decision":"$","attempt":1,"outcome":"returned","reason":"r"}""", 422, "decision.say-what-is-missing" },
        { "an unknown level", """{"decision":"$","attempt":1,"outcome":"approved","reason":"r","ratings":[{"competencyId":"journalizing","level":"superb"}]}""", 422, "scale.unknown-level" },
        { "a hole in the list", """{"decision":"$","attempt":1,"outcome":"approved","reason":"r","ratings":[null]}""", 400, "request.wrong-type" },
        { "another attempt", """{"decision":"$","attempt":2,"outcome":"returned","comment":"x","reason":"r"}""", 409, "submission.attempt-stale" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_correction_that_breaks_a_rule_is_refused_and_the_badge_stays(string what, string body, int status, string code)
    {
        var learner = await district.LearnerAsync();
        var (id, approved) = await district.ApprovedAsync(learner.Person);
        using var teacher = await district.AsAsync(district.Teacher);
        var before = await district.StoredAsync(id);

        using var answer = await teacher.PostTextAsync($"/api/submissions/{id}/corrections", body.Replace("$", approved.Decision.Id, StringComparison.Ordinal));

        await answer.RefusesAsync(status, code);
        Assert.True((await district.StoredAsync(id)).Version == before.Version, what);
        Assert.Equal("valid", await VerdictAsync(learner, approved.Award!.Id));
    }

    [Fact]
    public async Task A_corrected_level_takes_the_old_badge_back_and_gives_a_new_one()
    {
        var learner = await district.LearnerAsync();
        var (id, first) = await district.ApprovedAsync(learner.Person);
        using var teacher = await district.AsAsync(district.SecondTeacher);
        var body = new
        {
            decision = first.Decision.Id, attempt = 1, outcome = "approved", reason = "The wrong row.", ratings = new[] { new { competencyId = district.Definition.Competencies[0].Id, level = "advanced" } },
        };

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => teacher.PostAsync($"/api/submissions/{id}/corrections", body)));

        var winner = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        foreach (var late in answers.Where(answer => answer != winner))
        {
            await late.RefusesAsync(409, "decision.nothing-to-correct");
        }

        var second = (await winner.ReadAsync<DecisionAnswer>()).Award!;
        Assert.Equal("revoked-or-suspended", await VerdictAsync(learner, first.Award!.Id));
        Assert.Equal("valid", await VerdictAsync(learner, second.Id));
        Assert.Contains(second.Levels, level => level.Level == "advanced");
        Assert.Single(await LiveAsync(id));
    }

    [Fact]
    public async Task A_mistaken_approval_becomes_a_return_and_the_work_opens_again()
    {
        var learner = await district.LearnerAsync();
        var (id, first) = await district.ApprovedAsync(learner.Person);
        using var teacher = await district.AsAsync(district.Teacher);
        using var stale = await teacher.PostAsync($"/api/submissions/{id}/corrections", Return(first.Decision.Id), ("If-Match", "\"v1\""));
        await stale.RefusesAsync(412, "request.stale");

        using var corrected = await teacher.PostAsync($"/api/submissions/{id}/corrections", Return(first.Decision.Id));

        Assert.Equal(SubmissionState.Draft, (await corrected.ReadAsync<DecisionAnswer>()).State);
        Assert.Equal("revoked-or-suspended", await VerdictAsync(learner, first.Award!.Id));
        await TestDistrict.PlanAsync(learner.Client, id);
        using var again = await learner.Client.SendJsonAsync(HttpMethod.Post, $"/api/submissions/{id}/attempts", null);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        using var tooLate = await teacher.PostAsync($"/api/submissions/{id}/corrections", Return(first.Decision.Id));
        await tooLate.RefusesAsync(409, "decision.nothing-to-correct");
        using var second = await teacher.PostAsync($"/api/submissions/{id}/decisions", new { attempt = 2, outcome = "approved" });
        Assert.Equal("valid", await VerdictAsync(learner, (await second.ReadAsync<DecisionAnswer>()).Award!.Id));
    }

    [Fact]
    public async Task A_revocation_and_a_correction_at_once_take_the_badge_back_once()
    {
        var learner = await district.LearnerAsync();
        var (id, first) = await district.ApprovedAsync(learner.Person);
        using var teacher = await district.AsAsync(district.Teacher);
        using var registrar = await district.AsAsync(district.WestRegistrar);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => i % 2 == 0
            ? teacher.PostAsync($"/api/submissions/{id}/corrections", Return(first.Decision.Id))
            : registrar.PostAsync($"/api/awards/{first.Award!.Id}/revocations", new { reason = "A mistake." })));

        Assert.Single(answers.Where((_, i) => i % 2 == 0), answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.InRange(answers.Where((_, i) => i % 2 == 1).Count(answer => answer.IsSuccessStatusCode), 0, 1);
        Assert.All(answers.Where(answer => !answer.IsSuccessStatusCode), answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
        Assert.Empty(await LiveAsync(id));
        Assert.Equal("revoked-or-suspended", await VerdictAsync(learner, first.Award!.Id));
    }

    [Theory]
    [InlineData("suspensions", "award.already-suspended")]
    [InlineData("revocations", "award.already-revoked")]
    public async Task A_status_asked_for_many_times_changes_once(string act, string code)
    {
        var learner = await district.LearnerAsync();
        var (_, first) = await district.ApprovedAsync(learner.Person);
        using var registrar = await district.AsAsync(district.WestRegistrar);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => registrar.PostAsync($"/api/awards/{first.Award!.Id}/{act}", new { reason = "A reason." })));

        var winner = Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        foreach (var late in answers.Where(answer => answer != winner))
        {
            await late.RefusesAsync(409, code);
        }
    }

    [Theory]
    [InlineData("""{"reason":""}""", 422, "award.reason")]
    [InlineData("""{"reason":null}""", 400, "request.wrong-type")]
    [InlineData("""{}""", 400, "request.missing-member")]
    [InlineData("""{"reason":"r","purpose":"revocation"}""", 400, "request.unknown-member")]
    public async Task A_status_without_a_reason_is_refused(string body, int status, string code)
    {
        var learner = await district.LearnerAsync();
        var (_, first) = await district.ApprovedAsync(learner.Person);
        using var registrar = await district.AsAsync(district.WestRegistrar);
        foreach (var act in (string[])["suspensions", "revocations"])
        {
            using var answer = await registrar.PostTextAsync($"/api/awards/{first.Award!.Id}/{act}", body);
            await answer.RefusesAsync(status, code);
        }

        Assert.Equal("valid", await VerdictAsync(learner, first.Award!.Id));
    }

    private static object Return(string decision) => new { decision, attempt = 1, outcome = "returned", reason = "Another learner's work.", comment = "Show your own." };

    private async Task<IReadOnlyList<Award>> LiveAsync(SubmissionId submission) =>
        [.. (await district.Store.QueryAsync(AwardDocuments.Kind, AwardDocuments.BySubmission.Where(submission.Value).Take(100), CancellationToken.None)).Documents.Where(award => award.IsLive)];

    private async Task<string> VerdictAsync(TestLearner learner, string award)
    {
        var credential = await TestDistrict.CredentialAsync(learner.Client, award, SignedForm.VcJwtRs256);
        using var anyone = district.App.Anonymous();
        using var answer = await anyone.PostTextAsync("/api/verify", credential, "text/plain");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["verdict"]!.GetValue<string>();
    }
}
