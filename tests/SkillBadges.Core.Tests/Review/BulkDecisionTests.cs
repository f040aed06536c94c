using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Review;

public sealed class BulkDecisionTests : IAsyncLifetime
{
    private readonly List<Submission> waiting = [];
    private District district = null!;

    public async Task InitializeAsync()
    {
        district = await District.OpenAsync();
        foreach (var learner in Enumerable.Range(0, 12).Select(number => new Actor(PersonId.From($"learner-{number}"))))
        {
            await district.EnrollAsync(learner, district.West);
            await district.TeachAsync(district.Teacher, learner);
            waiting.Add(await district.TurnInAsync(learner));
        }
    }

    public Task DisposeAsync()
    {
        district.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Each_item_has_its_answer_and_a_bad_one_keeps_no_other()
    {
        var items = Approving().ToList();
        items[3] = items[3] with { Request = items[3].Request with { Attempt = 7 } };
        items[5] = new(SubmissionId.From("no-such"), items[5].Request, null);
        items[8] = items[8] with { Request = new(1, DecisionOutcome.Returned, [], "Show the taps.") };

        var answer = await district.Bulk.DecideAsync(district.Teacher, items, null, default);

        Assert.Equal(items.Select(item => item.Submission), answer.Results.Select(result => result.Submission));
        Assert.Equal("submission.attempt-stale", answer.Results[3].Code);
        Assert.Equal("submission.not-found", answer.Results[5].Code);
        Assert.Equal(BulkOutcome.Returned, answer.Results[8].Outcome);
        Assert.Equal(9, answer.Results.Count(result => result is { Outcome: BulkOutcome.Approved, Award: not null }));
    }

    [Fact]
    public async Task The_same_request_again_changes_nothing_and_is_answered_the_same_even_where_it_would_succeed_now()
    {
        var key = new RequestKey("teacher", "bulk", "k-1", Sha256Digest.Of("body"u8));
        var section = (await district.Store.FirstAsync(ClassSectionDocuments.Kind, ClassSectionDocuments.ByStudent.Where("learner-4"), default))!;
        await district.Store.CommitAsync(new Changes().Replace(ClassSectionDocuments.Kind, section, section.Document.RemoveStudent(PersonId.From("learner-4"))), default);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => district.Bulk.DecideAsync(district.Teacher, [.. Approving()], key, default)));
        await district.TeachAsync(district.Teacher, new(PersonId.From("learner-4")));
        var late = await district.Bulk.DecideAsync(district.Teacher, [.. Approving()], key, default);

        Assert.All(answers.Append(late), answer => Assert.Equal(answers[0].Results.AsEnumerable(), answer.Results.AsEnumerable()));
        Assert.Equal("decision.not-assigned", Assert.Single(late.Results, result => result.Outcome == BulkOutcome.Refused).Code);
        Assert.Equal(
            "request.key-reused", await Refusal.CodeOf(() => district.Bulk.DecideAsync(district.Teacher, [.. Approving()], key with { BodyHash = Sha256Digest.Of("other"u8) }, default)));
    }

    [Fact]
    public async Task A_request_has_1_to_500_items_about_different_works()
    {
        Assert.Equal("bulk.count", await Refusal.CodeOf(() => district.Bulk.DecideAsync(district.Teacher, [], null, default)));
        Assert.Equal("bulk.count", await Refusal.CodeOf(() => district.Bulk.DecideAsync(
            district.Teacher, [.. Enumerable.Range(0, 501).Select(number => new BulkItem(SubmissionId.From($"s-{number}"), new(1, DecisionOutcome.Approved, [], null), null))], null, default)));
        Assert.Equal("bulk.repeated", await Refusal.CodeOf(() => district.Bulk.DecideAsync(district.Teacher, [.. Approving(), Approving().First()], null, default)));
        Assert.Empty(await district.AwardsAsync(new(PersonId.From("learner-0"))));
    }

    private IEnumerable<BulkItem> Approving() => waiting.Select(work => new BulkItem(work.Id, new(1, DecisionOutcome.Approved, [], null), null));
}
