using System.Text;
using SkillBadges.Core.Storage;

namespace SkillBadges.Storage.Tests;

/// <summary>Everything that a store holds, as it lies, and how it moves into another one.</summary>
public abstract class WholeStoreContract(ITestedEngine engine) : StoreContract(engine)
{
    [ContractFact]
    public async Task A_view_tells_every_document_in_the_order_of_ids_with_its_version_and_bytes()
    {
        await AddAsync(new Sample("b"), new Sample("a") { Text = new string('x', 3_000) }, new Sample("ä"));
        var read = await ReadAsync("b");
        await CommitAsync(new Changes().Replace(Samples.Kind, read, read.Document with { Rank = 7 }));

        await using var view = await Store.Whole.ViewAsync(None);
        var first = await view.DocumentsAsync(Samples.Kind, null, 2, None);
        var rest = await view.DocumentsAsync(Samples.Kind, first[^1].Id, 2, None);

        Assert.Equal([("a", 1L), ("b", 2L), ("ä", 1L)], first.Concat(rest).Select(stored => (stored.Id, stored.Version)));
        Assert.Equal(Samples.Kind.Write((await ReadAsync("a")).Document), first[0].Json);
        Assert.Empty(await view.DocumentsAsync(Samples.Kind, "ä", 2, None));
    }

    [ContractFact]
    public async Task A_view_is_one_moment_whatever_is_written_meanwhile()
    {
        await AddAsync(new Sample("a"));
        await CommitAsync(new Changes().Send(new("m1", "t", "s", DateTimeOffset.UnixEpoch)));

        await using var view = await Store.Whole.ViewAsync(None);
        await AddAsync(new Sample("b"));
        await CommitAsync(new Changes().Send(new("m2", "t", "s", DateTimeOffset.UnixEpoch)));

        Assert.Equal("a", Assert.Single(await view.DocumentsAsync(Samples.Kind, null, 10, None)).Id);
        Assert.Equal(new OutboxMessage("m1", "t", "s", DateTimeOffset.UnixEpoch), Assert.Single(await view.MessagesAsync(null, 10, None)));
    }

    [ContractFact]
    public async Task A_document_that_moves_in_keeps_version_and_bytes_and_is_found_along_its_paths()
    {
        // With spaces: not what this build would write.
        var json = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Samples.Kind.Write(new Sample("moved") { Tags = ["t"] })).Replace("\":", "\" :", StringComparison.Ordinal));

        await CommitAsync(new Changes().AddStored(Samples.Kind, new("moved", 9, Samples.Kind.BodyVersion, json)));

        await using var view = await Store.Whole.ViewAsync(None);
        var stored = Assert.Single(await view.DocumentsAsync(Samples.Kind, null, 10, None));
        Assert.Equal((9L, Samples.Kind.BodyVersion), (stored.Version, stored.BodyVersion));
        Assert.Equal(json, stored.Json);
        Assert.Equal(["moved"], await IdsAsync(Samples.ByTag.Where("t", "ana")));
        var read = await ReadAsync("moved");
        await CommitAsync(new Changes().Replace(Samples.Kind, read, read.Document with { Rank = 3 }));
        Assert.Equal(10, (await ReadAsync("moved")).Version);
    }

    [ContractFact]
    public void A_body_under_the_id_of_another_is_not_taken() =>
        Assert.Throws<ArgumentException>(() => new Changes().AddStored(Samples.Kind, new("other", 1, Samples.Kind.BodyVersion, Samples.Kind.Write(new Sample("own")))));
}
