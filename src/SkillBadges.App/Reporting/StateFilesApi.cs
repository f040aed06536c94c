using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SkillBadges.App.Evidence;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Reporting.Files;

namespace SkillBadges.App.Reporting;

/// <param name="Name">Of the agency that receives the file.</param>
/// <param name="Agreement">The written agreement under which it does.</param>
/// <param name="DestroyBy">The day by which it is destroyed there.</param>
internal sealed record StateFileReceiverView(string Name, string Agreement, DateOnly DestroyBy);

/// <param name="From">The first day of the period.</param>
/// <param name="Until">The first day after it; at most 400 days later.</param>
/// <param name="Layout">Id of a layout that is kept here or above, or the name of one that comes with the product: link, sect, credentials; absent for the usual columns.</param>
/// <param name="Replaces">Id of the signed file that this one corrects, with a reason.</param>
internal sealed record NewStateFileRequest(string OrganizationId, StateFileKind Kind, DateOnly From, DateOnly Until, StateFileReceiverView Receiver, string? Layout = null, string? Replaces = null, string? Reason = null);

/// <param name="Faults">How many; a file with faults is not signed.</param>
/// <param name="Counts">For a file of credentials: by program, concentrators who graduated in the period and those of them with a recognized credential (Perkins V 5S1).</param>
/// <param name="Sha256">Of the whole text with the cells of state numbers empty; absent while it is made.</param>
internal sealed record StateFileView(
    string Id, string OrganizationId, StateFileKind Kind, DateOnly From, DateOnly Until, StateFileReceiverView Receiver, StateFileState State, int Rows, int Learners, int Faults, string? Sha256,
    string MadeBy, DateTimeOffset MadeAt, string? LockedBy, DateTimeOffset? LockedAt, string? Replaces, string? Reason, string? ReplacedBy, IReadOnlyList<CredentialCount> Counts, IReadOnlyList<StateColumn> Columns)
{
    public static StateFileView Of(StateFile file) => new(
        file.Id, file.Terms.Organization.Value, file.Terms.Kind, file.Terms.From, file.Terms.Until, new(file.Receiver.Name, file.Receiver.Agreement, file.Receiver.DestroyBy), file.State, file.Rows, file.Learners,
        file.Faults, file.Digest?.Hex, file.By.Value, file.At, file.LockedBy?.Value, file.LockedAt, file.Replaces, file.Reason, file.ReplacedBy, file.Counts, file.Columns);
}

/// <param name="Sha256">As the file was read.</param>
internal sealed record StateFileSignOffRequest(string Sha256);

/// <param name="Numbers">The district's list of state student numbers, in any order: compared, written into the file, and not kept.</param>
internal sealed record StateFileContentRequest(IReadOnlyList<string>? Numbers = null);

/// <param name="Mark">A keyed digest of the bytes that were given.</param>
internal sealed record StateFileHandOverView(string Id, string By, DateTimeOffset At, string Mark);

/// <summary>Files for the state: made, looked at, signed, handed over; corrected by another.</summary>
internal static class StateFilesApi
{
    private const string Organization = "019aa0d2c7f07f1c8b0e1f6d5c2b7a90";
    private const long MaxNumbersBytes = 4 * 1024 * 1024;

    public static void MapStateFiles(this IEndpointRouteBuilder app)
    {
        var files = app.MapApi("state-files", "Reporting");
        files.MapPost("", MakeAsync).Produces<StateFileView>(201).WithRequestTimeout(EvidenceUpload.Patience)
            .Example(new NewStateFileRequest(Organization, StateFileKind.TeacherStudentLink, new(2026, 7, 1), new(2027, 7, 1), new("State Agency of Education", "Agreement 2026-14", new(2029, 7, 1))))
            .WithSummary("Gathers the rows of a period as they stand now (teacherStudentLink: learner, course, educator, level; credentials: who in a program has which credential and result) of an organization and the schools below it. The rows do not change afterwards. For the office of a school or district.")
            .Refuses(403, "role.missing").Refuses(404, "organization.not-found", "state-layout.not-found").Refuses(409, "state-file.replaces")
            .Refuses(422, "state-file.not-here", "state-file.period", "state-file.receiver", "state-file.reason");
        files.MapGet("", ListAsync).WithSummary("The files of ?organization=, latest first. For its office.").Refuses(403, "role.missing");
        files.MapGet("{id}", ReadAsync).WithSummary("What a file holds, and how it stands.").Refuses(404, "state-file.not-found");
        files.MapGet("{id}/faults", FaultsAsync).WithSummary("What is wrong with its rows, by row (the header is row 1) and column, page by page of the file; a page may have none.").Refuses(404, "state-file.not-found");
        files.MapPost("{id}/sign-off", SignAsync).WithMetadata(new RepeatsHarmlessly()).Example(new StateFileSignOffRequest("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"))
            .WithSummary("Signs a file without faults for the district: it counts for its period from then on and is not changed any more. For the office.")
            .Refuses(404, "state-file.not-found").Refuses(409, "state-file.not-made", "state-file.locked", "state-file.faulty", "state-file.changed", "state-file.taken", "state-file.replaces", "storage.version-conflict", "storage.not-unique");
        files.MapDelete("{id}", DiscardAsync).WithSummary("Throws away a file that was not signed.").Refuses(404, "state-file.not-found").Refuses(409, "state-file.locked", "storage.version-conflict");
        files.MapPost("{id}/content", WriteAsync).Produces(200, contentType: "text/csv").WithMetadata(new RepeatsHarmlessly(), new RequestSizeLimitAttribute(MaxNumbersBytes)).WithRequestTimeout(EvidenceUpload.Patience)
            .Example(new StateFileContentRequest(["1000234", "1000235"]))
            .WithSummary("The file as CSV with the state's numbers in it, from the list that is sent along and from the roster. Each learner gets a row of who saw it. For the office.")
            .Refuses(404, "state-file.not-found").Refuses(409, "state-file.not-made", "storage.version-conflict").Refuses(422, "state-file.numbers", "state-file.numbers-missing", "state-number.form").Refuses(503, "file.store-full", "file.store-failed");
        files.MapGet("{id}/hand-overs", HandOversAsync).WithSummary("When and by whom a file was given out, latest first.").Refuses(404, "state-file.not-found");
    }

    private static async Task<Created<StateFileView>> MakeAsync(NewStateFileRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, StateFileWorkflow workflow, CancellationToken cancellationToken)
    {
        var terms = new StateFileTerms(OrganizationId.From(body.OrganizationId), body.Kind, body.From, body.Until);
        var receiver = new StateFileReceiver(body.Receiver.Name, body.Receiver.Agreement, body.Receiver.DestroyBy);
        var read = await workflow.MakeAsync(me.Actor, new(terms, receiver, body.Layout, body.Replaces, body.Reason), idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/state-files/{read.Id}", context.Answer(read, StateFileView.Of));
    }

    private static async Task<PageOf<StateFileView>> ListAsync(string organization, CurrentActor me, Paging paging, StateFileWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.ListAsync(me.Actor, OrganizationId.From(organization), paging.Of, cancellationToken), read => StateFileView.Of(read.Document));

    private static async Task<StateFileView> ReadAsync(string id, CurrentActor me, HttpContext context, StateFileWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.ReadAsync(me.Actor, id, cancellationToken), StateFileView.Of);

    private static async Task<PageOf<StateFileFault>> FaultsAsync(string id, CurrentActor me, Paging paging, StateFileWorkflow workflow, CancellationToken cancellationToken)
    {
        var (faults, next) = await workflow.FaultsAsync(me.Actor, id, paging.Cursor, cancellationToken);
        return paging.Answer(faults, next);
    }

    private static async Task<StateFileView> SignAsync(string id, StateFileSignOffRequest body, CurrentActor me, HttpContext context, StateFileWorkflow workflow, CancellationToken cancellationToken)
    {
        var seen = Sha256Digest.TryParse(body.Sha256, out var digest) ? digest : throw Refused.Conflict("state-file.changed", "What you looked at is named by its SHA-256, 64 lower-case hexadecimal digits.");
        return context.Answer(await workflow.LockAsync(me.Actor, id, seen, cancellationToken), StateFileView.Of);
    }

    private static async Task<IResult> DiscardAsync(string id, CurrentActor me, StateFileWorkflow workflow, CancellationToken cancellationToken)
    {
        await workflow.DiscardAsync(me.Actor, id, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> WriteAsync(string id, StateFileContentRequest body, CurrentActor me, HttpContext context, StateFileHandingOver handing, CancellationToken cancellationToken)
    {
        var written = await handing.WriteAsync(me.Actor, id, body.Numbers ?? [], cancellationToken);
        context.Response.RegisterForDisposeAsync(written);
        PrivateDownload.Announce(context, $"state-file-{id}.csv");
        return TypedResults.Stream(written.Content, "text/csv; charset=utf-8");
    }

    private static async Task<PageOf<StateFileHandOverView>> HandOversAsync(string id, CurrentActor me, Paging paging, StateFileHandingOver handing, CancellationToken cancellationToken) =>
        paging.Answer(await handing.ListAsync(me.Actor, id, paging.Of, cancellationToken), read => new StateFileHandOverView(read.Id, read.Document.By.Value, read.Document.At, read.Document.Mark));
}
