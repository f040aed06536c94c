using System.Collections.Immutable;
using SkillBadges.Core.OneRoster.Checking;
using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.OneRoster.Importing;

/// <summary>A pack as an administrator brings it.</summary>
/// <param name="SourceName">The system that it comes from, such as <c>sis</c>.</param>
/// <param name="Founds">Schools that are not here yet are founded; for the state office.</param>
public sealed record NewImport(OrganizationId Organization, string SourceName, bool Founds, RosterIdentity? Identity);

/// <summary>Receives packs, looks them through (the dry run), and begins to apply them.</summary>
public sealed class RosterImportWorkflow(Commits commits, Authority authority, IPartialFiles files, InstanceAddress address, TimeProvider clock)
{
    public const long MaxBytes = 200L << 20;

    private readonly IDocumentStore store = commits.Store;

    /// <summary>Who may import: the organization's administrators and the state office.</summary>
    /// <exception cref="RefusedException"><c>organization.not-found</c>, <c>role.missing</c>, <c>oneroster.source</c>.</exception>
    public async Task<Read<Membership>> OfficeAsync(Actor actor, NewImport asked, CancellationToken cancellationToken)
    {
        RosterSource.Of(asked.Organization, asked.SourceName);
        await store.GetAsync(OrganizationDocuments.Kind, asked.Organization.Value, "organization", cancellationToken);
        return asked.Founds
            ? await authority.FindStateAdminAsync(actor, cancellationToken) ?? throw Refused.Forbidden("role.missing", "Only the state office adds organizations.")
            : await authority.RequireOrStateAsync(actor, asked.Organization, Offices.Administrators, cancellationToken);
    }

    /// <summary>Keeps the bytes of a pack; it is looked through afterwards.</summary>
    /// <exception cref="RefusedException">Those of <see cref="OfficeAsync"/>; <c>file.too-large</c>, <c>file.store-full</c>, <c>file.store-failed</c>.</exception>
    public async Task<Read<RosterImport>> ReceiveAsync(Actor actor, NewImport asked, Stream content, Func<Sha256Digest, RequestKey?> key, CancellationToken cancellationToken)
    {
        await OfficeAsync(actor, asked, cancellationToken);
        var id = NewId.Ordered(clock.Now());

        // Beside the evidence and in no backup: a roster is taken over and forgotten.
        var (digest, length) = await files.KeepAsync(id, content, MaxBytes, () => Refused.Invalid("file.too-large", $"A pack may have at most {MaxBytes >> 20} MB."), cancellationToken);
        var received = await commits.OnceAsync(
            key(digest),
            async attemptToken =>
            {
                var now = clock.Now();
                var import = new RosterImport(id, asked.Organization, asked.SourceName, actor.Person, now, digest, length) { Founds = asked.Founds, Identity = asked.Identity };
                var changes = new Changes().Require(MembershipDocuments.Kind, await OfficeAsync(actor, asked, attemptToken)).Send(Message(import.Id, now));
                return changes.Adding(RosterImportDocuments.Kind, import);
            },
            (earlier, replayToken) => store.GetAsync(RosterImportDocuments.Kind, earlier, "roster-import", replayToken),
            cancellationToken);
        if (received.Id != id)
        {
            files.Remove(id);
        }

        return received;
    }

    /// <summary>Looks a pack through, once: afterwards it is checked or faulty.</summary>
    public async Task<RosterImport> CheckAsync(string id, CancellationToken cancellationToken)
    {
        var import = (await store.GetAsync(RosterImportDocuments.Kind, id, "roster-import", cancellationToken)).Document;
        if (import.State != ImportState.Checking)
        {
            return import;
        }

        var faults = new RosterFaults();
        var counts = await CheckAsync(import, faults, cancellationToken);
        var pages = faults.First.Chunk(FaultPage.Size).Select((some, number) => new FaultPage(id, number, [.. some], import.ExpiresAt)).ToArray();
        return await commits.RunAsync(
            async attemptToken =>
            {
                var read = await store.GetAsync(RosterImportDocuments.Kind, id, "roster-import", attemptToken);
                if (read.Document.State != ImportState.Checking)
                {
                    return new Outcome<RosterImport>(new(), read.Document, id);
                }

                var changed = read.Document with { State = faults.Count == 0 ? ImportState.Checked : ImportState.Faulty, Files = counts, Faults = faults.Count };
                var changes = pages.Aggregate(new Changes().Replace(RosterImportDocuments.Kind, read, changed), (all, page) => all.Add(RosterImportDocuments.Faults, page));
                return new Outcome<RosterImport>(changes, changed, id);
            },
            cancellationToken);
    }

    /// <summary>Begins to apply a checked pack, or goes on with a stopped one. Doing it again changes nothing.</summary>
    /// <exception cref="RefusedException"><c>roster-import.not-found</c>, <c>role.missing</c>, <c>oneroster.not-checked</c>, <c>oneroster.under-way</c>, <c>request.stale</c>.</exception>
    public async Task<Read<RosterImport>> BeginAsync(Actor actor, string id, long? ifMatch, CancellationToken cancellationToken)
    {
        try
        {
            return await commits.RunAsync(
                async attemptToken =>
                {
                    var read = (await ReadAsync(actor, id, attemptToken)).MustBe(ifMatch);
                    var import = read.Document;
                    var office = await OfficeAsync(actor, new(import.Organization, import.SourceName, import.Founds, null), attemptToken);
                    var changed = import.Begin(clock.Now());
                    var changes = new Changes();
                    if (changed != import)
                    {
                        changed = changed with { By = actor.Person };
                        changes.Replace(RosterImportDocuments.Kind, read, changed).Require(MembershipDocuments.Kind, office).Send(Message(id, clock.Now())).Audit(import.Organization, actor, ActKind.RosterApplied, id, clock.Now());
                    }

                    return new Outcome<Read<RosterImport>>(changes, changed == import ? read : read.Became(changed), id);
                },
                cancellationToken);
        }
        catch (NotUniqueException taken) when (taken.Is(RosterImportDocuments.Kind, RosterImportDocuments.Applying))
        {
            throw Refused.Conflict("oneroster.under-way", "Another pack of this source is being applied; please wait until it is done.");
        }
    }

    /// <exception cref="RefusedException"><c>roster-import.not-found</c>.</exception>
    public async Task<Read<RosterImport>> ReadAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(RosterImportDocuments.Kind, id, "roster-import", cancellationToken);
        return await authority.FindOrStateAsync(actor, read.Document.Organization, Offices.Administrators, cancellationToken) is not null ? read : throw Refused.NotFound("roster-import");
    }

    /// <summary>The imports of an organization, the latest first.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<RosterImport>> ListAsync(Actor actor, OrganizationId organization, Func<DocumentQuery<RosterImport>, DocumentQuery<RosterImport>> page, CancellationToken cancellationToken)
    {
        await authority.RequireOrStateAsync(actor, organization, Offices.Administrators, cancellationToken);
        return await store.QueryAsync(RosterImportDocuments.Kind, page(RosterImportDocuments.ByOrganization.Where(organization.Value).Descending()), cancellationToken);
    }

    /// <summary>A message that has the next part done.</summary>
    public static OutboxMessage Message(string id, DateTimeOffset at) => new(NewId.Ordered(at), RosterImportDocuments.Topic, id, at);

    private async Task<ImmutableArray<FileCount>> CheckAsync(RosterImport import, RosterFaults faults, CancellationToken cancellationToken)
    {
        await using var bytes = files.OpenToRead(import.Id);
        if (bytes is null)
        {
            faults.Add("", 0, null, "pack.missing", "The bytes of the pack are gone; please send it again.");
            return [];
        }

        using var pack = RosterPack.Open(bytes, new(), faults);
        if (pack is null)
        {
            return [];
        }

        var counts = await new RosterCheck(import.Source.Value, KnownAsync).RunAsync(pack, faults, cancellationToken);
        await new OrgMatching(store, address).CheckAsync(import, pack, faults, cancellationToken);
        return counts;
    }

    private async Task<IReadOnlySet<RosterKey>> KnownAsync(string file, IReadOnlyCollection<RosterKey> keys, CancellationToken cancellationToken)
    {
        var ids = keys.Select(key => key.Id).ToArray();
        var found = file switch
        {
            "orgs" => await StoredAsync(RosterDocuments.Orgs, ids, cancellationToken),
            "academicSessions" => await StoredAsync(RosterDocuments.Sessions, ids, cancellationToken),
            "courses" => await StoredAsync(RosterDocuments.Courses, ids, cancellationToken),
            "classes" => await StoredAsync(RosterDocuments.Classes, ids, cancellationToken),
            _ => await StoredAsync(RosterDocuments.Users, ids, cancellationToken),
        };
        return keys.Where(key => found.Contains(key.Id)).ToHashSet();
    }

    private async Task<HashSet<string>> StoredAsync<T>(DocumentKind<T> kind, string[] ids, CancellationToken cancellationToken)
        where T : RosterRecord =>
        [.. (await store.FindManyAsync(kind, ids, cancellationToken)).Select(read => read.Id)];
}
