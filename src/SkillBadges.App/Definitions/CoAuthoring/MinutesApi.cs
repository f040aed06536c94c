using Microsoft.AspNetCore.Mvc;
using SkillBadges.App.Evidence;
using SkillBadges.App.Http;
using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Evidence.Custody;

namespace SkillBadges.App.Definitions.CoAuthoring;

/// <param name="Sha256">Names the minutes in a vote; the file is frozen by it.</param>
internal sealed record MinutesView(string Sha256, string MediaType, string FileName, long Bytes, string UploadedFor, DateTimeOffset At)
{
    public static MinutesView Of(CommitteeMinutes minutes) => new(minutes.Digest.Hex, minutes.MediaType, minutes.FileName, minutes.Bytes, minutes.UploadedFor.Value, minutes.At);
}

/// <summary>The minutes of an advisory committee as a file: uploaded first, named by a vote then.</summary>
internal static class MinutesApi
{
    public static void MapMinutes(this IEndpointRouteBuilder app)
    {
        var minutes = app.MapApi("definitions/{slug}/minutes", DefinitionsApi.Tag);
        minutes.MapPost("", KeepAsync).Accepts<IFormFile>("application/pdf", "text/plain", "image/png", "image/jpeg").WithMetadata(new RepeatsHarmlessly()).Produces<MinutesView>(201)
            .WithSummary("Keeps the minutes of a committee (?name= is the file's); the answer's digest goes into the vote. Up to 10 MB; type told by content, metadata removed. The same file again is the same minutes.")
            .Refuses(403, "role.missing").Refuses(404, "definition.not-found").Refuses(413, "request.too-large").Refuses(503, "file.store-full")
            .Refuses(422, [.. ContentCodes.All, "committee-vote.minutes-type"]).Refuses(410, "evidence.infected");
        minutes.MapGet("{sha256}", ReadAsync).WithSummary("The minutes as a download. For those who write the badge.")
            .Refuses(404, "definition.not-found", "minutes.not-found").Refuses(410, "evidence.infected").Refuses(503, "evidence.waiting-for-scan");
    }

    private static async Task<IResult> KeepAsync(string slug, [FromQuery] string? name, CurrentActor me, HttpContext context, MinutesStore minutes, DraftSeats seats, CancellationToken cancellationToken)
    {
        // Nothing is received from somebody who does not sign for an organization at the table.
        await seats.RequireSignerAsync(me.Actor, slug, null, cancellationToken);
        var received = await context.ReadBodyAsync(
            MinutesStore.MaxBytes, () => RequestRefused.With(413, "request.too-large", $"Minutes may have at most {MinutesStore.MaxBytes} bytes."), cancellationToken);
        var kept = await minutes.KeepAsync(me.Actor, slug, name ?? "minutes", new MemoryStream(received, writable: false), cancellationToken);
        return TypedResults.Created($"/api/definitions/{slug}/minutes/{kept.Digest.Hex}", MinutesView.Of(kept));
    }

    private static async Task<IResult> ReadAsync(string slug, string sha256, CurrentActor me, HttpContext context, MinutesStore minutes, CancellationToken cancellationToken)
    {
        var (found, bytes) = await minutes.OpenAsync(me.Actor, slug, sha256, cancellationToken);
        return EvidenceDownload.Answer(context, bytes, found.Digest, found.MediaType, found.FileName);
    }
}
