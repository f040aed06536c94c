using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Logs;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Evidence;

/// <param name="Minutes">1 to 1,440.</param>
/// <param name="Did">What you did.</param>
/// <param name="Reflection">What you learned by it.</param>
internal sealed record LogEntryRequest(LogKind Kind, DateOnly On, int Minutes, string Place, string Did, string Reflection, string? Plan = null)
{
    public LogWords Words => new(Kind, On, Minutes, Place, Did, Reflection, Plan);
}

/// <param name="Organization">The school that keeps the log.</param>
internal sealed record WriteLogRequest(string Organization, LogEntryRequest Entry);

internal sealed record SignLogRequest(string? Words = null);

/// <param name="Entries">Ids of confirmed entries of your own.</param>
/// <param name="Option">The choice of the board that it answers.</param>
internal sealed record LogProofRequest(string Competency, string Title, IReadOnlyList<string> Entries, string? Option = null);

/// <param name="ConfirmedAs">teacher, supervisor or mentor; null while nobody stands by it.</param>
internal sealed record LogEntryView(
    string Id, string Learner, string Organization, LogKind Kind, DateOnly On, int Minutes, string Place, string Did, string Reflection, string? Plan, DateTimeOffset WrittenAt, LogSigner? ConfirmedAs, DateTimeOffset? ConfirmedAt, string? ConfirmerWords)
{
    public static LogEntryView Of(Read<LogEntry> read)
    {
        var (entry, words, signed) = (read.Document, read.Document.Words, read.Document.Signature);
        return new(
            entry.Id.Value, entry.Learner.Value, entry.Organization.Value, words.Kind, words.On, words.Minutes, words.Place, words.Did, words.Reflection, words.Plan, entry.WrittenAt, signed?.As, signed?.At, signed?.Words);
    }
}

/// <param name="Items">One for each kind of learning.</param>
internal sealed record LogTotalsView(IReadOnlyList<LogTotal> Items);

/// <summary>The log of personal days, service and work: hours, places, what was learned, and who stands by it.</summary>
internal static class LogsApi
{
    private static readonly string[] WordCodes = ["log.day", "log.minutes", "log.place", "log.did", "log.reflection", "log.plan", "log.day-full"];

    private static readonly LogEntryRequest Sample = new(LogKind.WorkBased, new(2026, 11, 20), 240, "Northside Market", "Took in the delivery and rotated the stock.", "Cold goods first, or the chain breaks.");

    public static void MapLogs(this IEndpointRouteBuilder app)
    {
        var logs = app.MapApi("logs", "Paths");
        logs.MapPost("", WriteAsync).WithSummary("Writes an entry of your log.").Example(new WriteLogRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", Sample)).Refuses(403, "role.missing").Refuses(404, "organization.not-found").Refuses(422, WordCodes);
        logs.MapGet("", ListAsync).WithSummary("A learner's log, latest day first: ?organization= and, when it is not your own, ?learner=.").Refuses(404, "log.not-found");
        logs.MapGet("{id}", ReadAsync).WithSummary("One entry.").Refuses(404, "log.not-found");
        logs.MapPut("{id}", RewriteAsync).WithSummary("Changes an entry that nobody stands by yet.").Example(Sample).Refuses(404, "log.not-found").Refuses(409, "log.confirmed").Refuses(422, WordCodes);
        logs.MapDelete("{id}", RemoveAsync).WithSummary("Takes out an entry that nobody stands by yet.").Refuses(404, "log.not-found").Refuses(409, "log.confirmed");
        logs.MapPost("{id}/signatures", SignAsync).WithSummary("A teacher of the learner, or who supervises the internship, stands by an entry; it stays as it is from then on.")
            .Example(new SignLogRequest("Saw it.")).Refuses(404, "log.not-found").Refuses(403, "log.not-yours-to-confirm", "log.own").Refuses(409, "log.confirmed").Refuses(422, "log.words");
        app.MapApi("log-totals", "Paths").MapGet("", TotalsAsync).WithSummary("A learner's hours, summed by kind: ?organization= and, when they are not your own, ?learner=.").Refuses(404, "log.not-found");
        app.MapApi("submissions", "Paths").MapPost("{id}/logs", ProveAsync).WithSummary("Adds confirmed entries of your log to a skill, as one piece of proof.")
            .Example(new LogProofRequest("teamwork", "Forty hours at the market", ["019aa0d2c7f07f1c8b0e1f6d5c2b7a90"]))
            .Refuses(404, "submission.not-found", "log.not-found").Refuses(409, "submission.not-editable", "log.not-confirmed")
            .Refuses(422, "log.entries", "definition.unknown-competency", "evidence.title", "evidence.too-many", "evidence.unknown-option", "evidence.other-kind");
    }

    private static async Task<Created<LogEntryView>> WriteAsync(WriteLogRequest body, CurrentActor actor, Idempotency idempotency, HttpContext context, LogWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.WriteAsync(actor.Actor, OrganizationId.From(body.Organization), body.Entry.Words, idempotency.For(actor.Actor), cancellationToken);
        context.SetVersion(read.Version);
        return TypedResults.Created($"/api/logs/{read.Id}", LogEntryView.Of(read));
    }

    private static async Task<PageOf<LogEntryView>> ListAsync(string organization, string? learner, CurrentActor actor, Paging paging, LogReading reading, CancellationToken cancellationToken) =>
        paging.Answer(await reading.ListAsync(actor.Actor, Whose(learner, actor), OrganizationId.From(organization), paging.Of, cancellationToken), LogEntryView.Of);

    private static async Task<LogTotalsView> TotalsAsync(string organization, string? learner, CurrentActor actor, LogReading reading, CancellationToken cancellationToken) =>
        new(await reading.TotalsAsync(actor.Actor, Whose(learner, actor), OrganizationId.From(organization), cancellationToken));

    private static async Task<LogEntryView> ReadAsync(string id, CurrentActor actor, HttpContext context, LogReading reading, CancellationToken cancellationToken) =>
        context.Answer(await reading.ReadAsync(actor.Actor, LogEntryId.From(id), cancellationToken), LogEntryView.Of);

    private static async Task<LogEntryView> RewriteAsync(string id, LogEntryRequest body, CurrentActor actor, IfMatch ifMatch, HttpContext context, LogWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.RewriteAsync(actor.Actor, LogEntryId.From(id), body.Words, ifMatch.Version, cancellationToken), LogEntryView.Of);

    private static async Task<NoContent> RemoveAsync(string id, CurrentActor actor, IfMatch ifMatch, LogWorkflow workflow, CancellationToken cancellationToken)
    {
        await workflow.RemoveAsync(actor.Actor, LogEntryId.From(id), ifMatch.Version, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<LogEntryView> SignAsync(
        string id, SignLogRequest body, CurrentActor actor, IfMatch ifMatch, Idempotency idempotency, HttpContext context, LogWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.SignAsync(actor.Actor, LogEntryId.From(id), body.Words, ifMatch.Version, idempotency.For(actor.Actor), cancellationToken), LogEntryView.Of);

    private static async Task<SubmissionView> ProveAsync(
        string id, LogProofRequest body, CurrentActor actor, IfMatch ifMatch, Idempotency idempotency, HttpContext context, LogWorkflow workflow, CancellationToken cancellationToken) =>
        SubmissionsApi.Answer(context, await workflow.ProveAsync(
            actor.Actor, SubmissionId.From(id), body.Competency, body.Title, body.Entries, body.Option, ifMatch.Version, idempotency.For(actor.Actor), cancellationToken));

    private static PersonId Whose(string? learner, CurrentActor actor) => learner is null ? actor.Person : PersonId.From(learner);
}
