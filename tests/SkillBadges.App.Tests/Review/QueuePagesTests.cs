using System.Text.RegularExpressions;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Review;

/// <summary>What teachers and supervisors see of work that waits, and that two of them do not decide side by side.</summary>
[Collection(DistrictCollection.Name)]
public sealed class QueuePagesTests(TestDistrict district)
{
    [Fact]
    public async Task Who_opens_work_keeps_it_from_a_colleague_until_it_is_left_to_them()
    {
        var (teacher, colleague, learner) = await TwoTeachersAsync();
        var work = await district.TurnedInAsync(learner);
        using var first = await PageVisitor.OfAsync(district.App, teacher);
        using var second = await PageVisitor.OfAsync(district.App, colleague);
        var page = await first.OpenAsync($"/review/{work}");
        Assert.DoesNotContain("A colleague has this open now.", page, StringComparison.Ordinal);

        Assert.Contains("a colleague has it open", await second.OpenAsync("/review"), StringComparison.Ordinal);
        Assert.Contains("A colleague has this open now.", await second.OpenAsync($"/review/{work}"), StringComparison.Ordinal);
        Assert.Contains("A colleague has this work open", await second.SendAsync($"/review/{work}", "decide", ("Outcome", "approved")), StringComparison.Ordinal);

        await first.SendFromAsync(first.Html, $"/review/{work}", "decide", ("Outcome", "leave"));

        Assert.DoesNotContain("A colleague has this open now.", await second.OpenAsync($"/review/{work}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_decision_took_counts_from_the_opening_of_the_page()
    {
        var (teacher, _, learner) = await TwoTeachersAsync();
        var work = await district.TurnedInAsync(learner);
        using var visitor = await PageVisitor.OfAsync(district.App, teacher);
        var before = await EffortsAsync();

        Assert.Contains("Signed off.", await visitor.SendAsync($"/review/{work}", "decide", ("Outcome", "approved")), StringComparison.Ordinal);

        var effort = Assert.Single((await EffortsAsync()).ExceptBy(before.Select(one => one.Id), one => one.Id));
        Assert.NotNull(effort.Seconds);
        Assert.Equal(2, effort.Interactions);
    }

    [Fact]
    public async Task A_filter_finds_what_stands_far_down_and_more_leads_to_all_of_it()
    {
        var (teacher, _, learner) = await TwoTeachersAsync();
        var other = await district.Store.CurrentVersionAsync(TestDistrict.CoSignedBadge, default);
        var last = await QueueAsync(teacher, learner, other.Id, day: 300);
        for (var day = 0; day < 201; day++)
        {
            await QueueAsync(teacher, learner, district.Definition.Id, day);
        }

        using var visitor = await PageVisitor.OfAsync(district.App, teacher);
        var first = await visitor.OpenAsync("/review");
        Assert.Contains("202 waiting", first, StringComparison.Ordinal);
        Assert.Equal(200, Rows(first));
        Assert.DoesNotContain(last.Value, first, StringComparison.Ordinal);
        var second = await visitor.OpenAsync(Regex.Match(first, "href=\"([^\"]*)\">More<").Groups[1].Value);
        Assert.Equal(2, Rows(second));
        Assert.Contains(last.Value, second, StringComparison.Ordinal);
        Assert.Equal(1, Rows(await visitor.OpenAsync($"/review?badge={TestDistrict.CoSignedBadge}")));
        Assert.Equal(2, Regex.Count(await visitor.OpenAsync("/review?from=200&mark=all"), "name=\"Marked\"[^>]* checked"));
    }

    [Fact]
    public async Task A_word_about_a_skill_goes_with_the_decision_and_stands_beside_the_next_try()
    {
        var (teacher, _, person) = await TwoTeachersAsync();
        var learner = new TestLearner(person, await district.AsAsync(person));
        var work = await district.TurnedInAsync(person);
        var (skill, other) = (district.Definition.Competencies[0], district.Definition.Competencies[1]);
        using var visitor = await PageVisitor.OfAsync(district.App, teacher);
        await visitor.SendAsync(
            $"/review/{work}", "decide", ("Outcome", "returned"), ("Comment", "Nearly."), ($"Levels[{skill.Id}]", "developing"), ($"Words[{skill.Id}]", "Date each entry."), ($"Words[{other.Id}]", "Show the total."));

        var decision = (await district.StoredAsync(work)).Document.LastAttempt!.Standing!;
        Assert.Equal(("Date each entry.", $"Nearly.\n{other.Name}: Show the total."), (Assert.Single(decision.Ratings).Comment, decision.Comment));
        await TestDistrict.PlanAsync(learner.Client, work);
        using var again = await learner.Client.PostAsync($"/api/submissions/{work}/attempts", new { });
        Assert.True(again.IsSuccessStatusCode);

        var page = await visitor.OpenAsync($"/review/{work}");
        Assert.Contains("Earlier tries: 1", page, StringComparison.Ordinal);
        Assert.Contains("Date each entry.", page, StringComparison.Ordinal);
        Assert.Contains("Practice it on Thursday.", page, StringComparison.Ordinal);
        using var student = await PageVisitor.OfAsync(district.App, person);
        Assert.Contains("What I turned in then", await student.OpenAsync($"/work/{work}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_line_of_a_preview_has_a_level_of_its_own()
    {
        var (teacher, _, learner) = await TwoTeachersAsync();
        var work = await district.TurnedInAsync(learner);
        using var visitor = await PageVisitor.OfAsync(district.App, teacher);
        await visitor.SendAsync("/review", "approve", ("Which", "look"), ("Marked", work.Value), ("Level", "proficient"), ($"Tries[{work}]", "1"));

        Assert.Contains("1 signed off", await visitor.SendFromAsync(visitor.Html, "/review", "bulk", ("Which", "marked"), ($"Each[{work}]", "advanced")), StringComparison.Ordinal);

        Assert.All((await district.StoredAsync(work)).Document.LastAttempt!.Standing!.Ratings, rating => Assert.Equal("advanced", rating.Level));
    }

    [Fact]
    public async Task A_supervisor_reads_that_their_word_waits_for_the_teachers_and_takes_it_back()
    {
        var learner = await district.LearnerAsync();
        await district.PlaceAsync(learner.Person, TestDistrict.CoSignedBadge);
        var work = await district.TurnedInAsync(learner.Person, TestDistrict.CoSignedBadge);
        using var visitor = await PageVisitor.OfAsync(district.App, district.Supervisor);

        using var teacher = await PageVisitor.OfAsync(district.App, district.Teacher);
        await teacher.OpenAsync($"/review/{work}");

        var page = await visitor.SendAsync($"/my-students/{work}", "decide", ("Outcome", "approved"));

        Assert.Contains("Noted. It waits for the other signature.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"approved\"", page, StringComparison.Ordinal);
        Assert.Matches($"{work}.*noted; it waits for the other signature", (await visitor.OpenAsync("/my-students")).ReplaceLineEndings(" "));
    }

    private async Task<(PersonId Teacher, PersonId Colleague, PersonId Learner)> TwoTeachersAsync()
    {
        var (teacher, colleague) = (await district.App.PersonAsync(district.West, Role.Teacher), await district.App.PersonAsync(district.West, Role.Teacher));
        return (teacher, colleague, (await district.LearnerAsync(district.West, teacher, colleague)).Person);
    }

    private async Task<List<DecisionEffort>> EffortsAsync()
    {
        var efforts = new List<DecisionEffort>();
        await foreach (var read in district.Store.AllAsync(DecisionEffortDocuments.Kind, DecisionEffortDocuments.ByOrganization.Where(district.West.Value), default))
        {
            efforts.Add(read.Document);
        }

        return efforts;
    }

    private async Task<SubmissionId> QueueAsync(PersonId teacher, PersonId learner, BadgeVersionId badge, int day)
    {
        var at = district.App.Clock.Now();
        var task = new ReviewTask(SubmissionId.New(at), learner, district.West, badge, 1, at) { Assignees = [teacher], DueAt = at.AddDays(day) };
        await district.Store.CommitAsync(new Changes().Add(ReviewTaskDocuments.Kind, task), default);
        return task.Submission;
    }

    private static int Rows(string page) => Regex.Count(page, "<li data-row");
}
