using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Profiles;
using SkillBadges.Core.Sharing.Transfers.Packs;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Transfers.Carried;

/// <summary>What came of a pack.</summary>
/// <param name="Faults">By file; with any, nothing was taken in.</param>
/// <param name="New">Entries that were not here before.</param>
public sealed record PackReport(IReadOnlyList<PackFault> Faults, PackManifest? Manifest, Sha256Digest? ManifestDigest, bool IsIssuerConfirmed, int Entries, int New)
{
    public bool IsTakenIn => Faults.Count == 0;
}

/// <summary>
/// A registrar takes in the pack of another school for a student of theirs: all of it, or nothing with every fault named. The same pack again changes nothing.
/// </summary>
public sealed class PackImport(Commits commits, Authority authority, PackCheck check, IFileStore files, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException"><c>role.missing</c>, <c>organization.not-found</c>, <c>learner.not-found</c>, and those of a full disk.</exception>
    public async Task<PackReport> TakeInAsync(Actor actor, OrganizationId school, PersonId student, byte[] pack, CancellationToken cancellationToken)
    {
        var (organization, _, _) = await RequireAsync(actor, school, student, cancellationToken);
        var (unpacked, faults) = await PackZip.ReadAsync(pack, cancellationToken);
        if (faults.Count > 0)
        {
            return new(faults, null, null, false, 0, 0);
        }

        var (content, found) = await check.CheckAsync(unpacked, organization, cancellationToken);
        if (content is null)
        {
            return new(found, null, null, false, 0, 0);
        }

        if (PackZip.CheckContainer(pack) is { Count: > 0 } damaged)
        {
            return new(damaged, null, null, false, 0, 0);
        }

        foreach (var bytes in content.Evidence.Values)
        {
            await files.PutAsync(new MemoryStream(bytes, writable: false), bytes.Length, cancellationToken);
        }

        return await commits.RunAsync(token => CommitAsync(actor, school, student, content, clock.Now(), token), cancellationToken);
    }

    private async Task<Outcome<PackReport>> CommitAsync(Actor actor, OrganizationId school, PersonId student, PackContent content, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (_, office, enrolled) = await RequireAsync(actor, school, student, cancellationToken);
        var did = content.Manifest.From.Did!;
        var known = await KnownAsync(CarriedEntryDocuments.Kind, content.Entries.Select(entry => CarriedEntry.IdOf(student, did, entry.Id)), cancellationToken);
        var other = content.Entries.Where(entry => known.TryGetValue(CarriedEntry.IdOf(student, did, entry.Id), out var carried) && carried.Entry.Hash != entry.Hash).ToList();
        if (other.Count > 0)
        {
            return new(new(), new([.. other.Select(entry => new PackFault(PackNames.Ledger, "differs", $"Entry {entry.Sequence} differs from what the same school sent before."))], content.Manifest, content.ManifestDigest, content.IsIssuerConfirmed, content.Entries.Length, 0), school.Value);
        }

        var changes = new Changes();
        var fresh = content.Entries.Where(entry => !known.ContainsKey(CarriedEntry.IdOf(student, did, entry.Id))).ToList();
        foreach (var entry in fresh)
        {
            changes.Add(CarriedEntryDocuments.Kind, new(
                CarriedEntry.IdOf(student, did, entry.Id), school, student, did, content.Manifest.From.Name, content.IsIssuerConfirmed, entry, [.. content.Statements.Where(statement => statement.Entry == entry.Id)], actor.Person, now));
        }

        await AddMissingAsync(changes, ScaleSnapshotDocuments.Kind, content.Scales, cancellationToken);
        await AddMissingAsync(changes, CompetencyTextDocuments.Kind, content.Competencies, cancellationToken);
        await AddMissingAsync(changes, CarriedContentDocuments.Kind, content.Evidence.Keys.Select(digest => new CarriedContent(student, school, digest, now)), cancellationToken);
        await AnswerAsync(changes, school, student, content, now, cancellationToken);
        if (fresh.Count > 0)
        {
            // Not again with a pack that is here already: the learner has answered.
            await ProposeProfileAsync(changes, actor, student, content, now, cancellationToken);
        }

        await ReceiveAsync(changes, actor, school, content, now, cancellationToken);
        if (changes.Documents.Count > 0)
        {
            changes.Require(MembershipDocuments.Kind, office).Require(MembershipDocuments.Kind, enrolled);
        }

        return new(changes, new([], content.Manifest, content.ManifestDigest, content.IsIssuerConfirmed, content.Entries.Length, fresh.Count), school.Value);
    }

    // Whose the other school's badges are, in its own words; keys that are in the pack alone say nothing of that school. The office's last word counts.
    private async Task AnswerAsync(Changes changes, OrganizationId school, PersonId student, PackContent content, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!content.IsIssuerConfirmed || content.Manifest is not { From.Did: { } did, Learner.Subject: { Length: > 0 and <= AnsweredSubject.MaxSubjectLength } subject })
        {
            return;
        }

        var answered = new AnsweredSubject(school, did, subject, student, content.ManifestDigest, now);
        var known = await store.FindAsync(AnsweredSubjectDocuments.Kind, AnsweredSubjectDocuments.IdOf(school, did, subject), cancellationToken);
        if (known is null)
        {
            changes.Add(AnsweredSubjectDocuments.Kind, answered);
        }
        else if (known.Document.Learner != student)
        {
            changes.Replace(AnsweredSubjectDocuments.Kind, known, answered);
        }
    }

    // The profile stays the learner's: what came with the record waits for the learner to take it in. What does not fit any more is left out.
    private async Task ProposeProfileAsync(Changes changes, Actor actor, PersonId student, PackContent content, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = await store.FindAsync(ProfileDocuments.Kind, student.Value, cancellationToken);
        var profile = known?.Document ?? new LearnerProfile(student);
        var next = content.Profile.Take(LearnerProfile.MaxProposals - profile.Proposals.Length).Aggregate(profile, (so, line) => so.Propose(
            new(NewId.Random(), line.Block, line.Text, null, new(actor.Person, line.Author, line.At, content.Manifest.From.Name))));
        if (next.Proposals.Length == profile.Proposals.Length)
        {
            return;
        }

        _ = known is null ? changes.Add(ProfileDocuments.Kind, next) : changes.Replace(ProfileDocuments.Kind, known, next);
        changes.Notify(student, NoticeKind.ProfileProposed, student.Value, now);
    }

    // Where both schools are of this instance, the receipt is there at once.
    private async Task ReceiveAsync(Changes changes, Actor actor, OrganizationId school, PackContent content, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var transfer = content.Manifest.Transfer.Length <= 64 ? await store.FindAsync(TransferDocuments.Kind, content.Manifest.Transfer, cancellationToken) : null;
        if (transfer is { Document: { State: TransferState.Released, Release: { } release } asked } && asked.Receiver.Organization == school && release.ManifestDigest == content.ManifestDigest)
        {
            changes.Replace(TransferDocuments.Kind, transfer, asked.Receive(new(actor.Person, now, content.ManifestDigest, content.Entries.Length)));
        }
    }

    private async Task AddMissingAsync<T>(Changes changes, DocumentKind<T> kind, IEnumerable<T> documents, CancellationToken cancellationToken)
        where T : class
    {
        var distinct = documents.DistinctBy(kind.IdOf).ToList();
        var known = await KnownAsync(kind, distinct.Select(kind.IdOf), cancellationToken);
        foreach (var document in distinct.Where(document => !known.ContainsKey(kind.IdOf(document))))
        {
            changes.Add(kind, document);
        }
    }

    private async Task<Dictionary<string, T>> KnownAsync<T>(DocumentKind<T> kind, IEnumerable<string> ids, CancellationToken cancellationToken)
        where T : class => (await store.FindAllAsync(kind, ids, cancellationToken)).ToDictionary(kind.IdOf);

    /// <summary>For the door, before it reads so much as a byte.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>organization.not-found</c>, <c>learner.not-found</c>.</exception>
    public async Task<(Organization School, Read<Membership> Office, Read<Membership> Enrolled)> RequireAsync(Actor actor, OrganizationId school, PersonId student, CancellationToken cancellationToken)
    {
        var organization = (await store.GetAsync(OrganizationDocuments.Kind, school.Value, "organization", cancellationToken)).Document;
        var office = await authority.RequireAsync(actor, school, Offices.Registry, cancellationToken);
        return (organization, office, await authority.FindAsync(new(student), school, [Role.Student], cancellationToken) ?? throw Refused.NotFound("learner"));
    }
}
