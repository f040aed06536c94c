using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Evidence;

public sealed class ReviewQueueTests : IAsyncLifetime
{
    private readonly Actor colleague = new(PersonId.From("colleague"));
    private readonly Actor office = new(PersonId.From("office"));
    private District district = null!;

    public async Task InitializeAsync()
    {
        district = await District.OpenAsync();
        await district.AppointAsync(colleague, district.West, Role.Teacher);
        await district.AppointAsync(office, district.West, Role.Registrar);
    }

    public Task DisposeAsync()
    {
        district.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Two_who_ask_at_once_open_different_work()
    {
        await PoolAsync();
        var works = await TurnInAsync(4);

        var opened = await Task.WhenAll(
            district.Queue.NextAsync(colleague, default), district.Queue.NextAsync(district.Teacher, default));

        Assert.Equal(2, opened.Select(read => read.Id).Distinct().Count());
        Assert.All(opened, read => Assert.Contains(read.Document.Submission, works.Select(work => work.Id)));
    }

    [Fact]
    public async Task Opened_work_is_not_decided_by_another_until_it_is_given_back_or_time_has_passed()
    {
        await district.TeachAsync(colleague, district.Student);
        var submission = await district.TurnInAsync();
        await district.Queue.ClaimAsync(colleague, submission.Id, default);

        Assert.Equal("review-task.claimed", await Refusal.CodeOf(() => district.ApproveAsync(district.Teacher, submission)));
        Assert.Equal("review-task.claimed", await Refusal.CodeOf(() => district.Queue.ClaimAsync(district.Teacher, submission.Id, default)));
        Assert.Equal("review-task.none", await Refusal.CodeOf(() => district.Queue.NextAsync(district.Teacher, default)));
        await district.Queue.ReleaseAsync(colleague, submission.Id, default);
        await district.Queue.ClaimAsync(colleague, submission.Id, default);
        district.Clock.Advance(ReviewTask.ClaimLasts);

        Assert.Equal(SubmissionState.Approved, (await district.ApproveAsync(district.Teacher, submission)).Submission.State);
    }

    [Fact]
    public async Task What_is_due_first_comes_first_and_of_a_pools_work_ones_own_share()
    {
        await PoolAsync();
        await TurnInAsync(12);

        var shares = (await district.Queue.ListAsync(colleague, query => query.Take(50), default)).Documents.ToList();
        Assert.Equal(shares.OrderBy(task => task.DueAt), shares);
        var mine = shares.Where(task => task.ShareOf == colleague.Person).ToList();
        Assert.InRange(mine.Count, 1, 11);
        foreach (var task in mine)
        {
            Assert.Equal(task.Submission, (await OpenAndDecideAsync(colleague)).Submission);
        }

        // Nothing of one's own is left, so the oldest of the others' comes.
        Assert.NotEqual(colleague.Person, (await district.Queue.NextAsync(colleague, default)).Document.ShareOf);
    }

    [Fact]
    public void Shares_are_about_equal_and_only_the_share_of_who_leaves_moves()
    {
        PersonId[] pool = [.. Enumerable.Range(0, 4).Select(number => PersonId.From($"p{number}"))];
        SubmissionId[] works = [.. Enumerable.Range(0, 2000).Select(number => SubmissionId.From($"s{number}"))];

        Assert.All(works.CountBy(work => ReviewTask.ShareAmong(work, pool)!.Value), share => Assert.InRange(share.Value, 420, 580));
        Assert.All(works.Where(work => ReviewTask.ShareAmong(work, pool) != pool[3]), work => Assert.Equal(ReviewTask.ShareAmong(work, pool), ReviewTask.ShareAmong(work, pool[..3])));
    }

    [Fact]
    public async Task Somebody_elses_line_is_not_there()
    {
        var submission = await district.TurnInAsync();

        Assert.Equal("review-task.not-found", await Refusal.CodeOf(() => district.Queue.ClaimAsync(colleague, submission.Id, default)));
        Assert.Equal("review-task.not-found", await Refusal.CodeOf(() => district.Queue.ClaimAsync(district.Student, submission.Id, default)));
    }

    // A pool of two for work that no class assigns to anybody.
    private Task PoolAsync() => district.Assignments.MakeAsync(
        office, new(default, district.West, "Panel", default) { Assessors = [colleague.Person, district.Teacher.Person], Badges = [District.Badge.Slug] }, null, default);

    private async Task<IReadOnlyList<Submission>> TurnInAsync(int count)
    {
        var works = new List<Submission>();
        foreach (var learner in Enumerable.Range(0, count).Select(number => new Actor(PersonId.From($"learner-{number}"))))
        {
            await district.EnrollAsync(learner, district.West);
            works.Add(await district.TurnInAsync(learner));
        }

        return works;
    }

    private async Task<ReviewTask> OpenAndDecideAsync(Actor assessor)
    {
        var opened = (await district.Queue.NextAsync(assessor, default)).Document;
        await district.ApproveAsync(assessor, (await district.Store.GetAsync(SubmissionDocuments.Kind, opened.Submission.Value, "submission", default)).Document);
        return opened;
    }
}
