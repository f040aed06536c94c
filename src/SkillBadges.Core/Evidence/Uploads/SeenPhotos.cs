using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Uploads;

/// <summary>Photos that assessors take of what they see, and notes that they speak: uploaded first, then named by one observation. They take room of who took them, and go when no observation names them in time.</summary>
public sealed class SeenPhotos(Commits commits, Authority authority, EvidenceCustody custody, EvidenceLimits limits, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>Begins the upload of a photo or a spoken note for the record of <see cref="UploadAim.School"/>; by its staff, or a supervisor of one of its placements.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>evidence.quota-person</c>, <c>evidence.quota-organization</c>, and those of <see cref="Upload.Begin"/>.</exception>
    public async Task<Read<Upload>> BeginAsync(Actor actor, UploadAim aim, long length, RequestKey? key, CancellationToken cancellationToken)
    {
        var school = aim.School!.Value;
        return await custody.AloneAsync(school, () => commits.OnceAsync(
            key,
            async attemptToken =>
            {
                var now = clock.Now();
                var upload = Upload.Begin(UploadId.New(now), actor.Person, school, aim, length, limits.MaxFileBytes, now);
                var changes = new Changes();
                await RequireRoleAsync(changes, actor, school, attemptToken);
                await custody.ChargeAsync(changes, actor.Person, school, new Dictionary<string, long> { [upload.Id.Value] = length }, [], attemptToken);
                return changes.Adding(UploadDocuments.Kind, upload);
            },
            (id, replayToken) => store.GetAsync(UploadDocuments.Kind, id, "upload", replayToken),
            cancellationToken), cancellationToken);
    }

    /// <summary>Takes kept photos and the spoken note into the commit of the observation that names them.</summary>
    /// <exception cref="RefusedException"><c>observation.photo</c>, <c>observation.sound</c>, and those of <see cref="Upload.UseFor"/>.</exception>
    public static async Task<Observation> TakeAsync(
        IDocumentStore store, Changes changes, Observation seen, IReadOnlyCollection<string> photos, CancellationToken cancellationToken)
    {
        if (photos.Count > Observation.MaxPhotos + 1 || photos.Distinct(StringComparer.Ordinal).Count() != photos.Count)
        {
            throw Refused.Invalid("observation.photo", $"An observation has up to {Observation.MaxPhotos} photos, each once.");
        }

        var taken = new List<EvidenceItem>();
        foreach (var id in photos)
        {
            var read = await store.GetAsync(UploadDocuments.Kind, id, "upload", cancellationToken);
            var used = read.Document.UseFor(seen.Id, seen.Sender, seen.Organization);
            changes.Replace(UploadDocuments.Kind, read, used);
            taken.Add(EvidenceItem.OfFile(id, used.Aim.Title, used.Aim.FileName, new(used.Digest!.Value, used.KeptBytes!.Value), used.MediaType!, seen.RecordedAt) with
            {
                Context = seen.Context.Placement is null ? LearningContext.Class : LearningContext.WorkSite,
            });
        }

        return seen.Showing([.. taken]);
    }

    private async Task RequireRoleAsync(Changes changes, Actor actor, OrganizationId school, CancellationToken cancellationToken)
    {
        if (await authority.FindAsync(actor, school, Offices.Staff, cancellationToken) is { } staff)
        {
            changes.Require(MembershipDocuments.Kind, staff);
            return;
        }

        var internship = await store.SupervisedAsync(authority, actor, clock.Now(), placement => placement.School == school, cancellationToken).FirstOrDefaultAsync(cancellationToken)
            ?? throw Refused.Forbidden("role.missing", "Your role at this organization does not include this.");
        internship.RequireIn(changes);
    }
}
