using SkillBadges.Core.OneRoster.Exporting;
using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.OneRoster.Importing;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite;
using SkillBadges.Storage.Sqlite.Files;

namespace SkillBadges.Core.Tests.OneRoster;

/// <summary>A district with one school on a real store, and its administrator, who brings packs.</summary>
internal sealed class RosterSchool : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("skillbadges-").FullName;
    private readonly SqliteStore sqlite;
    private readonly Authority authority;
    private readonly FolderPartialFiles files;

    private RosterSchool()
    {
        sqlite = SqliteStore.Open(Path.Combine(folder, "data"), AllDocumentKinds.OfCore, Clock, CancellationToken.None);
        Store = new StoppingStore(sqlite);
        var commits = new Commits(Store, Clock);
        authority = new(Store, Clock);
        files = FolderPartialFiles.Open(Path.Combine(folder, "uploads"));
        var address = InstanceAddress.Parse("http://localhost:5080");
        Workflow = new(commits, authority, files, address, Clock);
        Apply = new(commits, authority, files, address, Clock);
        Turn = new(commits, Clock);
    }

    public StandingClock Clock { get; } = new();

    public Authority Authority => authority;

    public IPartialFiles Partials => files;

    public StoppingStore Store { get; }

    public RosterImportWorkflow Workflow { get; }

    public RosterApply Apply { get; }

    public RosterDayTurn Turn { get; }

    public OrganizationId District { get; } = OrganizationId.From("district");

    public OrganizationId West { get; } = OrganizationId.From("west");

    public Actor Admin { get; } = new(PersonId.From("admin"));

    public Actor State { get; } = new(PersonId.From("state"));

    public string Source => $"{District.Value}/sis";

    public static async Task<RosterSchool> OpenAsync()
    {
        var school = new RosterSchool();
        var now = school.Clock.Now();
        var office = Organization.Found(OrganizationId.From("office"), "office", "State Office", OrganizationKind.StateOffice, null);
        var district = Organization.Found(school.District, "west-district", "West District", OrganizationKind.District, office.Id);
        await school.Store.CommitAsync(
            new Changes()
                .Add(OrganizationDocuments.Kind, office).Add(OrganizationDocuments.Kind, district)
                .Add(OrganizationDocuments.Kind, Organization.Found(school.West, "west", "West High", OrganizationKind.HighSchool, district.Id))
                .Add(OrganizationDocuments.Kind, Organization.Found(OrganizationId.From("east"), "east", "East High", OrganizationKind.HighSchool, null))
                .Add(PersonDocuments.Kind, Person.Named(school.Admin.Person, "Ada Office")).Add(PersonDocuments.Kind, Person.Named(school.State.Person, "Sam State"))
                .Add(MembershipDocuments.Kind, new(MembershipId.From("m-admin"), school.Admin.Person, district.Id, Role.OrganizationAdmin, now))
                .Add(MembershipDocuments.Kind, new(MembershipId.From("m-state"), school.State.Person, office.Id, Role.StateAdmin, now)),
            CancellationToken.None);
        return school;
    }

    /// <summary>Receives and looks through a pack.</summary>
    public async Task<RosterImport> CheckAsync(SamplePack pack, Actor? by = null, bool founds = false, RosterIdentity? identity = null)
    {
        var received = await Workflow.ReceiveAsync(by ?? Admin, new(District, "sis", founds, identity), pack.Zip(), _ => null, CancellationToken.None);
        return await Workflow.CheckAsync(received.Id, CancellationToken.None);
    }

    public async Task<IReadOnlyList<RosterFault>> FaultsAsync(RosterImport import) =>
        [.. (await Store.QueryAsync(RosterImportDocuments.Faults, RosterImportDocuments.FaultsByImport.Where(import.Id).Take(500), CancellationToken.None)).Documents.SelectMany(page => page.Faults)];

    /// <summary>Checks and applies a pack that has no faults.</summary>
    public async Task<RosterImport> TakeAsync(SamplePack pack, Actor? by = null, bool founds = false, RosterIdentity? identity = null)
    {
        var import = await CheckAsync(pack, by, founds, identity);
        Assert.Equal([], await FaultsAsync(import));
        await Workflow.BeginAsync(by ?? Admin, import.Id, null, CancellationToken.None);
        return await Apply.RunAsync(import.Id, CancellationToken.None);
    }

    public async Task<RosterUser> UserAsync(string sourcedId) => (await Store.GetAsync(RosterDocuments.Users, Core.OneRoster.RosterKey.IdOf(Source, sourcedId), "user", CancellationToken.None)).Document;

    public async Task<RosterClass> ClassAsync(string sourcedId) => (await Store.GetAsync(RosterDocuments.Classes, Core.OneRoster.RosterKey.IdOf(Source, sourcedId), "class", CancellationToken.None)).Document;

    public async Task<ClassSection> SectionAsync(string sourcedId) => (await Store.GetAsync(ClassSectionDocuments.Kind, (await ClassAsync(sourcedId)).Section.Value, "class-section", CancellationToken.None)).Document;

    public async Task<IReadOnlyList<Membership>> MembershipsAsync(PersonId person) =>
        [.. (await Store.QueryAsync(MembershipDocuments.Kind, MembershipDocuments.ByPerson.Where(person.Value), CancellationToken.None)).Documents];

    public RosterExport Export() => new(Store, authority, files, Clock);

    public void Dispose()
    {
        sqlite.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
