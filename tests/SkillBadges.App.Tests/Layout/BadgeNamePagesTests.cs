using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SkillBadges.App.Tests.Http;
using SkillBadges.App.Tests.Sharing;
using SkillBadges.Core;
using SkillBadges.Core.Gradebook.Classes;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Sharing.Shares;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Layout;

/// <summary>Pages name badges in the language that they are read in, and lists lead on to what they do not show at once.</summary>
[Collection(DistrictCollection.Name)]
public sealed class BadgeNamePagesTests(TestDistrict district)
{
    private const string English = "SMAW Plate: Fillet Welds";
    private const string Spanish = "SMAW en placa: soldaduras de filete";

    [Fact]
    public async Task Whoever_reads_Spanish_finds_the_badge_by_its_Spanish_name_wherever_it_stands()
    {
        var teacher = await district.App.PersonAsync(district.West, Role.Teacher);
        var learner = await district.LearnerAsync(district.West, teacher, district.Teacher);
        await district.ApprovedAsync(learner.Person, TestDistrict.CoSignedBadge);
        var waiting = await district.LearnerAsync(district.West, teacher);
        await district.TurnedInAsync(waiting.Person, TestDistrict.CoSignedBadge);
        using var plan = await learner.Client.PostAsync("/api/plans", new { learnerId = learner.Person.Value, organizationId = district.West.Value });
        var id = JsonNode.Parse(await plan.Content.ReadAsStringAsync())!["id"];
        using var student = await PageVisitor.OfAsync(district.App, learner.Person, "es");
        using var other = await PageVisitor.OfAsync(district.App, waiting.Person, "es");
        using var teaches = await PageVisitor.OfAsync(district.App, teacher, "es");
        var classes = Regex.Matches(await teaches.OpenAsync("/classes"), "href=\"/classes/([0-9a-f]+)\"").Select(match => match.Groups[1].Value).Distinct().ToList();

        foreach (var (reader, page) in new[] { (student, "/record"), (student, "/profile"), (student, "/shares"), (student, $"/plans/{id}"), (other, "/work"), (teaches, "/review") }
            .Concat(classes.SelectMany(section => new[] { (teaches, $"/sheet/{section}"), (teaches, $"/classes/{section}/groups") }))
            .Append((teaches, $"/classes/{classes.Find(section => Teaches(section, learner))}?badge={TestDistrict.CoSignedBadge}"))
            .Append((teaches, $"/classes/{classes.Find(section => Teaches(section, waiting))}/students/{waiting.Person}")))
        {
            var read = await reader.OpenAsync(page);
            Assert.True(!read.Contains(English, StringComparison.Ordinal), $"{page} says the English name.");
            Assert.True(read.Contains(Spanish, StringComparison.Ordinal) || page.EndsWith("/groups", StringComparison.Ordinal), $"{page} does not say the Spanish name.");
        }
    }

    [Fact]
    public async Task A_record_says_skill_level_and_what_it_looks_like_in_the_language_of_the_translation()
    {
        var learner = await district.LearnerAsync();
        await district.ApprovedAsync(learner.Person, TestDistrict.CoSignedBadge);
        using var student = await PageVisitor.OfAsync(district.App, learner.Person, "es");
        using var english = await PageVisitor.OfAsync(district.App, learner.Person);

        var record = await student.OpenAsync("/record");

        Assert.Contains("Seguridad en trabajo en caliente", record, StringComparison.Ordinal);
        Assert.Contains("<strong>Competente</strong>", record, StringComparison.Ordinal);
        Assert.DoesNotContain("Proficient", record, StringComparison.Ordinal);
        Assert.DoesNotContain("Walks the booth", record, StringComparison.Ordinal);
        Assert.Contains("Walks the booth", await english.OpenAsync("/record"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notices_lead_on_to_those_that_are_not_shown()
    {
        var learner = await district.LearnerAsync();
        var (changes, at) = (new Changes(), district.App.Clock.Now());
        for (var count = 0; count < 51; count++)
        {
            changes.Notify(learner.Person, NoticeKind.MentorAnswered, $"something-{count}", at.AddMinutes(-count));
        }

        await district.Store.CommitAsync(changes, default);
        using var student = await PageVisitor.OfAsync(district.App, learner.Person);

        var first = await student.OpenAsync("/notices");
        Assert.Equal(50, Regex.Count(first, "_handler\" value=\"read-"));
        Assert.Equal(1, Regex.Count(await student.OpenAsync(Regex.Match(first, "href=\"([^\"]*)\">More<").Groups[1].Value), "_handler\" value=\"read-"));
    }

    [Fact]
    public async Task Each_opening_of_a_link_is_counted_among_however_many()
    {
        var learner = await district.AgedAsync(await district.LearnerAsync(), 19);
        var award = (await district.ApprovedAsync(learner.Person)).Answer.Award!.Id;
        using var student = await PageVisitor.OfAsync(district.App, learner.Person);
        await student.SendAsync("/shares", "make", ("Awards", award), ("With", "name"), ("Until", district.App.Clock.GetUtcNow().AddDays(9).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        var share = Regex.Match(await student.OpenAsync("/shares"), "id=\"share-([^\"]+)\"").Groups[1].Value;
        Assert.NotEmpty(share);
        var (changes, at) = (new Changes(), district.App.Clock.Now());
        for (var count = 0; count < 1_003; count++)
        {
            changes.Disclose(new(NewId.Ordered(at), learner.Person, district.West, null, null, DisclosureBasis.LearnersOwn, 0, at.AddSeconds(-count)) { Door = DisclosureDoor.ShareLink, Through = share });
            if (count % 500 == 0)
            {
                await district.Store.CommitAsync(changes, default);
                changes = new();
            }
        }

        await district.Store.CommitAsync(changes, default);

        Assert.Contains("opened 1003 times", await student.OpenAsync("/shares"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_and_links_that_are_not_shown_are_one_press_away()
    {
        var teacher = await district.App.PersonAsync(district.West, Role.Teacher);
        var learner = await district.LearnerAsync(district.West, teacher);
        using var teaches = await PageVisitor.OfAsync(district.App, teacher);
        using var student = await PageVisitor.OfAsync(district.App, learner.Person);
        var section = Regex.Match(await teaches.OpenAsync("/classes"), "href=\"/classes/([0-9a-f]+)\"").Groups[1].Value;
        var (changes, at) = (new Changes(), district.App.Clock.Now());
        for (var count = 0; count < 51; count++)
        {
            var then = at.AddMinutes(-count);
            changes.Add(SavedGroupingDocuments.Kind, new(NewId.Random(), ClassSectionId.From(section), $"Groups {count}", [], [], new(GroupKind.Mixed, 4, []), teacher, then));
            changes.Add(ShareDocuments.Kind, new(ShareId.New(then), learner.Person, NewId.Random(), new([], [], false, false), then, at.AddDays(9)));
        }

        await district.Store.CommitAsync(changes, default);

        foreach (var (reader, address, line) in new[] { (teaches, $"/classes/{section}/groups", "href=\"/groupings/"), (student, "/shares", "id=\"share-") })
        {
            var first = await reader.OpenAsync(address);
            Assert.Equal(50, Regex.Count(first, line));
            Assert.Equal(1, Regex.Count(await reader.OpenAsync(Regex.Match(first, "href=\"([^\"]*)\">More<").Groups[1].Value), line));
        }
    }

    private bool Teaches(string section, TestLearner learner) =>
        district.Store.FindAsync(ClassSectionDocuments.Kind, section, default).GetAwaiter().GetResult()!.Document.Students.Contains(learner.Person);
}
