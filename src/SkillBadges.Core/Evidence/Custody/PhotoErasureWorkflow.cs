using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Custody;

/// <summary>Erases a photo of what was seen, also where a badge rests on it: the school's registry does it. Its digest stays with the observation and in the record, and so do who, when and why.</summary>
public sealed class PhotoErasureWorkflow(Commits commits, Authority authority, EvidenceUsage usage, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException"><c>observation.not-found</c>, also when it is not of the actor's school; <c>request.stale</c>, and those of <see cref="Observation.Erase"/>.</exception>
    public async Task<Read<Observation>> EraseAsync(Actor actor, ObservationId id, string photo, string reason, long? ifMatch, CancellationToken cancellationToken)
    {
        var organization = (await store.GetAsync(ObservationDocuments.Kind, id.Value, "observation", cancellationToken)).Document.Organization;
        return await usage.AloneAsync(organization, () => commits.RunAsync(
            async attemptToken =>
            {
                var read = (await store.GetAsync(ObservationDocuments.Kind, id.Value, "observation", attemptToken)).MustBe(ifMatch);
                var registrar = await authority.FindAsync(actor, organization, Offices.Registry, attemptToken) ?? throw Refused.NotFound("observation");
                var now = clock.Now();
                var erased = read.Document.Erase(photo, actor.Person, reason, now);
                var digest = erased.ErasureOf(photo)!.Digest;
                var changes = new Changes().Replace(ObservationDocuments.Kind, read, erased).Require(MembershipDocuments.Kind, registrar);
                await usage.ChargeAsync(changes, erased.Sender, organization, new Dictionary<string, long>(), [photo], attemptToken);
                await EraseCopiesAsync(changes, erased, digest, actor.Person, reason, now, attemptToken);
                changes.Send(new(NewId.Ordered(now), EvidenceUsage.ReleasedTopic, digest.Hex, now));
                return new Outcome<Read<Observation>>(changes, read.Became(erased), id.Value);
            },
            cancellationToken), cancellationToken);
    }

    /// <summary>Erases the photos and the spoken note of an observation whose time is over; how many. Where a badge names them among its proof, its own time counts.</summary>
    public Task<int> LapseAsync(Read<Observation> found, string reason, CancellationToken cancellationToken) => usage.AloneAsync(found.Document.Organization, () => commits.RunAsync(
        async attemptToken =>
        {
            var read = await store.GetAsync(ObservationDocuments.Kind, found.Id, "observation", attemptToken);
            var (seen, now, changes) = (read.Document, clock.Now(), new Changes());
            var due = seen.Photos.Where(photo => seen.ErasureOf(photo.Id) is null).ToList();
            if (due.Count == 0)
            {
                return new Outcome<int>(changes, 0, found.Id);
            }

            changes.Replace(ObservationDocuments.Kind, read, due.Aggregate(seen, (left, photo) => left.Erase(photo.Id, null, reason, now)));
            await usage.ChargeAsync(changes, seen.Sender, seen.Organization, new Dictionary<string, long>(), [.. due.Select(photo => photo.Id)], attemptToken);
            foreach (var digest in due.Select(photo => photo.Digest).Distinct())
            {
                changes.Send(new(NewId.Ordered(now), EvidenceUsage.ReleasedTopic, digest.Hex, now));
            }

            return new Outcome<int>(changes, due.Count, found.Id);
        },
        cancellationToken), cancellationToken);

    // A badge that was seen piece by piece names the photos among its proof.
    private async Task EraseCopiesAsync(Changes changes, Observation seen, Sha256Digest digest, PersonId by, string reason, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await foreach (var read in store.AllAsync(SubmissionDocuments.Kind, SubmissionDocuments.ByContent.Where(digest.Hex), cancellationToken))
        {
            if (read.Document.Learner == seen.Learner && read.Document.Organization == seen.Organization)
            {
                var items = read.Document.AllItems.Where(item => item.IsFileOf(digest) && read.Document.ErasureOf(item.Id) is null).Select(item => item.Id).Distinct(StringComparer.Ordinal).ToList();
                changes.Replace(SubmissionDocuments.Kind, read, items.Aggregate(read.Document, (work, item) => work.Erase(item, by, reason, at)));
            }
        }
    }
}
