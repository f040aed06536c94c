using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Evidence;

/// <param name="Kind">What the proof would be made of.</param>
/// <param name="Why">How it shows the skill.</param>
internal sealed record PitchRequest(string Competency, string Title, EvidenceKind Kind, string Why);

/// <param name="Words">To the learner; when declined, why.</param>
internal sealed record PitchAnswerRequest(bool Accept, string? Words = null);

/// <param name="Id">Also the option that proof names once it is accepted.</param>
internal sealed record PitchView(
    string Id, string Submission, string Learner, string Badge, string Competency, string Title, EvidenceKind Kind, string Why, DateTimeOffset ProposedAt, PitchState State, string? Answer, DateTimeOffset? AnsweredAt)
{
    public static PitchView Of(Pitch pitch) => new(
        pitch.Id.Value, pitch.Submission.Value, pitch.Learner.Value, pitch.Badge.ToString(), pitch.CompetencyId, pitch.Title, pitch.Kind, pitch.Why, pitch.ProposedAt, pitch.State, pitch.Answer, pitch.AnsweredAt);
}

internal static class PitchesApi
{
    public static void MapPitches(this IEndpointRouteBuilder app)
    {
        var submissions = app.MapApi("submissions", "Paths");
        submissions.MapPost("{id}/pitches", ProposeAsync).WithSummary("Proposes an own way to show a skill; once a teacher accepts it, it counts on the board of this work.")
            .Refuses(404, "submission.not-found").Refuses(409, "submission.not-editable", "pitch.too-many").Refuses(422, "pitch.title", "pitch.why", "pitch.kind", "definition.unknown-competency")
            .Example(new PitchRequest("machine-setup", "Teach it to a freshman", EvidenceKind.Link, "Whoever explains the settings to somebody new has to know why each is as it is."));
        submissions.MapGet("{id}/pitches", OfAsync).WithSummary("The proposals of one piece of work.").Refuses(404, "submission.not-found");

        var pitches = app.MapApi("pitches", "Paths");
        pitches.MapGet("", WaitingAsync).WithSummary("What the students of a class of yours have proposed: ?section= is the class's id.").Refuses(404, "class-section.not-found");
        pitches.MapGet("{id}", ReadAsync).WithSummary("One proposal.").Refuses(404, "pitch.not-found");
        pitches.MapPost("{id}/answers", AnswerAsync).WithSummary("A teacher's yes or no to a proposal.")
            .Refuses(404, "pitch.not-found").Refuses(403, "pitch.not-your-student").Refuses(409, "pitch.answered").Refuses(422, "pitch.answer")
            .Example(new PitchAnswerRequest(true, "Good idea. Show the settings, please."));
    }

    private static async Task<Created<PitchView>> ProposeAsync(
        string id, PitchRequest body, CurrentActor actor, Idempotency idempotency, HttpContext context, PitchWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.ProposeAsync(actor.Actor, SubmissionId.From(id), body.Competency, body.Title, body.Kind, body.Why, idempotency.For(actor.Actor), cancellationToken);
        context.SetVersion(read.Version);
        return TypedResults.Created($"/api/pitches/{read.Id}", PitchView.Of(read.Document));
    }

    private static async Task<PageOf<PitchView>> OfAsync(string id, CurrentActor actor, Paging paging, PitchWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.OfAsync(actor.Actor, SubmissionId.From(id), cancellationToken), read => PitchView.Of(read.Document));

    private static async Task<PageOf<PitchView>> WaitingAsync(string section, CurrentActor actor, Paging paging, PitchWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.WaitingAsync(actor.Actor, ClassSectionId.From(section), paging.Of, cancellationToken), read => PitchView.Of(read.Document));

    private static async Task<PitchView> ReadAsync(string id, CurrentActor actor, HttpContext context, PitchWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.ReadAsync(actor.Actor, PitchId.From(id), cancellationToken), PitchView.Of);

    private static async Task<PitchView> AnswerAsync(
        string id, PitchAnswerRequest body, CurrentActor actor, IfMatch ifMatch, Idempotency idempotency, HttpContext context, PitchWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.AnswerAsync(actor.Actor, PitchId.From(id), body.Accept, body.Words, ifMatch.Version, idempotency.For(actor.Actor), cancellationToken), PitchView.Of);
}
