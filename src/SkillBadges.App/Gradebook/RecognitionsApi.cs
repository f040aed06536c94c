using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SkillBadges.App.Http;
using SkillBadges.Core.Gradebook.Recognitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Gradebook;

/// <summary>Badges from elsewhere: brought, checked, counted by themselves or decided by a person, and followed as long as they count.</summary>
internal static class RecognitionsApi
{
    private const int MaxBytes = 4 * 1024 * 1024;

    private static readonly string[] faults = ["recognition.not-a-student", "recognition.own-school", "recognition.taken-back", "recognition.on-hold"];

    public static void MapRecognitions(this IEndpointRouteBuilder app)
    {
        var recognitions = app.MapApi("recognitions", "Student record");
        recognitions.MapGet("", ListAsync).WithSummary("Your own, latest first; with ?school= and ?state= (waiting if absent) what a school has, oldest first, for its office.").Refuses(403, "role.missing");
        recognitions.MapPost("", BringAwardAsync).Produces<RecognitionView>(201).WithSummary("Brings an award of another organization here: for yourself, or for a student of your office.")
            .Example(new BringAwardRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "019aa0d2c7f07f1c8b0e1f6d5c2b7a91"))
            .Refuses(403, "role.missing", "recognition.own").Refuses(404, "award.not-found", "badge.not-found").Refuses(409, "recognition.exists").Refuses(422, faults);
        recognitions.MapPost("files", BringFileAsync).Produces<BroughtAnswer>()
            .WithSummary("Brings a file of any issuer: the badge, learner record or presentation as the body, as it is (JSON, JWT, PNG, SVG; also an Open Badges 2.0 assertion), with ?school= and, for others than yourself, ?learner=; ?badge= says for what. With ?challenge= a presentation must answer it. Each badge of a learner record is taken or refused by itself.")
            .WithMetadata(new RepeatsHarmlessly())
            .Refuses(403, "role.missing", "recognition.own", "recognition.another-learner").Refuses(404, "badge.not-found", "presentation-challenge.not-found").Refuses(409, "recognition.exists", "presentation-challenge.used", "storage.version-conflict", "storage.not-unique")
            .Refuses(410, "presentation-challenge.expired").Refuses(413, "request.too-large").Refuses(400, "request.body-missing")
            .Refuses(422, [.. faults, "recognition.not-genuine", "recognition.not-presented", "recognition.expired", "recognition.too-many", "recognition.too-large"]).Refuses(503, "recognition.could-not-be-checked");
        recognitions.MapPost("past", BringPastAsync).Produces<RecognitionView>(201).WithSummary("Enters an award from before as a row of somebody's list has it; it waits for a decision and is never signed anew. For the office.")
            .Example(new BringPastRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "019aa0d2c7f07f1c8b0e1f6d5c2b7a91", "Old Valley School", "Welding I", new DateOnly(2024, 5, 20), "Honors", "smaw-fillet"))
            .Refuses(403, "role.missing", "recognition.own").Refuses(404, "badge.not-found").Refuses(409, "recognition.exists").Refuses(422, "recognition.not-a-student", "recognition.text", "recognition.own-school");
        recognitions.MapPost("past-lists", EnterListAsync).Produces<PastListAnswer>().WithMetadata(new RepeatsHarmlessly())
            .WithSummary("Enters a list of awards from before for ?school=: CSV as the body (UTF-8, up to 500 rows) with the columns student, from, name, earnedOn and, where you like, level and badge. Each row is taken or refused by itself and named by row and column; with ?try=true none is entered. They wait for a decision, and none is ever signed anew. For the office.")
            .Refuses(403, "role.missing").Refuses(413, "request.too-large").Refuses(400, "request.body-missing").Refuses(422, "recognition.past-list");
        recognitions.MapPost("challenges", AskAsync).WithSummary("Makes a question for the learner's own key: a wallet signs it for this learner within five minutes, and the answer counts once.").WithMetadata(new RepeatsHarmlessly())
            .Example(new RecognitionChallengeRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90")).RequireRateLimiting(RateLimits.Guessable).Refuses(403, "role.missing", "recognition.own").Refuses(422, "recognition.not-a-student").Refuses(429, "request.too-many");
        recognitions.MapGet("{id}", ReadAsync).WithSummary("One, with every question and its answer: for the learner, the family and the school's office.").Refuses(404, "recognition.not-found");
        recognitions.MapPost("{id}/acceptances", AcceptAsync).WithSummary("Accepts it by a person's decision: as it was found, or for the badge, skills and levels that you say.").Example(new AcceptRequest("Seen with the learner; the same work as ours."))
            .RefusesDecision().Refuses(403, "recognition.owner-unproven").Refuses(404, "badge.not-found", "award.not-found").Refuses(409, "recognition.exists").Refuses(503, "recognition.could-not-be-checked")
            .Refuses(422, "recognition.badge-needed", "recognition.level-needed", "recognition.taken-back", "recognition.on-hold", "recognition.not-genuine", "recognition.expired", "definition.unknown-competency", "scale.unknown-level");
        recognitions.MapPost("{id}/questions", QuestionAsync).WithSummary("Asks the learner for more.").Example(new RecognitionReasonRequest("Please bring a photo of the joint.")).RefusesDecision();
        recognitions.MapPost("{id}/refusals", DeclineAsync).WithSummary("Declines it, with a reason that the learner reads.").Example(new RecognitionReasonRequest("The course had no practical part.")).RefusesDecision();
    }

    private static RouteHandlerBuilder RefusesDecision(this RouteHandlerBuilder builder) =>
        builder.Refuses(403, "recognition.own", "role.missing").Refuses(404, "recognition.not-found").Refuses(409, "recognition.decided").Refuses(422, "recognition.reason");

    private static async Task<PageOf<RecognitionView>> ListAsync(
        string? school, Named<RecognitionState>? state, CurrentActor me, Paging paging, RecognitionDecisions decisions, IDocumentStore store, CancellationToken cancellationToken)
    {
        var page = school is null
            ? await store.QueryAsync(RecognitionDocuments.Kind, paging.Of(RecognitionDocuments.ByLearner.Where(me.Person.Value).Descending()), cancellationToken)
            : await decisions.ListAsync(me.Actor, OrganizationId.From(school), state?.Value ?? RecognitionState.Waiting, paging.Of, cancellationToken);
        return paging.Answer(page, read => RecognitionView.Of(read.Document));
    }

    private static async Task<IResult> BringAwardAsync(
        BringAwardRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, RecognitionWorkflow workflow, CancellationToken cancellationToken) => Created(
        context, await workflow.BringAwardAsync(me.Actor, To(me, body.School, body.Learner, body.Badge), AwardId.From(body.Award), idempotency.For(me.Actor), cancellationToken));

    private static async Task<IResult> BringPastAsync(
        BringPastRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, RecognitionWorkflow workflow, CancellationToken cancellationToken) => Created(
        context, await workflow.BringPastAsync(me.Actor, To(me, body.School, body.Learner, body.Badge), new(body.From, body.Name, body.Word, body.EarnedOn), idempotency.For(me.Actor), cancellationToken));

    private static async Task<BroughtAnswer> BringFileAsync(
        [FromQuery] string school, [FromQuery] string? learner, [FromQuery] string? badge, [FromQuery] string? challenge, CurrentActor me, HttpContext context, RecognitionWorkflow workflow, CancellationToken cancellationToken)
    {
        var bytes = await context.ReadBodyAsync(MaxBytes, "Please send the badge as the body.", cancellationToken);
        context.Response.Headers.CacheControl = "private, no-store";
        var outcomes = await workflow.BringFileAsync(me.Actor, To(me, school, learner, badge), bytes, challenge, cancellationToken);
        return new([.. outcomes.Select(BroughtView.Of)]);
    }

    private static async Task<PastListAnswer> EnterListAsync(
        [FromQuery] string school, [FromQuery(Name = "try")] bool? isTried, CurrentActor me, HttpContext context, PastList list, CancellationToken cancellationToken)
    {
        var (rows, faults) = PastListFile.Read(await context.ReadBodyAsync(MaxBytes, "Please send the list as the body.", cancellationToken));
        var outcomes = await list.EnterAsync(me.Actor, OrganizationId.From(school), rows, isTried ?? false, cancellationToken);
        return PastListAnswer.Of(outcomes, faults);
    }

    private static async Task<RecognitionChallengeAnswer> AskAsync(RecognitionChallengeRequest body, CurrentActor me, RecognitionWorkflow workflow, CancellationToken cancellationToken)
    {
        var (challenge, domain, expiresAt) = await workflow.AskAsync(me.Actor, To(me, body.School, body.Learner, null), cancellationToken);
        return new(challenge, domain, expiresAt);
    }

    private static async Task<RecognitionView> ReadAsync(string id, CurrentActor me, HttpContext context, RecognitionDecisions decisions, CancellationToken cancellationToken) =>
        context.Answer(await decisions.ReadAsync(me.Actor, RecognitionId.From(id), cancellationToken), RecognitionView.Of);

    private static async Task<RecognitionView> AcceptAsync(
        string id, AcceptRequest body, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, RecognitionDecisions decisions, CancellationToken cancellationToken)
    {
        var acceptance = new Acceptance(body.Badge, [.. (body.Skills ?? []).Select(skill => new AcceptedSkill(skill.Competency, skill.Level))], body.Reason, body.OwnerReason);
        return context.Answer(await decisions.AcceptAsync(me.Actor, RecognitionId.From(id), acceptance, ifMatch.Version, idempotency.For(me.Actor), cancellationToken), RecognitionView.Of);
    }

    private static async Task<RecognitionView> QuestionAsync(
        string id, RecognitionReasonRequest body, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, RecognitionDecisions decisions, CancellationToken cancellationToken) =>
        context.Answer(await decisions.AskForMoreAsync(me.Actor, RecognitionId.From(id), body.Reason, ifMatch.Version, idempotency.For(me.Actor), cancellationToken), RecognitionView.Of);

    private static async Task<RecognitionView> DeclineAsync(
        string id, RecognitionReasonRequest body, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, RecognitionDecisions decisions, CancellationToken cancellationToken) =>
        context.Answer(await decisions.DeclineAsync(me.Actor, RecognitionId.From(id), body.Reason, ifMatch.Version, idempotency.For(me.Actor), cancellationToken), RecognitionView.Of);

    private static Bringing To(CurrentActor me, string school, string? learner, string? badge) => new(OrganizationId.From(school), learner is null ? me.Person : PersonId.From(learner), badge);

    private static Created<RecognitionView> Created(HttpContext context, Read<RecognitionCase> read) => TypedResults.Created($"/api/recognitions/{read.Id}", context.Answer(read, RecognitionView.Of));
}
