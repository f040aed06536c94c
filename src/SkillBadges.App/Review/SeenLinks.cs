using SkillBadges.App.Evidence;
using SkillBadges.App.Http;
using SkillBadges.App.SignIn.Passes;
using SkillBadges.Core;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Review;

/// <summary>The addresses at which pages show the photos of what was seen and play what was said of it.</summary>
internal static class SeenLinks
{
    public static void MapSeenLinks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/seen/{id}/files/{photo}", ShowAsync).RequireAuthorization().ExcludeFromDescription();

        // The same where a pass counts before an account.
        app.MapGet("/my-students/seen/{id}/files/{photo}", ShowAsync).RequireAuthorization().WithMetadata(new ReachableByPassAttribute()).ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(
        string id,
        string photo,
        CurrentActor actor,
        HttpContext context,
        ObservationReading reading,
        ContentScans scans,
        IFileStore files,
        EvidenceLinks links,
        Settings settings,
        CancellationToken cancellationToken)
    {
        var item = await reading.PhotoAsync(actor.Actor, ObservationId.From(id), photo, cancellationToken);
        await scans.RequireCleanAsync(item.Digest, cancellationToken);
        if (settings.EvidenceHost is not null)
        {
            return TypedResults.Redirect(links.Make(item).Address.AbsoluteUri);
        }

        var bytes = await files.OpenAsync(item.Digest, cancellationToken) ?? throw Refused.Gone("evidence.erased", "The file was erased; its digest stays in the record.");
        return EvidenceDownload.Answer(context, bytes, item.Digest, item.MediaType, item.FileName ?? "evidence");
    }
}
