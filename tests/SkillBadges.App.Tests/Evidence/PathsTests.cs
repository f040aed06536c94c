using System.Net;
using SkillBadges.App.Evidence;
using SkillBadges.App.Http;
using SkillBadges.App.Review;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Evidence;

/// <summary>Many paths to one badge, walked over HTTP.</summary>
[Collection(DistrictCollection.Name)]
public sealed class PathsTests(TestDistrict district)
{
    private const string Marker = "a reader for every text, xyzzy";

    [Fact]
    public async Task A_result_of_the_badges_assessment_goes_straight_to_review_and_sets_no_level()
    {
        var learner = await district.LearnerAsync();
        var badge = await PathScene.BadgeAsync(district);
        var draft = await district.DraftAsync(learner, badge.Slug);

        using var answer = await learner.Client.PostAsync($"/api/submissions/{draft.Id}/assessments", new { assessment = "pre-test", score = 20, takenOn = "2026-01-02" });

        var work = await answer.ReadAsync<SubmissionView>();
        Assert.Equal(SubmissionState.Submitted, work.State);
        var attempt = Assert.Single(work.Attempts);
        Assert.Empty(attempt.Decisions);
        Assert.All(attempt.Work, skill => Assert.Equal(20, Assert.Single(skill.Evidence).Assessment!.Score));
    }

    [Fact]
    public async Task An_accepted_idea_counts_on_the_board_and_a_declined_one_does_not()
    {
        var learner = await district.LearnerAsync();
        var badge = await TwoOfTwoAsync();
        var draft = await district.DraftAsync(learner, badge.Slug);
        var skill = badge.Competencies[0].Id;
        foreach (var competency in badge.Competencies)
        {
            await AddAsync(learner, draft.Id, competency.Id, competency.EvidenceOptions[0].Id);
        }

        using var short1 = await learner.Client.SendJsonAsync(HttpMethod.Post, $"/api/submissions/{draft.Id}/attempts", null);
        await short1.RefusesAsync(422, "submission.incomplete");
        using var proposed = await learner.Client.PostAsync($"/api/submissions/{draft.Id}/pitches", new { competency = skill, title = "Teach a freshman", kind = "link", why = "Who teaches it can do it." });
        var pitch = await proposed.ReadAsync<PitchView>();
        using var early = await learner.Client.PostAsync($"/api/submissions/{draft.Id}/evidence", new { competency = skill, title = "Lesson", url = "https://video.example.org/1", option = pitch.Id });
        await early.RefusesAsync(422, "evidence.unknown-option");
        using var teacher = await district.AsAsync(district.Teacher);
        using var accepted = await teacher.PostAsync($"/api/pitches/{pitch.Id}/answers", new { accept = true });
        Assert.Equal(PitchState.Accepted, (await accepted.ReadAsync<PitchView>()).State);
        await AddAsync(learner, draft.Id, skill, pitch.Id);

        using var turnedIn = await learner.Client.SendJsonAsync(HttpMethod.Post, $"/api/submissions/{draft.Id}/attempts", null);

        Assert.Equal(SubmissionState.Submitted, (await turnedIn.ReadAsync<SubmissionView>()).State);
        var board = await BoardAsync(learner.Client, draft.Id);
        Assert.Contains(pitch.Id, board.Skills.Single(progress => progress.Competency == skill).Answered);
    }

    [Fact]
    public async Task A_school_says_otherwise_than_the_badge_and_everyone_sees_who_said_it()
    {
        var school = await district.App.OrganizationAsync(OrganizationKind.HighSchool);
        var teacher = await district.App.PersonAsync(school.Id, Role.Teacher);
        var admin = await district.App.PersonAsync(school.Id, Role.OrganizationAdmin);
        var learner = await district.LearnerAsync(school.Id, teacher);
        using var office = await district.AsAsync(admin);
        using var set = await office.PutJsonAsync($"/api/organizations/{school.Id}/settings", new { attempts = new Dictionary<string, object> { [TestDistrict.Badge] = new { limit = 1 } } });
        Assert.True(set.IsSuccessStatusCode, await set.Content.ReadAsStringAsync());
        using var started = await learner.Client.PostAsync("/api/submissions", new { organization = school.Id.Value, badge = TestDistrict.Badge });
        var draft = await started.ReadAsync<SubmissionView>();
        foreach (var skill in draft.Draft)
        {
            await AddAsync(learner, draft.Id, skill.Competency, null);
        }

        using var first = await learner.Client.SendJsonAsync(HttpMethod.Post, $"/api/submissions/{draft.Id}/attempts", null);
        using var signedIn = await district.AsAsync(teacher);
        using var returned = await signedIn.PostAsync($"/api/submissions/{draft.Id}/decisions", new { attempt = 1, outcome = "returned", comment = "Not yet." });
        await TestDistrict.PlanAsync(learner.Client, SubmissionId.From(draft.Id));

        using var second = await learner.Client.SendJsonAsync(HttpMethod.Post, $"/api/submissions/{draft.Id}/attempts", null);

        await second.RefusesAsync(409, "attempt.limit-reached");
        var board = await BoardAsync(learner.Client, draft.Id);
        Assert.Equal((1, school.Id.Value, 1, "attempt.limit-reached"), (board.Policy.Limit, board.Policy.Origin, board.Used, board.Obstacle));
    }

    [Fact]
    public async Task The_progress_board_says_what_is_in_the_way_and_shows_an_assessor_no_draft()
    {
        var scene = await PathScene.SetAsync(district);

        var own = await BoardAsync(scene.Learner.Client, scene.Work.Id.Value);
        var assessors = await BoardAsync((await district.AsAsync(district.Teacher)), scene.Work.Id.Value);

        Assert.Equal("attempt.plan-untouched", own.Obstacle);
        Assert.Empty(own.OpenCheckpoints);
        Assert.Null(assessors.Obstacle);
        Assert.All(assessors.Skills, skill => Assert.True(skill.IsMet));
    }

    [Fact]
    public async Task Tasks_that_lead_on_are_offered_from_proficient_on_and_not_before()
    {
        var (learner, waiting) = (await district.LearnerAsync(), await district.LearnerAsync());
        var (decided, _) = await district.ApprovedAsync(learner.Person);
        var open = await district.TurnedInAsync(waiting.Person);
        var leads = district.Definition.Competencies.First(skill => skill.Extensions.Length > 0);

        var reached = (await BoardAsync(learner.Client, decided.Value)).Skills.Single(skill => skill.Competency == leads.Id);
        var before = await BoardAsync(waiting.Client, open.Value);
        using var browser = await district.AsAsync(learner.Person);
        var page = await browser.GetStringAsync(new Uri($"/work/{decided}", UriKind.Relative));

        Assert.Equal(leads.Extensions.Select(task => task.Title), reached.Extensions.Select(task => task.Title));
        Assert.All(before.Skills, skill => Assert.Empty(skill.Extensions));
        Assert.Contains(WebUtility.HtmlEncode(leads.Extensions[0].Title), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_about_an_accommodation_is_in_a_credential_a_record_or_a_public_page()
    {
        var learner = await district.LearnerAsync();
        using var office = await district.AsAsync(district.WestRegistrar);
        using var granted = await office.PostAsync("/api/accommodations", new { learner = learner.Person.Value, organization = district.West.Value, what = Marker, alternative = Marker, badge = TestDistrict.Badge });
        await granted.ReadAsync<AccommodationView>();
        var (submission, decision) = await district.ApprovedAsync(learner.Person);
        using var teacher = await district.AsAsync(district.Teacher);
        using var list = await teacher.GetAsync(new Uri($"/api/accommodations?organization={district.West}&learner={learner.Person}", UriKind.Relative));
        Assert.Equal(Marker, Assert.Single((await list.ReadAsync<PageOf<AccommodationView>>()).Items).What);

        var texts = new List<string>();
        foreach (var form in new[] { SignedForm.VcJwtRs256, SignedForm.VcJwtEs256, SignedForm.EddsaRdfc2022, "svg" })
        {
            using var credential = await learner.Client.GetAsync(new Uri($"/api/awards/{decision.Award!.Id}/credential?form={form}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, credential.StatusCode);
            var body = await credential.Content.ReadAsStringAsync();
            texts.Add(body);
            texts.AddRange(body.Split('.').Select(Decoded));
        }

        Assert.True(texts.Count(text => text.Contains("OpenBadgeCredential", StringComparison.Ordinal)) >= 3, "The credentials should be readable here.");
        foreach (var address in new[] { $"/api/submissions/{submission}", $"/api/learners/{learner.Person}/gradebook", $"/api/awards/{decision.Award!.Id}", $"/api/progress-boards/{submission}" })
        {
            using var answer = await learner.Client.GetAsync(new Uri(address, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            texts.Add(await answer.Content.ReadAsStringAsync());
        }

        using var anyone = district.App.Anonymous();
        texts.Add(await anyone.GetStringAsync(new Uri($"/api/badges/{TestDistrict.Badge}", UriKind.Relative)));
        Assert.All(texts, text => Assert.DoesNotContain("xyzzy", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_teacher_learns_too_and_somebody_else_decides()
    {
        var college = await district.App.OrganizationAsync(OrganizationKind.College);
        var (mentor, learner, registrar) = (await district.App.PersonAsync(college.Id, Role.Teacher), await district.App.PersonAsync(college.Id, Role.Teacher), await district.App.PersonAsync(college.Id, Role.Registrar));
        using var office = await district.AsAsync(registrar);
        using var opened = await office.PostAsync("/api/class-sections", new { organizationId = college.Id.Value, name = "New teachers" });
        var section = (await opened.ReadAsync<System.Text.Json.Nodes.JsonObject>())["id"]!.GetValue<string>();
        foreach (var (kind, person) in new[] { ("teachers", mentor), ("teachers", learner), ("students", learner) })
        {
            using var added = await office.PostAsync($"/api/class-sections/{section}/{kind}", new { personId = person.Value });
            Assert.True(added.IsSuccessStatusCode, await added.Content.ReadAsStringAsync());
        }

        using var own = await district.AsAsync(learner);
        using var started = await own.PostAsync("/api/submissions", new { organization = college.Id.Value, badge = TestDistrict.Badge });
        var draft = await started.ReadAsync<SubmissionView>();
        foreach (var skill in draft.Draft)
        {
            await AddAsync(new(learner, own), draft.Id, skill.Competency, null);
        }

        using var turnedIn = await own.SendJsonAsync(HttpMethod.Post, $"/api/submissions/{draft.Id}/attempts", null);
        using var self = await own.PostAsync($"/api/submissions/{draft.Id}/decisions", TestDistrict.Approval);
        await self.RefusesAsync(403, "decision.own-work");
        using var other = await district.AsAsync(mentor);
        using var decided = await other.PostAsync($"/api/submissions/{draft.Id}/decisions", TestDistrict.Approval);

        Assert.NotNull((await decided.ReadAsync<DecisionAnswer>()).Award);
    }

    [Fact]
    public async Task A_learner_asks_a_teacher_to_look_and_asks_once()
    {
        var scene = await PathScene.SetAsync(district);
        using var asked = await scene.Learner.Client.PostAsync($"/api/submissions/{scene.Work.Id}/assessment-requests", new { checkpoint = "safety", words = "Booth 3." });
        var request = await asked.ReadAsync<AssessmentRequestView>();
        using var twice = await scene.Learner.Client.PostAsync($"/api/submissions/{scene.Work.Id}/assessment-requests", new { checkpoint = "safety" });
        await twice.RefusesAsync(409, "assessment-request.waiting");
        using var waiting = await (await district.AsAsync(district.Teacher)).GetAsync(new Uri($"/api/assessment-requests?section={scene.Section}", UriKind.Relative));
        Assert.Contains((await waiting.ReadAsync<PageOf<AssessmentRequestView>>()).Items, item => item.Id == request.Id);

        using var answered = await (await district.AsAsync(district.Teacher)).PostAsync($"/api/assessment-requests/{request.Id}/answers", new { words = "Coming." });
        using var again = await scene.Learner.Client.PostAsync($"/api/submissions/{scene.Work.Id}/assessment-requests", new { checkpoint = "safety" });

        Assert.Equal("Coming.", (await answered.ReadAsync<AssessmentRequestView>()).Answer);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
    }

    [Fact]
    public async Task What_a_team_made_is_judged_for_each_and_names_the_others_to_nobody_who_may_not_know()
    {
        var (one, two) = (await district.LearnerAsync(), await district.LearnerAsync());
        var outsider = await district.App.PersonAsync(district.West, Role.Teacher);
        await district.ClassAsync(district.West, two.Person, outsider);
        var (first, second) = (await district.DraftAsync(one), await district.DraftAsync(two));
        var skill = first.Draft[0].Competency;
        await AddAsync(one, first.Id, skill, null);
        var piece = (await district.StoredAsync(SubmissionId.From(first.Id))).Document.Draft[0].Items[0];
        using var shared = await one.Client.PostAsync("/api/team-works", new { submission = first.Id, evidence = piece.Id, members = new[] { two.Person.Value } });
        var team = await shared.ReadAsync<TeamWorkView>();
        var proof = new { teamWork = team.Id, competency = skill, ownPart = "I measured and wrote it up." };
        using var alone = await one.Client.PostAsync($"/api/submissions/{first.Id}/team-works", proof);
        await alone.RefusesAsync(409, "team-work.alone");
        using var early = await two.Client.PostAsync($"/api/submissions/{second.Id}/team-works", proof);
        await early.RefusesAsync(409, "team-work.not-accepted");
        using var accepted = await two.Client.SendJsonAsync(HttpMethod.Post, $"/api/team-works/{team.Id}/acceptances", null);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);

        using var proven = await two.Client.PostAsync($"/api/submissions/{second.Id}/team-works", proof);

        var text = await proven.Content.ReadAsStringAsync();
        var item = Assert.Single((await proven.ReadAsync<SubmissionView>()).Draft[0].Evidence);
        Assert.Equal((piece.Digest.Hex, 2, "I measured and wrote it up."), (item.Sha256, item.Team!.Size, item.Team.OwnPart));
        Assert.DoesNotContain(one.Person.Value, text, StringComparison.Ordinal);
        using var teacher = await district.AsAsync(outsider);
        using var seen = await teacher.GetAsync(new Uri($"/api/team-works/{team.Id}", UriKind.Relative));
        var view = await seen.ReadAsync<TeamWorkView>();
        Assert.Equal((2, two.Person.Value), (view.Size, Assert.Single(view.Members).Person));

        using var registrar = await district.AsAsync(district.WestRegistrar);
        using var erased = await registrar.PostAsync($"/api/submissions/{second.Id}/evidence/{item.Id}/erasures", new { reason = "The family asked for it." });
        Assert.Equal(HttpStatusCode.OK, erased.StatusCode);
        using var left = await teacher.GetAsync(new Uri($"/api/team-works/{team.Id}", UriKind.Relative));
        Assert.Equal(("Erased", piece.Digest.Hex), ((await left.ReadAsync<TeamWorkView>()) is { } rest ? (rest.Title, rest.Sha256) : default));
        using var late = await one.Client.PostAsync($"/api/submissions/{first.Id}/team-works", proof);
        await late.RefusesAsync(410, "evidence.erased");
    }

    private async Task<BadgeDefinition> TwoOfTwoAsync()
    {
        var first = district.Definition.Competencies[0];
        var board = first with { ChooseAtLeast = 2, EvidenceOptions = [new("film", "Film", EvidenceKind.Link, "One take from start to end."), new("sheet", "Sheet", EvidenceKind.Link, "The sheet you worked from.")] };
        var badge = (district.Definition with { Slug = "two-of-two", Competencies = district.Definition.Competencies.SetItem(0, board) }).Publish(1);
        await district.Store.CommitAsync(new Changes().Add(DefinitionDocuments.Versions, badge).Add(DefinitionDocuments.Heads, new(badge.Slug, 1, badge.Name, badge.Field)), CancellationToken.None);
        return badge;
    }

    private static async Task AddAsync(TestLearner learner, string work, string competency, string? option)
    {
        using var answer = await learner.Client.PostAsync($"/api/submissions/{work}/evidence", new { competency, title = "Proof", url = "https://video.example.org/1", option });
        await answer.ReadAsync<SubmissionView>();
    }

    private static async Task<ProgressBoardView> BoardAsync(HttpClient client, string work)
    {
        using var answer = await client.GetAsync(new Uri($"/api/progress-boards/{work}", UriKind.Relative));
        return await answer.ReadAsync<ProgressBoardView>();
    }

    private static string Decoded(string part)
    {
        var padded = part.Replace('-', '+').Replace('_', '/').PadRight((part.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var length) ? System.Text.Encoding.UTF8.GetString(bytes, 0, length) : "";
    }
}
