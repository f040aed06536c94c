using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.Checkpoints;
using SkillBadges.App.Tests.Commands;
using SkillBadges.App.Tests.Moving;
using SkillBadges.Core;
using SkillBadges.Core.Checking;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Checkpoints;

/// <summary>A store that is older than what was signed outside is noticed, told apart, and goes on only when that is meant.</summary>
public sealed class RestoreTests(DemoInstance demo) : IClassFixture<DemoInstance>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("skillbadges-restore-");

    private string Data => At("data");

    private CheckpointFolder Outside => new(At("outside"));

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_restored_older_backup_is_named_tells_what_it_lacks_and_gives_no_status_index_again()
    {
        demo.CopyTo(Data);
        await InAsync(Data, WriteAsync);
        Copy(Data, At("backup"));
        Copy($"{Data}.keys", $"{At("backup")}.keys");
        string chain = "";
        IReadOnlyList<StatusSlot> given = [];
        await InAsync(Data, async services =>
        {
            var entry = await AppendAsync(services);
            chain = MasteryEntry.ChainOf(entry.RecordKeeper, entry.Learner);
            given = await TakeAsync(services, 100);
            await WriteAsync(services);
        });

        Directory.Delete(Data, recursive: true);
        Copy(At("backup"), Data);
        await InAsync(At("backup"), async services => Assert.NotEmpty((await TakeAsync(services, 100)).Intersect(given)));

        var refused = await RunAsync("serve", "--urls", "http://localhost:0");
        Assert.StartsWith("restore.not-accepted: This store is older than what was signed outside: it knows checkpoint 1 ", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(2, refused.ExitCode);
        var told = await RunAsync("restore");
        Assert.Equal(1, told.ExitCode);
        Assert.Contains($"chain {chain}: entry", told.Output, StringComparison.Ordinal);
        Assert.Contains("1 chains have not come as far", told.Output, StringComparison.Ordinal);

        var accepted = await RunAsync("restore", "--accept");
        Assert.True(accepted.ExitCode == 0, accepted.Errors);
        await InAsync(Data, async services =>
        {
            await services.GetRequiredService<SignedCheckpoints>().RequireNotOlderAsync(await Outside.FurthestAsync(default), default);
            Assert.Empty((await TakeAsync(services, 200)).Intersect(given));
            await WriteAsync(services);
        });
        Assert.Equal(4, (await Outside.FurthestAsync(default))!.Read(null)!.Number);
    }

    [Fact]
    public async Task A_store_that_is_as_far_or_further_is_served_and_each_statement_names_the_one_before()
    {
        demo.CopyTo(Data);
        await InAsync(Data, async services =>
        {
            await WriteAsync(services);
            await WriteAsync(services);

            // Killed between the two places: the store is one ahead.
            await services.GetRequiredService<SignedCheckpoints>().WriteAsync(null, default).ToArrayAsync();
            var outside = await Outside.ReadAsync(default).ToArrayAsync();
            Assert.Equal([2, 1], outside.Select(signed => signed.Read(null)!.Number));
            Assert.Equal(outside[1].Digest, outside[0].Read(null)!.Previous);
            Assert.NotEmpty(outside[0].Read(null)!.Heads);
            await services.GetRequiredService<SignedCheckpoints>().RequireNotOlderAsync(outside[0], default);
        });
        Assert.Equal(0, (await RunAsync("restore")).ExitCode);
    }

    [Fact]
    public async Task Where_more_chains_changed_than_one_statement_holds_several_say_the_same()
    {
        demo.CopyTo(Data);
        demo.CopyTo(At("other"));
        ImmutableArray<ChainHead> heads = [];
        await InAsync(Data, async services => heads = Assert.Single(await services.GetRequiredService<SignedCheckpoints>().WriteAsync(null, default).ToArrayAsync()).Checkpoint.Read(null)!.Heads);
        await InAsync(At("other"), async services =>
        {
            var few = new SignedCheckpoints(services.GetRequiredService<Commits>(), services.GetRequiredService<KeyEncryptionKey>(), services.GetRequiredService<InstanceAddress>(), TimeProvider.System) { MostHeads = 7 };
            var written = await few.WriteAsync(null, default).ToArrayAsync();
            var said = written.Select(one => one.Checkpoint.Read(null)!).ToArray();

            Assert.True(said.Length >= heads.Length / 7, $"{said.Length} statements of {heads.Length} chains.");
            Assert.Equal(Enumerable.Range(1, said.Length).Select(number => (long)number), said.Select(statement => statement.Number));
            Assert.All(said, statement => Assert.InRange(statement.Heads.Length, 0, 7));
            Assert.Equal(written[..^1].Select(one => (Sha256Digest?)one.Checkpoint.Digest), said[1..].Select(statement => statement.Previous));
            Assert.Equal(heads, said.SelectMany(statement => statement.Heads).GroupBy(head => head.Chain).Select(chain => chain.MaxBy(head => head.Sequence)!).OrderBy(head => head.Chain, StringComparer.Ordinal));
        });
    }

    [Fact]
    public async Task What_another_instance_signed_is_not_believed_and_a_damaged_file_is_passed_over()
    {
        demo.CopyTo(Data);
        demo.CopyTo(At("other"));
        await InAsync(Data, WriteAsync);
        await InAsync(At("other"), async services =>
        {
            await services.GetRequiredService<SignedCheckpoints>().WriteAsync(null, default).ToArrayAsync();
            var refused = await Assert.ThrowsAsync<RefusedException>(async () => await services.GetRequiredService<SignedCheckpoints>().RequireNotOlderAsync(await Outside.FurthestAsync(default), default));
            Assert.Equal("restore.other-instance", refused.Code);
        });

        var file = Path.Combine(At("outside"), "checkpoint-0000000001.json");
        var text = await File.ReadAllTextAsync(file);
        foreach (var changed in (string[])[text.Replace("\\u0022number\\u0022:1", "\\u0022number\\u0022:2", StringComparison.Ordinal), text[..^9], "{}", ""])
        {
            Assert.NotEqual(text, changed);
            await File.WriteAllTextAsync(file, changed);
            Assert.Null(await Outside.FurthestAsync(default));
        }
    }

    [Fact]
    public async Task The_server_writes_one_at_its_start()
    {
        await using var app = await TestApp.StartAsync(settings => settings with { CheckpointFolder = At("outside") });
        for (var tries = 0; await Outside.FurthestAsync(default) is null; tries++)
        {
            Assert.True(tries < 300, "None comes.");
            await Task.Delay(100);
        }
    }

    private async Task WriteAsync(IServiceProvider services)
    {
        await foreach (var next in services.GetRequiredService<SignedCheckpoints>().WriteAsync(null, default))
        {
            await Outside.PutAsync(next, default);
        }
    }

    private static async Task<MasteryEntry> AppendAsync(IServiceProvider services)
    {
        var store = services.GetRequiredService<IDocumentStore>();
        await using var view = await services.GetRequiredService<OpenedStore>().Whole.ViewAsync(default);
        var some = (MasteryEntry)LedgerDocuments.Kind.Read((await view.DocumentsAsync(LedgerDocuments.Kind, null, 1, default))[0].Json, LedgerDocuments.Kind.BodyVersion);
        var last = (await store.FirstAsync(LedgerDocuments.Kind, LedgerDocuments.ChainOf(some.RecordKeeper, some.Learner).Descending(), default))!.Document;
        var now = TimeProvider.System.Now();
        var next = MasteryEntry.Append(last, NewId.Ordered(now), last.RecordKeeper, last.Learner, last.Facts with { RecordedAt = now }, last.Notes!, NewId.Random());
        await store.CommitAsync(new Changes().Add(LedgerDocuments.Kind, next), default);
        return next;
    }

    private static async Task<IReadOnlyList<StatusSlot>> TakeAsync(IServiceProvider services, int count)
    {
        var store = services.GetRequiredService<IDocumentStore>();
        var school = await store.FirstAsync(OrganizationDocuments.Kind, OrganizationDocuments.BySlug.Where("westfield-high"), default);
        var slots = new List<StatusSlot>();
        for (var i = 0; i < count; i++)
        {
            slots.Add(await services.GetRequiredService<StatusIndexes>().TakeAsync(school!.Document.Id, default));
        }

        return slots;
    }

    private async Task InAsync(string data, Func<IServiceProvider, Task> work)
    {
        var services = new ServiceCollection();
        await services.AddSkillBadgesAsync(SettingsReading.Read(null, [new("data", data), new("baseUrl", demo.BaseUrl)]), TimeProvider.System, default);
        await using var provider = services.AddLogging().BuildServiceProvider();
        await work(provider);
    }

    private async Task<ProgramProcess> RunAsync(string command, params string[] more)
    {
        var settings = At("settings.json");
        await File.WriteAllTextAsync(settings, new JsonObject { ["checkpoints"] = At("outside"), ["baseUrl"] = demo.BaseUrl }.ToJsonString());
        return await ProgramInside.RunAsync([command, "--settings", settings, "--data", Data, .. more]);
    }

    private string At(string name) => Path.Combine(folder.FullName, name);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
