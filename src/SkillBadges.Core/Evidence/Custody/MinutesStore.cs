using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Evidence.Content;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Custody;

/// <summary>Keeps the minutes of committees as files, looked at and cleaned by the rules of every upload, for those who write the badge.</summary>
public sealed class MinutesStore(Commits commits, IFileStore files, DraftSeats seats, ContentScans scans, TimeProvider clock)
{
    public const int MaxBytes = 10 * 1024 * 1024;

    private static readonly string[] Types = ["application/pdf", "text/plain", "image/png", "image/jpeg"];

    private readonly IDocumentStore store = commits.Store;

    /// <summary>The same file twice is the same minutes.</summary>
    /// <param name="actor">Signs for an organization that writes the badge.</param>
    /// <param name="received">The whole file; it can be positioned.</param>
    /// <exception cref="RefusedException">
    /// <c>definition.not-found</c>, <c>role.missing</c>, <c>evidence.file-name</c>, <c>file.too-large</c>, <c>committee-vote.minutes-type</c>, <c>evidence.infected</c>, <c>file.store-full</c>, and those of <see cref="EvidenceContent.Inspect"/>.
    /// </exception>
    public async Task<CommitteeMinutes> KeepAsync(Actor actor, string slug, string fileName, Stream received, CancellationToken cancellationToken)
    {
        await seats.RequireSignerAsync(actor, slug, null, cancellationToken);
        var name = FileName.Require(fileName);
        var content = EvidenceContent.Inspect(received);
        if (!Types.Contains(content.MediaType))
        {
            throw Refused.Invalid("committee-vote.minutes-type", "Minutes are a PDF, plain text, or a scan as PNG or JPEG.");
        }

        await using var cleaned = content.Open();
        var stored = await files.PutAsync(cleaned, MaxBytes, cancellationToken);
        return await commits.RunAsync(
            async token =>
            {
                var (_, seat) = await seats.RequireSignerAsync(actor, slug, null, token);
                var now = clock.Now();
                var minutes = new CommitteeMinutes(slug, stored.Digest, content.MediaType, name, stored.Length, seat.Member.Organization, actor.Person, now);
                var changes = new Changes().Require(MembershipDocuments.Kind, seat.Membership);
                if (await store.FindAsync(CoAuthoringDocuments.Minutes, minutes.Id, token) is { } known)
                {
                    return new Outcome<CommitteeMinutes>(changes, known.Document, minutes.Id);
                }

                await scans.BeginAsync(changes, stored.Digest, now, token);
                return new Outcome<CommitteeMinutes>(changes.Add(CoAuthoringDocuments.Minutes, minutes), minutes, minutes.Id);
            },
            cancellationToken);
    }

    /// <summary>Minutes, and their bytes; the caller disposes those.</summary>
    /// <param name="actor">Has a seat at the badge's table.</param>
    /// <exception cref="RefusedException"><c>definition.not-found</c>, <c>minutes.not-found</c>, <c>evidence.waiting-for-scan</c>, <c>evidence.infected</c>.</exception>
    public async Task<(CommitteeMinutes Minutes, Stream Bytes)> OpenAsync(Actor actor, string slug, string digest, CancellationToken cancellationToken)
    {
        await seats.RequireAsync(actor, slug, cancellationToken);
        var read = Sha256Digest.TryParse(digest, out var parsed) ? await store.FindAsync(CoAuthoringDocuments.Minutes, CommitteeMinutes.IdOf(slug, parsed), cancellationToken) : null;
        var minutes = read?.Document ?? throw Refused.NotFound("minutes");
        await scans.RequireCleanAsync(minutes.Digest, cancellationToken);
        return (minutes, await files.OpenAsync(minutes.Digest, cancellationToken) ?? throw Refused.NotFound("minutes"));
    }
}
