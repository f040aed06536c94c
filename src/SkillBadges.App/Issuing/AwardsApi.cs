using SkillBadges.App.Http;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Issuing;

/// <summary>A badge that was awarded.</summary>
/// <param name="UndoableUntil">Until then whoever decided may undo it, and nothing is signed.</param>
/// <param name="Credential">The credential's id as it stands inside the credential.</param>
internal sealed record AwardView(
    string Id, string Learner, string Organization, string Badge, int Attempt, AwardState State, string Credential, string Submission, string Decision, IReadOnlyList<AwardedLevel> Levels, DateTimeOffset AwardedAt, DateTimeOffset? UndoableUntil, DateTimeOffset? IssuedAt)
{
    public static AwardView Of(Award award) => new(
        award.Id.Value,
        award.Learner.Value,
        award.Organization.Value,
        award.Badge.ToString(),
        award.Attempt,
        award.State,
        award.Credential.Value,
        award.Submission.Value,
        award.Decision,
        award.Levels,
        award.AwardedAt,
        award.UndoableUntil,
        award.IssuedAt);
}

/// <param name="Reason">1 to 500 characters; kept, never published.</param>
internal sealed record StatusRequest(string Reason);

internal sealed record StatusView(bool Revoked, bool Suspended)
{
    public static StatusView Of(CredentialStatus status) => new(status.Revoked is not null, status.Suspended is not null);
}

internal static class AwardsApi
{
    public static void MapAwards(this IEndpointRouteBuilder app)
    {
        var awards = app.MapApi("awards", "Awards");
        awards.MapGet("", ListAsync).WithSummary("Your own badges, latest first.");
        awards.MapGet("{id}", ReadAsync).WithSummary("A badge of your own, or one that your organization issued.").Refuses(404, "award.not-found");
        awards.MapGet("{id}/credential", CredentialDownload.ReadAsync)
            .WithSummary("The signed credential; ?form= picks vc-jwt-rs256 (default), vc-jwt-es256, eddsa-rdfc-2022, png or svg. Without it, the Accept header does.")
            .Produces<object>(200, CredentialForms.MediaTypes[0], CredentialForms.MediaTypes[1..])
            .Refuses(404, "award.not-found", "credential.no-such-form", "credential.no-picture").Refuses(409, "award.not-signed-yet").Refuses(410, "file.corrupt");
        awards.MapGet("{id}/certificate", CertificateDownload.ReadAsync).WithSummary("The badge on paper: one page, US Letter across, with a QR code that opens its check. ?language= is that of the document; the badge is named and explained in it where its authors translated it.")
            .Produces<byte[]>(200, "application/pdf").Refuses(404, "award.not-found").Refuses(409, "award.not-signed-yet", "certificate.on-hold").Refuses(410, "certificate.taken-back", "file.corrupt").Refuses(422, "paper.language");
        awards.MapPost("{id}/revocations", RevokeAsync).WithSummary("Takes a badge back for good.").RefusesStatus();
        awards.MapPost("{id}/suspensions", SuspendAsync).WithSummary("Puts a badge on hold.").RefusesStatus().Refuses(409, "award.already-suspended");
        awards.MapPost("{id}/reinstatements", ReinstateAsync).WithSummary("Ends a hold.").RefusesStatus().Refuses(409, "award.not-suspended");
    }

    private static RouteHandlerBuilder RefusesStatus(this RouteHandlerBuilder builder) => builder
        .Refuses(403, "role.missing", "award.own").Refuses(404, "award.not-found").Refuses(409, "award.already-revoked").Refuses(422, "award.reason")
        .Example(new StatusRequest("Issued to the wrong student."));

    private static async Task<PageOf<AwardView>> ListAsync(CurrentActor actor, Paging paging, IDocumentStore store, CancellationToken cancellationToken) =>
        paging.Answer(
            await store.QueryAsync(AwardDocuments.Kind, paging.Of(AwardDocuments.ByLearner.Where(actor.Person.Value).Descending()), cancellationToken), read => AwardView.Of(read.Document));

    private static async Task<AwardView> ReadAsync(string id, CurrentActor actor, HttpContext context, AwardReading reading, CancellationToken cancellationToken)
    {
        var read = await reading.ReadAsync(actor.Actor, AwardId.From(id), cancellationToken);
        context.SetVersion(read.Version);
        return AwardView.Of(read.Document);
    }

    private static async Task<StatusView> RevokeAsync(string id, StatusRequest body, CurrentActor actor, Idempotency idempotency, StatusWorkflow workflow, CancellationToken cancellationToken) =>
        StatusView.Of(await workflow.RevokeAsync(actor.Actor, AwardId.From(id), body.Reason, idempotency.For(actor.Actor), cancellationToken));

    private static async Task<StatusView> SuspendAsync(string id, StatusRequest body, CurrentActor actor, Idempotency idempotency, StatusWorkflow workflow, CancellationToken cancellationToken) =>
        StatusView.Of(await workflow.SuspendAsync(actor.Actor, AwardId.From(id), body.Reason, idempotency.For(actor.Actor), cancellationToken));

    private static async Task<StatusView> ReinstateAsync(string id, StatusRequest body, CurrentActor actor, Idempotency idempotency, StatusWorkflow workflow, CancellationToken cancellationToken) =>
        StatusView.Of(await workflow.ReinstateAsync(actor.Actor, AwardId.From(id), body.Reason, idempotency.For(actor.Actor), cancellationToken));
}
