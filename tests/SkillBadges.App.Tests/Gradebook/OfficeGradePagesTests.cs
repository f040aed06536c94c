using System.Net;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Gradebook.Courses;
using SkillBadges.Core.Gradebook.Grades;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Gradebook;

/// <summary>An office enters courses with letters and writes its policies of letters on pages, without script.</summary>
[Collection(DistrictCollection.Name)]
public sealed class OfficeGradePagesTests(TestDistrict district)
{
    [Fact]
    public async Task A_course_is_entered_as_it_was_given_and_taken_back_with_a_reason()
    {
        var learner = await district.LearnerAsync();
        using var office = await PageVisitor.OfAsync(district.App, district.WestRegistrar);
        using var elsewhere = await PageVisitor.OfAsync(district.App, district.EastRegistrar);
        var person = $"/office/{district.West}/people/{learner.Person}";
        var page = $"{person}/courses";
        Assert.Contains(page, await office.OpenAsync(person), StringComparison.Ordinal);
        (string, string)[] typed = [("Course", "Algebra <2>"), ("Code", ""), ("Letter", "B+"), ("Credits", "0,5"), ("Term", "Spring 2026"), ("Day", "2025-06-12"), ("Source", "")];

        Assert.Contains("/problems/course.credits", await office.SendAsync(page, "enter", [.. typed[..3], ("Credits", "many"), .. typed[4..]]), StringComparison.Ordinal);
        Assert.Contains("value=\"Algebra &lt;2>\"", office.Html.Replace("&gt;", ">", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("0.5 credits", await office.SendAsync(page, "enter", typed), StringComparison.Ordinal);
        var course = (await district.Store.FirstAsync(CourseDocuments.Kind, CourseDocuments.ByLearner.Where(learner.Person.Value), default))!.Document;
        Assert.Equal(("Algebra <2>", null, "B+", 0.5m), (course.Words.Title, course.Words.Code, course.Words.Letter, course.Words.Credits));
        Assert.Contains("Typed for another.", await office.SendAsync(page, $"back-{course.Id}", ("Reason", "Typed for another.")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await elsewhere.TryAsync(page)).Status);
        learner.Client.Dispose();
    }

    [Fact]
    public async Task A_policy_is_written_and_its_next_version_and_a_lowest_level_that_fails_needs_a_reason()
    {
        var school = (await district.App.OrganizationAsync(OrganizationKind.HighSchool)).Id;
        using var office = await PageVisitor.OfAsync(district.App, await district.App.PersonAsync(school, Role.Registrar));
        using var counselor = await PageVisitor.OfAsync(district.App, await district.App.PersonAsync(school, Role.Counselor));
        var page = $"/office/{school}/policies?scale=four-level@1";
        (string, string)[] typed =
        [
            ("Name", "Letters for scholarships"), ("Authority", "Board resolution 7"), ("Letters", "F 0 fails\r\nC 2\r\nB 3\r\nA 4"), ("level.beginning", "F"), ("level.developing", "C"), ("level.proficient", "B"), ("level.advanced", "A"),
            ("Skills", "Earned"), ("Courses", "Own"), ("Decimals", "2"), ("Rounding", "HalfUp"), ("From", "2026-01-01"), ("To", ""), ("PrintedNote", ""), ("LowestReason", ""),
        ];
        Assert.Contains("/problems/grade-policy.lowest-fails", await office.SendAsync(page, "write", typed), StringComparison.Ordinal);
        Assert.Contains("Board resolution 7", office.Html, StringComparison.Ordinal);
        Assert.Contains("/problems/grade-policy.letters", await office.SendAsync(page, "write", [.. typed[..2], ("Letters", "B three points"), .. typed[3..]]), StringComparison.Ordinal);

        typed[3] = ("level.beginning", "");
        Assert.Contains("version 1.", await office.SendAsync(page, "write", typed), StringComparison.Ordinal);
        var first = (await district.Store.FirstAsync(GradePolicyDocuments.Kind, GradePolicyDocuments.ByOrganization.Where(school.Value), default))!.Document;
        Assert.Equal((4, true, 3m), (first.Terms.Letters.Length, first.Terms.Letters[0].Fails, first.Terms.Find("B")!.Points));
        var next = $"/office/{school}/policies?policy={first.Key}&scale=four-level@1";
        Assert.Contains("F 0 fails", await office.OpenAsync(next), StringComparison.Ordinal);
        Assert.Contains("version 2.", await office.SendAsync(next, "write", [("Name", "Letters, again"), .. typed[1..]]), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await counselor.TryAsync(page)).Status);
    }

    [Fact]
    public async Task A_change_of_rights_is_entered_with_its_reason_and_the_office_reads_who_did_it()
    {
        var learner = await district.LearnerAsync();
        using var office = await PageVisitor.OfAsync(district.App, district.WestRegistrar);
        using var elsewhere = await PageVisitor.OfAsync(district.App, district.EastRegistrar);
        var page = $"/office/{district.West}/people/{learner.Person}/rights";
        Assert.Contains("the family decides", await office.OpenAsync(page), StringComparison.Ordinal);

        Assert.Contains("/problems/rights.reason", await office.SendAsync(page, "change", ("From", "2024-11-03"), ("Reason", " ")), StringComparison.Ordinal);
        var changed = await office.SendAsync(page, "change", ("From", "2024-11-03"), ("Reason", "Declared emancipated by the court."));
        Assert.Contains("The student decides now.", changed, StringComparison.Ordinal);
        Assert.Contains("Declared emancipated by the court.", changed, StringComparison.Ordinal);
        Assert.Contains("/problems/rights.same", await office.SendAsync(page, "change", ("From", "2024-11-03"), ("Reason", "Once more.")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await elsewhere.TryAsync(page)).Status);
        learner.Client.Dispose();
    }
}
