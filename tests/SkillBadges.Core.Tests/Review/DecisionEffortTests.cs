using System.Text.Json;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Review;

public sealed class DecisionEffortTests : IAsyncLifetime
{
    private District district = null!;

    public async Task InitializeAsync() => district = await District.OpenAsync();

    public Task DisposeAsync()
    {
        district.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task It_is_the_time_from_opening_to_decision_and_the_requests_of_both_and_names_nobody()
    {
        var submission = await district.TurnInAsync();
        await district.Queue.ClaimAsync(district.Teacher, submission.Id, default);
        district.Clock.Advance(TimeSpan.FromSeconds(40));
        await district.Queue.ClaimAsync(district.Teacher, submission.Id, default);
        district.Clock.Advance(TimeSpan.FromSeconds(50));
        var decided = await district.ApproveAsync(district.Teacher, submission);

        var effort = Assert.Single(await AllAsync());

        Assert.InRange(effort.Seconds!.Value, 90, 120);
        Assert.Equal((3, TimeSpan.Zero), (effort.Interactions, effort.Day.TimeOfDay));
        var stored = JsonSerializer.Serialize(effort, DocumentJson.Options);
        Assert.All(
            new[] { district.Teacher.Person.Value, submission.Id.Value, decided.Decision.Id },
            name => Assert.DoesNotContain(name, stored, StringComparison.Ordinal));
        Assert.DoesNotContain(stored, decided.Decision.Id, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_opened_has_no_time_and_many_in_one_request_share_it()
    {
        var works = new List<Submission>();
        foreach (var number in Enumerable.Range(0, 4))
        {
            works.Add(await district.TurnInAsync(await LearnerAsync(number)));
        }

        await district.Bulk.DecideAsync(district.Teacher, [.. works.Select(work => new BulkItem(work.Id, new(1, DecisionOutcome.Approved, [], null), null))], null, default);

        Assert.All(await AllAsync(), effort => Assert.Equal((null, 0.25), (effort.Seconds, effort.Interactions)));
        Assert.Equal(4, (await AllAsync()).Count);
    }

    [Fact]
    public async Task Somebody_elses_opening_is_not_counted()
    {
        var submission = await district.TurnInAsync();
        await district.Queue.ClaimAsync(district.Teacher, submission.Id, default);
        var colleague = new Actor(PersonId.From("colleague"));
        await district.AppointAsync(colleague, district.West, Role.Teacher);
        await district.TeachAsync(colleague, district.Student);
        district.Clock.Advance(ReviewTask.ClaimLasts);

        await district.ApproveAsync(colleague, submission);

        Assert.Equal((null, 1), (Assert.Single(await AllAsync()).Seconds, (await AllAsync())[0].Interactions));
    }

    [Fact]
    public async Task Of_fewer_than_ten_decisions_nothing_is_said()
    {
        await AddAsync(9, "a-badge", 30);
        await AddAsync(10, "b-badge", 50, opened: 9);

        var report = await district.Efforts.ReadAsync(district.Teacher, district.West, default);

        Assert.Equal(("b-badge", 10, null), (Assert.Single(report.Badges).Badge, report.Badges[0].Decisions, report.Badges[0].MedianSeconds));
        Assert.Equal((19, 2.0), (report.School!.Decisions, report.School.MedianInteractions));
        await AddAsync(1, "a-badge", 90);
        report = await district.Efforts.ReadAsync(district.Teacher, district.West, default);
        Assert.Equal(("a-badge", 30.0), (report.Badges[0].Badge, report.Badges[0].MedianSeconds));
    }

    [Fact]
    public async Task It_is_for_the_schools_staff()
    {
        Assert.Equal("role.missing", await Refusal.CodeOf(() => district.Efforts.ReadAsync(district.Student, district.West, default)));
        Assert.Equal("role.missing", await Refusal.CodeOf(() => district.Efforts.ReadAsync(district.Teacher, district.East, default)));
        Assert.Equal((null, 0), ((await district.Efforts.ReadAsync(district.Teacher, district.West, default)).School, (await AllAsync()).Count));
    }

    private async Task<Actor> LearnerAsync(int number)
    {
        var learner = new Actor(PersonId.From($"learner-{number}"));
        await district.EnrollAsync(learner, district.West);
        await district.TeachAsync(district.Teacher, learner);
        return learner;
    }

    private async Task AddAsync(int count, string badge, double seconds, int? opened = null)
    {
        var day = new DateTimeOffset(district.Clock.Now().UtcDateTime.Date, TimeSpan.Zero);
        var changes = new Changes();
        foreach (var number in Enumerable.Range(0, count))
        {
            changes.Add(DecisionEffortDocuments.Kind, new(NewId.Random(), district.West, badge, day, number < (opened ?? count) ? seconds : null, 2));
        }

        await district.Store.CommitAsync(changes, default);
    }

    private async Task<IReadOnlyList<DecisionEffort>> AllAsync() =>
        [.. (await district.Store.QueryAsync(DecisionEffortDocuments.Kind, DecisionEffortDocuments.ByOrganization.Where(district.West.Value).Take(100), default)).Documents];
}
