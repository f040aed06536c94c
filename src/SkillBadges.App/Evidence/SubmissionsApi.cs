using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.App.SignIn.Passes;
using SkillBadges.Core;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Evidence;

/// <param name="Badge">The badge's slug; work is pinned to its current version.</param>
internal sealed record StartSubmissionRequest(string Organization, string Badge);

/// <summary>A link, a text or a certificate; exactly one of the three. Files are sent as a form instead.</summary>
internal sealed record AddEvidenceRequest(
    string Competency, string Title, string? Url = null, string? Text = null, ThirdPartyCertificate? Certificate = null, LearningContext Context = LearningContext.Class, string? Option = null);

internal sealed record ReflectRequest(string? SelfLevel = null, string? Reflection = null, string? ReasonWithoutEvidence = null);

internal static class SubmissionsApi
{
    public static void MapSubmissions(this IEndpointRouteBuilder app)
    {
        var submissions = app.MapApi("submissions", "Submissions");

        submissions.MapPost("", StartAsync).WithSummary("Starts work towards a badge at a school where you study or work.")
            .Refuses(403, "role.missing").Refuses(404, "badge.not-found").Refuses(409, "submission.already-open", "badge.retired")
            .Example(new StartSubmissionRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "smaw-fillet"));
        submissions.MapGet("", ListAsync).WithSummary("Your own work, latest first.");
        submissions.MapGet("{id}", ReadAsync).WithMetadata(new ReachableByPassAttribute()).WithSummary("One piece of work: your own, or one that you assess, keep or guard.").Refuses(404, "submission.not-found");
        submissions.MapPost("{id}/evidence", AddAsync).WithSummary("Adds a link, a text or a certificate to a skill.").RefusesEvidence().Refuses(422, "evidence.url", "evidence.text", "evidence.certificate", "evidence.one-kind")
            .Example(new AddEvidenceRequest("machine-setup", "Weld log, week 3", Text: "Set DCEP, 118 A for 1/8 in. E7018."));
        submissions.MapPost("{id}/files", EvidenceUpload.AddAsync).WithSummary("Adds a file to a skill: multipart/form-data with competency, title, context and, last, file.")
            .RefusesEvidence().Refuses(422, "evidence.form").Refuses(422, ContentCodes.All).Refuses(410, "evidence.infected").Refuses(415, "request.media-type").Refuses(503, "file.store-full", "file.store-failed")
            .WithMetadata(new UploadForm()).WithRequestTimeout(EvidenceUpload.Patience);
        submissions.MapDelete("{id}/evidence/{competency}/{evidence}", RemoveAsync).WithSummary("Takes a piece of proof out of the draft.").RefusesEvidence().Refuses(404, "evidence.not-found");
        submissions.MapPut("{id}/reflections/{competency}", ReflectAsync).WithSummary("Your own rating, reflection, or reason for no proof.").RefusesEvidence().Refuses(403, "stage.scales-off").Refuses(422, "scale.unknown-level", "submission.reflection")
            .Example(new ReflectRequest("proficient", "My third coupon had no undercut."));
        submissions.MapPost("{id}/attempts", SubmitAsync).WithSummary("Turns the work in: it is frozen and waits for a decision.")
            .RefusesTurningIn().Refuses(409, "submission.not-editable").Refuses(422, "submission.incomplete");
        submissions.MapGet("{id}/attempts", AttemptsAsync).WithMetadata(new ReachableByPassAttribute()).WithSummary("Every try, in order: what was turned in, and what was decided. For whoever may read the work.").Refuses(404, "submission.not-found");
        submissions.MapGet("{id}/evidence/{evidence}/content", EvidenceDownload.ReadAsync).WithMetadata(new ReachableByPassAttribute()).WithSummary("The bytes of a file, as a download.").Refuses(404, "submission.not-found", "evidence.not-found").Refuses(410, "evidence.erased", "file.corrupt", "evidence.infected").Refuses(503, "evidence.waiting-for-scan");
    }

    /// <summary>What may stand between work and its being turned in.</summary>
    internal static TBuilder RefusesTurningIn<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder
        .Refuses(404, "submission.not-found")
        .Refuses(403, "role.missing")
        .Refuses(409, "attempt.limit-reached", "attempt.cooling", "attempt.plan-untouched", "attempt.preparation-missing", "submission.prerequisite-missing", "submission.checkpoint-open")
        .Refuses(410, "evidence.infected").Refuses(503, "evidence.waiting-for-scan")
        .Refuses(422, "evidence.certificate-expired");

    private static TBuilder RefusesEvidence<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder
        .Refuses(404, "submission.not-found")
        .Refuses(409, "submission.not-editable")
        .Refuses(422, "definition.unknown-competency", "evidence.title", "evidence.too-many", "evidence.unknown-option", "evidence.other-kind");

    private static async Task<Created<SubmissionView>> StartAsync(StartSubmissionRequest body, CurrentActor actor, Idempotency idempotency, HttpContext context, SubmissionWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.StartAsync(actor.Actor, OrganizationId.From(body.Organization), body.Badge, idempotency.For(actor.Actor), cancellationToken);
        context.SetVersion(read.Version);
        return TypedResults.Created($"/api/submissions/{read.Id}", SubmissionView.Of(read.Document));
    }

    private static async Task<PageOf<SubmissionView>> ListAsync(CurrentActor actor, Paging paging, IDocumentStore store, CancellationToken cancellationToken) =>
        paging.Answer(await store.QueryAsync(SubmissionDocuments.Kind, paging.Of(SubmissionDocuments.Of(actor.Person)), cancellationToken), read => SubmissionView.Of(read.Document));

    private static async Task<SubmissionView> ReadAsync(string id, CurrentActor actor, HttpContext context, SubmissionReading reading, CancellationToken cancellationToken)
    {
        var read = await reading.ReadAsync(actor.Actor, SubmissionId.From(id), cancellationToken);
        context.SetVersion(read.Version);
        return SubmissionView.OfSeen(await reading.SeenByAsync(actor.Actor, read.Document, cancellationToken));
    }

    private static async Task<PageOf<AttemptView>> AttemptsAsync(string id, CurrentActor actor, Paging paging, SubmissionReading reading, CancellationToken cancellationToken)
    {
        var read = await reading.ReadAsync(actor.Actor, SubmissionId.From(id), cancellationToken);
        return paging.AnswerFrom((await reading.SeenByAsync(actor.Actor, read.Document, cancellationToken)).Attempts, AttemptView.Of);
    }

    private static async Task<SubmissionView> AddAsync(
        string id, AddEvidenceRequest body, CurrentActor actor, IfMatch ifMatch, Idempotency idempotency, HttpContext context, SubmissionWorkflow workflow, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var evidence = NewId.Ordered(now);
        var item = (body.Url, body.Text, body.Certificate) switch
        {
            ({ } url, null, null) => EvidenceItem.OfLink(evidence, body.Title, url, now),
            (null, { } text, null) => EvidenceItem.OfText(evidence, body.Title, text, now),
            (null, null, { } certificate) => EvidenceItem.OfCertificate(evidence, body.Title, certificate, now),
            _ => throw Refused.Invalid("evidence.one-kind", "A piece of proof is a url, a text or a certificate: exactly one of them."),
        };
        var read = await workflow.AddEvidenceAsync(
            actor.Actor, SubmissionId.From(id), body.Competency, item with { Context = body.Context, OptionId = body.Option }, ifMatch.Version, idempotency.For(actor.Actor), cancellationToken);
        return Answer(context, read);
    }

    private static async Task<SubmissionView> RemoveAsync(
        string id, string competency, string evidence, CurrentActor actor, IfMatch ifMatch, HttpContext context, SubmissionWorkflow workflow, CancellationToken cancellationToken) =>
        Answer(context, await workflow.RemoveEvidenceAsync(actor.Actor, SubmissionId.From(id), competency, evidence, ifMatch.Version, cancellationToken));

    private static async Task<SubmissionView> ReflectAsync(
        string id, string competency, ReflectRequest body, CurrentActor actor, IfMatch ifMatch, HttpContext context, SubmissionWorkflow workflow, CancellationToken cancellationToken) =>
        Answer(context, await workflow.ReflectAsync(
            actor.Actor, SubmissionId.From(id), competency, body.SelfLevel, body.Reflection, body.ReasonWithoutEvidence, ifMatch.Version, cancellationToken));

    private static async Task<SubmissionView> SubmitAsync(
        string id, CurrentActor actor, IfMatch ifMatch, Idempotency idempotency, HttpContext context, SubmissionWorkflow workflow, CancellationToken cancellationToken) =>
        Answer(context, await workflow.SubmitAsync(actor.Actor, SubmissionId.From(id), ifMatch.Version, idempotency.For(actor.Actor), cancellationToken));

    internal static SubmissionView Answer(HttpContext context, Read<Submission> read)
    {
        context.SetVersion(read.Version);
        return SubmissionView.Of(read.Document);
    }
}
