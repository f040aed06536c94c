using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Review;

public sealed class SignOffSheetTests : IAsyncLifetime
{
    private readonly Actor[] students = [.. Enumerable.Range(1, 4).Select(number => new Actor(PersonId.From($"student-{number}")))];
    private District district = null!;

    public async Task InitializeAsync()
    {
        district = await District.OpenAsync();
        foreach (var student in students)
        {
            await district.EnrollAsync(student, district.West);
        }

        await district.Store.CommitAsync(
            new Changes().Add(
                ClassSectionDocuments.Kind,
                new(ClassSectionId.From("shop"), district.West, "Shop", district.Clock.Now().AddDays(-1)) { Teachers = [district.Teacher.Person], Students = [.. students.Select(student => student.Person)] }),
            default);
    }

    public Task DisposeAsync()
    {
        district.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task It_says_of_each_student_where_they_stand_when_they_were_seen_and_what_waits()
    {
        await SeeAsync(students[0], "developing");
        var seen = await SeeAsync(students[0], "proficient", "again");
        var decided = await district.TurnInAsync(students[1]);
        await district.Decisions.DecideAsync(
            district.Teacher, decided.Id, new(1, DecisionOutcome.Returned, [new("filing", "developing", null)], "Show more."), null, null, default);
        var waiting = await district.TurnInAsync(students[2]);

        var lines = (await ReadAsync(district.Teacher)).Lines;

        Assert.Equal(students.Select(student => student.Person), lines.Select(line => line.Learner));
        Assert.Equal(("proficient", true, seen.Observation.Id, "proficient"), (lines[0].Level, lines[0].IsReached, lines[0].Seen!.Observation, lines[0].Seen!.Level));
        Assert.Equal(("developing", false, null, null, true), (lines[1].Level, lines[1].IsReached, lines[1].Seen, lines[1].Waiting, lines[1].IsWorking));
        Assert.Equal((null, waiting.Id, false), (lines[2].Level, lines[2].Waiting!.Value, lines[2].IsWorking));
        Assert.Equal((null, false, null, null, false), (lines[3].Level, lines[3].IsReached, lines[3].Seen, lines[3].Waiting, lines[3].IsWorking));
    }

    [Fact]
    public async Task What_was_corrected_or_is_about_another_skill_is_not_on_it()
    {
        var seen = (await SeeAsync(students[0], "proficient")).Observation;
        await district.SeenCorrections.CorrectAsync(district.Teacher, seen.Id, "beginning", null, "I looked again.", null, default);
        await district.Observations.RecordAsync(
            district.Teacher, new(district.West, District.Badge.Slug, District.Badge.Competencies[^1].Id, null), new("other skill", students[1].Person, "advanced", null), default);

        var lines = (await ReadAsync(district.Teacher)).Lines;

        Assert.Equal(("beginning", "beginning"), (lines[0].Level, lines[0].Seen!.Level));
        Assert.Equal((null, null), (lines[1].Level, lines[1].Seen));
    }

    [Fact]
    public async Task It_is_for_who_teaches_the_class()
    {
        var colleague = new Actor(PersonId.From("colleague"));
        await district.AppointAsync(colleague, district.West, Role.Teacher);

        Assert.Equal("class-section.not-found", await Refusal.CodeOf(() => ReadAsync(colleague)));
        Assert.Equal("class-section.not-found", await Refusal.CodeOf(() => ReadAsync(students[0])));
        Assert.Equal("definition.unknown-competency", await Refusal.CodeOf(() => district.Sheets.ReadAsync(district.Teacher, ClassSectionId.From("shop"), District.Badge.Slug, "no-such", default)));
    }

    [Fact]
    public async Task A_supervisor_has_one_of_the_interns_whose_internships_name_the_skill_with_what_the_supervisor_saw()
    {
        var (supervisor, market) = (new Actor(PersonId.From("supervisor-7")), OrganizationId.From("market"));
        await district.AppointAsync(supervisor, market, Role.Supervisor);
        await PlaceAsync(students[0], supervisor, market, [new(District.Badge.Slug, "filing")]);
        await PlaceAsync(students[1], supervisor, market, []);
        await PlaceAsync(students[2], supervisor, market, [new(District.Badge.Slug, District.Badge.Competencies[^1].Id)]);
        await SeeAsync(students[0], "developing");
        await district.Observations.RecordAsync(supervisor, new(district.West, District.Badge.Slug, "filing", null), new("phone:1", students[1].Person, "proficient", "At the bench."), default);

        var lines = (await district.Sheets.ReadAtWorkAsync(supervisor, district.West, District.Badge.Slug, "filing", default)).Lines;

        Assert.Equal([students[0].Person, students[1].Person], lines.Select(line => line.Learner));
        Assert.Equal(("developing", null), (lines[0].Level, lines[0].Seen));
        Assert.Equal(("proficient", "At the bench."), (lines[1].Level, lines[1].Seen!.Note));
        Assert.Equal("placement.not-found", await Refusal.CodeOf(() => district.Sheets.ReadAtWorkAsync(district.Teacher, district.West, District.Badge.Slug, "filing", default)));
        Assert.Equal("placement.not-found", await Refusal.CodeOf(() => district.Sheets.ReadAtWorkAsync(supervisor, OrganizationId.From("another-school"), District.Badge.Slug, "filing", default)));

        district.Clock.Advance(TimeSpan.FromDays(61));
        Assert.Equal("placement.not-found", await Refusal.CodeOf(() => district.Sheets.ReadAtWorkAsync(supervisor, district.West, District.Badge.Slug, "filing", default)));
    }

    private Task PlaceAsync(Actor student, Actor supervisor, OrganizationId employer, System.Collections.Immutable.ImmutableArray<PlacementSkill> skills) => district.Store.CommitAsync(
        new Changes().Add(
            PlacementDocuments.Kind,
            new(PlacementId.New(district.Clock.Now()), student.Person, district.West, employer, supervisor.Person, district.Clock.Now().AddDays(-1), district.Clock.Now().AddDays(60)) { Badges = [District.Badge.Slug], Skills = skills }),
        default);

    private Task<SignOffSheet> ReadAsync(Actor actor) => district.Sheets.ReadAsync(actor, ClassSectionId.From("shop"), District.Badge.Slug, "filing", default);

    private Task<SeenResult> SeeAsync(Actor student, string level, string device = "sheet") => district.Observations.RecordAsync(
        district.Teacher, new(district.West, District.Badge.Slug, "filing", null), new($"{device}:{student.Person.Value}", student.Person, level, null), default);
}
