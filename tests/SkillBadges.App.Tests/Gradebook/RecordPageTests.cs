using System.Net;
using System.Text.RegularExpressions;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core;
using SkillBadges.Core.Gradebook.Courses;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Gradebook;

/// <summary>What students and families read of a record on its page.</summary>
[Collection(DistrictCollection.Name)]
public sealed class RecordPageTests(TestDistrict district)
{
    [Fact]
    public async Task Who_has_courses_with_letters_alone_reads_them_and_takes_them_along_on_paper()
    {
        var learner = await district.LearnerAsync();
        var at = district.App.Clock.Now();
        var words = new CourseWords("Algebra <II>", "MAT 2", "B+", 1.5m, "Fall 2026", new(2025, 12, 18));
        await district.Store.CommitAsync(new Changes().Add(CourseDocuments.Kind, new(CourseRecordId.New(at), learner.Person, district.West, words, district.WestRegistrar, at)), default);
        using var mother = await PageVisitor.OfAsync(district.App, await district.GuardianAsync(learner.Person));

        var page = await mother.OpenAsync($"/record/{learner.Person}");

        Assert.Contains("Algebra <II>", page, StringComparison.Ordinal);
        Assert.Contains("B+", page, StringComparison.Ordinal);
        Assert.Contains("Credits recorded: 1.5", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing is signed off yet.", page, StringComparison.Ordinal);
        var paper = WebUtility.HtmlDecode(Regex.Match(mother.Html, "href=\"(/api/learners/[^\"]*/transcript\\?form=pdf[^\"]*)\"").Groups[1].Value);
        using var transcript = await learner.Client.GetAsync(new Uri(paper, UriKind.Relative));
        Assert.Equal("application/pdf", transcript.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Who_has_seen_it_is_told_with_what_and_why_latest_first_page_after_page()
    {
        var learner = await district.LearnerAsync();
        var at = district.App.Clock.Now();
        var changes = new Changes();
        for (var row = 0; row < 51; row++)
        {
            changes.Disclose(new(NewId.Ordered(at), learner.Person, district.West, null, district.East, DisclosureBasis.Enrollment, 3, at.AddMinutes(-row)) { Door = DisclosureDoor.Gradebook });
        }

        changes.Disclose(new(NewId.Ordered(at), learner.Person, district.West, null, null, DisclosureBasis.Consent, 0, at.AddDays(-90)) { Door = DisclosureDoor.ShareLink, Credentials = 2 });
        await district.Store.CommitAsync(changes, default);
        using var student = await PageVisitor.OfAsync(district.App, learner.Person);

        var first = await student.OpenAsync("/record");
        Assert.Equal(50, Regex.Count(first, "looked at the record here: 3 decisions"));
        Assert.Contains("Allowed by: the student enrolls there", first, StringComparison.Ordinal);
        Assert.DoesNotContain("opened a link", first, StringComparison.Ordinal);
        var second = await student.OpenAsync(Regex.Match(first, "href=\"([^\"]*)\">More<").Groups[1].Value.Split('#')[0]);

        Assert.Single(Regex.Matches(second, "looked at the record here"));
        Assert.Contains("opened a link that was given: 2 badges", second, StringComparison.Ordinal);
        Assert.Contains("a written consent that is in force", second, StringComparison.Ordinal);
    }
}
