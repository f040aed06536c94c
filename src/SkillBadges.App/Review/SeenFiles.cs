using SkillBadges.Core;
using SkillBadges.Core.Evidence.Uploads;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Review;

/// <summary>Receives the photos and spoken notes that come with a form, so that no script has to send them.</summary>
internal sealed class SeenFiles(SeenPhotos photos, UploadWorkflow uploads, UploadFinish finish)
{
    /// <summary>Receives a file that came with a form, for an observation to name it.</summary>
    /// <returns>The upload's id.</returns>
    /// <exception cref="RefusedException">Those of <see cref="SeenPhotos.BeginAsync"/>, of <see cref="UploadWorkflow.AppendAsync"/>, and why it was not taken.</exception>
    public async Task<string> ReceiveAsync(Actor actor, OrganizationId school, string title, IFormFile file, CancellationToken cancellationToken)
    {
        var begun = (await photos.BeginAsync(actor, new(null, "", title, file.FileName) { School = school }, file.Length, null, cancellationToken)).Document;
        await using var bytes = file.OpenReadStream();
        await uploads.AppendAsync(actor, begun.Id, 0, bytes, null, cancellationToken);
        var ended = await finish.FinishAsync(begun.Id, cancellationToken);
        return ended is { State: UploadState.Refused, RefusalCode: { } code } ? throw new RefusedException(ended.RefusalKind ?? RefusalKind.Invalid, code, ended.RefusalReason ?? "") : begun.Id.Value;
    }
}
