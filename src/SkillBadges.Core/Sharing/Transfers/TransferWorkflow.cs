using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Sharing.Transfers.Packs;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Transfers;

/// <summary>What a school asks for, or was asked for by letter.</summary>
/// <param name="Receiver">The school that is to get it; null for one that is not of this instance.</param>
/// <param name="ReceiverName">Its name, where it is not of this instance.</param>
public sealed record TransferAsked(OrganizationId RecordKeeper, OrganizationId? Receiver, string? ReceiverName, PersonId? Student, DisclosureBasis Ground, string About, TransferPaper? Paper);

/// <summary>Registrars ask for records, and let them go or refuse. Nothing leaves before a registrar named the ground, and not without its row.</summary>
public sealed class TransferWorkflow(Commits commits, ConsentReading consents, Authority authority, PackMaking packs, TimeProvider clock)
{
    private const int MaxTold = 20;

    private readonly IDocumentStore store = commits.Store;

    /// <summary>Asks for a record: the receiving school's office, or for a school elsewhere the office of the school that keeps it.</summary>
    /// <exception cref="RefusedException">
    /// <c>organization.not-found</c>, <c>role.missing</c>, <c>learner.not-found</c>, <c>transfer.same-school</c>, <c>transfer.receiver</c>, <c>transfer.about</c>, <c>transfer.ground</c>, <c>transfer.paper</c>.
    /// </exception>
    public Task<Read<Transfer>> AskAsync(Actor actor, TransferAsked asked, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var now = clock.Now();
            var keeper = (await store.GetAsync(OrganizationDocuments.Kind, asked.RecordKeeper.Value, "organization", attemptToken)).Document;
            var office = await authority.RequireAsync(actor, asked.Receiver ?? asked.RecordKeeper, Offices.Registry, attemptToken);
            var changes = new Changes().Require(MembershipDocuments.Kind, office);
            if (asked.Receiver == asked.RecordKeeper)
            {
                throw Refused.Invalid("transfer.same-school", "The record is at this school already.");
            }

            if (asked.Student is { } student)
            {
                changes.Require(MembershipDocuments.Kind, await authority.FindAsync(new(student), asked.Receiver ?? default, [Role.Student], attemptToken) ?? throw Refused.NotFound("learner"));
            }

            var receiver = new TransferReceiver(asked.Receiver, asked.Receiver is { } id
                ? (await store.GetAsync(OrganizationDocuments.Kind, id.Value, "organization", attemptToken)).Document.Name
                : DisplayText.Require(asked.ReceiverName, Organization.MaxNameLength, "transfer.receiver"));
            var transfer = new Transfer(TransferId.New(now), asked.RecordKeeper, receiver, actor.Person, now, asked.Ground, asked.About) { Paper = asked.Paper, Student = asked.Student }.Checked(keeper.DayOf(now));
            var registrars = await store.WholeAsync(MembershipDocuments.Kind, MembershipDocuments.ByOrganization.Where(keeper.Id.Value, nameof(Role.Registrar)), attemptToken);
            foreach (var registrar in registrars.Documents.Where(membership => membership.HoldsAt(now) && membership.Person != actor.Person).Select(membership => membership.Person).Distinct().Take(MaxTold))
            {
                changes.Notify(registrar, NoticeKind.RecordAsked, transfer.Id.Value, now);
            }

            return changes.Adding(TransferDocuments.Kind, transfer);
        },
        ReplayAsync,
        cancellationToken);

    /// <summary>Lets the whole record of one learner go; the pack is signed and can be fetched for 30 days.</summary>
    /// <exception cref="RefusedException">
    /// <c>transfer.not-found</c>, <c>learner.not-found</c>, <c>transfer.own-record</c>, <c>transfer.consent-missing</c>, <c>transfer.answered</c>, <c>transfer.empty</c>, <c>transfer.too-large</c>,
    /// <c>request.stale</c>, <c>keys.wrong-key-file</c>.
    /// </exception>
    public Task<Read<Transfer>> ReleaseAsync(Actor actor, TransferId id, PersonId learner, bool withEvidence, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var now = clock.Now();
            var (read, changes) = await AtKeeperAsync(actor, id, attemptToken);
            var asked = read.MustBe(ifMatch).Document;
            var rights = await consents.Rights.OfAsync(learner, asked.RecordKeeper, attemptToken);
            if (rights.People.Contains(actor.Person))
            {
                throw Refused.Forbidden("transfer.own-record", "Somebody else of the office has to let your own record go.");
            }

            changes.Require(PersonDocuments.Kind, rights.Learner);
            var consent = asked.Ground == DisclosureBasis.Consent ? await ConsentAsync(rights, asked.Receiver, changes, attemptToken) : null;
            var made = await packs.MakeAsync(asked, rights, withEvidence, changes, attemptToken);
            var release = new TransferRelease(actor.Person, now, asked.Ground, consent?.Document.Id, withEvidence, made.ManifestDigest, made.Entries, made.Credentials, made.Pack.Until);
            var released = asked.LetGo(learner, release);
            changes.Replace(TransferDocuments.Kind, read, released).Add(TransferPackDocuments.Kind, made.Pack);
            foreach (var person in asked.Ground == DisclosureBasis.CourtOrder ? [] : rights.FamilyHolds ? [learner, .. await consents.GuardiansAsync(rights, attemptToken)] : new[] { learner })
            {
                changes.Notify(person, NoticeKind.RecordSent, id.Value, now);
            }

            return new Outcome<Read<Transfer>>(changes, read.Became(released), id.Value);
        },
        ReplayAsync,
        cancellationToken);

    /// <exception cref="RefusedException"><c>transfer.not-found</c>, <c>transfer.answered</c>, <c>transfer.reason</c>, <c>request.stale</c>.</exception>
    public Task<Read<Transfer>> RefuseAsync(Actor actor, TransferId id, string reason, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var (read, changes) = await AtKeeperAsync(actor, id, attemptToken);
            var refused = read.MustBe(ifMatch).Document.Refuse(actor.Person, clock.Now(), reason);
            return changes.Replacing(TransferDocuments.Kind, read, refused);
        },
        ReplayAsync,
        cancellationToken);

    /// <summary>The pack, for the office of either side; the row is written before it leaves.</summary>
    /// <exception cref="RefusedException"><c>transfer.not-found</c>, <c>transfer.not-released</c>, <c>transfer.pack-gone</c>, <c>transfer.evidence-erased</c>.</exception>
    public Task<TransferPack> FetchAsync(Actor actor, TransferId id, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var now = clock.Now();
            var read = await ReadAsync(actor, id, attemptToken);
            if (read.Document is not { Release: { } release, Learner: { } learner })
            {
                throw Refused.Conflict("transfer.not-released", "This record was not let go.");
            }

            var pack = await store.FindAsync(TransferPackDocuments.Kind, id.Value, attemptToken);
            if (pack is null || now >= pack.Document.Until)
            {
                throw Refused.Gone("transfer.pack-gone", "The pack was kept for 30 days; please ask for the record anew.");
            }

            await packs.RequireWholeAsync(pack.Document, attemptToken);
            var row = new Disclosure(NewId.Ordered(now), learner, read.Document.RecordKeeper, actor.Person, read.Document.Receiver.Organization, release.Ground, release.Entries, now)
            {
                Door = DisclosureDoor.Transfer, Credentials = release.Credentials, Through = id.Value, Consent = release.Consent?.Value, Recipient = read.Document.Receiver.Name,
            };
            return new Outcome<TransferPack>(new Changes().Require(TransferDocuments.Kind, read).Disclose(row), pack.Document, id.Value);
        },
        cancellationToken);

    /// <summary>Enters the receipt of a school elsewhere.</summary>
    /// <exception cref="RefusedException"><c>transfer.not-found</c>, <c>transfer.not-released</c>, <c>transfer.other-pack</c>, <c>request.stale</c>.</exception>
    public Task<Read<Transfer>> EnterReceiptAsync(Actor actor, TransferId id, Sha256Digest manifest, int entries, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var (read, changes) = await AtKeeperAsync(actor, id, attemptToken);
            var received = read.MustBe(ifMatch).Document.Receive(new(actor.Person, clock.Now(), manifest, entries));
            return changes.Replacing(TransferDocuments.Kind, read, received);
        },
        ReplayAsync,
        cancellationToken);

    /// <summary>For the office of either side.</summary>
    /// <exception cref="RefusedException"><c>transfer.not-found</c>.</exception>
    public async Task<Read<Transfer>> ReadAsync(Actor actor, TransferId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(TransferDocuments.Kind, id.Value, "transfer", cancellationToken);
        return await authority.FindAsync(actor, read.Document.RecordKeeper, Offices.Registry, cancellationToken) is not null
            || (read.Document.Receiver.Organization is { } receiver && await authority.FindAsync(actor, receiver, Offices.Registry, cancellationToken) is not null)
                ? read
                : throw Refused.NotFound("transfer");
    }

    /// <summary>What an organization was asked for, or asked for, latest first.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<Transfer>> ListAsync(Actor actor, OrganizationId organization, bool asReceiver, Func<DocumentQuery<Transfer>, DocumentQuery<Transfer>> page, CancellationToken cancellationToken)
    {
        await authority.RequireAsync(actor, organization, Offices.Registry, cancellationToken);
        var path = asReceiver ? TransferDocuments.ByReceiver : TransferDocuments.ByRecordKeeper;
        return await store.QueryAsync(TransferDocuments.Kind, page(path.Where(organization.Value).Descending()), cancellationToken);
    }

    private async Task<Read<Consent>> ConsentAsync(LearnerRights rights, TransferReceiver receiver, Changes changes, CancellationToken cancellationToken)
    {
        var consent = receiver.Organization is { } organization
            ? await consents.FindHoldingAsync(rights, new(RecipientKind.Organization, organization), Enum.GetValues<RecordKind>(), [], cancellationToken)
            : null;
        _ = consent ?? throw Refused.Forbidden("transfer.consent-missing", "There is no consent in force that covers the whole record for this receiver.");
        changes.Require(ConsentDocuments.Kind, consent);
        return consent;
    }

    private async Task<(Read<Transfer> Read, Changes Changes)> AtKeeperAsync(Actor actor, TransferId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(TransferDocuments.Kind, id.Value, "transfer", cancellationToken);
        var office = await authority.FindAsync(actor, read.Document.RecordKeeper, Offices.Registry, cancellationToken) ?? throw Refused.NotFound("transfer");
        return (read, new Changes().Require(MembershipDocuments.Kind, office));
    }

    private Task<Read<Transfer>> ReplayAsync(string id, CancellationToken cancellationToken) => store.GetAsync(TransferDocuments.Kind, id, "transfer", cancellationToken);
}
