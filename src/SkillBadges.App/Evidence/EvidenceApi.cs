using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Custody;

namespace SkillBadges.App.Evidence;

/// <summary>An address at which the bytes can be seen for some minutes by whoever has it.</summary>
/// <param name="IsInline">Whether a browser shows it; otherwise it is a download.</param>
internal sealed record EvidenceLinkView(string Url, DateTimeOffset ExpiresAt, string MediaType, bool IsInline);

internal sealed record EraseEvidenceRequest(string Reason);

/// <summary>Looking at proof, and erasing it.</summary>
internal static class EvidenceApi
{
    public static void MapEvidence(this IEndpointRouteBuilder app)
    {
        var evidence = app.MapApi("submissions/{id}/evidence/{evidence}", "Submissions");

        evidence.MapPost("links", LinkAsync).WithSummary("An address on the evidence host, good for ten minutes, for film and sound until they can have been played to the end: pictures, film and sound to be shown, anything else to be kept.")
            .Refuses(404, "submission.not-found", "evidence.not-found").Refuses(409, "evidence.no-host").Refuses(410, "evidence.erased", "evidence.infected").Refuses(503, "evidence.waiting-for-scan")
            .WithMetadata(new RepeatsHarmlessly());
        evidence.MapPost("erasures", EraseAsync).WithSummary("Erases the content of a piece of proof at your school, with a reason; its digest stays.")
            .Refuses(404, "submission.not-found", "evidence.not-found").Refuses(410, "evidence.erased").Refuses(422, "evidence.erasure-reason").Refuses(409, "storage.version-conflict")
            .Example(new EraseEvidenceRequest("The family asked for it on November 20.")).WithMetadata(new RepeatsHarmlessly());
    }

    /// <summary>The file, if the actor may see it and it may be seen.</summary>
    /// <exception cref="RefusedException"><c>submission.not-found</c>, <c>evidence.not-found</c>, <c>evidence.erased</c>, <c>evidence.waiting-for-scan</c>, <c>evidence.infected</c>.</exception>
    public static async Task<EvidenceItem> FileAsync(string id, string evidence, CurrentActor actor, SubmissionReading reading, ContentScans scans, CancellationToken cancellationToken)
    {
        var (item, erasure) = await reading.EvidenceAsync(actor.Actor, SubmissionId.From(id), evidence, cancellationToken);
        if (item.Kind != EvidenceKind.File)
        {
            throw Refused.NotFound("evidence");
        }

        if (erasure is not null)
        {
            throw Refused.Gone("evidence.erased", "The file was erased; its digest stays in the record.");
        }

        await scans.RequireCleanAsync(item.Digest, cancellationToken);
        return item;
    }

    private static async Task<EvidenceLinkView> LinkAsync(string id, string evidence, CurrentActor actor, SubmissionReading reading, ContentScans scans, EvidenceLinks links, CancellationToken cancellationToken)
    {
        var item = await FileAsync(id, evidence, actor, reading, scans, cancellationToken);
        return links.View(item);
    }

    private static async Task<SubmissionView> EraseAsync(string id, string evidence, EraseEvidenceRequest body, CurrentActor actor, IfMatch ifMatch, HttpContext context, ErasureWorkflow workflow, SubmissionReading reading, CancellationToken cancellationToken)
    {
        var read = await workflow.EraseAsync(actor.Actor, SubmissionId.From(id), evidence, body.Reason, ifMatch.Version, cancellationToken);
        context.SetVersion(read.Version);
        return SubmissionView.OfSeen(await reading.SeenByAsync(actor.Actor, read.Document, cancellationToken));
    }
}
