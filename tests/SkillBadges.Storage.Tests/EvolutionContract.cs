using System.Text.Json.Nodes;
using SkillBadges.Core;
using SkillBadges.Core.Storage;

namespace SkillBadges.Storage.Tests;

/// <summary>Stores live longer than builds: bodies change their shape, paths come, change and go.</summary>
public abstract class EvolutionContract(ITestedEngine engine) : StoreContract(engine)
{
    private const int Many = 1203;

    private static readonly AccessPath<Pupil> ByName = new AccessPath<Pupil>("name").Equal("name", p => p.Name);

    private static readonly DocumentKind<Pupil> First = new("pupil", p => p.Id) { Paths = [ByName] };

    [ContractFact]
    public async Task Bodies_of_a_former_shape_are_lifted_when_read()
    {
        var old = new DocumentKind<FormerPupil>("pupil", p => p.Id);
        var lifted = new DocumentKind<Pupil>("pupil", p => p.Id) { Paths = [ByName], Upcasts = [Renamed, Graded] };
        await ReopenAsync(old);
        await CommitAsync(new Changes().Add(old, new FormerPupil("a", "Ana")).Add(old, new FormerPupil("b", "Bo", new string('x', 5000))));

        await ReopenAsync(lifted);
        await CommitAsync(new Changes().Add(lifted, new Pupil("c", "Cy") { Grade = 12 }));

        var read = await Documents.FindManyAsync(lifted, ["a", "b", "c"], None);
        Assert.Equal([("a", "Ana", 9), ("b", "Bo", 9), ("c", "Cy", 12)], read.Select(p => (p.Id, p.Document.Name, p.Document.Grade)).Order());
        Assert.All(read, p => Assert.Equal(1, p.Version));

        static JsonObject Renamed(JsonObject body)
        {
            body["name"] = body["fullName"]!.DeepClone();
            body.Remove("fullName");
            return body;
        }

        static JsonObject Graded(JsonObject body)
        {
            body["grade"] = 9;
            return body;
        }
    }

    [ContractFact]
    public async Task A_store_that_a_newer_build_wrote_is_refused_and_left_as_it_is()
    {
        var newer = new DocumentKind<Pupil>("pupil", p => p.Id) { Paths = [ByName], Upcasts = [body => body] };
        await ReopenAsync(First);
        await ReopenAsync(newer);
        await CommitAsync(new Changes().Add(newer, new Pupil("a", "Ana")));

        var refused = await Assert.ThrowsAsync<RefusedException>(() => ReopenAsync(First));

        Assert.Equal("storage.newer-than-build", refused.Code);
        await ReopenAsync(newer);
        Assert.NotNull(await Documents.FindAsync(newer, "a", None));
    }

    [ContractFact]
    public async Task A_path_that_comes_later_finds_what_was_there_before()
    {
        await FilledAsync(First);
        var byGrade = new AccessPath<Pupil>("grade").Equal("grade", p => p.Grade).OrderBy("name", p => p.Name);
        var byWord = new AccessPath<Pupil>("word").Each("word", p => p.Words).OrderBy("name", p => p.Name);
        var byBadge = new AccessPath<Pupil>("badge").Equal("badge", p => p.Badge).Unique();
        var byCode = new AccessPath<Pupil>("code").Each("code", p => p.Badge is null ? [] : [p.Badge]).Unique();
        var later = new DocumentKind<Pupil>("pupil", p => p.Id) { Paths = [ByName, byGrade, byWord, byBadge, byCode] };

        await ReopenAsync(later);

        Assert.Equal(Many, await Documents.CountAsync(later, byGrade.Where(9), 5000, None));
        Assert.Equal(Many, await Documents.CountAsync(later, byWord.Where("pupil"), 5000, None));
        Assert.Equal("p0007", Assert.Single((await Documents.QueryAsync(later, byWord.Where("7"), None)).Items).Id);
        Assert.Equal("p0009", Assert.Single((await Documents.QueryAsync(later, byBadge.Where("b9"), None)).Items).Id);
        Assert.Equal("p0009", Assert.Single((await Documents.QueryAsync(later, byCode.Where("b9"), None)).Items).Id);
        await CommitAsync(new Changes().Add(later, new Pupil("new", "pupil new") { Badge = "b1" }));
        Assert.True((await Assert.ThrowsAsync<NotUniqueException>(() => CommitAsync(new Changes().Add(later, new Pupil("twice", "pupil") { Badge = "b9" })))).PathName is "badge" or "code");
        Assert.Equal(Many + 1, await Documents.CountAsync(later, byWord.Where("pupil"), 5000, None));
    }

    [ContractFact]
    public async Task A_path_of_the_same_name_that_reads_other_values_is_filled_anew()
    {
        var inCapitals = new AccessPath<Pupil>("name").Equal("name", p => p.Name.ToUpperInvariant()).Revised(2);
        var byNumber = new AccessPath<Pupil>("name").Equal("name", p => p.Grade);
        var second = new DocumentKind<Pupil>("pupil", p => p.Id) { Paths = [inCapitals] };
        var third = new DocumentKind<Pupil>("pupil", p => p.Id) { Paths = [byNumber] };
        await FilledAsync(First);

        await ReopenAsync(second);
        Assert.Empty((await Documents.QueryAsync(second, inCapitals.Where("pupil 7"), None)).Items);
        Assert.Single((await Documents.QueryAsync(second, inCapitals.Where("PUPIL 7"), None)).Items);

        await ReopenAsync(third);
        Assert.Equal(Many, await Documents.CountAsync(third, byNumber.Where(9), 5000, None));
    }

    [ContractFact]
    public async Task A_path_can_go_and_come_back()
    {
        var bare = new DocumentKind<Pupil>("pupil", p => p.Id);
        await FilledAsync(First);

        await ReopenAsync(bare);
        var read = await Documents.FindAsync(bare, "p0007", None);
        await CommitAsync(new Changes().Replace(bare, read!, read!.Document with { Name = "other" }));

        await ReopenAsync(First);
        Assert.Empty((await Documents.QueryAsync(First, ByName.Where("pupil 7"), None)).Items);
        Assert.Single((await Documents.QueryAsync(First, ByName.Where("other"), None)).Items);
        Assert.Single((await Documents.QueryAsync(First, ByName.Where("pupil 8"), None)).Items);
    }

    [ContractFact]
    public async Task Rows_can_move_to_another_order_and_keep_their_versions()
    {
        var byGrade = new AccessPath<Pupil>("grade").Equal("grade", p => p.Grade).OrderBy("name", p => p.Name);
        var clustered = new DocumentKind<Pupil>("pupil", p => p.Id) { Paths = [ByName, byGrade], ClusteredBy = byGrade };
        await FilledAsync(First);
        var read = await Documents.FindAsync(First, "p0007", None);
        await CommitAsync(new Changes().Replace(First, read!, read!.Document with { Name = "other" }));

        await ReopenAsync(clustered);
        Assert.Equal(2, (await Documents.FindAsync(clustered, "p0007", None))!.Version);
        Assert.Equal(Many, await Documents.CountAsync(clustered, byGrade.Where(9), 5000, None));
        Assert.Single((await Documents.QueryAsync(clustered, ByName.Where("other"), None)).Items);

        await ReopenAsync(First);
        Assert.Equal(2, (await Documents.FindAsync(First, "p0007", None))!.Version);
        Assert.Single((await Documents.QueryAsync(First, ByName.Where("pupil 1202"), None)).Items);
    }

    [ContractFact]
    public async Task Documents_that_contradict_a_path_that_is_now_unique_keep_the_build_from_starting_and_are_kept()
    {
        var once = new AccessPath<Pupil>("grade").Equal("grade", p => p.Grade).Unique();
        await FilledAsync(First);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => ReopenAsync(new DocumentKind<Pupil>("pupil", p => p.Id) { Paths = [ByName, once] }));

        Assert.Equal("storage.path-not-unique", refused.Code);
        await ReopenAsync(First);
        Assert.Single((await Documents.QueryAsync(First, ByName.Where("pupil 7"), None)).Items);
    }

    [ContractFact]
    public async Task A_fill_that_broke_off_is_continued_where_it_was()
    {
        var reads = 0;
        var breaksAt = 800;
        var byGrade = new AccessPath<Pupil>("grade").Equal("grade", p => Interlocked.Increment(ref reads) == breaksAt ? throw new IOException("The plug was pulled.") : p.Grade);
        var later = new DocumentKind<Pupil>("pupil", p => p.Id) { Paths = [ByName, byGrade] };
        await FilledAsync(First);

        await Assert.ThrowsAsync<IOException>(() => ReopenAsync(later));
        (reads, breaksAt) = (0, -1);
        await ReopenAsync(later);

        Assert.InRange(reads, 1, Many - 100);
        Assert.Equal(Many, await Documents.CountAsync(later, byGrade.Where(9), 5000, None));
    }

    [ContractFact]
    public async Task A_move_that_broke_off_is_continued_where_it_was()
    {
        var reads = 0;
        var breaksAt = 800;
        var byGrade = new AccessPath<Pupil>("grade").Equal("grade", p => Interlocked.Increment(ref reads) == breaksAt ? throw new IOException("The plug was pulled.") : p.Grade);
        var clustered = new DocumentKind<Pupil>("pupil", p => p.Id) { Paths = [ByName, byGrade], ClusteredBy = byGrade };
        await FilledAsync(First);

        await Assert.ThrowsAsync<IOException>(() => ReopenAsync(clustered));
        (reads, breaksAt) = (0, -1);
        await ReopenAsync(clustered);

        Assert.Equal(Many, await Documents.CountAsync(clustered, byGrade.Where(9), 5000, None));
        Assert.Single((await Documents.QueryAsync(clustered, ByName.Where("pupil 7"), None)).Items);
    }

    private async Task FilledAsync(DocumentKind<Pupil> kind)
    {
        await ReopenAsync(kind);
        await CommitAsync(Enumerable.Range(0, Many).Aggregate(new Changes(), (changes, i) => changes.Add(kind, new Pupil($"p{i:d4}", $"pupil {i}") { Badge = i % 3 == 0 ? $"b{i}" : null })));
    }

    private sealed record FormerPupil(string Id, string FullName, string Story = "");

    private sealed record Pupil(string Id, string Name)
    {
        public int Grade { get; init; } = 9;

        public string? Badge { get; init; }

        [System.Text.Json.Serialization.JsonIgnore]
        public string[] Words => Name.Split(' ');
    }
}
