using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Sharing.Transfers;
using SkillBadges.Core.Sharing.Transfers.Carried;
using SkillBadges.Core.Sharing.Transfers.Packs;
using SkillBadges.Core.Sharing.Transfers.Placing;

namespace SkillBadges.App.Sharing;

/// <summary>Records on their way from school to school: asked for, let go by a registrar on a named ground, fetched, taken in, placed.</summary>
internal static class TransfersApi
{
    private const int MaxPackBytes = 64 * 1024 * 1024;

    public static void MapTransfers(this IEndpointRouteBuilder app)
    {
        var transfers = app.MapApi("transfers", "Transfer");
        transfers.MapPost("", AskAsync).Produces<TransferView>(201).WithSummary("Asks another school for a student's record. For the registrar or administrator of the school that is to get it.")
            .Example(new NewTransferRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", DisclosureBasis.Enrollment, "Maya Ortiz, your grade 10 until last week", "019aa0d2c7f07f1c8b0e1f6d5c2b7a91"))
            .Refuses(403, "role.missing").Refuses(404, "organization.not-found", "learner.not-found").Refuses(422, "transfer.same-school", "transfer.receiver", "transfer.about", "transfer.ground", "transfer.paper");
        transfers.MapGet("", ListAsync).WithSummary("What an organization was asked for (?recordKeeper=) or asked for (?receiver=). For its registrar or administrator.").Refuses(403, "role.missing");
        transfers.MapGet("{id}", ReadAsync).WithSummary("One transfer, for the office of either side.").Refuses(404, "transfer.not-found");
        transfers.MapPost("{id}/release", ReleaseAsync).WithSummary("Lets the whole record go on the ground that was named. For the registrar of the school that keeps it; student and family are told.")
            .Example(new ReleaseRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a92", true))
            .Refuses(403, "transfer.own-record", "transfer.consent-missing").Refuses(404, "transfer.not-found", "learner.not-found", "organization.not-found")
            .Refuses(409, "transfer.answered", "transfer.empty", "transfer.too-large").Refuses(503, "keys.wrong-key-file");
        transfers.MapPost("{id}/refusal", RefuseAsync).WithSummary("Refuses a request, with the reason.").Example(new RefuseTransferRequest("No such student is known here."))
            .Refuses(404, "transfer.not-found").Refuses(409, "transfer.answered").Refuses(422, "transfer.reason");
        transfers.MapGet("{id}/pack", FetchAsync).WithSummary("The pack as a ZIP, for the office of either side, for 30 days; each time a row is written that the family reads.").Produces(200, contentType: "application/zip")
            .Refuses(404, "transfer.not-found").Refuses(409, "transfer.not-released", "storage.version-conflict").Refuses(410, "transfer.pack-gone", "transfer.evidence-erased");
        transfers.MapPost("{id}/receipt", EnterReceiptAsync).WithSummary("Enters that a school elsewhere received the pack.").Example(new ReceiptRequest("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", 12))
            .Refuses(404, "transfer.not-found").Refuses(409, "transfer.not-released", "transfer.other-pack").Refuses(422, "transfer.digest");
        transfers.MapPost("imports", ImportAsync).WithMetadata(new RepeatsHarmlessly())
            .WithSummary("Takes in a pack for a student of yours: send the ZIP as the body, up to 64 MB, with ?school= and ?student=. All of it or, with every fault named by its file, nothing; the same again changes nothing.")
            .Refuses(403, "role.missing").Refuses(404, "organization.not-found", "learner.not-found").Refuses(413, "request.too-large").Refuses(409, "storage.version-conflict", "storage.not-unique").Refuses(503, "file.store-full", "file.store-failed");

        var placements = app.MapApi("course-placements", "Transfer");
        placements.MapGet("", ReportAsync).WithSummary("What a student brought along, skill by skill in the other school's words, with ?school= and ?student=. For registrar, counselor and administrator.").Refuses(404, "learner.not-found");
        placements.MapPost("", DecideAsync).WithSummary("Records what a person decided about one of them.").Example(new PlaceRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "019aa0d2c7f07f1c8b0e1f6d5c2b7a91", "9f86d081884c7d65", PlacingOutcome.Accepted, "Starts in Welding 2."))
            .Refuses(404, "learner.not-found", "course-placement.not-found").Refuses(422, "course-placement.note");
    }

    private static async Task<IResult> AskAsync(NewTransferRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, TransferWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.AskAsync(me.Actor, body.ToAsked(), idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/transfers/{read.Id}", context.Answer(read, TransferView.Of));
    }

    private static async Task<PageOf<TransferView>> ListAsync(string? recordKeeper, string? receiver, CurrentActor me, Paging paging, TransferWorkflow workflow, CancellationToken cancellationToken) => paging.Answer(
        await workflow.ListAsync(me.Actor, OrganizationId.From(receiver ?? recordKeeper ?? ""), asReceiver: receiver is not null, paging.Of, cancellationToken), read => TransferView.Of(read.Document));

    private static async Task<TransferView> ReadAsync(string id, CurrentActor me, HttpContext context, TransferWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.ReadAsync(me.Actor, TransferId.From(id), cancellationToken), TransferView.Of);

    private static async Task<TransferView> ReleaseAsync(
        string id, ReleaseRequest body, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, TransferWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.ReleaseAsync(me.Actor, TransferId.From(id), PersonId.From(body.Learner), body.WithEvidence, ifMatch.Version, idempotency.For(me.Actor), cancellationToken), TransferView.Of);

    private static async Task<TransferView> RefuseAsync(
        string id, RefuseTransferRequest body, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, TransferWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.RefuseAsync(me.Actor, TransferId.From(id), body.Reason, ifMatch.Version, idempotency.For(me.Actor), cancellationToken), TransferView.Of);

    private static async Task FetchAsync(string id, CurrentActor me, HttpContext context, TransferWorkflow workflow, PackMaking packs, CancellationToken cancellationToken)
    {
        var pack = await workflow.FetchAsync(me.Actor, TransferId.From(id), cancellationToken);
        Attach(context, $"record-{id}.zip");
        await using var body = new BufferedStream(context.Response.Body, 64 * 1024);
        await packs.WriteAsync(pack, body, cancellationToken);
    }

    /// <summary>A ZIP that is saved, not shown, and kept by nobody on the way.</summary>
    internal static void Attach(HttpContext context, string name)
    {
        context.Response.ContentType = "application/zip";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        context.Response.Headers.CacheControl = "private, no-store";
    }

    private static async Task<TransferView> EnterReceiptAsync(
        string id, ReceiptRequest body, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, TransferWorkflow workflow, CancellationToken cancellationToken)
    {
        var digest = Sha256Digest.TryParse(body.ManifestDigest, out var parsed) ? parsed : throw Refused.Invalid("transfer.digest", "A digest is 64 lower-case hexadecimal digits.");
        return context.Answer(await workflow.EnterReceiptAsync(me.Actor, TransferId.From(id), digest, body.Entries, ifMatch.Version, idempotency.For(me.Actor), cancellationToken), TransferView.Of);
    }

    private static async Task<PackReportView> ImportAsync(string school, string student, CurrentActor me, HttpContext context, PackImport import, CancellationToken cancellationToken)
    {
        await import.RequireAsync(me.Actor, OrganizationId.From(school), PersonId.From(student), cancellationToken);
        var pack = await context.ReadBodyAsync(MaxPackBytes, cancellationToken);
        return PackReportView.Of(await import.TakeInAsync(me.Actor, OrganizationId.From(school), PersonId.From(student), pack, cancellationToken));
    }

    private static async Task<PlacementReportView> ReportAsync(string school, string student, CurrentActor me, CoursePlacements placements, CancellationToken cancellationToken) => new(
        school, student, [.. (await placements.ReportAsync(me.Actor, OrganizationId.From(school), PersonId.From(student), cancellationToken)).Select(CarriedSkillView.Of)]);

    private static async Task<PlacingView> DecideAsync(
        PlaceRequest body, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, CoursePlacements placements, CancellationToken cancellationToken) => context.Answer(
        await placements.DecideAsync(
            me.Actor, OrganizationId.From(body.School), PersonId.From(body.Student), body.Entry, body.Outcome, body.Note, ifMatch.Version, idempotency.For(me.Actor), cancellationToken), PlacingView.Of);
}
