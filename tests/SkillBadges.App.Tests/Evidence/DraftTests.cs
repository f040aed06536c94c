using System.Net;
using SkillBadges.App.Evidence;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Evidence;

namespace SkillBadges.App.Tests.Evidence;

/// <summary>Whose draft it is, when it can be changed, and what happens when the same request comes many times.</summary>
[Collection(DistrictCollection.Name)]
public sealed class DraftTests(TestDistrict district)
{
    private const int Times = 100;

    public static readonly TheoryData<string> Operations = ["read", "add", "file", "remove", "reflect", "submit", "download"];

    public static readonly TheoryData<string> Changes = ["add", "file", "remove", "reflect", "submit"];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Another_learners_work_does_not_exist(string operation)
    {
        var owner = await district.LearnerAsync();
        var id = await district.CompleteDraftAsync(owner.Person);
        var stranger = await district.LearnerAsync();

        using var answer = await SendAsync(stranger.Client, operation, (await district.StoredAsync(id)).Document);

        await answer.RefusesAsync(404, "submission.not-found");
        Assert.Equal(1, (await district.StoredAsync(id)).Version);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task The_teacher_of_the_learner_neither_sees_nor_changes_a_draft(string operation)
    {
        var owner = await district.LearnerAsync();
        var id = await district.CompleteDraftAsync(owner.Person);
        using var teacher = await district.AsAsync(district.Teacher);

        using var answer = await SendAsync(teacher, operation, (await district.StoredAsync(id)).Document);

        await answer.RefusesAsync(404, "submission.not-found");
        Assert.Equal(1, (await district.StoredAsync(id)).Version);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Work_that_is_turned_in_is_frozen(string operation)
    {
        var owner = await district.LearnerAsync();
        var id = await district.TurnedInAsync(owner.Person);

        using var answer = await SendAsync(owner.Client, operation, (await district.StoredAsync(id)).Document);

        await answer.RefusesAsync(409, "submission.not-editable");
        Assert.Equal(1, (await district.StoredAsync(id)).Version);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_of_what_is_no_more_the_version_read_is_refused(string operation)
    {
        var owner = await district.LearnerAsync();
        var id = await district.CompleteDraftAsync(owner.Person);

        using var answer = await SendAsync(owner.Client, operation, (await district.StoredAsync(id)).Document, ("If-Match", "\"v9\""));

        await answer.RefusesAsync(412, "request.stale");
        Assert.Equal(1, (await district.StoredAsync(id)).Version);
    }

    [Fact]
    public async Task Work_begins_only_at_a_school_where_one_is_a_student_and_only_for_a_badge_that_there_is()
    {
        var learner = await district.LearnerAsync();
        var elsewhere = await district.LearnerAsync(district.East);
        var refusals = new (HttpClient Client, string Organization, string Badge, int Status, string Code)[]
        {
            (learner.Client, district.East.Value, TestDistrict.Badge, 403, "role.missing"),
            (elsewhere.Client, district.West.Value, TestDistrict.Badge, 403, "role.missing"),
            (learner.Client, "no-such", TestDistrict.Badge, 403, "role.missing"),
            (learner.Client, new string('o', 10_000), TestDistrict.Badge, 422, "storage.text-too-long"),
            (learner.Client, district.West.Value, "no-such", 404, "badge.not-found"),
            (learner.Client, district.West.Value, "../../etc/passwd", 404, "badge.not-found"),
            (learner.Client, district.West.Value, new string('b', 10_000), 404, "badge.not-found"),
        };
        foreach (var (client, organization, badge, status, code) in refusals)
        {
            using var answer = await client.PostAsync("/api/submissions", new { organization, badge });
            await answer.RefusesAsync(status, code);
        }

        Assert.Empty((await district.Store.QueryAsync(SubmissionDocuments.Kind, SubmissionDocuments.Of(learner.Person), CancellationToken.None)).Items);
    }

    [Fact]
    public async Task The_same_badge_is_begun_once_however_often_it_is_asked_at_once()
    {
        var learner = await district.LearnerAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => learner.Client.PostAsync("/api/submissions", new { organization = district.West.Value, badge = TestDistrict.Badge })));

        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        foreach (var answer in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            await answer.RefusesAsync(409, "submission.already-open");
        }
    }

    [Fact]
    public async Task Incomplete_work_cannot_be_turned_in()
    {
        var learner = await district.LearnerAsync();
        var draft = await district.DraftAsync(learner);

        using var answer = await learner.Client.SendJsonAsync(HttpMethod.Post, $"/api/submissions/{draft.Id}/attempts", null);

        await answer.RefusesAsync(422, "submission.incomplete");
        Assert.Equal(1, (await district.StoredAsync(SubmissionId.From(draft.Id))).Version);
    }

    [Theory]
    [InlineData("add")]
    [InlineData("file")]
    [InlineData("submit")]
    public async Task The_same_key_a_hundred_times_at_once_is_one_request(string operation)
    {
        var owner = await district.LearnerAsync();
        var id = await district.CompleteDraftAsync(owner.Person);
        var draft = (await district.StoredAsync(id)).Document;

        var answers = await Task.WhenAll(Enumerable.Range(0, Times).Select(_ => SendAsync(owner.Client, operation, draft, ("Idempotency-Key", "once"))));

        var texts = await Task.WhenAll(answers.Select(async answer => $"{(int)answer.StatusCode} {answer.Headers.ETag} {await answer.Content.ReadAsStringAsync()}"));
        Assert.StartsWith("200", Assert.Single(texts.Distinct(StringComparer.Ordinal)), StringComparison.Ordinal);
        var stored = await district.StoredAsync(id);
        Assert.Equal(2, stored.Version);
        Assert.Equal(operation == "submit" ? 1 : 0, stored.Document.Attempts.Length);
        Assert.Equal(draft.Draft.Sum(work => work.Items.Length) + (operation == "submit" ? 0 : 1), stored.Document.Draft.Sum(work => work.Items.Length));
    }

    [Theory]
    [InlineData("add")]
    [InlineData("file")]
    public async Task A_key_that_comes_with_another_body_is_refused(string operation)
    {
        var owner = await district.LearnerAsync();
        var id = await district.CompleteDraftAsync(owner.Person);
        var draft = (await district.StoredAsync(id)).Document;
        using var first = await SendAsync(owner.Client, operation, draft, ("Idempotency-Key", "twice"));
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);

        using var second = await SendAsync(owner.Client, operation + " other", draft, ("Idempotency-Key", "twice"));

        await second.RefusesAsync(422, "request.key-reused");
        Assert.Equal(2, (await district.StoredAsync(id)).Version);
    }

    [Fact]
    public async Task The_same_key_of_another_learner_is_another_request()
    {
        var (one, two) = (await district.LearnerAsync(), await district.LearnerAsync());
        var body = new { organization = district.West.Value, badge = TestDistrict.Badge };
        using var first = await one.Client.PostAsync("/api/submissions", body, ("Idempotency-Key", "shared"));

        using var second = await two.Client.PostAsync("/api/submissions", body, ("Idempotency-Key", "shared"));

        Assert.Equal(one.Person.Value, (await first.ReadAsync<SubmissionView>()).Learner);
        Assert.Equal(two.Person.Value, (await second.ReadAsync<SubmissionView>()).Learner);
    }

    [Fact]
    public async Task Who_is_no_student_any_more_cannot_turn_work_in()
    {
        var learner = await district.LearnerAsync();
        var id = await district.CompleteDraftAsync(learner.Person);
        await district.DismissAsync(learner.Person, district.West);

        using var answer = await SendAsync(learner.Client, "submit", (await district.StoredAsync(id)).Document);

        await answer.RefusesAsync(403, "role.missing");
        Assert.Equal(SubmissionState.Draft, (await district.StoredAsync(id)).Document.State);
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string operation, Submission submission, params (string Name, string Value)[] headers)
    {
        var address = $"/api/submissions/{submission.Id}";
        var work = submission.Draft[0];
        return operation switch
        {
            "read" => client.SendJsonAsync(HttpMethod.Get, address, null, headers),
            "add" => client.PostAsync($"{address}/evidence", new { competency = work.CompetencyId, title = "More", text = "And then." }, headers),
            "add other" => client.PostAsync($"{address}/evidence", new { competency = work.CompetencyId, title = "More", text = "And then!" }, headers),
            "file" => UploadAsync(client, $"{address}/files", work.CompetencyId, 200, headers),
            "file other" => UploadAsync(client, $"{address}/files", work.CompetencyId, 201, headers),
            "remove" => client.SendJsonAsync(HttpMethod.Delete, $"{address}/evidence/{work.CompetencyId}/{work.Items[0].Id}", null, headers),
            "reflect" => client.SendJsonAsync(HttpMethod.Put, $"{address}/reflections/{work.CompetencyId}", new { reflection = "I can do it." }, headers),
            "submit" => client.SendJsonAsync(HttpMethod.Post, $"{address}/attempts", null, headers),
            "download" => client.SendJsonAsync(HttpMethod.Get, $"{address}/evidence/{work.Items[0].Id}/content", null, headers),
            _ => throw new ArgumentOutOfRangeException(nameof(operation)),
        };
    }

    private static Task<HttpResponseMessage> UploadAsync(HttpClient client, string address, string competency, int length, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, UriKind.Relative)) { Content = UploadForms.Good(competency, "photo.png", UploadForms.Png(length)) };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return client.SendAsync(request);
    }
}
