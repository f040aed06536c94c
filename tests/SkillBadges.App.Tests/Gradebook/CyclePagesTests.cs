using System.Globalization;
using System.Net;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Gradebook;

/// <summary>A principal's grading periods on pages, without script.</summary>
[Collection(DistrictCollection.Name)]
public sealed class CyclePagesTests(TestDistrict district)
{
    [Fact]
    public async Task A_period_is_opened_read_kept_for_good_and_compared_with_now()
    {
        var app = district.App;
        var school = (await app.OrganizationAsync(OrganizationKind.HighSchool)).Id;
        var (principal, counselor, teacher) = (await app.PersonAsync(school, Role.OrganizationAdmin), await app.PersonAsync(school, Role.Counselor), await app.PersonAsync(school, Role.Teacher));
        var learner = await district.LearnerAsync(school, teacher);
        using var page = await PageVisitor.OfAsync(app, principal);
        using var reader = await PageVisitor.OfAsync(app, counselor);
        using var outsider = await PageVisitor.OfAsync(app, teacher);
        Assert.Contains("No period is open yet", await page.OpenAsync("/cycles"), StringComparison.Ordinal);

        var today = DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime);
        Assert.Contains("/problems/cycle.days", await page.SendAsync("/cycles", "open", ("Name", "Backwards"), ("From", Day(today)), ("To", Day(today.AddDays(-9)))), StringComparison.Ordinal);
        var opened = await page.SendAsync("/cycles", "open", ("Name", "Weeks 1 to 3"), ("From", Day(today.AddDays(-5))), ("To", Day(today.AddDays(16))));
        Assert.Contains("Career studies", opened, StringComparison.Ordinal);
        Assert.Contains("1 students · 0 stepped up", opened, StringComparison.Ordinal);
        var list = await reader.OpenAsync("/cycles");
        var cycle = $"/cycles/{Between(list, "href=\"/cycles/", "\"")}";
        Assert.DoesNotContain("Open a period", list, StringComparison.Ordinal);
        Assert.DoesNotContain("Keep it", await reader.OpenAsync(cycle), StringComparison.Ordinal);

        Assert.Contains("kept on", await page.SendAsync(cycle, "freeze"), StringComparison.Ordinal);
        var section = $"{cycle}/classes/{Between(await page.OpenAsync(cycle), $"{cycle}/classes/", "\"")}";
        var seen = await reader.OpenAsync(section);
        Assert.Contains("Ada Lovelace", seen, StringComparison.Ordinal);
        Assert.Contains("Nothing is different.", seen, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await outsider.TryAsync(cycle)).Status);
        Assert.Contains("Grading periods are for", await outsider.OpenAsync("/cycles"), StringComparison.Ordinal);
        learner.Client.Dispose();
    }

    [Fact]
    public async Task Whoever_reads_Spanish_reads_badges_skills_and_levels_of_a_period_in_Spanish()
    {
        var app = district.App;
        var school = (await app.OrganizationAsync(OrganizationKind.HighSchool)).Id;
        var (principal, teacher) = (await app.PersonAsync(school, Role.OrganizationAdmin), await app.PersonAsync(school, Role.Teacher));
        var learner = await district.LearnerAsync(school, teacher);
        using var page = await PageVisitor.OfAsync(app, principal, "es");
        using var teaches = await PageVisitor.OfAsync(app, teacher);
        using var sheet = await district.AsAsync(teacher);
        var today = DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime);
        await page.SendAsync("/cycles", "open", ("Name", "Weeks"), ("From", Day(today.AddDays(-5))), ("To", Day(today.AddDays(16))));
        var cycle = $"/cycles/{Between(await page.OpenAsync("/cycles"), "href=\"/cycles/", "\"")}";
        await page.SendAsync(cycle, "freeze");
        var section = Between(await teaches.OpenAsync("/classes"), "href=\"/classes/", "\"");
        using var seen = await sheet.PostAsync("/api/observations", new { badge = TestDistrict.CoSignedBadge, competency = "hot-work-safety", classSection = section, items = new[] { new { id = "once", learner = learner.Person.Value, level = "proficient" } } });
        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);

        var different = await page.OpenAsync($"{cycle}/classes/{section}");

        Assert.Contains("SMAW en placa", different, StringComparison.Ordinal);
        Assert.Contains("Competente", different, StringComparison.Ordinal);
        Assert.DoesNotContain("SMAW Plate", different, StringComparison.Ordinal);
        learner.Client.Dispose();
    }

    [Fact]
    public async Task The_office_reads_what_a_decision_takes_from_ten_on_in_its_language_and_a_teacher_has_no_such_page()
    {
        var app = district.App;
        var school = (await app.OrganizationAsync(OrganizationKind.HighSchool)).Id;
        var principal = await app.PersonAsync(school, Role.OrganizationAdmin);
        using var page = await PageVisitor.OfAsync(app, principal);
        using var outsider = await PageVisitor.OfAsync(app, await app.PersonAsync(school, Role.Teacher));
        await DecideAsync(school, 9, TestDistrict.Badge, 95);
        Assert.Contains("Shown from 10 decisions on.", await page.OpenAsync("/cycles"), StringComparison.Ordinal);

        await DecideAsync(school, 2, TestDistrict.Badge, null);
        await DecideAsync(school, 1, "seldom", 95);
        var shown = await page.OpenAsync("/cycles");
        Assert.Contains("<strong>1 min 35 s</strong> from opening the work to the decision", shown, StringComparison.Ordinal);
        Assert.Contains("<strong>2.5</strong> steps for a decision", shown, StringComparison.Ordinal);
        Assert.Contains("<strong>12</strong> decisions counted", shown, StringComparison.Ordinal);
        Assert.Contains("<td>–</td><td>2.5</td><td>11</td>", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("seldom", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("What a decision takes", await outsider.OpenAsync("/cycles"), StringComparison.Ordinal);

        using var browser = app.Browser();
        browser.DefaultRequestHeaders.Authorization = new("Bearer", await app.TokenAsync(principal));
        browser.DefaultRequestHeaders.Add("Accept-Language", "es");
        var spanish = WebUtility.HtmlDecode(await browser.GetStringAsync(new Uri("/cycles", UriKind.Relative)));
        Assert.Contains("<strong>1 min 35 s</strong> desde abrir el trabajo hasta la decisión", spanish, StringComparison.Ordinal);
    }

    private Task DecideAsync(OrganizationId school, int count, string badge, double? seconds)
    {
        var day = new DateTimeOffset(district.App.Clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        var changes = new Changes();
        foreach (var _ in Enumerable.Range(0, count))
        {
            changes.Add(DecisionEffortDocuments.Kind, new(NewId.Random(), school, badge, day, seconds, 2.5));
        }

        return district.Store.CommitAsync(changes, CancellationToken.None);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Between(string text, string before, string after)
    {
        var from = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[from..text.IndexOf(after, from, StringComparison.Ordinal)];
    }
}
