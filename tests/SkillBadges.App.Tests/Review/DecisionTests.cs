using System.Net;
using System.Text.Json;
using SkillBadges.App.Evidence;
using SkillBadges.App.Http;
using SkillBadges.App.Review;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.Review;

/// <summary>Decisions over HTTP: who may, what they must hold, and what many at once come to.</summary>
[Collection(DistrictCollection.Name)]
public sealed class DecisionTests(TestDistrict district)
{
    public static readonly TheoryData<string, string, int, string> Bodies = new()
    {
        { "an unknown level", """{"attempt":1,"outcome":"approved","ratings":[{"competencyId":"$","level":"superb"}]}""", 422, "scale.unknown-level" },
        { "an unknown skill", """{"attempt":1,"outcome":"approved","ratings":[{"competencyId":"no-such","level":"proficient"}]}""", 422, "definition.unknown-competency" },
        { "a level too low", """{"attempt":1,"outcome":"approved","ratings":[{"competencyId":"$","level":"beginning"}]}""", 422, "decision.level-too-low" },
        { "a skill twice", """{"attempt":1,"outcome":"approved","ratings":[{"competencyId":"$","level":"proficient"},{"competencyId":"$","level":"advanced"}]}""", 422, "decision.rated-twice" },
        { "a skill twice when returned", """{"attempt":1,"outcome":"returned","comment":"x","ratings":[{"competencyId":"$","level":"proficient"},{"competencyId":"$","level":"advanced"}]}""", 422, "decision.rated-twice" },
        { "a rating without level", """{"attempt":1,"outcome":"approved","ratings":[{"competencyId":"$"}]}""", 400, "request.missing-member" },
        { "a rating whose level is null", """{"attempt":1,"outcome":"approved","ratings":[{"competencyId":"$","level":null}]}""", 400, "request.wrong-type" },
        { "a rating that is null", """{"attempt":1,"outcome":"approved","ratings":[null]}""", 400, "request.wrong-type" },
        { "returned without a word", """{"attempt":1,"outcome":"returned"}""", 422, "decision.say-what-is-missing" },
        { "returned with blanks", """{"attempt":1,"outcome":"returned","comment":"  "}""", 422, "decision.say-what-is-missing" },
        { "a comment of 10,000 characters", $$"""{"attempt":1,"outcome":"returned","comment":"{{new string('c', 10_000)}}"}""", 422, "decision.comment" },
        { "a comment that turns the direction", """{"attempt":1,"outcome":"returned","comment":"a\u202Eb"}""", 422, "decision.comment" },
        { "an attempt that is not there", """{"attempt":2,"outcome":"approved"}""", 409, "submission.attempt-stale" },
        { "attempt 0", """{"attempt":0,"outcome":"approved"}""", 409, "submission.attempt-stale" },
        { "a huge attempt", """{"attempt":99999999999,"outcome":"approved"}""", 400, "request.wrong-type" },
        { "an outcome that is unknown", """{"attempt":1,"outcome":"maybe"}""", 400, "request.wrong-type" },
        { "an outcome as a number", """{"attempt":1,"outcome":0}""", 400, "request.wrong-type" },
        { "no outcome", """{"attempt":1}""", 400, "request.missing-member" },
        { "somebody else as assessor", """{"attempt":1,"outcome":"approved","assessor":"x"}""", 400, "request.unknown-member" },
        { "a date of one's own", """{"attempt":1,"outcome":"approved","decidedAt":"2020-01-01T00:00:00Z"}""", 400, "request.unknown-member" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_decision_that_breaks_a_rule_is_refused_and_the_work_still_waits(string what, string body, int status, string code)
    {
        var learner = await district.LearnerAsync();
        var id = await district.TurnedInAsync(learner.Person);
        using var teacher = await district.AsAsync(district.Teacher);

        using var answer = await teacher.PostTextAsync($"/api/submissions/{id}/decisions", body.Replace("$", district.Definition.Competencies[0].Id, StringComparison.Ordinal));

        await answer.RefusesAsync(status, code);
        Assert.True((await district.StoredAsync(id)) is { Version: 1, Document.State: SubmissionState.Submitted }, what);
        Assert.Empty(await AwardsAsync(id));
        Assert.NotNull(await district.Store.FindAsync(ReviewTaskDocuments.Kind, id.Value, CancellationToken.None));
    }

    [Fact]
    public async Task Fifty_approvals_at_once_by_two_teachers_make_one_credential()
    {
        var learner = await district.LearnerAsync();
        var id = await district.TurnedInAsync(learner.Person);
        using var first = await district.AsAsync(district.Teacher);
        using var second = await district.AsAsync(district.SecondTeacher);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => (i % 2 == 0 ? first : second).PostAsync($"/api/submissions/{id}/decisions", TestDistrict.Approval)));

        var winner = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        foreach (var answer in answers.Where(answer => answer != winner))
        {
            await answer.RefusesAsync(409, "submission.already-decided");
        }

        Assert.Equal("valid", await VerdictOfAsync(learner, Assert.Single(await AwardsAsync(id)).Id.Value));
        Assert.Equal(district.Definition.Competencies.Length, (await EntriesAsync(learner.Person)).Count);
        Assert.Single((await district.StoredAsync(id)).Document.LastAttempt!.Decisions);
    }

    [Fact]
    public async Task The_same_key_a_hundred_times_at_once_is_one_decision()
    {
        var learner = await district.LearnerAsync();
        var id = await district.TurnedInAsync(learner.Person);
        using var teacher = await district.AsAsync(district.Teacher);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => teacher.PostAsync($"/api/submissions/{id}/decisions", TestDistrict.Approval, ("Idempotency-Key", "once"))));

        var texts = await Task.WhenAll(answers.Select(async answer => $"{(int)answer.StatusCode} {answer.Headers.ETag} {await answer.Content.ReadAsStringAsync()}"));
        Assert.StartsWith("201", Assert.Single(texts.Distinct(StringComparer.Ordinal)), StringComparison.Ordinal);
        Assert.Single(await AwardsAsync(id));
        using var other = await teacher.PostAsync($"/api/submissions/{id}/decisions", new { attempt = 1, outcome = "returned", comment = "No." }, ("Idempotency-Key", "once"));
        await other.RefusesAsync(422, "request.key-reused");
    }

    [Fact]
    public async Task Who_may_not_decide_is_told_no_more_than_they_may_know()
    {
        var learner = await district.LearnerAsync();
        var id = await district.TurnedInAsync(learner.Person);
        var other = await district.LearnerAsync();
        var guardian = await district.GuardianAsync(learner.Person);
        await district.PlaceAsync(learner.Person, TestDistrict.SupervisedBadge);
        foreach (var (person, status, code) in new[]
        {
            (learner.Person, 403, "decision.own-work"),
            (district.UnassignedTeacher, 403, "decision.not-assigned"),
            (district.EastTeacher, 404, "submission.not-found"),
            (district.Supervisor, 404, "submission.not-found"),
            (district.WestRegistrar, 404, "submission.not-found"),
            (guardian, 404, "submission.not-found"),
            (other.Person, 404, "submission.not-found"),
        })
        {
            using var client = await district.AsAsync(person);
            using var answer = await client.PostAsync($"/api/submissions/{id}/decisions", TestDistrict.Approval);
            await answer.RefusesAsync(status, code);
        }

        Assert.Equal(1, (await district.StoredAsync(id)).Version);
    }

    [Fact]
    public async Task A_teacher_who_is_also_the_learner_does_not_decide()
    {
        var learner = await district.LearnerAsync();
        await district.App.JoinAsync(learner.Person, district.West, Role.Teacher);
        await district.ClassAsync(district.West, learner.Person, learner.Person);
        var id = await district.TurnedInAsync(learner.Person);

        using var answer = await learner.Client.PostAsync($"/api/submissions/{id}/decisions", TestDistrict.Approval);

        await answer.RefusesAsync(403, "decision.own-work");
        Assert.Empty(await AwardsAsync(id));
    }

    [Fact]
    public async Task A_decision_on_an_earlier_try_or_version_is_refused()
    {
        var learner = await district.LearnerAsync();
        var id = await district.TurnedInAsync(learner.Person);
        using var teacher = await district.AsAsync(district.Teacher);
        using var stale = await teacher.PostAsync($"/api/submissions/{id}/decisions", TestDistrict.Approval, ("If-Match", "\"v9\""));
        await stale.RefusesAsync(412, "request.stale");
        using var returned = await teacher.PostAsync($"/api/submissions/{id}/decisions", new { attempt = 1, outcome = "returned", comment = "Show the journal." });
        Assert.Equal(HttpStatusCode.Created, returned.StatusCode);
        using var twice = await teacher.PostAsync($"/api/submissions/{id}/decisions", TestDistrict.Approval);
        await twice.RefusesAsync(409, "submission.already-decided");
        await TestDistrict.PlanAsync(learner.Client, id);
        using var again = await learner.Client.SendJsonAsync(HttpMethod.Post, $"/api/submissions/{id}/attempts", null);
        Assert.Equal(2, (await again.ReadAsync<SubmissionView>()).Attempts.Count);

        using var earlier = await teacher.PostAsync($"/api/submissions/{id}/decisions", TestDistrict.Approval);

        await earlier.RefusesAsync(409, "submission.attempt-stale");
        Assert.Empty(await AwardsAsync(id));

        // Every try is kept and can be read page by page, by whoever may read the work.
        using var first = await teacher.GetAsync(new Uri($"/api/submissions/{id}/attempts?limit=1", UriKind.Relative));
        var page = await first.ReadAsync<PageOf<AttemptView>>();
        Assert.Equal((1, DecisionOutcome.Returned), (Assert.Single(page.Items).Number, Assert.Single(page.Items[0].Decisions).Outcome));
        using var next = await learner.Client.GetAsync(new Uri($"/api/submissions/{id}/attempts?limit=1&cursor={page.Next}", UriKind.Relative));
        var last = await next.ReadAsync<PageOf<AttemptView>>();
        Assert.Equal((2, null), (Assert.Single(last.Items).Number, last.Next));
        using var elsewhere = await learner.Client.GetAsync(new Uri($"/api/submissions?cursor={page.Next}", UriKind.Relative));
        await elsewhere.RefusesAsync(422, "paging.cursor");
    }

    [Fact]
    public async Task A_draft_cannot_be_decided()
    {
        var learner = await district.LearnerAsync();
        var id = await district.CompleteDraftAsync(learner.Person);
        using var teacher = await district.AsAsync(district.Teacher);

        using var answer = await teacher.PostAsync($"/api/submissions/{id}/decisions", TestDistrict.Approval);

        await answer.RefusesAsync(409, "submission.not-submitted");
    }

    [Fact]
    public async Task A_role_that_ended_ends_deciding_reading_and_the_queue_at_once()
    {
        var teacher = await district.App.PersonAsync(district.West, Role.Teacher);
        var learner = await district.LearnerAsync(district.West, teacher);
        var decided = await district.TurnedInAsync(learner.Person, "python-fundamentals");
        var waiting = await district.TurnedInAsync(learner.Person);
        using var client = await district.AsAsync(teacher);
        using var signed = await client.PostAsync($"/api/submissions/{decided}/decisions", TestDistrict.Approval);
        Assert.Equal(HttpStatusCode.Created, signed.StatusCode);
        Assert.Single(await QueueAsync(client));

        await district.DismissAsync(teacher, district.West);

        using var answer = await client.PostAsync($"/api/submissions/{waiting}/decisions", TestDistrict.Approval);
        await answer.RefusesAsync(404, "submission.not-found");
        foreach (var id in new[] { waiting, decided })
        {
            using var read = await client.GetAsync(new Uri($"/api/submissions/{id}", UriKind.Relative));
            await read.RefusesAsync(404, "submission.not-found");
        }

        Assert.Empty(await QueueAsync(client));
    }

    [Fact]
    public async Task A_supervisor_whose_placement_ended_decides_no_more_and_what_they_signed_stays()
    {
        var learner = await district.LearnerAsync();
        var placement = await district.PlaceAsync(learner.Person, TestDistrict.SupervisedBadge, TestDistrict.Badge);
        var signed = await district.TurnedInAsync(learner.Person, TestDistrict.SupervisedBadge);
        var waiting = await district.TurnedInAsync(learner.Person);
        using var supervisor = await district.AsAsync(district.Supervisor);
        using var answer = await supervisor.PostAsync($"/api/submissions/{signed}/decisions", TestDistrict.Approval);
        var award = (await answer.ReadAsync<DecisionAnswer>()).Award!;

        await district.EndPlacementAsync(placement);

        using var late = await supervisor.PostAsync($"/api/submissions/{waiting}/decisions", TestDistrict.Approval);
        await late.RefusesAsync(404, "submission.not-found");
        Assert.DoesNotContain(await QueueAsync(supervisor), task => task.Submission == waiting.Value);
        Assert.Equal("valid", await VerdictOfAsync(learner, award.Id));
    }

    [Fact]
    public async Task A_supervisor_who_signed_beside_the_teacher_may_look_at_what_they_signed()
    {
        var learner = await district.LearnerAsync();
        var placement = await district.PlaceAsync(learner.Person, TestDistrict.CoSignedBadge);
        var id = await district.TurnedInAsync(learner.Person, TestDistrict.CoSignedBadge);
        using var supervisor = await district.AsAsync(district.Supervisor);
        using var answer = await supervisor.PostAsync($"/api/submissions/{id}/decisions", TestDistrict.Approval);
        Assert.Null((await answer.ReadAsync<DecisionAnswer>()).Award);
        using var twice = await supervisor.PostAsync($"/api/submissions/{id}/decisions", TestDistrict.Approval);
        await twice.RefusesAsync(409, "submission.already-decided");
        await district.EndPlacementAsync(placement);

        using var read = await supervisor.GetAsync(new Uri($"/api/submissions/{id}", UriKind.Relative));

        Assert.NotNull((await read.ReadAsync<SubmissionView>()).Attempts[0].CoSignature);
        using var teacher = await district.AsAsync(district.Teacher);
        using var approved = await teacher.PostAsync($"/api/submissions/{id}/decisions", TestDistrict.Approval);
        Assert.Equal("valid", await VerdictOfAsync(learner, (await approved.ReadAsync<DecisionAnswer>()).Award!.Id));
    }

    [Fact]
    public async Task A_badge_that_supervisors_decide_is_not_decided_by_teachers()
    {
        var learner = await district.LearnerAsync();
        var id = await district.TurnedInAsync(learner.Person, TestDistrict.SupervisedBadge);
        using var teacher = await district.AsAsync(district.Teacher);

        using var answer = await teacher.PostAsync($"/api/submissions/{id}/decisions", TestDistrict.Approval);

        await answer.RefusesAsync(403, "decision.role-not-allowed");
        Assert.Equal(1, (await district.StoredAsync(id)).Version);
    }

    private async Task<string> VerdictOfAsync(TestLearner learner, string award)
    {
        var credential = await TestDistrict.CredentialAsync(learner.Client, award, SignedForm.VcJwtEs256);
        using var anyone = district.App.Anonymous();
        using var answer = await anyone.PostTextAsync("/api/verify", credential, "text/plain");
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("verdict").GetString()!;
    }

    private async Task<IReadOnlyList<Award>> AwardsAsync(SubmissionId submission) =>
        [.. (await district.Store.QueryAsync(AwardDocuments.Kind, AwardDocuments.BySubmission.Where(submission.Value).Take(100), CancellationToken.None)).Documents];

    private async Task<IReadOnlyList<MasteryEntry>> EntriesAsync(PersonId learner) =>
        [.. (await district.Store.QueryAsync(LedgerDocuments.Kind, LedgerDocuments.ByLearner.Where(learner.Value).Take(100), CancellationToken.None)).Documents];

    private static async Task<IReadOnlyList<ReviewTaskView>> QueueAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(new Uri("/api/review-tasks", UriKind.Relative));
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("items").Deserialize<List<ReviewTaskView>>(App.Http.RequestJson.Strict)!;
    }
}
