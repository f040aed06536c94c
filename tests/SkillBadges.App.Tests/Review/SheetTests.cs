using System.Net;
using SkillBadges.App.Review;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Review;

/// <summary>Sign-off sheets over HTTP: one skill of a class or of a supervisor's interns, all but these in one request.</summary>
[Collection(DistrictCollection.Name)]
public sealed class SheetTests(TestDistrict district)
{
    private string Skill => district.Definition.Competencies[0].Id;

    [Fact]
    public async Task All_but_these_are_signed_off_in_one_request_and_sent_again_nothing_is_recorded_twice()
    {
        var (section, students) = await ClassAsync(5);
        using var teacher = await district.AsAsync(district.Teacher);
        var body = Rest(section, "walk-1", [Line("walk-1:slow", students[0], "developing")], except: [students[1]]);

        var first = await SendAsync(teacher, body);
        var second = await SendAsync(teacher, body);

        Assert.Equal(4, first.Items.Count);
        Assert.All(first.Items, item => Assert.Equal((ObservationOutcome.Recorded, null), (item.Outcome, item.Code)));
        Assert.DoesNotContain(first.Items, item => item.Learner == students[1].Value);
        Assert.All(second.Items, item => Assert.Equal(ObservationOutcome.Repeated, item.Outcome));
        Assert.Equal(first.Items.Select(item => item.Observation), second.Items.Select(item => item.Observation));
        var sheet = await SheetAsync(teacher, $"section={section}");
        Assert.Equal(section, sheet.Section);
        Assert.Equal(5, sheet.Lines.Count);
        Assert.Equal(("developing", false), sheet.Lines.Where(line => line.Learner == students[0].Value).Select(line => (line.Level, line.IsReached)).Single());
        Assert.Equal((null, null), sheet.Lines.Where(line => line.Learner == students[1].Value).Select(line => (line.Level, line.LastSeen)).Single());
        Assert.Equal(3, sheet.Lines.Count(line => line is { IsReached: true, Level: "proficient", LastSeen: not null }));
    }

    [Fact]
    public async Task One_line_that_is_refused_holds_up_none_of_the_rest()
    {
        var (section, students) = await ClassAsync(3);
        using var teacher = await district.AsAsync(district.Teacher);
        var stranger = (await district.LearnerAsync()).Person;

        var answer = await SendAsync(teacher, Rest(section, "walk-2", [Line("a", stranger, "proficient"), Line("b", students[0], "no-such-level")], except: []));

        Assert.Equal(
            ["observation.not-on-the-sheet", "scale.unknown-level", null, null],
            answer.Items.Select(item => item.Code));
        Assert.Equal(2, answer.Items.Count(item => item.Outcome == ObservationOutcome.Recorded));
    }

    [Theory]
    [InlineData("nobody is left", "observation.count")]
    [InlineData("no class", "observation.where")]
    [InlineData("a class and a school", "observation.where")]
    [InlineData("an id of 61 characters", "observation.device-id")]
    [InlineData("an id of nothing", "observation.device-id")]
    public async Task A_sheet_that_says_nothing_clear_is_refused(string what, string code)
    {
        var (section, students) = await ClassAsync(2);
        using var teacher = await district.AsAsync(district.Teacher);
        object body = what switch
        {
            "nobody is left" => Rest(section, "walk-3", [], except: students),
            "no class" => new { badge = TestDistrict.Badge, competency = Skill, organization = district.West.Value, items = Array.Empty<object>(), others = new { id = "walk-3", level = "proficient" } },
            "a class and a school" => new { badge = TestDistrict.Badge, competency = Skill, classSection = section, organization = district.West.Value, items = new[] { Line("a", students[0], "proficient") } },
            "an id of 61 characters" => Rest(section, new string('w', 61), [], except: []),
            _ => Rest(section, "\u200B", [], except: []),
        };

        using var answer = await teacher.PostAsync("/api/observations", body);

        await answer.RefusesAsync(422, code);
        Assert.All((await SheetAsync(teacher, $"section={section}")).Lines, line => Assert.Null(line.Level));
    }

    [Fact]
    public async Task A_supervisor_reads_the_sheet_of_the_interns_and_signs_them_off_in_one_request()
    {
        var supervisor = await district.App.PersonAsync(district.Market, Role.Supervisor);
        var (_, students) = await ClassAsync(3);
        foreach (var student in students[..2])
        {
            await PlaceAsync(student, supervisor, skill: null);
        }

        using var client = await district.AsAsync(supervisor);
        var skill = (await district.Store.CurrentVersionAsync(TestDistrict.SupervisedBadge, default)).Competencies[0].Id;
        var answer = await SendAsync(client, new
        {
            badge = TestDistrict.SupervisedBadge,
            competency = skill,
            organization = district.West.Value,
            items = students.Select((student, number) => Line($"phone:{number}", student, "proficient")),
        });

        Assert.Equal(["Recorded", "Recorded", "Refused"], answer.Items.Select(item => item.Outcome.ToString()));
        var sheet = await SheetAsync(client, $"organization={district.West}", TestDistrict.SupervisedBadge, skill);
        Assert.Equal(students[..2].Select(student => student.Value).Order(StringComparer.Ordinal), sheet.Lines.Select(line => line.Learner).Order(StringComparer.Ordinal));
        Assert.All(sheet.Lines, line => Assert.Equal((true, supervisor.Value), (line.IsReached, line.LastSeen?.By)));
        Assert.Null(sheet.Section);
        using var teacher = await district.AsAsync(district.Teacher);
        using var notTheirs = await teacher.GetAsync(Address($"organization={district.West}", TestDistrict.SupervisedBadge, skill));
        await notTheirs.RefusesAsync(404, "placement.not-found");
    }

    [Fact]
    public async Task All_interns_to_whom_the_skill_belongs_but_these_are_signed_off_in_one_request_without_a_class()
    {
        var supervisor = await district.App.PersonAsync(district.Market, Role.Supervisor);
        var (_, students) = await ClassAsync(5);
        var skills = (await district.Store.CurrentVersionAsync(TestDistrict.SupervisedBadge, default)).Competencies;
        for (var number = 0; number < 4; number++)
        {
            await PlaceAsync(students[number], supervisor, number == 3 ? skills[1].Id : null);
        }

        using var client = await district.AsAsync(supervisor);
        var rest = new
        {
            badge = TestDistrict.SupervisedBadge, competency = skills[0].Id, organization = district.West.Value,
            items = new[] { Line("round-1:slow", students[0], "developing") }, others = new { id = "round-1", level = "proficient", except = new[] { students[1].Value } },
        };
        var first = await SendAsync(client, rest);
        var second = await SendAsync(client, rest);

        Assert.Equal([students[0].Value, students[2].Value], first.Items.Select(item => item.Learner));
        Assert.All(first.Items, item => Assert.Equal((ObservationOutcome.Recorded, null), (item.Outcome, item.Code)));
        Assert.All(second.Items, item => Assert.Equal(ObservationOutcome.Repeated, item.Outcome));
        var sheet = await SheetAsync(client, $"organization={district.West}", TestDistrict.SupervisedBadge, skills[0].Id);
        Assert.Equal(["developing", null, "proficient"], students[..3].Select(student => sheet.Lines.Single(line => line.Learner == student.Value).Level));
    }

    [Theory]
    [InlineData("neither", 422, "observation.where")]
    [InlineData("both", 422, "observation.where")]
    [InlineData("another's class", 404, "class-section.not-found")]
    [InlineData("an unknown badge", 404, "badge.not-found")]
    [InlineData("an unknown skill", 422, "definition.unknown-competency")]
    public async Task A_sheet_is_of_one_skill_and_of_whom_the_reader_assesses(string what, int status, string code)
    {
        var (section, _) = await ClassAsync(1);
        using var reader = await district.AsAsync(what == "another's class" ? district.UnassignedTeacher : district.Teacher);
        var address = what switch
        {
            "neither" => Address("x=", TestDistrict.Badge, Skill),
            "both" => Address($"section={section}&organization={district.West}", TestDistrict.Badge, Skill),
            "an unknown badge" => Address($"section={section}", "no-such", Skill),
            "an unknown skill" => Address($"section={section}", TestDistrict.Badge, "no-such"),
            _ => Address($"section={section}", TestDistrict.Badge, Skill),
        };

        using var answer = await reader.GetAsync(address);

        await answer.RefusesAsync(status, code);
    }

    private Task PlaceAsync(PersonId student, PersonId supervisor, string? skill) => district.Store.CommitAsync(
        new Changes().Add(
            PlacementDocuments.Kind,
            new(PlacementId.New(district.App.Clock.Now()), student, district.West, district.Market, supervisor, district.App.Clock.Now(), district.App.Clock.Now().AddDays(30))
            {
                Badges = [TestDistrict.SupervisedBadge],
                Skills = skill is null ? [] : [new(TestDistrict.SupervisedBadge, skill)],
            }),
        default);

    private static object Line(string id, PersonId learner, string level) => new { id, learner = learner.Value, level };

    private object Rest(string section, string id, object[] items, PersonId[] except) => new
    {
        badge = TestDistrict.Badge, competency = Skill, classSection = section, items, others = new { id, level = "proficient", except = except.Select(student => student.Value) },
    };

    private static async Task<ObserveAnswer> SendAsync(HttpClient assessor, object body)
    {
        using var answer = await assessor.PostAsync("/api/observations", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.ReadAsync<ObserveAnswer>();
    }

    private Task<SignOffSheetView> SheetAsync(HttpClient reader, string where) => SheetAsync(reader, where, TestDistrict.Badge, Skill);

    private static async Task<SignOffSheetView> SheetAsync(HttpClient reader, string where, string badge, string skill)
    {
        using var answer = await reader.GetAsync(Address(where, badge, skill));
        return await answer.ReadAsync<SignOffSheetView>();
    }

    private static Uri Address(string where, string badge, string skill) => new($"/api/sign-off-sheets?{where}&badge={badge}&competency={skill}", UriKind.Relative);

    private async Task<(string Section, PersonId[] Students)> ClassAsync(int count)
    {
        var students = new PersonId[count];
        for (var number = 0; number < count; number++)
        {
            students[number] = await district.App.PersonAsync(district.West, Role.Student);
        }

        var section = new ClassSection(ClassSectionId.New(district.App.Clock.Now()), district.West, "Office practice", district.App.Clock.Now()) { Teachers = [district.Teacher], Students = [.. students] };
        await district.Store.CommitAsync(new Changes().Add(ClassSectionDocuments.Kind, section), default);
        return (section.Id.Value, students);
    }
}
