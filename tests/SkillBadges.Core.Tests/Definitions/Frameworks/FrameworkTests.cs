using System.Text;
using SkillBadges.Core.Definitions.Frameworks;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite;
using SkillBadges.Storage.Sqlite.Files;

namespace SkillBadges.Core.Tests.Definitions.Frameworks;

/// <summary>Frameworks on the real store.</summary>
public sealed class FrameworkTests : IDisposable
{
    private static readonly DateTimeOffset start = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("skillbadges-frameworks-").FullName;
    private readonly SqliteStore store;
    private readonly FolderFileStore files;
    private readonly FrameworkWorkflow workflow;
    private readonly ItemReading reading;
    private readonly Actor author = new(PersonId.New(start));
    private readonly OrganizationId district = OrganizationId.New(start);
    private readonly OrganizationId other = OrganizationId.New(start);

    public FrameworkTests()
    {
        store = SqliteStore.Open(Path.Combine(folder, "data"), AllDocumentKinds.OfCore, TimeProvider.System, CancellationToken.None);
        files = FolderFileStore.Open(Path.Combine(folder, "files"));
        workflow = new(new(new(store, TimeProvider.System), files, TimeProvider.System), store, new(store, TimeProvider.System), InstanceAddress.Parse("https://badges.example.org"), TimeProvider.System);
        reading = new(store);
        var changes = new Changes()
            .Add(OrganizationDocuments.Kind, Organization.Found(district, "westfield", "Westfield District", OrganizationKind.District, null))
            .Add(OrganizationDocuments.Kind, Organization.Found(other, "eastfield", "Eastfield District", OrganizationKind.District, null))
            .Add(MembershipDocuments.Kind, new Membership(MembershipId.New(start), author.Person, district, Role.OrganizationAdmin, start.AddYears(-1)))
            .Add(MembershipDocuments.Kind, new Membership(MembershipId.New(start), author.Person, other, Role.OrganizationAdmin, start.AddYears(-1)));
        store.CommitAsync(changes, CancellationToken.None).GetAwaiter().GetResult();
    }

    [Fact]
    public async Task A_package_is_taken_in_once_and_its_items_are_found_by_code_word_and_address()
    {
        var first = await ImportAsync(CasePackages.Welding);
        Assert.True(first.Published!.IsNew);
        Assert.False((await ImportAsync(CasePackages.Welding)).Published!.IsNew);
        var framework = first.Published.Framework;
        Assert.Equal((1, 3, 3, 1), (framework.Revision, framework.Items, framework.Associations, framework.Rubrics));

        Assert.Equal(["WT.1", "WT.1.1", "WT.2"], await CodesAsync(FrameworkDocuments.ByPosition.Where(framework.Set)));
        Assert.Equal(["WT.1", "WT.1.1"], await CodesAsync(FrameworkDocuments.ByCode.Where(framework.Set).StartingWith(SearchText.Of("wt.1"))));
        Assert.Equal(["WT.2"], await CodesAsync(FrameworkDocuments.ByWord.Where("fillet", framework.Set)));
        var booth = await reading.FindAsync("http://mirror.example.net/uri/7C1A4E3E-5F0A-4F9B-9F55-0D5C0B6F6B02", default);
        Assert.Equal(("WT.1.1", 1, CasePackages.Item(1)), (booth!.Code, booth.Depth, booth.Parents.Single()));
        Assert.Null(await reading.FindAsync("https://www.aws.org/", default));
    }

    [Fact]
    public async Task The_next_package_takes_the_place_of_the_one_before_whole()
    {
        var before = (await ImportAsync(CasePackages.Welding)).Published!.Framework;
        var next = (await ImportAsync(CasePackages.Welding.Replace("Measures fillet welds.", "Gauges fillet welds.", StringComparison.Ordinal))).Published!.Framework;
        Assert.Equal((2, false), (next.Revision, before.Set == next.Set));
        Assert.Empty(await CodesAsync(FrameworkDocuments.ByPosition.Where(before.Set)));
        Assert.Empty(await CodesAsync(FrameworkDocuments.ByWord.Where("measures", next.Set)));
        Assert.Equal(["WT.2"], await CodesAsync(FrameworkDocuments.ByWord.Where("gauges", next.Set)));
        Assert.Equal("Gauges fillet welds.", (await reading.FindAsync($"urn:uuid:{CasePackages.Item(3)}", default))!.Statement);
    }

    [Fact]
    public async Task A_faulty_package_leaves_what_is_there()
    {
        await ImportAsync(CasePackages.Welding);
        var faulty = await ImportAsync(CasePackages.Welding.Replace("\"fullStatement\": \"Works safely.\"", "\"fullStatement\": 1", StringComparison.Ordinal));
        Assert.Null(faulty.Published);
        Assert.Equal("case.wrong-type", faulty.Faults.Single().Code);
        Assert.Equal("Works safely.", (await reading.FindAsync($"urn:uuid:{CasePackages.Item(1)}", default))!.Statement);
    }

    [Fact]
    public async Task What_another_organization_keeps_is_not_overwritten()
    {
        await ImportAsync(CasePackages.Welding);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => workflow.ImportAsync(author, other, "welding.json", Encoding.UTF8.GetBytes(CasePackages.Welding.Replace("2025\"", "2026\"", StringComparison.Ordinal)), default));
        Assert.Equal("framework.kept-elsewhere", refusal.Code);
        var stranger = new Actor(PersonId.New(start));
        Assert.Equal("role.missing", (await Assert.ThrowsAsync<RefusedException>(() => workflow.ImportAsync(stranger, district, "x.json", "{}"u8.ToArray(), default))).Code);
    }

    [Fact]
    public async Task A_framework_that_is_written_here_is_exported_and_taken_in_again_as_the_same()
    {
        var local = await workflow.WriteAsync(author, district, Shop(), null, default);
        var bytes = await BytesAsync(local.Package);
        var read = CaseFile.Read("local.json", bytes);
        Assert.Empty(read.Faults);
        Assert.Equal(("1.1", "Draft", "Westfield District"), (read.Content!.Document.CaseVersion, read.Content.Document.AdoptionStatus, read.Content.Document.Creator));
        Assert.Equal(bytes, CaseFile.Write(read.Content));
        Assert.Equal(["S.1", "S.1.a", "S.2"], await CodesAsync(FrameworkDocuments.ByPosition.Where(local.Set)));

        // Another instance takes it in, as anybody's.
        using var elsewhere = SqliteStore.Open(Path.Combine(folder, "elsewhere"), AllDocumentKinds.OfCore, TimeProvider.System, CancellationToken.None);
        var there = new FrameworkWorkflow(new(new(elsewhere, TimeProvider.System), files, TimeProvider.System), elsewhere, new(elsewhere, TimeProvider.System), InstanceAddress.Parse("https://other.example.org"), TimeProvider.System);
        var imported = await there.ImportAsync("local.json", bytes, default);
        Assert.Equal(local.Package, imported.Published!.Framework.Package);
    }

    [Fact]
    public async Task An_item_that_keeps_its_identifier_is_the_same_item_in_the_next_revision()
    {
        var local = await workflow.WriteAsync(author, district, Shop(), null, default);
        var items = (await store.QueryAsync(FrameworkDocuments.Items, FrameworkDocuments.ByPosition.Where(local.Set), default)).Documents.ToArray();
        var changed = Shop() with
        {
            Items = [new("Keeps the shop safe and tidy.", items[0].Identifier) { Code = "S.1" }, new("Sharpens tools.", items[2].Identifier) { Code = "S.2", ReplacedBy = [$"urn:uuid:{CasePackages.Item(3)}"] }],
        };
        var next = await workflow.RewriteAsync(author, local.Id, changed, local.Revision, default);
        Assert.Equal((2, 2), (next.Revision, next.Items));
        Assert.Equal("Keeps the shop safe and tidy.", (await reading.FindAsync(items[0].Uri, default))!.Statement);
        Assert.Null(await reading.FindAsync(items[1].Uri, default));
        Assert.Equal("request.stale", (await Assert.ThrowsAsync<RefusedException>(() => workflow.RewriteAsync(author, local.Id, changed with { Title = "Other" }, 1, default))).Code);

        // What took its place is found once the framework that has it is here.
        Assert.Empty((await reading.ResolveAsync(items[2].Uri, default))!.Current);
        await ImportAsync(CasePackages.Welding);
        Assert.Equal(["WT.2"], (await reading.ResolveAsync(items[2].Uri, default))!.Current.Select(item => item.Code));
        var around = await reading.AroundAsync([items[2].Identifier], default);
        Assert.Equal(ItemRelation.Same, around.Relation(items[2].Identifier, "aaaaaaaa-5f0a-4f9b-9f55-0d5c0b6f6b99"));
    }

    [Fact]
    public async Task A_private_draft_is_its_keepers_alone()
    {
        var local = await workflow.WriteAsync(author, district, Shop() with { AdoptionStatus = CaseDocument.PrivateDraft }, null, default);
        Assert.Equal(local.Id, (await workflow.ReadAsync(author, local.Id, default)).Id);
        Assert.Equal("framework.not-found", (await Assert.ThrowsAsync<RefusedException>(() => workflow.ReadAsync(null, local.Id, default))).Code);
        Assert.Empty((await store.QueryAsync(FrameworkDocuments.Kind, FrameworkDocuments.ByTitle.Where("all"), default)).Items);
        Assert.Null(await reading.FindAsync((await store.QueryAsync(FrameworkDocuments.Items, FrameworkDocuments.ByPosition.Where(local.Set), default)).Documents.First().Uri, default));
    }

    [Fact]
    public async Task A_large_package_is_taken_in_in_batches()
    {
        var items = string.Join(',', Enumerable.Range(0, 1_300).Select(i =>
            $"{{\"identifier\":\"00000000-0000-4000-8000-{i:x12}\",\"uri\":\"https://x.example/{i}\",\"lastChangeDateTime\":\"2025-01-01T00:00:00Z\",\"fullStatement\":\"Statement number {i} of many.\",\"humanCodingScheme\":\"M.{i}\"}}"));
        var package = $"{{\"CFDocument\":{{\"identifier\":\"{CasePackages.Document}\",\"uri\":\"https://x.example/d\",\"lastChangeDateTime\":\"2025-01-01T00:00:00Z\",\"creator\":\"C\",\"title\":\"T\"}},\"CFItems\":[{items}]}}";
        var framework = (await ImportAsync(package)).Published!.Framework;
        Assert.Equal(1_300, await store.CountAsync(FrameworkDocuments.Items, FrameworkDocuments.ByPosition.Where(framework.Set), 5_000, default));
        Assert.Equal(["M.1299"], await CodesAsync(FrameworkDocuments.ByWord.Where("1299", framework.Set)));
    }

    public void Dispose()
    {
        store.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static LocalFramework Shop() => new("Shop skills",
    [
        new("Keeps the shop safe.") { Code = "S.1", Items = [new("Sweeps and checks exits.") { Code = "S.1.a", EducationLevels = ["9", "10"] }] },
        new("Sharpens tools.") { Code = "S.2" },
    ]);

    private Task<FrameworkImport> ImportAsync(string text) => workflow.ImportAsync(author, district, "welding.json", Encoding.UTF8.GetBytes(text), default);

    private async Task<IEnumerable<string?>> CodesAsync(DocumentQuery<FrameworkItem> query) => (await store.QueryAsync(FrameworkDocuments.Items, query, default)).Documents.Select(item => item.Code);

    private async Task<byte[]> BytesAsync(Sha256Digest digest)
    {
        await using var stream = await files.OpenAsync(digest, default);
        using var bytes = new MemoryStream();
        await stream!.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
