using System.Text;
using SkillBadges.Core.Bulk;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Bulk;

public sealed class BulkJobTests : IAsyncLifetime
{
    private const int Learners = 130;

    private readonly List<Actor> learners = [];
    private District district = null!;

    private BulkJobWorkflow Jobs => new(district.Commits, district.Authority, district.Arriving, district.Clock);

    public async Task InitializeAsync()
    {
        district = await District.OpenAsync();
        for (var number = 0; number < Learners; number++)
        {
            learners.Add(new(PersonId.From($"learner-{number}")));
            await district.EnrollAsync(learners[^1], district.West);
            await district.TeachAsync(district.Teacher, learners[^1]);
        }
    }

    public Task DisposeAsync()
    {
        district.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task The_trial_says_what_each_row_would_come_to_and_does_nothing()
    {
        var job = await TryAsync(Csv(["learner,note", .. learners.Take(3).Select(learner => $"{learner.Person},Seen in the shop"), "nobody,", "too,many,cells"]));

        Assert.Equal((BulkState.Checked, 5, 3, 2), (job.State, job.Rows, job.Succeeded, job.Refused));
        Assert.Equal([null, null, null, "person.not-found", "bulk-job.row"], (await ResultsAsync(job)).Select(row => row.Code));
        Assert.Empty(await district.AwardsAsync(learners[0]));
        Assert.Empty(await district.ChainAsync(learners[0]));
    }

    [Fact]
    public async Task The_run_awards_each_badge_with_its_entries_and_one_bad_row_stops_no_other()
    {
        await district.EnrollAsync(new(PersonId.From("stranger")), district.East);
        var job = await TryAsync(Csv(["learner,level:filing", .. learners.Select(learner => $"{learner.Person},proficient"), "stranger,", $"{district.Student.Person},no-such-level"]));

        var done = await RunAsync(job);

        Assert.Equal((BulkState.Done, Learners + 2, Learners, 2), (done.State, done.Passed, done.Succeeded, done.Refused));
        foreach (var learner in learners)
        {
            var award = Assert.Single(await district.AwardsAsync(learner));
            var chain = await district.ChainAsync(learner);
            Assert.Empty(LedgerChain.Check(chain));
            Assert.Equal(District.Badge.Competencies.Length, chain.Count);
            Assert.Equal("proficient", chain.Single(entry => entry.Facts.Competency.CompetencyId == "filing").Facts.Level.Code);
            Assert.Equal(AwardState.Issued, award.State);
        }

        Assert.Empty(await district.AwardsAsync(district.Student));
        Assert.Equal(Enumerable.Range(1, Learners + 2), (await ResultsAsync(done)).Select(row => row.Row));
    }

    [Fact]
    public async Task The_file_is_needed_until_the_run_has_ended()
    {
        var job = await ReceiveAsync(Csv(["learner", learners[0].Person.Value]));
        Assert.True(await Jobs.NeedsFileAsync(job.Id, default));
        await PassAsync(job, default);
        Assert.True(await Jobs.NeedsFileAsync(job.Id, default));
        await RunAsync(job);
        Assert.False(await Jobs.NeedsFileAsync(job.Id, default));
        Assert.False(await Jobs.NeedsFileAsync("another", default));
    }

    [Fact]
    public async Task A_run_that_was_cut_short_goes_on_and_doubles_nothing()
    {
        var job = await TryAsync(Json(learners.Select(learner => $"{{\"learner\":\"{learner.Person}\"}}")));
        await Jobs.BeginAsync(district.Teacher, job.Id, default);
        for (var cut = 0; cut < 4; cut++)
        {
            using var stopping = new CancellationTokenSource();
            district.BeforeNextCommit(async () =>
            {
                await Task.Delay(30 * cut);
                await stopping.CancelAsync();
            });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PassAsync(job, stopping.Token));
        }

        await PassAsync(job, default);

        var done = await ReadAsync(job);
        Assert.Equal((BulkState.Done, Learners, 0), (done.State, done.Succeeded, done.Refused));
        foreach (var learner in learners)
        {
            Assert.Single(await district.AwardsAsync(learner));
            Assert.Equal(District.Badge.Competencies.Length, (await district.ChainAsync(learner)).Count);
        }
    }

    [Fact]
    public async Task A_learner_who_stands_in_a_page_twice_is_awarded_once()
    {
        var done = await RunAsync(await TryAsync(Csv(["learner", .. new[] { 0, 1, 0, 2, 0 }.Select(number => learners[number].Person.Value)])));

        Assert.Equal((5, 0), (done.Succeeded, done.Refused));
        var award = Assert.Single(await district.AwardsAsync(learners[0]));
        Assert.Equal(3, (await ResultsAsync(done)).Count(row => row.ResultId == award.Id.Value));
        Assert.Equal(District.Badge.Competencies.Length, (await district.ChainAsync(learners[0])).Count);
    }

    [Fact]
    public async Task A_learner_who_stands_in_pages_that_are_done_side_by_side_is_awarded_once()
    {
        string[] others = [.. learners.Skip(1).Select(learner => learner.Person.Value)];
        var again = learners[0].Person.Value;
        // At the end of the second page and the beginning of the third, which is looked at while the second is written.
        var job = await TryAsync(Csv(["learner", .. others, .. Enumerable.Repeat("nobody", 70), again, again, .. Enumerable.Repeat("nobody", 99)]));

        var done = await RunAsync(job);

        Assert.Equal((BulkState.Done, Learners + 1, 169), (done.State, done.Succeeded, done.Refused));
        Assert.Single(await district.AwardsAsync(learners[0]));
        Assert.Empty(LedgerChain.Check(await district.ChainAsync(learners[0])));
        var results = await ResultsAsync(done);
        Assert.Equal(Enumerable.Range(1, 300), results.Select(row => row.Row));
        Assert.Equal(results[199].ResultId, results[200].ResultId);
    }

    [Fact]
    public async Task When_what_one_row_rests_on_changes_under_a_page_its_rows_are_judged_again_each_by_itself()
    {
        var job = await TryAsync(Csv(["learner", .. learners.Select(learner => learner.Person.Value)]));
        await Jobs.BeginAsync(district.Teacher, job.Id, default);
        district.BeforeNextCommit(async () =>
        {
            var role = (await district.Authority.FindAsync(learners[7], district.West, [Role.Student], default))!;
            await district.Store.CommitAsync(new Changes().Replace(MembershipDocuments.Kind, role, role.Document with { To = district.Clock.Now() }), default);
        });

        await PassAsync(job, default);

        Assert.Equal((BulkState.Done, Learners - 1, 1), ((await ReadAsync(job)).State, (await ReadAsync(job)).Succeeded, (await ReadAsync(job)).Refused));
        Assert.Equal("observation.not-a-learner", (await ResultsAsync(await ReadAsync(job)))[7].Code);
        Assert.Empty(await district.AwardsAsync(learners[7]));
        Assert.Single(await district.AwardsAsync(learners[8]));
    }

    [Fact]
    public async Task What_may_still_be_undone_is_signed_when_its_time_has_come()
    {
        await district.LetUndoAsync(10);
        await RunAsync(await TryAsync(Csv(["learner", .. learners.Take(20).Select(learner => learner.Person.Value)])));
        Assert.Equal(AwardState.Signing, (await district.AwardsAsync(learners[0]))[0].State);

        district.Clock.Advance(TimeSpan.FromMinutes(11));

        Assert.Equal(20, (await district.Finisher.FinishOpenAsync(default)).Settled);
        foreach (var learner in learners.Take(20))
        {
            Assert.Equal(AwardState.Issued, Assert.Single(await district.AwardsAsync(learner)).State);
        }
    }

    [Fact]
    public async Task Who_lost_the_lease_awards_nothing_more()
    {
        var job = await TryAsync(Json(learners.Take(5).Select(learner => $"{{\"learner\":\"{learner.Person}\"}}")));
        await Jobs.BeginAsync(district.Teacher, job.Id, default);
        await using var asleep = (await new Leases(district.Store, district.Clock).TryTakeAsync("job", default))!;
        var lease = asleep.Lease;
        await district.Store.CommitAsync(new Changes().Replace(LeaseDocuments.Kind, lease, lease.Document with { Node = "another" }), default);

        await Assert.ThrowsAsync<LeaseLostException>(() => new BulkRun(asleep.Fence(), district.Rows, district.Finisher, district.Arriving, district.Clock).RunAsync(job.Id, default));

        Assert.Empty(await district.AwardsAsync(learners[0]));
    }

    [Fact]
    public async Task The_same_file_is_the_same_job_and_what_was_cancelled_stays_undone()
    {
        var file = Csv(["learner", .. learners.Take(2).Select(learner => learner.Person.Value)]);
        var job = await TryAsync(file);
        Assert.Equal(job.Id, (await ReceiveAsync(file)).Id);

        await Jobs.CancelAsync(district.Teacher, job.Id, default);

        Assert.Equal("bulk-job.not-checked", await Refusal.CodeOf(() => Jobs.BeginAsync(district.Teacher, job.Id, default)));
        await PassAsync(job, default);
        Assert.Empty(await district.AwardsAsync(learners[0]));
        Assert.Equal("bulk-job.not-found", await Refusal.CodeOf(() => Jobs.ReadAsync(district.Student, job.Id, default)));
    }

    [Fact]
    public async Task Decisions_of_a_file_are_decisions_of_their_own()
    {
        var waiting = new List<string>();
        foreach (var learner in learners.Take(4))
        {
            waiting.Add((await district.TurnInAsync(learner)).Id.Value);
        }

        var job = await TryAsync(Csv(["submission,attempt,outcome,comment", $"{waiting[0]},1,approved,", $"{waiting[1]},1,returned,Show the gauge.", $"{waiting[2]},7,approved,", $"{waiting[3]},1,perhaps,"]), BulkKind.Decisions);
        Assert.Equal((2, 2), (job.Succeeded, job.Refused));

        var done = await RunAsync(job);

        Assert.Equal([null, null, "submission.attempt-stale", "bulk-job.row"], (await ResultsAsync(done)).Select(row => row.Code));
        Assert.Single(await district.AwardsAsync(learners[0]));
        Assert.Empty(await district.AwardsAsync(learners[1]));
    }

    [Theory]
    [InlineData("student,note\nx,y", "bulk-job.columns", BulkFormat.Csv)]
    [InlineData("learner\n\"x", "csv.unterminated", BulkFormat.Csv)]
    [InlineData("{\"items\":[]}", "bulk-job.json", BulkFormat.Json)]
    public async Task A_file_that_cannot_be_read_is_stopped_with_the_reason(string text, string code, BulkFormat format)
    {
        var job = await TryAsync((Encoding.UTF8.GetBytes(text), format));

        Assert.Equal((BulkState.Stopped, code), (job.State, job.StopCode));
    }

    private static (byte[] Bytes, BulkFormat Format) Csv(IEnumerable<string> lines) => ([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(string.Join("\r\n", lines))], BulkFormat.Csv);

    private static (byte[] Bytes, BulkFormat Format) Json(IEnumerable<string> rows) => (Encoding.UTF8.GetBytes($"[{string.Join(',', rows)}]"), BulkFormat.Json);

    private async Task<BulkJob> ReceiveAsync((byte[] Bytes, BulkFormat Format) file, BulkKind kind = BulkKind.Awards)
    {
        using var content = new MemoryStream(file.Bytes);
        return (await Jobs.ReceiveAsync(district.Teacher, new(kind, file.Format, district.West, kind == BulkKind.Awards ? District.Badge.Slug : null), content, _ => null, default)).Document;
    }

    private async Task<BulkJob> TryAsync((byte[] Bytes, BulkFormat Format) file, BulkKind kind = BulkKind.Awards)
    {
        var job = await ReceiveAsync(file, kind);
        await PassAsync(job, default);
        return await ReadAsync(job);
    }

    private async Task<BulkJob> RunAsync(BulkJob job)
    {
        await Jobs.BeginAsync(district.Teacher, job.Id, default);
        await PassAsync(job, default);
        return await ReadAsync(job);
    }

    private Task PassAsync(BulkJob job, CancellationToken cancellationToken) => new BulkRun(district.Store, district.Rows, district.Finisher, district.Arriving, district.Clock).RunAsync(job.Id, cancellationToken);

    private async Task<BulkJob> ReadAsync(BulkJob job) => (await Jobs.ReadAsync(district.Teacher, job.Id, default)).Document;

    private async Task<IReadOnlyList<BulkRowResult>> ResultsAsync(BulkJob job)
    {
        var rows = new List<BulkRowResult>();
        await foreach (var page in district.Store.AllAsync(BulkJobDocuments.Pages, BulkJobDocuments.PagesOf.Where(BulkPage.PassOf(job.Id, job.IsTrial)), default))
        {
            rows.AddRange(page.Document.Results);
        }

        return rows;
    }
}
