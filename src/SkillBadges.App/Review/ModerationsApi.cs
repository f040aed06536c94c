using SkillBadges.App.Evidence;
using SkillBadges.App.Http;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;

namespace SkillBadges.App.Review;

/// <summary>A decision of the sample. Nothing of the first verdict is in it.</summary>
/// <param name="ReadBy">When the time for a second reading is over.</param>
internal sealed record ModerationView(string Id, string Badge, int Attempt, DateTimeOffset ChosenAt, DateTimeOffset ReadBy)
{
    public static ModerationView Of(Moderation moderation) => new(moderation.Id, moderation.Badge.ToString(), moderation.Attempt, moderation.ChosenAt, moderation.Until);
}

/// <param name="Submission">For the files: <c>/api/submissions/{submission}/evidence/{evidence}/content</c>.</param>
internal sealed record ModerationWorkView(string Id, string Submission, string Badge, int Attempt, string WorkSha256, IReadOnlyList<CompetencyWorkView> Work);

/// <param name="Ratings">A level for every skill that was rated.</param>
internal sealed record SecondReadingRequest(IReadOnlyList<CompetencyRating> Ratings);

/// <param name="Outcome">What the talk came to, 1 to 2,000 characters.</param>
internal sealed record CloseTalkRequest(string Outcome);

/// <summary>After the second reading both verdicts are there, side by side; the first one stands.</summary>
internal sealed record ModerationAnswer(string Id, ModerationState State, IReadOnlyList<CompetencyRating> First, IReadOnlyList<CompetencyRating> Second, string? Outcome)
{
    public static ModerationAnswer Of(Moderation moderation) => new(moderation.Id, moderation.State, moderation.First, moderation.Second, moderation.Outcome);
}

/// <summary>Second readings of a sample that a keyed hash chooses.</summary>
internal static class ModerationsApi
{
    public static void MapModerations(this IEndpointRouteBuilder app)
    {
        var moderations = app.MapApi("moderations", "Review");
        moderations.MapGet("", ListAsync).WithSummary("With ?organization=, what waits there for a second reading that you may give.").Refuses(403, "role.missing");
        moderations.MapGet("agreement", ReportAsync).WithSummary("Agreement in percent and Cohen's kappa, by badge and first reader, month by month. For the school's office.").Refuses(403, "role.missing");
        moderations.MapGet("{id}", OpenAsync).WithSummary("The work, as it was turned in; nothing that anybody said about it.").Refuses(404, "moderation.not-found");
        moderations.MapPost("{id}/readings", ReadAsync).WithSummary("Your levels. They change nothing by themselves; where you differ from the first reader, the two of you talk.")
            .Example(new SecondReadingRequest([new("machine-setup", "proficient", null)]))
            .Refuses(403, "moderation.first-reader").Refuses(404, "moderation.not-found").Refuses(409, "moderation.read-already", "moderation.too-late")
            .Refuses(422, "decision.level-missing", "decision.rated-twice", "decision.comment", "definition.unknown-competency", "scale.unknown-level");
        moderations.MapPost("{id}/closings", CloseAsync).WithSummary("Says what the talk of two readers came to. For either of them and the office.")
            .Example(new CloseTalkRequest("We read the gauge photo together; the first level was right."))
            .Refuses(404, "moderation.not-found").Refuses(409, "moderation.no-talk").Refuses(422, "moderation.outcome");
    }

    private static async Task<PageOf<ModerationView>> ListAsync(string organization, CurrentActor actor, Paging paging, ModerationWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.WaitingAsync(actor.Actor, OrganizationId.From(organization), paging.Of, cancellationToken), read => ModerationView.Of(read.Document));

    private static Task<ModerationReport> ReportAsync(string organization, CurrentActor actor, ModerationWorkflow workflow, CancellationToken cancellationToken) =>
        workflow.ReportAsync(actor.Actor, OrganizationId.From(organization), cancellationToken);

    private static async Task<ModerationWorkView> OpenAsync(string id, CurrentActor actor, ModerationWorkflow workflow, CancellationToken cancellationToken)
    {
        var (moderation, work) = await workflow.OpenAsync(actor.Actor, id, cancellationToken);
        return new(moderation.Id, moderation.Submission.Value, moderation.Badge.ToString(), work.Number, work.WorkDigest.Hex, [.. work.Work.Select(CompetencyWorkView.Of)]);
    }

    private static async Task<ModerationAnswer> ReadAsync(
        string id, SecondReadingRequest body, CurrentActor actor, Idempotency idempotency, ModerationWorkflow workflow, CancellationToken cancellationToken) =>
        ModerationAnswer.Of(await workflow.ReadAsync(actor.Actor, id, [.. body.Ratings], idempotency.For(actor.Actor), cancellationToken));

    private static async Task<ModerationAnswer> CloseAsync(string id, CloseTalkRequest body, CurrentActor actor, Idempotency idempotency, ModerationWorkflow workflow, CancellationToken cancellationToken) =>
        ModerationAnswer.Of(await workflow.CloseAsync(actor.Actor, id, body.Outcome, idempotency.For(actor.Actor), cancellationToken));
}
