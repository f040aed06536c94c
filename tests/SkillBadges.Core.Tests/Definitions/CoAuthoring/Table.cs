using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Tests.Issuing;
using SkillBadges.Core.Tests.Mastery;
using SkillBadges.Storage.Sqlite;
using SkillBadges.Storage.Sqlite.Files;

namespace SkillBadges.Core.Tests.Definitions.CoAuthoring;

/// <summary>A school, a college and a guild that write badges together, their people, and a real store.</summary>
internal sealed class Table : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("skillbadges-table-").FullName;
    private readonly SqliteStore store;
    private readonly LetterWriting letters;

    private Table()
    {
        store = SqliteStore.Open(Path.Combine(folder, "data"), AllDocumentKinds.OfCore, Clock, CancellationToken.None);
        Files = FolderFileStore.Open(Path.Combine(folder, "files"));
        Commits = new(store, Clock);
        var authority = new Authority(store, Clock);
        var seats = new DraftSeats(store, Clock);
        Drafting = new(Commits, authority, seats, Clock);
        Pictures = new(Files, seats);
        Proposals = new(Commits, seats, Pictures, Clock);
        Comments = new(Commits, seats, Clock);
        SignOffs = new(Commits, seats, Clock);
        Publications = new(Commits, seats, authority, new(store), Clock);
        letters = new(new(new byte[KeyEncryptionKey.KeyBytes]), InstanceAddress.Parse("http://localhost:5080"));
        Signers = new(Commits, seats, authority, letters, Clock);
        Links = new(Commits, Signers, Clock);
        Reading = new(store, authority, seats);
    }

    private readonly HashSet<string> taken = [];

    public StoppedClock Clock { get; } = new();

    public IDocumentStore Store => store;

    public IOutbox Outbox => store;

    public FolderFileStore Files { get; }

    public Commits Commits { get; }

    public DraftWorkflow Drafting { get; }

    public DraftPictureStore Pictures { get; }

    public ProposalWorkflow Proposals { get; }

    public CommentWorkflow Comments { get; }

    public SignOffWorkflow SignOffs { get; }

    public PublicationWorkflow Publications { get; }

    public SignerWorkflow Signers { get; }

    public SigningByLink Links { get; }

    public DraftReading Reading { get; }

    public OrganizationId School { get; } = OrganizationId.From("school");

    public OrganizationId College { get; } = OrganizationId.From("college");

    public OrganizationId Guild { get; } = OrganizationId.From("guild");

    /// <summary>Writes the badge, but nobody of it has an account.</summary>
    public OrganizationId Forge { get; } = OrganizationId.From("forge");

    public Actor Principal { get; } = new(PersonId.From("principal"));

    public Actor Teacher { get; } = new(PersonId.From("teacher"));

    public Actor Dean { get; } = new(PersonId.From("dean"));

    public Actor Master { get; } = new(PersonId.From("master"));

    /// <summary>An administrator of an organization that is not at the table.</summary>
    public Actor Outsider { get; } = new(PersonId.From("outsider"));

    public static async Task<Table> OpenAsync()
    {
        var table = new Table();
        var changes = new Changes().Add(ScaleDocuments.Versions, Scales.FourLevel()).Add(ScaleDocuments.Heads, new("four-level", 1, "Four levels"));
        foreach (var (id, kind) in new[] { (table.School, OrganizationKind.HighSchool), (table.College, OrganizationKind.College), (table.Guild, OrganizationKind.IndustryBody), (table.Forge, OrganizationKind.Employer) })
        {
            changes.Add(OrganizationDocuments.Kind, Organization.Found(id, $"{id.Value}-north", $"North {id.Value}", kind, null));
        }

        changes.Add(OrganizationDocuments.Kind, Organization.Found(OrganizationId.From("elsewhere"), "elsewhere", "Elsewhere High", OrganizationKind.HighSchool, null));
        foreach (var (actor, organization, role) in new[]
        {
            (table.Principal, table.School, Role.OrganizationAdmin), (table.Teacher, table.School, Role.Teacher), (table.Dean, table.College, Role.OrganizationAdmin),
            (table.Master, table.Guild, Role.IndustryAuthor), (table.Outsider, OrganizationId.From("elsewhere"), Role.OrganizationAdmin),
        })
        {
            changes.Add(PersonDocuments.Kind, Person.Named(actor.Person, actor.Person.Value))
                .Add(MembershipDocuments.Kind, new(MembershipId.New(table.Clock.Now()), actor.Person, organization, role, table.Clock.Now()));
        }

        await table.Store.CommitAsync(changes, default);
        return table;
    }

    /// <summary>The bench badge, led by the school, with the college and the guild at the table.</summary>
    public async Task<BadgeDraft> StartAsync(string slug = Drafts.Slug)
    {
        await Drafting.StartAsync(Teacher, School, slug, Drafts.Bench(slug), null, null, default);
        await Drafting.AddAsync(Teacher, slug, College, null, null, default);
        return (await Drafting.AddAsync(Teacher, slug, Guild, null, null, default)).Document;
    }

    /// <summary>A change by the teacher that the dean accepts.</summary>
    public async Task<BadgeDraft> ReviseAsync(string old, string now, bool isPatch = false, string slug = Drafts.Slug, Actor? accepts = null)
    {
        var draft = await DraftAsync(slug);
        var newest = await Reading.RevisionAsync(Teacher, slug, draft.Revision, default);
        var proposal = await Proposals.ProposeAsync(Teacher, slug, new(draft.Revision, newest.Content.Text.Replace(old, now, StringComparison.Ordinal), "Better so.", isPatch, null), null, default);
        await Proposals.AcceptAsync(accepts ?? Dean, slug, proposal.Id, null, default);
        return await DraftAsync(slug);
    }

    public async Task SignAllAsync(string slug = Drafts.Slug)
    {
        var revision = (await DraftAsync(slug)).Revision;
        foreach (var signer in new[] { Principal, Dean, Master })
        {
            await SignOffs.SignAsync(signer, slug, null, revision, null, null, default);
        }
    }

    public async Task<VersionProvenance> PublishAsync(string slug = Drafts.Slug) => await Publications.PublishAsync(Principal, slug, (await DraftAsync(slug)).Revision, null, default);

    public async Task<BadgeDraft> DraftAsync(string slug = Drafts.Slug) => (await Store.GetAsync(CoAuthoringDocuments.Drafts, slug, "definition", default)).Document;

    /// <summary>Writes the invitation's next letter and reads the secret of its link.</summary>
    public async Task<string?> SecretOfLetterAsync(string invitation)
    {
        var before = await store.CountAsync(LetterDocuments.Kind, LetterDocuments.ByState.Where(nameof(LetterState.Waiting)), 500, default);
        await Signers.WriteAsync(invitation, default);
        var waiting = await store.QueryAsync(LetterDocuments.Kind, LetterDocuments.ByState.Where(nameof(LetterState.Waiting)).Take(500), default);
        return waiting.Items.Count == before ? null : waiting.Documents.Select(letter => letters.Open(letter).Text).Select(text => text[(text.IndexOf("/sign-off/", StringComparison.Ordinal) + 10)..].Split('\n')[0])
            .First(secret => !taken.Contains(secret) && taken.Add(secret));
    }

    public void Dispose()
    {
        store.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
