using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite;
using SQLitePCL;

namespace SkillBadges.Core.Tests.Issuing;

/// <summary>Real storage in a temporary folder, a school, and one process that issues.</summary>
public sealed class IssuingWorld : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("skillbadges-issuing-").FullName;

    public IssuingWorld() => Node = Open();

    public StoppedClock Clock { get; } = new();

    public KeyEncryptionKey Vault { get; } = new(new byte[32]);

    public Organization School { get; } = Requests.School();

    internal IssuingNode Node { get; private set; }

    public SqliteStore Store => Node.Store;

    /// <summary>As after a crash: what was in memory is gone, what was committed is there.</summary>
    internal IssuingNode Restart(KeyEncryptionKey? vault = null)
    {
        Node.Dispose();
        return Node = Open(vault);
    }

    /// <summary>Another process's memory over the same data.</summary>
    internal IssuingNode SecondNode() => new(Store, Vault, Clock, ownsStore: false);

    public async Task AddAsync(Organization organization) =>
        await Store.CommitAsync(new Changes().Add(OrganizationDocuments.Kind, organization), default);

    public async Task<Actor> StaffAsync(Organization organization, Role role, string person)
    {
        var membership = new Membership(MembershipId.New(Clock.Now()), PersonId.From(person), organization.Id, role, Clock.Now());
        await Store.CommitAsync(new Changes().Add(MembershipDocuments.Kind, membership), default);
        return new(membership.Person);
    }

    /// <summary>Prepares and commits, as a decision does.</summary>
    internal async Task<Award> PrepareAsync(IssuanceRequest? request = null, IssuingNode? node = null)
    {
        node ??= Node;
        return await node.Commits.RunAsync(
            async token =>
            {
                var changes = new Changes();
                var award = await node.Issuance.PrepareAsync(request ?? Requests.Approved(), changes, token);
                return new Outcome<Award>(changes, award, award.Id.Value);
            },
            default);
    }

    internal async Task<Award> IssueAsync(IssuanceRequest? request = null) => await Node.Finisher.FinishAsync((await PrepareAsync(request)).Credential, default);

    internal async Task<Award> EndAsync(AwardId award)
    {
        return await Node.Commits.RunAsync(
            async token =>
            {
                var changes = new Changes();
                var ended = await Node.Correction.EndAsync(award, StatusMark.Because("mistaken", PersonId.From("teacher"), Clock.Now()), changes, token);
                return new Outcome<Award>(changes, ended, ended.Id.Value);
            },
            default);
    }

    public async Task<T> GetAsync<T>(DocumentKind<T> kind, string id)
        where T : class => (await Store.GetAsync(kind, id, "thing", default)).Document;

    /// <summary>Runs SQL beside the adapter, to make the engine itself fail.</summary>
    public void Sql(string statement)
    {
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(Store.File, out var connection));
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(connection, statement));
        raw.sqlite3_close_v2(connection);
    }

    public void Dispose()
    {
        Node.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private IssuingNode Open(KeyEncryptionKey? vault = null)
    {
        var store = SqliteStore.Open(folder, AllDocumentKinds.OfCore, Clock, default);
        var node = new IssuingNode(store, vault ?? Vault, Clock, ownsStore: true);
        if (store.FindAsync(OrganizationDocuments.Kind, School.Id.Value, default).GetAwaiter().GetResult() is null)
        {
            store.CommitAsync(new Changes().Add(OrganizationDocuments.Kind, School), default).GetAwaiter().GetResult();
        }

        return node;
    }
}

/// <summary>Everything of issuing that one process holds.</summary>
internal sealed class IssuingNode : IDisposable
{
    private readonly bool ownsStore;

    public IssuingNode(SqliteStore store, KeyEncryptionKey vault, TimeProvider clock, bool ownsStore)
    {
        this.ownsStore = ownsStore;
        Store = store;
        Commits = new(store, clock);
        Indexes = new(Commits, clock);
        Issuance = new(store, Indexes, Requests.Address, clock);
        Keys = new(Commits, vault, Requests.Address, clock);
        Finisher = new(Commits, Keys, clock);
        Correction = new(store);
        Publisher = new(Commits, Keys, Requests.Address, clock);
        Documents = new(store, Keys, Requests.Address);
        Compromise = new(Commits, Keys, clock);
        Resigning = new(Commits, Keys, clock);
        Statuses = new(Commits, new Authority(store, clock), Correction, clock);
    }

    public SqliteStore Store { get; }

    public Commits Commits { get; }

    public StatusIndexes Indexes { get; }

    public Issuance Issuance { get; }

    public IssuerKeys Keys { get; }

    public IssuanceFinisher Finisher { get; }

    public AwardCorrection Correction { get; }

    public StatusListPublisher Publisher { get; }

    public IssuerDocuments Documents { get; }

    public KeyCompromise Compromise { get; }

    public CredentialResigning Resigning { get; }

    public StatusWorkflow Statuses { get; }

    public void Dispose()
    {
        Indexes.Dispose();
        Keys.Dispose();
        if (ownsStore)
        {
            Store.Dispose();
        }
    }
}

/// <summary>A clock that moves when told to; waiting takes real time.</summary>
public sealed class StoppedClock : TimeProvider
{
    private DateTimeOffset now = Requests.Noon;

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;
}
