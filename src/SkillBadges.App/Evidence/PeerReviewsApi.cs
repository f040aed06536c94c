using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Evidence.Peers;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Evidence;

/// <param name="Peers">1 to 5 people who are in a class with you now.</param>
/// <param name="Items">Ids of 1 to 24 files, links and texts of your work: what they may see.</param>
/// <param name="Question">What you would like to know.</param>
internal sealed record AskPeersRequest(IReadOnlyList<string> Peers, IReadOnlyList<string> Items, string? Question = null);

/// <param name="Works">What works, 1 to 1,000 characters.</param>
/// <param name="Try">What to try, 1 to 1,000 characters.</param>
internal sealed record PeerCommentRequest(string Competency, string Works, string Try);

/// <param name="Reason">1 to 500 characters; writer and learner see it.</param>
internal sealed record HidePeerCommentRequest(string Reason);

/// <param name="Comment">Left out for the learner's question.</param>
internal sealed record ErasePeerWordsRequest(string Reason, string? Comment = null);

/// <summary>A piece that classmates were asked to look at. A file's bytes: <c>POST /api/peer-reviews/{id}/evidence/{evidence}/links</c>.</summary>
internal sealed record PeerItemView(string Id, string Competency, EvidenceKind Kind, string Title, string MediaType, long Bytes, string? FileName, string? Url, string? Text)
{
    public static PeerItemView Of(ShownItem shown) => new(
        shown.Item.Id, shown.CompetencyId, shown.Item.Kind, shown.Item.Title, shown.Item.MediaType, shown.Item.Bytes, shown.Item.FileName, shown.Item.Url, shown.Item.Text);
}

/// <param name="Works">Null where it was hidden from you, or erased.</param>
internal sealed record PeerCommentView(string Id, string By, string Competency, string? Works, string? Try, DateTimeOffset At, string? HiddenBecause, string? ErasedBecause)
{
    public static PeerCommentView Of(PeerComment comment) => new(
        comment.Id, comment.By.Value, comment.CompetencyId, comment.Works, comment.Try, comment.At, comment.Hidden?.Reason, comment.Erased?.Reason);
}

/// <param name="IsOpen">Whether classmates may look and write still.</param>
/// <param name="Peers">To a classmate, that one alone.</param>
/// <param name="Items">For the learner, and for classmates while it is open.</param>
internal sealed record PeerReviewView(
    string Id, string Submission, string Learner, string LearnerName, string Organization, string Badge, string? Question, DateTimeOffset AskedAt, bool IsOpen, DateTimeOffset? WithdrawnAt,
    IReadOnlyList<string> Peers, IReadOnlyList<PeerItemView> Items, IReadOnlyList<PeerCommentView> Comments)
{
    public static PeerReviewView Of(SeenPeerReview seen)
    {
        var review = seen.Review;
        return new(
            review.Id.Value, review.Submission.Value, review.Learner.Value, seen.LearnerName, review.Organization.Value, review.Badge.ToString(), review.Question, review.AskedAt, seen.IsOpen, review.WithdrawnAt,
            [.. review.Peers.Select(peer => peer.Value)], [.. seen.Shown.Select(PeerItemView.Of)], [.. review.Comments.Select(PeerCommentView.Of)]);
    }
}

internal sealed record ClassmateView(string Person, string Name);

internal sealed record OwnClassView(string Section, string Name, IReadOnlyList<ClassmateView> Students)
{
    public static OwnClassView Of(OwnClass own) => new(own.Section.Id.Value, own.Section.Name, [.. own.Others.Select(person => new ClassmateView(person.Id.Value, person.DisplayName))]);
}

/// <summary>What works and what to try, from classmates. It never decides a level.</summary>
internal static class PeerReviewsApi
{
    public static void MapPeerReviews(this IEndpointRouteBuilder app)
    {
        var submissions = app.MapApi("submissions", "Paths");
        submissions.MapPost("{id}/peer-reviews", AskAsync).WithSummary("Asks classmates to look at some of your proof. Asking allows them to; you can take it back, and it ends when the work is decided.")
            .Example(new AskPeersRequest(["019aa0d2c7f07f1c8b0e1f6d5c2b7a91"], ["019aa0d2c7f07f1c8b0e1f6d5c2b7a92"], "Is the order of the steps clear?"))
            .Refuses(403, "peer-review.off").Refuses(404, "submission.not-found", "evidence.not-found").Refuses(409, "peer-review.over", "peer-review.too-many")
            .Refuses(422, "peer-review.peers", "peer-review.items", "peer-review.piece", "peer-review.question", "peer-review.not-a-classmate");
        submissions.MapGet("{id}/peer-reviews", OfAsync).WithSummary("What classmates were asked and wrote about one piece of work: for the learner, their teachers and the office.").Refuses(404, "submission.not-found");

        var reviews = app.MapApi("peer-reviews", "Paths");
        reviews.MapGet("", AskedAsync).WithSummary("What classmates asked of you, latest first.");
        reviews.MapGet("{id}", ReadAsync).WithSummary("One request: with the pieces for who was asked, with all words for the learner's teachers.").Refuses(404, "peer-review.not-found");
        reviews.MapPost("{id}/withdrawals", WithdrawAsync).WithMetadata(new RepeatsHarmlessly()).WithSummary("Takes your question back: classmates see nothing of your work any more.").Refuses(404, "peer-review.not-found");
        reviews.MapPost("{id}/comments", CommentAsync).WithSummary("What works and what to try in one skill. No level.")
            .Example(new PeerCommentRequest("machine-setup", "The settings are easy to read off.", "A photo of the gauge from closer up."))
            .Refuses(404, "peer-review.not-found").Refuses(409, "peer-review.over", "peer-review.too-many-comments").Refuses(422, "peer-review.not-shown", "peer-review.words");
        reviews.MapPost("{id}/comments/{comment}/hidings", HideAsync).WithMetadata(new RepeatsHarmlessly()).WithSummary("A teacher of the learner hides a comment; writer and learner see why.")
            .Example(new HidePeerCommentRequest("This is about a person, not about the work."))
            .Refuses(403, "peer-review.not-your-student").Refuses(404, "peer-review.not-found", "peer-comment.not-found").Refuses(422, "peer-review.reason");
        reviews.MapPost("{id}/erasures", EraseAsync).WithMetadata(new RepeatsHarmlessly()).WithSummary("The office takes the words of a comment, or the learner's question, out of the record; that they were there stays.")
            .Example(new ErasePeerWordsRequest("The family asked for it on November 20.", "019aa0d2c7f07f1c8b0e1f6d5c2b7a90"))
            .Refuses(404, "peer-review.not-found", "peer-comment.not-found").Refuses(422, "peer-review.reason");
        reviews.MapPost("{id}/evidence/{evidence}/links", LinkAsync).WithMetadata(new RepeatsHarmlessly()).WithSummary("An address on the evidence host, good for ten minutes, of a file that you were asked to look at.")
            .Refuses(404, "peer-review.not-found", "evidence.not-found").Refuses(409, "evidence.no-host").Refuses(410, "evidence.infected").Refuses(503, "evidence.waiting-for-scan");

        app.MapApi("classmates", "Paths").MapGet("", ClassmatesAsync).WithSummary("Your classes at a school (?organization=) with those whom you may ask.").Refuses(403, "role.missing", "peer-review.off");
    }

    private static async Task<Created<PeerReviewView>> AskAsync(
        string id, AskPeersRequest body, CurrentActor actor, Idempotency idempotency, HttpContext context, PeerReviewWorkflow workflow, CancellationToken cancellationToken)
    {
        var seen = await workflow.AskAsync(actor.Actor, SubmissionId.From(id), [.. body.Peers.Select(PersonId.From)], body.Items.ToList(), body.Question, idempotency.For(actor.Actor), cancellationToken);
        return TypedResults.Created($"/api/peer-reviews/{seen.Review.Id}", Answer(context, seen));
    }

    private static async Task<PageOf<PeerReviewView>> OfAsync(string id, CurrentActor actor, Paging paging, PeerReviewReading reading, CancellationToken cancellationToken) =>
        paging.Answer(await reading.OfAsync(actor.Actor, SubmissionId.From(id), paging.Of, cancellationToken), read => PeerReviewView.Of(read.Document));

    private static async Task<PageOf<PeerReviewView>> AskedAsync(CurrentActor actor, Paging paging, PeerReviewReading reading, CancellationToken cancellationToken) =>
        paging.Answer(await reading.AskedAsync(actor.Actor, paging.Of, cancellationToken), read => PeerReviewView.Of(read.Document));

    private static async Task<PeerReviewView> ReadAsync(string id, CurrentActor actor, HttpContext context, PeerReviewReading reading, CancellationToken cancellationToken) =>
        Answer(context, await reading.ReadAsync(actor.Actor, PeerReviewId.From(id), cancellationToken));

    private static async Task<PeerReviewView> WithdrawAsync(string id, CurrentActor actor, HttpContext context, PeerReviewWorkflow workflow, CancellationToken cancellationToken) =>
        Answer(context, await workflow.WithdrawAsync(actor.Actor, PeerReviewId.From(id), cancellationToken));

    private static async Task<PeerReviewView> CommentAsync(
        string id, PeerCommentRequest body, CurrentActor actor, Idempotency idempotency, HttpContext context, PeerReviewWorkflow workflow, CancellationToken cancellationToken) =>
        Answer(context, await workflow.CommentAsync(actor.Actor, PeerReviewId.From(id), body.Competency, body.Works, body.Try, idempotency.For(actor.Actor), cancellationToken));

    private static async Task<PeerReviewView> HideAsync(
        string id, string comment, HidePeerCommentRequest body, CurrentActor actor, HttpContext context, PeerReviewWorkflow workflow, CancellationToken cancellationToken) =>
        Answer(context, await workflow.HideAsync(actor.Actor, PeerReviewId.From(id), comment, body.Reason, cancellationToken));

    private static async Task<PeerReviewView> EraseAsync(string id, ErasePeerWordsRequest body, CurrentActor actor, HttpContext context, PeerReviewWorkflow workflow, CancellationToken cancellationToken) =>
        Answer(context, await workflow.EraseAsync(actor.Actor, PeerReviewId.From(id), body.Comment, body.Reason, cancellationToken));

    private static async Task<EvidenceLinkView> LinkAsync(
        string id, string evidence, CurrentActor actor, PeerReviewReading reading, ContentScans scans, EvidenceLinks links, CancellationToken cancellationToken)
    {
        var item = await reading.FileAsync(actor.Actor, PeerReviewId.From(id), evidence, cancellationToken);
        await scans.RequireCleanAsync(item.Digest, cancellationToken);
        return links.View(item);
    }

    private static async Task<PageOf<OwnClassView>> ClassmatesAsync(string organization, CurrentActor actor, Paging paging, Classmates classmates, CancellationToken cancellationToken) =>
        paging.Answer(await classmates.ListAsync(actor.Actor, OrganizationId.From(organization), paging.Of, cancellationToken), read => OwnClassView.Of(read.Document));

    private static PeerReviewView Answer(HttpContext context, SeenPeerReview seen)
    {
        context.SetVersion(seen.Version);
        return PeerReviewView.Of(seen);
    }
}
