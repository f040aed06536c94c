using System.Text.Json;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Peers;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Evidence.Peers;

public sealed class PeerReviewWorkflowTests : IAsyncLifetime
{
    private const string Marker = "xyzzy-works";

    private readonly Actor peer = new(PersonId.From("peer"));
    private readonly Actor stranger = new(PersonId.From("stranger"));
    private District district = null!;
    private Submission work = null!;

    public async Task InitializeAsync()
    {
        district = await District.OpenAsync();
        await district.EnrollAsync(peer, district.West);
        await district.EnrollAsync(stranger, district.West);
        await ShareClassAsync(district.Student, peer);
        work = await district.TurnInAsync();
    }

    public Task DisposeAsync()
    {
        district.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_classmate_is_told_looks_and_writes_and_the_learner_and_their_teacher_read_it()
    {
        var asked = await AskAsync();
        var list = await district.PeerReading.AskedAsync(peer, query => query.Take(10), default);
        var told = await CommentAsync(peer, asked);

        Assert.Equal(asked.Review.Id, Assert.Single(list.Documents).Review.Id);
        Assert.Equal(("Name of student", 1), (list.Documents.First().LearnerName, list.Documents.First().Shown.Count));
        Assert.Equal(Marker, Assert.Single(told.Review.Comments).Works);
        foreach (var reader in new[] { district.Student, district.Teacher })
        {
            var page = await district.PeerReading.OfAsync(reader, work.Id, query => query.Take(10), default);
            Assert.Equal(Marker, Assert.Single(Assert.Single(page.Documents).Review.Comments).Works);
        }

        Assert.Contains(await NoticesAsync(peer), notice => notice.Kind == NoticeKind.PeerReviewAsked);
        Assert.Contains(await NoticesAsync(district.Student), notice => notice.Kind == NoticeKind.PeerReviewAnswered);
    }

    [Fact]
    public async Task Nobody_else_learns_of_it()
    {
        var asked = await AskAsync();
        var elsewhere = new Actor(PersonId.From("elsewhere"));
        await district.AppointAsync(elsewhere, district.West, Role.Teacher);

        foreach (var reader in new[] { stranger, elsewhere })
        {
            Assert.Equal("peer-review.not-found", await Refusal.CodeOf(() => district.PeerReading.ReadAsync(reader, asked.Review.Id, default)));
            Assert.Equal("peer-review.not-found", await Refusal.CodeOf(() => CommentAsync(reader, asked)));
            Assert.Equal("submission.not-found", await Refusal.CodeOf(() => district.PeerReading.OfAsync(reader, work.Id, query => query.Take(10), default)));
        }

        Assert.Equal("submission.not-found", await Refusal.CodeOf(() => district.Reading.ReadAsync(peer, work.Id, default)));
        Assert.Equal("submission.not-found", await Refusal.CodeOf(() => AskAsync(by: peer)));
    }

    [Fact]
    public async Task Only_who_is_in_a_class_with_the_learner_now_is_asked()
    {
        Assert.Equal("peer-review.not-a-classmate", await Refusal.CodeOf(() => AskAsync(of: stranger)));
        Assert.Equal("peer-review.not-a-classmate", await Refusal.CodeOf(() => AskAsync(of: district.Teacher)));
    }

    [Fact]
    public async Task Who_leaves_the_class_loses_sight_of_it_at_once()
    {
        var asked = await AskAsync();
        district.BeforeNextCommit(() => LeaveAsync(peer));

        Assert.Equal("peer-review.not-found", await Refusal.CodeOf(() => CommentAsync(peer, asked)));
        Assert.Equal("peer-review.not-found", await Refusal.CodeOf(() => district.PeerReading.ReadAsync(peer, asked.Review.Id, default)));
        Assert.Empty((await district.PeerReading.AskedAsync(peer, query => query.Take(10), default)).Documents);
        Assert.Empty((await district.PeerReading.ReadAsync(district.Student, asked.Review.Id, default)).Review.Comments);
    }

    [Fact]
    public async Task A_decision_at_the_same_moment_ends_it()
    {
        var asked = await AskAsync();
        district.BeforeNextCommit(() => district.ApproveAsync(district.Teacher, work));

        Assert.Equal("peer-review.over", await Refusal.CodeOf(() => CommentAsync(peer, asked)));
        var seen = await district.PeerReading.ReadAsync(peer, asked.Review.Id, default);
        Assert.Equal((false, 0), (seen.IsOpen, seen.Shown.Count));
    }

    [Fact]
    public async Task Taken_back_it_is_closed_to_classmates()
    {
        var asked = await AskAsync();
        Assert.Equal("peer-review.not-found", await Refusal.CodeOf(() => district.PeerReviews.WithdrawAsync(peer, asked.Review.Id, default)));

        Assert.False((await district.PeerReviews.WithdrawAsync(district.Student, asked.Review.Id, default)).IsOpen);

        Assert.Equal("peer-review.over", await Refusal.CodeOf(() => CommentAsync(peer, asked)));
        Assert.Empty((await district.PeerReading.ReadAsync(peer, asked.Review.Id, default)).Shown);
    }

    [Fact]
    public async Task Nothing_of_it_is_in_the_work_the_decision_the_record_or_the_credential()
    {
        await CommentAsync(peer, await AskAsync());

        var award = (await district.ApproveAsync(district.Teacher, work)).Award!;
        await district.Finisher.FinishAsync(award.Credential, default);

        var stored = (await district.Store.GetAsync(SubmissionDocuments.Kind, work.Id.Value, "submission", default)).Document;
        var intent = await district.Store.FindAsync(IssuanceIntentDocuments.Kind, award.Credential.Value, default);
        var left = JsonSerializer.Serialize<object[]>([stored, await district.ChainAsync(district.Student), await district.AwardsAsync(district.Student), intent!.Document], DocumentJson.Options);
        Assert.Contains(award.Id.Value, left, StringComparison.Ordinal);
        Assert.DoesNotContain(Marker, left, StringComparison.Ordinal);
        Assert.DoesNotContain("peer", left, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_teacher_hides_and_the_registry_erases()
    {
        var registrar = new Actor(PersonId.From("registrar"));
        await district.AppointAsync(registrar, district.West, Role.Registrar);
        var asked = await AskAsync();
        var comment = (await CommentAsync(peer, asked)).Review.Comments[0].Id;

        Assert.Equal("peer-review.not-your-student", await Refusal.CodeOf(() => district.PeerReviews.HideAsync(peer, asked.Review.Id, comment, "Mine.", default)));
        await district.PeerReviews.HideAsync(district.Teacher, asked.Review.Id, comment, "Unkind.", default);
        Assert.Equal((null, "Unkind."), await SeenAsync(district.Student));
        Assert.Equal((Marker, "Unkind."), await SeenAsync(peer));
        foreach (var person in new[] { peer, district.Student })
        {
            Assert.Contains(await NoticesAsync(person), notice => notice.Kind == NoticeKind.PeerCommentHidden);
        }

        Assert.Equal("peer-review.not-found", await Refusal.CodeOf(() => district.PeerReviews.EraseAsync(district.Teacher, asked.Review.Id, comment, "Asked for.", default)));
        await district.PeerReviews.EraseAsync(registrar, asked.Review.Id, comment, "Asked for.", default);
        Assert.Equal((null, "Unkind."), await SeenAsync(peer));

        async Task<(string?, string?)> SeenAsync(Actor reader)
        {
            var seen = Assert.Single((await district.PeerReading.ReadAsync(reader, asked.Review.Id, default)).Review.Comments);
            return (seen.Works, seen.Hidden?.Reason);
        }
    }

    [Fact]
    public async Task A_school_switches_it_off()
    {
        var asked = await AskAsync();
        await CommentAsync(peer, asked);
        var read = await district.Store.GetAsync(OrganizationSettingsDocuments.Kind, district.West.Value, "settings", default);
        await district.Store.CommitAsync(
            new Changes().Replace(OrganizationSettingsDocuments.Kind, read, read.Document with { Values = read.Document.Values with { PeerFeedback = false } }), default);

        Assert.Equal("peer-review.off", await Refusal.CodeOf(() => AskAsync()));
        Assert.Equal("peer-review.not-found", await Refusal.CodeOf(() => CommentAsync(peer, asked)));
        Assert.Single((await district.PeerReading.ReadAsync(district.Student, asked.Review.Id, default)).Review.Comments);
    }

    [Fact]
    public async Task The_same_request_sent_twice_asks_and_writes_once()
    {
        var key = new RequestKey(district.Student.Person.Value, "POST /", "key-1", Sha256Digest.Of([1]));

        var (one, two) = (await AskAsync(key: key), await AskAsync(key: key));

        Assert.Equal(one.Review.Id, two.Review.Id);
    }

    private Task<SeenPeerReview> AskAsync(Actor? of = null, Actor? by = null, RequestKey? key = null) => district.PeerReviews.AskAsync(
        by ?? district.Student, work.Id, [(of ?? peer).Person], [work.Draft[0].Items[0].Id], "Is it clear?", key, default);

    private Task<SeenPeerReview> CommentAsync(Actor by, SeenPeerReview asked) =>
        district.PeerReviews.CommentAsync(by, asked.Review.Id, work.Draft[0].CompetencyId, Marker, "A photo.", null, default);

    private Task ShareClassAsync(params Actor[] students) => district.Store.CommitAsync(
        new Changes().Add(
            ClassSectionDocuments.Kind,
            new(ClassSectionId.From("shared"), district.West, "Shop 2", district.Clock.Now().AddDays(-1)) { Teachers = [district.Teacher.Person], Students = [.. students.Select(student => student.Person)] }),
        default);

    private async Task LeaveAsync(Actor student)
    {
        var read = await district.Store.GetAsync(ClassSectionDocuments.Kind, "shared", "class-section", default);
        await district.Store.CommitAsync(new Changes().Replace(ClassSectionDocuments.Kind, read, read.Document.RemoveStudent(student.Person)), default);
    }

    private async Task<IReadOnlyList<Notice>> NoticesAsync(Actor person) =>
        [.. (await district.Store.QueryAsync(NoticeDocuments.Kind, NoticeDocuments.ByPerson.Where(person.Person.Value).Take(50), default)).Documents];
}
