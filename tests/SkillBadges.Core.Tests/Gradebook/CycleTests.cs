using SkillBadges.Core.Gradebook.Classes;
using SkillBadges.Core.Gradebook.Cycles;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Gradebook;

public sealed class CycleTests : IAsyncLifetime
{
    private readonly Actor registrar = new(PersonId.From("west-registrar"));
    private readonly Actor other = new(PersonId.From("student-2"));
    private District district = null!;
    private CycleWorkflow cycles = null!;
    private CycleReports reports = null!;
    private ClassSection section = null!;
    private DateOnly today;

    public async Task InitializeAsync()
    {
        district = await District.OpenAsync();
        var reading = new ClassReading(district.Store, district.Clock);
        cycles = new(district.Commits, district.Authority, reading, district.Clock);
        reports = new(district.Store, cycles, new(district.Store, district.Authority, district.Clock), district.Clock);
        await district.AppointAsync(registrar, district.West, Role.Registrar);
        await district.EnrollAsync(other, district.West);
        await district.TeachAsync(district.Teacher, other);
        section = new(ClassSectionId.From("class-1"), district.West, "Shop 2", district.Clock.Now().AddDays(-1)) { Teachers = [district.Teacher.Person], Students = [district.Student.Person, other.Person] };
        await district.Store.CommitAsync(new Changes().Add(ClassSectionDocuments.Kind, section), default);
        today = (await district.Store.GetAsync(OrganizationDocuments.Kind, district.West.Value, "school", default)).Document.DayOf(district.Clock.Now());
    }

    public Task DisposeAsync()
    {
        district.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task What_is_frozen_stays_whatever_is_decided_and_edited_later()
    {
        await district.ApproveAsync(district.Teacher, await district.TurnInAsync());
        var cycle = await OpenAsync(today.AddDays(-2), today.AddDays(2));
        var frozen = await cycles.FreezeAsync(registrar, cycle.Id, default);
        var before = await reports.ClassAsync(district.Teacher, cycle.Id, section.Id, default);
        district.Clock.Advance(TimeSpan.FromHours(1));

        await district.ApproveAsync(district.Teacher, await district.TurnInAsync(other));
        var read = await district.Store.GetAsync(ClassSectionDocuments.Kind, section.Id.Value, "class", default);
        await district.Store.CommitAsync(new Changes().Replace(ClassSectionDocuments.Kind, read, read.Document with { Students = [other.Person] }), default);

        var after = await reports.ClassAsync(district.Teacher, cycle.Id, section.Id, default);
        Assert.Equal(before.ComputeHash(), after.ComputeHash());
        Assert.Equal(frozen.Document.Classes.Single(kept => kept.Section == section.Id).Content, after.ComputeHash());
        Assert.Equal(frozen.Document.Content, frozen.Document.ComputeContent());
        Assert.Equal(2, after.Rows.Length);
        Assert.All(after.Rows.Single(row => row.Learner == other.Person).Cells, Assert.Null);
        var again = await cycles.FreezeAsync(registrar, cycle.Id, default);
        Assert.Equal((frozen.Version, frozen.Document.Content), (again.Version, again.Document.Content));
    }

    [Fact]
    public async Task A_snapshot_is_what_the_ledger_alone_says_of_that_instant()
    {
        await district.ApproveAsync(district.Teacher, await district.TurnInAsync());
        var cycle = await OpenAsync(today.AddDays(-2), today);
        district.Clock.Advance(TimeSpan.FromDays(3));
        await district.ApproveAsync(district.Teacher, await district.TurnInAsync(other));

        var frozen = await cycles.FreezeAsync(registrar, cycle.Id, default);

        var kept = await reports.ClassAsync(registrar, cycle.Id, section.Id, default);
        Assert.Equal((await district.Store.GetAsync(OrganizationDocuments.Kind, "west", "school", default)).Document.StartOf(today.AddDays(1)), frozen.Document.AsOf);
        Assert.All(kept.Rows.Single(row => row.Learner == other.Person).Cells, Assert.Null);
        Assert.Equal(
            (await district.ChainAsync(district.Student)).Select(entry => entry.Id).Order(StringComparer.Ordinal),
            kept.Rows.Single(row => row.Learner == district.Student.Person).Cells.Select(cell => cell!.EntryId).Order(StringComparer.Ordinal));
        Assert.Equal(kept.ComputeHash(), (await cycles.LookAsync(cycle, section, kept.From, kept.AsOf, default)).ComputeHash());
    }

    [Fact]
    public async Task A_freezing_that_was_cut_off_goes_on_with_the_instant_at_which_it_began()
    {
        var cycle = await OpenAsync(today.AddDays(-2), today.AddDays(30));
        var (read, began) = (await cycles.ReadAsync(registrar, cycle.Id, default), district.Clock.Now());
        await district.Store.CommitAsync(new Changes().Replace(CycleDocuments.Kind, read, read.Document.BeginFreezing(began.AddDays(-2), began.AddDays(30), began)), default);
        district.Clock.Advance(TimeSpan.FromHours(1));
        await district.ApproveAsync(district.Teacher, await district.TurnInAsync());

        var frozen = await cycles.FreezeAsync(registrar, cycle.Id, default);

        Assert.Equal(began, frozen.Document.AsOf);
        Assert.All((await reports.ClassAsync(registrar, cycle.Id, section.Id, default)).Rows.SelectMany(row => row.Cells), Assert.Null);
    }

    [Fact]
    public async Task A_dashboard_counts_who_moved_within_the_cycle_and_a_frozen_one_never_counts_anew()
    {
        await district.ApproveAsync(district.Teacher, await district.TurnInAsync());
        var cycle = await OpenAsync(today.AddDays(-2), today.AddDays(20));
        var later = await OpenAsync(today.AddDays(10), today.AddDays(20));
        district.Clock.Advance(TimeSpan.FromDays(12));

        var (open, not) = (await SummaryAsync(cycle.Id), await SummaryAsync(later.Id));
        await cycles.FreezeAsync(registrar, cycle.Id, default);
        await district.ApproveAsync(district.Teacher, await district.TurnInAsync(other));

        Assert.Equal((2, 1, 1), (open.Learners, open.Moved, open.NotMoved));
        Assert.Equal((0, 2), (not.Moved, not.NotMoved));
        var badge = Assert.Single(open.Badges);
        Assert.Equal((3, 1, 4), (badge.Levels.Single(level => level.Level == "proficient").Count, badge.Levels.Single(level => level.Level == "developing").Count, badge.NoEvidence));
        Assert.Equal((1, 1), (badge.Moved, badge.NotMoved));
        var kept = await SummaryAsync(cycle.Id);
        Assert.Equal((open.Learners, open.Moved, open.NotMoved), (kept.Learners, kept.Moved, kept.NotMoved));
        Assert.Equal(open.Badges[0].Levels.AsEnumerable(), kept.Badges[0].Levels.AsEnumerable());
    }

    [Fact]
    public async Task Differences_name_what_rose_since_and_between_two_cycles()
    {
        var first = await OpenAsync(today.AddDays(-2), today);
        await cycles.FreezeAsync(registrar, first.Id, default);
        district.Clock.Advance(TimeSpan.FromHours(1));
        await district.ApproveAsync(district.Teacher, await district.TurnInAsync());
        var second = await OpenAsync(today, today.AddDays(3));
        await cycles.FreezeAsync(registrar, second.Id, default);
        district.Clock.Advance(TimeSpan.FromHours(1));
        await district.ApproveAsync(district.Teacher, await district.TurnInAsync(other));

        var between = await reports.DifferenceAsync(district.Teacher, second.Id, section.Id, first.Id, default);
        var since = await reports.DifferenceAsync(district.Teacher, second.Id, section.Id, null, default);

        Assert.Equal(4, between.Changes.Length);
        Assert.All(between.Changes, change => Assert.Equal((district.Student.Person, null, change.CompetencyId == "measuring" ? "developing" : "proficient", ChangeDirection.FirstEvidence), (change.Learner, change.Before, change.After, change.Direction)));
        Assert.Equal(1, between.Unchanged);
        Assert.All(since.Changes, change => Assert.Equal(other.Person, change.Learner));
        Assert.Equal(4, since.Changes.Length);
    }

    [Fact]
    public async Task Only_the_office_opens_and_freezes_and_nothing_of_another_school_is_seen()
    {
        var cycle = await OpenAsync(today, today);
        Assert.Equal("role.missing", await Refusal.CodeOf(() => cycles.OpenAsync(district.Teacher, district.West, "Mine", today, today, [], null, default)));
        Assert.Equal("cycle.not-found", await Refusal.CodeOf(() => cycles.FreezeAsync(district.Teacher, cycle.Id, default)));
        Assert.Equal("cycle.days", await Refusal.CodeOf(() => cycles.OpenAsync(registrar, district.West, "Backwards", today, today.AddDays(-1), [], null, default)));
        Assert.Equal("cycle.badges", await Refusal.CodeOf(() => cycles.OpenAsync(registrar, district.West, "Odd", today, today, ["No such"], null, default)));
        Assert.Equal("badge.not-found", await Refusal.CodeOf(() => cycles.OpenAsync(registrar, district.West, "Odd", today, today, ["no-such"], null, default)));
        var future = await OpenAsync(today.AddDays(10), today.AddDays(20));
        Assert.Equal("cycle.not-begun", await Refusal.CodeOf(() => cycles.FreezeAsync(registrar, future.Id, default)));
    }

    [Fact]
    public void A_level_that_fell_or_moved_to_another_scale_is_named_as_that()
    {
        static CycleContent Content(params CycleCell?[] cells) => new(
            "c", ClassSectionId.From("s"), "S", default, default, [], [.. cells.Select((_, at) => new SkillColumn("bench-work", $"skill-{at}", "Skill", "four-level"))], [new(PersonId.From("p"), [.. cells])]);
        static CycleCell Cell(string level, int ordinal, string scale = "four-level") => new(scale, level, ordinal, false, "e", false);

        var difference = CycleDifference.Of(
            Content(Cell("proficient", 3), Cell("developing", 2), Cell("developing", 2), Cell("developing", 2), null),
            Content(Cell("developing", 2), Cell("proficient", 3), null, Cell("developing", 2, "three-step"), Cell("beginning", 1)));

        Assert.Equal(
            [ChangeDirection.Down, ChangeDirection.Up, ChangeDirection.NoLongerThere, ChangeDirection.OtherScale, ChangeDirection.FirstEvidence], difference.Changes.Select(change => change.Direction));
        Assert.Equal(("four-level", "three-step"), (difference.Changes[3].BeforeScale, difference.Changes[3].AfterScale));
    }

    private async Task<CycleClassSummary> SummaryAsync(string cycle) =>
        (await reports.DashboardAsync(registrar, cycle, query => query.Take(50), default)).Classes.Single(summary => summary.Section == section.Id);

    private async Task<Cycle> OpenAsync(DateOnly from, DateOnly to) => (await cycles.OpenAsync(registrar, district.West, "Weeks", from, to, [District.Badge.Slug], null, default)).Document;
}
