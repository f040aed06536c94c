using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Gradebook.Classes;
using SkillBadges.Core.Gradebook.Cycles;
using SkillBadges.Core.Gradebook.Growth;
using SkillBadges.Core.Gradebook.Marks;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Review;

public sealed class ModerationTests : IAsyncLifetime
{
    private readonly Actor second = new(PersonId.From("second"));
    private readonly Actor office = new(PersonId.From("office"));
    private District district = null!;

    public async Task InitializeAsync()
    {
        district = await District.OpenAsync();
        await district.AppointAsync(second, district.West, Role.Teacher);
        await district.AppointAsync(office, district.West, Role.Registrar);
        await district.TeachAsync(second, district.Student);
        var read = await district.Store.GetAsync(OrganizationSettingsDocuments.Kind, district.West.Value, "settings", default);
        await district.Store.CommitAsync(
            new Changes().Replace(OrganizationSettingsDocuments.Kind, read, read.Document with { Values = read.Document.Values with { ModerationPercent = 100 } }), default);
    }

    public Task DisposeAsync()
    {
        district.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task The_second_reader_sees_the_work_and_nothing_of_the_verdict_and_the_first_reader_is_not_asked()
    {
        var made = await district.ApproveAsync(district.Teacher, await district.TurnInAsync());

        var (_, work) = await district.Moderations.OpenAsync(second, made.Decision.Id, default);

        Assert.Empty(work.Decisions);
        Assert.Equal(District.Badge.Competencies.Length, work.Work.Length);
        Assert.Single((await district.Moderations.WaitingAsync(second, district.West, query => query.Take(10), default)).Items);
        Assert.Empty((await district.Moderations.WaitingAsync(district.Teacher, district.West, query => query.Take(10), default)).Items);
        Assert.Equal("moderation.not-found", await Refusal.CodeOf(() => district.Moderations.OpenAsync(district.Teacher, made.Decision.Id, default)));
        Assert.Equal("moderation.not-found", await Refusal.CodeOf(() => district.Moderations.OpenAsync(office, made.Decision.Id, default)));
        var seen = await district.Reading.SeenByAsync(second, made.Submission, default);
        Assert.Empty(seen.LastAttempt!.Decisions);
    }

    [Fact]
    public async Task Nothing_shows_the_first_verdict_to_the_second_reader_before_theirs()
    {
        var returned = await district.Decisions.DecideAsync(district.Teacher, (await district.TurnInAsync()).Id, new(1, DecisionOutcome.Returned, Levels("developing"), "Not yet."), null, null, default);

        var blind = await district.Reading.SeenByAsync(second, returned.Submission, default);
        Assert.Equal((SubmissionState.Submitted, 0, 0), (blind.State, blind.Plans.Length, blind.LastAttempt!.Decisions.Length));
        Assert.Empty((await GradebookAsync(second)).Lines);
        Assert.Equal(4, (await GradebookAsync(district.Teacher)).Lines.Length);
        Assert.Equal(4, (await GradebookAsync(office)).Lines.Length);

        await district.Moderations.ReadAsync(second, returned.Decision.Id, Levels("developing"), null, default);

        Assert.Equal(4, (await GradebookAsync(second)).Lines.Length);
        Assert.Equal(SubmissionState.Draft, (await district.Reading.SeenByAsync(second, returned.Submission, default)).State);
    }

    [Fact]
    public async Task Neither_map_nor_flags_marks_rises_and_sign_off_sheet_of_a_class_show_it_before()
    {
        var made = await district.ApproveAsync(district.Teacher, await district.TurnInAsync());

        Assert.Equal((0, 0, 0, null), await SeenInClassAsync(second));
        Assert.Equal((4, 1, 4, "proficient"), await SeenInClassAsync(district.Teacher));

        await district.Moderations.ReadAsync(second, made.Decision.Id, Levels("proficient"), null, default);

        Assert.Equal((4, 1, 4, "proficient"), await SeenInClassAsync(second));
    }

    [Fact]
    public async Task A_verdict_that_nobody_reads_a_second_time_is_shown_to_colleagues_when_the_time_is_over_and_the_report_counts_it()
    {
        var made = await district.ApproveAsync(district.Teacher, await district.TurnInAsync());
        district.Clock.Advance(TimeSpan.FromDays(14) - TimeSpan.FromMinutes(1));
        Assert.Empty((await district.Reading.SeenByAsync(second, made.Submission, default)).LastAttempt!.Decisions);
        Assert.Equal(1, (await district.Moderations.ReportAsync(office, district.West, default)).Waiting);

        district.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Single((await district.Reading.SeenByAsync(second, made.Submission, default)).LastAttempt!.Decisions);
        Assert.Equal(4, (await GradebookAsync(second)).Lines.Length);
        Assert.Empty((await district.Moderations.WaitingAsync(second, district.West, query => query.Take(10), default)).Items);
        Assert.Equal("moderation.not-found", await Refusal.CodeOf(() => district.Moderations.OpenAsync(second, made.Decision.Id, default)));
        Assert.Equal("moderation.too-late", await Refusal.CodeOf(() => district.Moderations.ReadAsync(second, made.Decision.Id, Levels("proficient"), null, default)));
        var report = await district.Moderations.ReportAsync(office, district.West, default);
        Assert.Equal((0, 1, 0), (report.Waiting, report.Lapsed, report.All.Count));
    }

    [Fact]
    public async Task Neither_of_two_raters_reads_a_second_time_what_they_rated()
    {
        await district.AskAsync(rule => rule with { Roles = [ReviewerRole.Teacher], Supervisor = SupervisorMode.NotAllowed, Raters = RaterDisagreement.ThirdRater });
        var submission = await district.TurnInAsync();
        await district.ApproveAsync(district.Teacher, submission);
        var made = await district.ApproveAsync(second, submission);

        var sample = made.Submission.LastAttempt!.Standing!.Id;

        Assert.Equal("moderation.not-found", await Refusal.CodeOf(() => district.Moderations.OpenAsync(district.Teacher, sample, default)));
        Assert.Equal("moderation.not-found", await Refusal.CodeOf(() => district.Moderations.ReadAsync(district.Teacher, sample, Levels("advanced"), null, default)));
        Assert.Equal("moderation.not-found", await Refusal.CodeOf(() => district.Moderations.OpenAsync(second, sample, default)));
    }

    [Fact]
    public async Task What_was_undone_is_not_read_a_second_time()
    {
        await district.LetUndoAsync(10);
        var made = await district.ApproveAsync(district.Teacher, await district.TurnInAsync());
        await district.Undo.UndoAsync(district.Teacher, made.Submission.Id, made.Decision.Id, null, default);

        Assert.Empty((await district.Moderations.WaitingAsync(second, district.West, query => query.Take(10), default)).Items);
    }

    [Fact]
    public async Task A_differing_verdict_opens_a_talk_and_changes_nothing_by_itself()
    {
        var made = await district.ApproveAsync(district.Teacher, await district.TurnInAsync());

        var read = await district.Moderations.ReadAsync(second, made.Decision.Id, Levels("developing"), null, default);

        Assert.Equal(ModerationState.Talk, read.State);
        var stored = await district.Store.GetAsync(SubmissionDocuments.Kind, made.Submission.Id.Value, "submission", default);
        Assert.Equal((made.Version, SubmissionState.Approved), (stored.Version, stored.Document.State));
        Assert.Equal("moderation.read-already", await Refusal.CodeOf(() => district.Moderations.ReadAsync(second, made.Decision.Id, Levels("proficient"), null, default)));
        Assert.Equal(ModerationState.Closed, (await district.Moderations.CloseAsync(office, made.Decision.Id, "The first was right.", null, default)).State);
    }

    [Fact]
    public async Task The_report_counts_agreement_for_each_badge_and_reader()
    {
        var made = await district.ApproveAsync(district.Teacher, await district.TurnInAsync());
        await district.Moderations.ReadAsync(second, made.Decision.Id, Levels("advanced"), null, default);

        var line = Assert.Single((await district.Moderations.ReportAsync(office, district.West, default)).Lines);

        Assert.Equal((District.Badge.Id, district.Teacher.Person, 4, 3), (line.Badge, line.Reader, line.Agreement.Count, line.Agreement.Agreed));
        Assert.Equal(-0.25, Assert.Single(line.Months).Drift, 12);
        Assert.Equal("role.missing", await Refusal.CodeOf(() => district.Moderations.ReportAsync(second, district.West, default)));
    }

    [Fact]
    public void About_the_share_that_is_asked_for_is_chosen_and_the_same_each_time()
    {
        var key = new byte[32];
        string[] decisions = [.. Enumerable.Range(0, 4000).Select(number => $"decision-{number}")];

        Assert.InRange(decisions.Count(decision => Moderation.IsChosen(key, decision, 10)), 330, 470);
        Assert.All(decisions, decision => Assert.Equal(Moderation.IsChosen(key, decision, 10), Moderation.IsChosen(key, decision, 10)));
        Assert.Equal(4000, decisions.Count(decision => Moderation.IsChosen(key, decision, 100)));
        Assert.DoesNotContain(decisions, decision => Moderation.IsChosen(key, decision, 0));
    }

    private Task<Core.Gradebook.GradebookView> GradebookAsync(Actor reader) => district.Gradebook.ForSchoolAsync(reader, district.West, district.Student.Person, null, default);

    // How many levels the map, lines of the marks and rises of the list tell of the one student, and what the sheet says of the first skill.
    private async Task<(int Map, int Marks, int Rises, string? Sheet)> SeenInClassAsync(Actor teacher)
    {
        var (store, clock) = (district.Store, district.Clock);
        var section = (await store.QueryAsync(ClassSectionDocuments.Kind, ClassSectionDocuments.ByTeacher.Where(teacher.Person.Value).Take(1), default)).Documents.Single().Id;
        var (access, reading) = (new ClassAccess(store, district.Authority, clock), new ClassReading(store, clock));
        var map = await new ClassViews(district.Commits, access, reading, clock).MapAsync(teacher, section, ClassQuestion.Everything, null, default);
        var reports = new CycleReports(store, new(district.Commits, district.Authority, reading, clock), access, clock);
        var (marks, _) = await new MarkReading(store, access, reports, reading, clock).ReadAsync(teacher, section, new(null, [], null, null), default);
        var day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var (rises, _) = await new LevelUpList(store, district.Authority, clock).ReadAsync(teacher, district.West, day.AddDays(-1), day.AddDays(1), query => query.Take(50), default);
        var sheet = await district.Sheets.ReadAsync(teacher, section, District.Badge.Slug, "filing", default);
        return (
            map.Rows.Sum(row => row.Levels.Count(level => level is not null)),
            marks.Rows.Count(row => row.Why != "No evidence yet."),
            rises.Count,
            Assert.Single(sheet.Lines).Level);
    }

    // The first skill at this level, the others as the first reader gave them.
    private static System.Collections.Immutable.ImmutableArray<CompetencyRating> Levels(string first) =>
        [new("filing", first, null), .. District.Badge.Competencies.Skip(1).Select(competency => new CompetencyRating(competency.Id, competency.RequiredLevel, null))];
}
