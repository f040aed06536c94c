using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.OneRoster.Importing;

/// <summary>What the steps of one import share while they run: the pack, who may, and the few records that every row refers to.</summary>
internal sealed class ImportContext(RosterImport import, RosterPack pack, Commits commits, Authority authority, TimeProvider clock)
{
    private readonly Dictionary<string, Organization?> organizations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AcademicSession> sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<UInt128, PersonId> people = [];
    private bool isLoaded;

    public RosterImport Import { get; } = import;

    public RosterPack Pack { get; } = pack;

    public IDocumentStore Store => commits.Store;

    public string Source { get; } = import.Source.Value;

    public DateTimeOffset Now => clock.Now();

    /// <summary>From when something holds that says no date: the same in every run of an import.</summary>
    public DateTimeOffset BegunAt { get; } = import.BegunAt ?? throw new InvalidOperationException("The import has not begun.");

    public Actor Actor => new(Import.By);

    public PackMode ModeOf(RosterFile file) => Pack.ModeOf(file);

    public RosterKey KeyOf(string sourcedId) => RosterKey.Of(Source, sourcedId);

    public string IdOf(string sourcedId) => KeyOf(sourcedId).Id;

    /// <summary>The rows of a file that a step takes by one of their ids.</summary>
    public IEnumerable<RosterTable> Rows(RosterFile file, ImportStep step, string keyColumn, CancellationToken cancellationToken)
    {
        if (ModeOf(file) == PackMode.Absent)
        {
            yield break;
        }

        using var table = RosterTable.Open(Pack, file, null)!;
        var column = file.IndexOf(keyColumn);
        while (table.Read())
        {
            if (step.Parts == 1 || step.Takes(KeyOf(table[column])))
            {
                yield return table;
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Commits what a batch comes to, if it comes to anything, on the authority of who imports.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public Task CommitAsync(Func<Changes, CancellationToken, Task> batch, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var changes = new Changes();
            await batch(changes, attemptToken);
            if (changes.Documents.Count > 0)
            {
                changes.Require(MembershipDocuments.Kind, await OfficeAsync(attemptToken));
            }

            return new Outcome<bool>(changes, true, Import.Id);
        },
        cancellationToken);

    // Only the state office founds schools.
    private async Task<Read<Membership>> OfficeAsync(CancellationToken cancellationToken) => Import.Founds
        ? await authority.FindStateAdminAsync(Actor, cancellationToken) ?? throw Refused.Forbidden("role.missing", "Only the state office adds organizations.")
        : await authority.RequireOrStateAsync(Actor, Import.Organization, Offices.Administrators, cancellationToken);

    /// <summary>Reads what every row refers to; again after organizations and sessions were taken over.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (isLoaded)
        {
            return;
        }

        organizations.Clear();
        sessions.Clear();
        await foreach (var org in Store.AllAsync(RosterDocuments.Orgs, RosterDocuments.OrgsBySource.Where(Source), cancellationToken))
        {
            organizations[org.Document.SourcedId] = org.Document.Organization is { } id ? (await Store.FindAsync(OrganizationDocuments.Kind, id.Value, cancellationToken))?.Document : null;
        }

        await foreach (var session in Store.AllAsync(RosterDocuments.Sessions, RosterDocuments.SessionsBySource.Where(Source), cancellationToken))
        {
            sessions[session.Document.SourcedId] = session.Document;
        }

        isLoaded = true;
    }

    public void Forget() => isLoaded = false;

    /// <summary>Which of ours an organization of the roster is.</summary>
    public Organization? OrganizationOf(string sourcedId) => organizations.GetValueOrDefault(sourcedId);

    public IEnumerable<AcademicSession> SessionsOf(IEnumerable<string> sourcedIds) => sourcedIds.Select(id => sessions.GetValueOrDefault(id)).OfType<AcademicSession>();

    /// <summary>Who the users of the roster are; each is looked up once in a run.</summary>
    public async Task<IReadOnlyDictionary<UInt128, PersonId>> PeopleAsync(IEnumerable<string> sourcedIds, CancellationToken cancellationToken)
    {
        var missing = sourcedIds.Select(KeyOf).Where(key => !people.ContainsKey(key.Value)).ToArray();
        foreach (var user in await Store.FindAllAsync(RosterDocuments.Users, missing.Select(key => key.Id), cancellationToken))
        {
            people[KeyOf(user.SourcedId).Value] = user.Person;
        }

        return people;
    }

    /// <summary>The documents of some records, by id.</summary>
    public async Task<Dictionary<string, Read<T>>> FindAsync<T>(DocumentKind<T> kind, IEnumerable<string> ids, CancellationToken cancellationToken)
        where T : class
    {
        var found = new Dictionary<string, Read<T>>(StringComparer.Ordinal);
        foreach (var some in ids.Distinct().Chunk(500))
        {
            foreach (var read in await Store.FindManyAsync(kind, some, cancellationToken))
            {
                found[read.Id] = read;
            }
        }

        return found;
    }

    /// <summary>Adds a record, replaces it where it changed, or does nothing where it is what is stored; when it was changed counts only then. Whether it wrote.</summary>
    public bool Write<T>(Changes changes, DocumentKind<T> kind, Read<T>? read, T record)
        where T : RosterRecord
    {
        if (read is null)
        {
            changes.Add(kind, record with { ChangedAt = Now });
            return true;
        }

        if (kind.Write(record with { ChangedAt = read.Document.ChangedAt }).AsSpan().SequenceEqual(kind.Write(read.Document)))
        {
            return false;
        }

        changes.Replace(kind, read, record with { ChangedAt = Now });
        return true;
    }
}
