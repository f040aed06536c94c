using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Logs;
using SkillBadges.Core.Evidence.Mentors;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Evidence;

/// <param name="Evidence">Id of the piece of proof.</param>
/// <param name="Mentor">Who saw it.</param>
/// <param name="Address">Where the letter goes.</param>
internal sealed record AskMentorRequest(string Evidence, string Mentor, string Address);

internal sealed record AskLogMentorRequest(string Mentor, string Address);

/// <param name="Saw">Whether the mentor says they saw it; null while they have not answered.</param>
/// <param name="SentTo">The address with most of its first part left out.</param>
internal sealed record ConfirmationView(
    string Id, string Title, string? Submission, string? Evidence, string? LogEntry, string Mentor, string SentTo, DateTimeOffset AskedAt, DateTimeOffset ExpiresAt,
    bool? Saw, string? Name, string? Relation, DateOnly? SeenOn, string? Words, DateTimeOffset? AnsweredAt)
{
    public static ConfirmationView Of(Read<Confirmation> read)
    {
        var (asked, subject, answer) = (read.Document, read.Document.Subject, read.Document.Answer);
        return new(
            asked.Id.Value, subject.Title, subject.Submission?.Value, subject.EvidenceId, subject.LogEntry, asked.Mentor, asked.SentTo, asked.AskedAt, asked.ExpiresAt,
            answer?.Saw, answer?.Name, answer?.Relation, answer?.SeenOn, answer?.Words, answer?.At);
    }
}

/// <param name="Link">To be handed to the mentor in person; works until it is answered or a newer one is made.</param>
internal sealed record MentorLinkView(string Link);

/// <summary>People without an account say what they saw. The link goes to them by letter, or by a teacher's hand, never through the learner.</summary>
internal static class ConfirmationsApi
{
    private static readonly string[] AskCodes = ["confirmation.mentor", "confirmation.address"];

    public static void MapConfirmations(this IEndpointRouteBuilder app)
    {
        var submissions = app.MapApi("submissions", "Paths");
        submissions.MapPost("{id}/confirmations", AskAsync).WithSummary("Asks somebody by letter what they saw of a piece of your proof.").Example(new AskMentorRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "Coach Ellis", "ellis@club.example"))
            .Refuses(404, "submission.not-found", "evidence.not-found").Refuses(409, "confirmation.too-many").Refuses(422, AskCodes);
        submissions.MapGet("{id}/confirmations", OfWorkAsync).WithSummary("What people were asked and said about the proof of one piece of work.").Refuses(404, "submission.not-found");
        var logs = app.MapApi("logs", "Paths");
        logs.MapPost("{id}/confirmations", AskAboutLogAsync).WithSummary("Asks somebody by letter to stand by an entry of your log.").Example(new AskLogMentorRequest("Coach Ellis", "ellis@club.example"))
            .Refuses(404, "log.not-found").Refuses(409, "confirmation.too-many", "log.confirmed").Refuses(422, AskCodes);
        logs.MapGet("{id}/confirmations", OfLogAsync).WithSummary("What people were asked and said about an entry.").Refuses(404, "log.not-found");
        app.MapApi("confirmations", "Paths").MapPost("{id}/links", LinkAsync).WithSummary("A new link for the mentor, to be handed over by a teacher of the learner.").WithMetadata(new RepeatsHarmlessly())
            .Refuses(404, "confirmation.not-found").Refuses(409, "confirmation.closed");
    }

    private static async Task<Created<ConfirmationView>> AskAsync(
        string id, AskMentorRequest body, CurrentActor actor, Idempotency idempotency, HttpContext context, ConfirmationWorkflow workflow, CancellationToken cancellationToken) =>
        Created(context, $"/api/submissions/{id}/confirmations", await workflow.AskAsync(
            actor.Actor, SubmissionId.From(id), body.Evidence, body.Mentor, body.Address, idempotency.For(actor.Actor), cancellationToken));

    private static async Task<Created<ConfirmationView>> AskAboutLogAsync(
        string id, AskLogMentorRequest body, CurrentActor actor, Idempotency idempotency, HttpContext context, ConfirmationWorkflow workflow, CancellationToken cancellationToken) =>
        Created(context, $"/api/logs/{id}/confirmations", await workflow.AskAsync(actor.Actor, LogEntryId.From(id), body.Mentor, body.Address, idempotency.For(actor.Actor), cancellationToken));

    private static async Task<PageOf<ConfirmationView>> OfWorkAsync(string id, CurrentActor actor, Paging paging, ConfirmationWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.OfAsync(actor.Actor, SubmissionId.From(id), paging.Of, cancellationToken), ConfirmationView.Of);

    private static async Task<PageOf<ConfirmationView>> OfLogAsync(string id, CurrentActor actor, Paging paging, ConfirmationWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.OfAsync(actor.Actor, LogEntryId.From(id), paging.Of, cancellationToken), ConfirmationView.Of);

    private static async Task<MentorLinkView> LinkAsync(string id, CurrentActor actor, ConfirmationWorkflow workflow, InstanceAddress address, CancellationToken cancellationToken) =>
        new(address.Link($"/confirmation/{await workflow.MakeByHandAsync(actor.Actor, ConfirmationId.From(id), cancellationToken)}"));

    private static Created<ConfirmationView> Created(HttpContext context, string place, Read<Confirmation> read)
    {
        context.SetVersion(read.Version);
        return TypedResults.Created(place, ConfirmationView.Of(read));
    }
}
