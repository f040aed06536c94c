using System.Net;
using SkillBadges.App.Evidence;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Tests.Evidence.Content;

namespace SkillBadges.App.Tests.Evidence;

/// <summary>Feedback of classmates over HTTP: what they see, how long, and who takes words out.</summary>
[Collection(DistrictCollection.Name)]
public sealed class PeerReviewTests(TestDistrict district)
{
    private static readonly HttpClient Stranger = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    [Fact]
    public async Task A_classmate_sees_the_chosen_piece_writes_once_however_often_it_is_sent_and_the_learner_reads_it()
    {
        var scene = await AskAsync();
        var comment = new { competency = scene.Skill, works = "The order is clear.", @try = "Name the account." };

        using var link = await scene.Mate.Client.PostAsync($"/api/peer-reviews/{scene.Review}/evidence/{scene.Photo}/links", new { });
        var shown = await link.ReadAsync<EvidenceLinkView>();
        Assert.Equal(SampleFiles.PngOf(700), await Stranger.GetByteArrayAsync(new Uri(shown.Url)));
        using var other = await scene.Mate.Client.PostAsync($"/api/peer-reviews/{scene.Review}/evidence/{scene.Hidden}/links", new { });
        await other.RefusesAsync(404, "evidence.not-found");
        using var work = await scene.Mate.Client.GetAsync(new Uri($"/api/submissions/{scene.Submission}", UriKind.Relative));
        await work.RefusesAsync(404, "submission.not-found");

        var path = $"/api/peer-reviews/{scene.Review}/comments";
        using var first = await scene.Mate.Client.PostAsync(path, comment, ("Idempotency-Key", "one"));
        using var second = await scene.Mate.Client.PostAsync(path, comment, ("Idempotency-Key", "one"));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        using var read = await scene.Learner.Client.GetAsync(new Uri($"/api/submissions/{scene.Submission}/peer-reviews", UriKind.Relative));
        var written = Assert.Single(Assert.Single((await read.ReadAsync<App.Http.PageOf<PeerReviewView>>()).Items).Comments);
        Assert.Equal((scene.Mate.Person.Value, "The order is clear."), (written.By, written.Works));
    }

    [Fact]
    public async Task A_teacher_hides_and_the_office_erases_and_nobody_else_does()
    {
        var scene = await AskAsync();
        var comment = await CommentAsync(scene);
        using var teacher = await district.AsAsync(district.Teacher);
        using var unassigned = await district.AsAsync(district.UnassignedTeacher);
        using var registrar = await district.AsAsync(district.WestRegistrar);
        var hidings = $"/api/peer-reviews/{scene.Review}/comments/{comment}/hidings";
        var erasures = $"/api/peer-reviews/{scene.Review}/erasures";

        foreach (var client in new[] { unassigned, scene.Mate.Client })
        {
            using var no = await client.PostAsync(hidings, new { reason = "It hurts." });
            Assert.True(no.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden);
            using var neither = await client.PostAsync(erasures, new { reason = "It hurts.", comment });
            await neither.RefusesAsync(404, "peer-review.not-found");
        }

        using var withoutReason = await teacher.PostAsync(hidings, new { reason = " " });
        await withoutReason.RefusesAsync(422, "peer-review.reason");
        using var hidden = await teacher.PostAsync(hidings, new { reason = "It is about a person." });
        Assert.Equal(HttpStatusCode.OK, hidden.StatusCode);
        var seen = Assert.Single((await ReadAsync(scene.Learner.Client, scene.Review)).Comments);
        Assert.Equal((null, "It is about a person."), (seen.Works, seen.HiddenBecause));
        Assert.NotNull(Assert.Single((await ReadAsync(teacher, scene.Review)).Comments).Works);

        using var erased = await registrar.PostAsync(erasures, new { reason = "The family asked for it.", comment });
        Assert.Equal(HttpStatusCode.OK, erased.StatusCode);
        Assert.Null(Assert.Single((await ReadAsync(teacher, scene.Review)).Comments).Works);
    }

    [Fact]
    public async Task Taken_back_or_decided_it_is_over_for_classmates()
    {
        foreach (var isDecided in new[] { false, true })
        {
            var scene = await AskAsync();
            if (isDecided)
            {
                using var teacher = await district.AsAsync(district.Teacher);
                using var decided = await teacher.PostAsync($"/api/submissions/{scene.Submission}/decisions", TestDistrict.Approval);
                Assert.True(decided.IsSuccessStatusCode);
            }
            else
            {
                using var back = await scene.Learner.Client.PostAsync($"/api/peer-reviews/{scene.Review}/withdrawals", new { });
                Assert.Equal(HttpStatusCode.OK, back.StatusCode);
            }

            var seen = await ReadAsync(scene.Mate.Client, scene.Review);
            using var late = await scene.Mate.Client.PostAsync($"/api/peer-reviews/{scene.Review}/comments", Words(scene.Skill));
            using var link = await scene.Mate.Client.PostAsync($"/api/peer-reviews/{scene.Review}/evidence/{scene.Photo}/links", new { });

            Assert.Equal((false, 0), (seen.IsOpen, seen.Items.Count));
            await late.RefusesAsync(409, "peer-review.over");
            await link.RefusesAsync(404, "evidence.not-found");
        }
    }

    [Theory]
    [InlineData("a stranger", "peer-review.not-a-classmate")]
    [InlineData("oneself", "peer-review.peers")]
    [InlineData("nobody", "peer-review.peers")]
    [InlineData("six", "peer-review.peers")]
    [InlineData("nothing", "peer-review.items")]
    [InlineData("a question of 10,000 characters", "peer-review.question")]
    public async Task What_may_not_be_asked_is_refused(string what, string code)
    {
        var scene = await AskAsync();
        var stranger = (await district.LearnerAsync()).Person.Value;
        var (mate, own) = (scene.Mate.Person.Value, scene.Learner.Person.Value);
        object body = what switch
        {
            "a stranger" => new { peers = new[] { stranger }, items = new[] { scene.Photo } },
            "oneself" => new { peers = new[] { own }, items = new[] { scene.Photo } },
            "nobody" => new { peers = Array.Empty<string>(), items = new[] { scene.Photo } },
            "six" => new { peers = Enumerable.Range(0, 6).Select(number => $"person-{number}"), items = new[] { scene.Photo } },
            "nothing" => new { peers = new[] { mate }, items = Array.Empty<string>() },
            _ => new { peers = new[] { mate }, items = new[] { scene.Photo }, question = new string('q', 10_000) },
        };

        using var answer = await scene.Learner.Client.PostAsync($"/api/submissions/{scene.Submission}/peer-reviews", body);

        await answer.RefusesAsync(422, code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u200B\u2060 \u3164")]
    [InlineData("\u202Etxt.exe")]
    [InlineData("long")]
    public async Task Words_that_nobody_can_read_or_that_are_too_many_are_refused(string works)
    {
        var scene = await AskAsync();

        using var answer = await scene.Mate.Client.PostAsync(
            $"/api/peer-reviews/{scene.Review}/comments", new { competency = scene.Skill, works = works == "long" ? new string('x', 1_001) : works, @try = "More." });

        await answer.RefusesAsync(422, "peer-review.words");
        Assert.Empty((await ReadAsync(scene.Learner.Client, scene.Review)).Comments);
    }

    [Fact]
    public async Task Where_a_school_switched_it_off_nobody_is_asked()
    {
        await using var app = new TestApp();
        await app.InitializeAsync();
        var own = new TestDistrict(app);
        await own.PopulateAsync();
        var read = await own.Store.GetAsync(OrganizationSettingsDocuments.Kind, own.West.Value, "settings", default);
        await own.Store.CommitAsync(new Changes().Replace(OrganizationSettingsDocuments.Kind, read, read.Document with { Values = read.Document.Values with { PeerFeedback = false } }), default);
        var learner = await own.LearnerAsync();
        var submission = await own.TurnedInAsync(learner.Person);

        using var asked = await learner.Client.PostAsync($"/api/submissions/{submission}/peer-reviews", new { peers = new[] { "somebody" }, items = new[] { "something" } });
        using var classmates = await learner.Client.GetAsync(new Uri($"/api/classmates?organization={own.West}", UriKind.Relative));

        await asked.RefusesAsync(403, "peer-review.off");
        await classmates.RefusesAsync(403, "peer-review.off");
    }

    private sealed record Scene(TestLearner Learner, TestLearner Mate, SubmissionId Submission, string Skill, string Photo, string Hidden, string Review);

    private static object Words(string skill) => new { competency = skill, works = "The order is clear.", @try = "Name the account." };

    private async Task<Scene> AskAsync()
    {
        var (learner, mate) = (await district.LearnerAsync(), await district.LearnerAsync());
        await district.Store.CommitAsync(
            new Changes().Add(
                ClassSectionDocuments.Kind,
                new(ClassSectionId.New(district.App.Clock.Now()), district.West, "Office practice", district.App.Clock.Now()) { Teachers = [district.Teacher], Students = [learner.Person, mate.Person] }),
            default);
        var submission = await district.CompleteDraftAsync(learner.Person);
        var skill = district.Definition.Competencies[0].Id;
        using (var added = await learner.Client.PostAsync(new Uri($"/api/submissions/{submission}/files", UriKind.Relative), UploadForms.Good(skill, "photo.png", SampleFiles.PngOf(700))))
        {
            Assert.Equal(HttpStatusCode.OK, added.StatusCode);
        }

        var items = (await district.StoredAsync(submission)).Document.Draft[0].Items;
        using (var turnedIn = await learner.Client.SendJsonAsync(HttpMethod.Post, $"/api/submissions/{submission}/attempts", null))
        {
            Assert.Equal(HttpStatusCode.OK, turnedIn.StatusCode);
        }

        using var asked = await learner.Client.PostAsync($"/api/submissions/{submission}/peer-reviews", new { peers = new[] { mate.Person.Value }, items = new[] { items[^1].Id }, question = "Is the order clear?" });
        Assert.Equal(HttpStatusCode.Created, asked.StatusCode);
        return new(learner, mate, submission, skill, items[^1].Id, items[0].Id, (await asked.ReadAsync<PeerReviewView>()).Id);
    }

    private static async Task<string> CommentAsync(Scene scene)
    {
        using var answer = await scene.Mate.Client.PostAsync($"/api/peer-reviews/{scene.Review}/comments", Words(scene.Skill));
        return (await answer.ReadAsync<PeerReviewView>()).Comments[^1].Id;
    }

    private static async Task<PeerReviewView> ReadAsync(HttpClient reader, string review)
    {
        using var answer = await reader.GetAsync(new Uri($"/api/peer-reviews/{review}", UriKind.Relative));
        return await answer.ReadAsync<PeerReviewView>();
    }
}
