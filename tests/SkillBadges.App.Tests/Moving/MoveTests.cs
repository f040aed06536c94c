using System.Text.Json.Nodes;
using SkillBadges.App.Tests.Commands;
using SkillBadges.App.Tests.Faults;
using SkillBadges.Core;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite;

namespace SkillBadges.App.Tests.Moving;

/// <summary>A whole instance moves out of one store and into another: equal, hash for hash, or not at all.</summary>
public sealed class MoveTests(DemoInstance demo) : IClassFixture<DemoInstance>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("skillbadges-move-");

    private string Data => At("data");

    public void Dispose() => folder.Delete(recursive: true);

    [PostgresFact]
    public async Task From_SQLite_to_PostgreSQL_and_back_with_a_kill_on_the_way_everything_is_equal_and_is_served()
    {
        await using var schema = await PostgresSchema.CreateAsync();
        demo.CopyTo(Data);
        var database = At("database.json");
        await File.WriteAllTextAsync(database, new JsonObject { ["database"] = schema.ConnectionString, ["files"] = "database" }.ToJsonString());

        await OkAsync(Export("first", "data"));
        await InterruptAsync(Import("first", "middle", "--settings", database), 12, () => IsImportedAsync("middle", "--settings", database), () => ForgetAsync("middle", schema));
        Assert.Contains("parts are there already", await OkAsync(Import("first", "middle", "--settings", database)), StringComparison.Ordinal);
        await OkAsync(["check", "--data", At("middle"), "--settings", database]);
        await OkAsync(Export("second", "middle", "--settings", database));
        await OkAsync(Import("second", "back"));
        await OkAsync(Export("third", "back"));

        Assert.Equal(Parts("first"), Parts("second"));
        Assert.Equal(Parts("first"), Parts("third"));
        Assert.Contains("documents/mastery_entry/000001.jsonl", Parts("first").Keys);
        Assert.Contains("outbox/000001.jsonl", Parts("first").Keys);
        Assert.Contains("listing/000001.jsonl", Parts("first").Keys);
        Assert.Equal(Files(Path.Combine(Data, "files")), Files(Path.Combine(At("back"), "files")));
        Assert.Equal(await File.ReadAllTextAsync($"{Data}.keys/key-encryption.key"), await File.ReadAllTextAsync($"{At("back")}.keys/key-encryption.key"));

        using var served = new ServerProcess(At("back"), address: demo.BaseUrl);
        await File.WriteAllTextAsync(Path.Combine(At("back"), "this-is-demo-data"), "");
        await served.StartAsync();
        using var leo = served.Visitor();
        await leo.SignInAsync("leo", default);
        Assert.Equal("valid", await leo.VerdictAsync(demo.Credential, default));
    }

    [LongPostgresFact]
    public async Task Killed_after_every_few_parts_an_import_into_PostgreSQL_goes_on_and_ends_whole()
    {
        await using var schema = await PostgresSchema.CreateAsync();
        demo.CopyTo(Data);
        var database = At("database.json");
        await File.WriteAllTextAsync(database, new JsonObject { ["database"] = schema.ConnectionString, ["files"] = "database" }.ToJsonString());
        await OkAsync(Export("first", "data"));
        for (var lines = 2; lines < Parts("first").Count; lines += 3)
        {
            await InterruptAsync(Import("first", "middle", "--settings", database), lines, () => IsImportedAsync("middle", "--settings", database), () => ForgetAsync("middle", schema));
            await RefusedAsync("import.unfinished", ["serve", "--data", At("middle"), "--settings", database, "--base-url", demo.BaseUrl]);
        }

        await OkAsync(Import("first", "middle", "--settings", database));
        await OkAsync(["check", "--data", At("middle"), "--settings", database]);
        await OkAsync(Export("second", "middle", "--settings", database));
        Assert.Equal(Parts("first"), Parts("second"));
    }

    [Fact]
    public async Task Killed_again_and_again_an_export_and_an_import_go_on_and_end_equal()
    {
        demo.CopyTo(Data);
        await OkAsync(Export("whole", "data"));

        foreach (var parts in (int[])[1, 8, 20])
        {
            await InterruptAsync(Export("out", "data"), parts, () => Task.FromResult(File.Exists(Path.Combine(At("out"), "keys.json"))), () => ForgetAsync("out"));
            await RefusedAsync("import.no-export", Import("out", "in"));
        }

        await OkAsync(Export("out", "data"));
        Assert.Equal(Parts("whole"), Parts("out"));
        Assert.Equal(Files(At("whole"), "*.jsonl"), Files(At("out"), "*.jsonl"));

        foreach (var lines in (int[])[3, 8, 20])
        {
            await InterruptAsync(Import("out", "in"), lines, () => IsImportedAsync("in"), () => ForgetAsync("in"));
            await RefusedAsync("import.unfinished", ["serve", "--data", At("in"), "--base-url", demo.BaseUrl]);
            await RefusedAsync("import.unfinished", Export("half", "in"));
        }

        Assert.Contains("parts are there already", await OkAsync(Import("out", "in")), StringComparison.Ordinal);
        await OkAsync(Export("again", "in"));
        Assert.Equal(Parts("whole"), Parts("again"));
    }

    [Fact]
    public async Task What_was_damaged_is_named_and_nothing_is_imported()
    {
        demo.CopyTo(Data);
        await OkAsync(Export("out", "data"));
        var file = Directory.EnumerateFiles(Path.Combine(At("out"), "files"), "*", SearchOption.AllDirectories).First();
        foreach (var name in (string[])["documents/award/000001.jsonl", "outbox/000001.jsonl", "manifest.json", Path.GetRelativePath(At("out"), file)])
        {
            var path = Path.Combine(At("out"), name);
            var bytes = await File.ReadAllBytesAsync(path);
            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(path, bytes);

            Assert.Contains(name, await RefusedAsync("import.damaged", Import("out", "in")), StringComparison.Ordinal);
            Assert.False(Directory.Exists(At("in")));

            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(path, bytes);
        }

        File.Move(file, $"{file}.away");
        Assert.Contains(Path.GetFileName(file), await RefusedAsync("import.damaged", Import("out", "in")), StringComparison.Ordinal);
        File.Move($"{file}.away", file);
        await OkAsync([.. Import("out", "in"), "--check"]);
        Assert.False(Directory.Exists(At("in")));
    }

    [Fact]
    public async Task A_file_that_the_disk_changed_is_named_when_it_should_go_out()
    {
        demo.CopyTo(Data);
        var file = Directory.EnumerateFiles(Path.Combine(Data, "files"), "*", SearchOption.AllDirectories).First();
        await File.AppendAllTextAsync(file, "x");

        var exported = await ProgramInside.RunAsync(Export("out", "data"));

        Assert.Equal(1, exported.ExitCode);
        Assert.Contains($"file.corrupt: {Path.GetFileName(file)}", exported.Errors, StringComparison.Ordinal);
        await OkAsync(Import("out", "in"));
    }

    [Fact]
    public async Task Nothing_is_mixed_and_nothing_opens_with_another_passphrase_or_key()
    {
        demo.CopyTo(Data);
        await OkAsync(Export("out", "data"));

        await RefusedAsync("export.exists", Export("out", "data"));
        await RefusedAsync("export.not-empty", Export("data.keys", "data"));
        await RefusedAsync("export.inside-data", Export("data/out", "data"));
        await RefusedAsync("import.not-empty", Import("out", "data"));
        demo.CopyTo(At("other"));
        await File.WriteAllTextAsync($"{At("other")}.keys/key-encryption.key", Convert.ToBase64String(new byte[32]));
        await RefusedAsync("import.other-key", Import("out", "other"));
        await File.WriteAllTextAsync(At("passphrase"), "quite another one");
        await RefusedAsync("import.passphrase", Import("out", "in"));
        await File.WriteAllTextAsync(At("passphrase"), "short");
        await RefusedAsync("export.passphrase", Import("out", "in"));
        Assert.False(Directory.Exists(At("in")));
        Assert.DoesNotContain("BEGIN", await File.ReadAllTextAsync(Path.Combine(At("out"), "keys.json")), StringComparison.Ordinal);
        Assert.DoesNotContain((await File.ReadAllTextAsync($"{Data}.keys/key-encryption.key")).Trim(), await File.ReadAllTextAsync(Path.Combine(At("out"), "keys.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_fits_into_memory_moves()
    {
        const int Texts = 2_000;
        Directory.CreateDirectory($"{Data}.keys");
        await File.WriteAllTextAsync($"{Data}.keys/key-encryption.key", Convert.ToBase64String(new byte[32]));
        using (var store = SqliteStore.Open(Data, AllDocumentKinds.OfCore, TimeProvider.System, default))
        {
            for (var i = 0; i < Texts; i += 10)
            {
                var texts = Enumerable.Range(0, 10).Select(_ => NewId.Secret(60_000)).Select(text => new CompetencyText(Sha256Digest.Of(System.Text.Encoding.ASCII.GetBytes(text)), text, "en-US"));
                await store.CommitAsync(texts.Aggregate(new Changes(), (changes, text) => changes.Add(CompetencyTextDocuments.Kind, text)), default);
            }
        }

        // 160 MB of JSON, which are twice as many as strings, and 144 MB for the heap.
        (string, string)[] limit = [("DOTNET_GCHeapHardLimit", "0x9000000"), ("DOTNET_gcConcurrent", "0")];
        foreach (var step in (string[][])[Export("out", "data"), Import("out", "in")])
        {
            var moved = await ProgramProcess.RunAsync(ProgramProcess.Start(step, limit));
            Assert.True(moved.ExitCode == 0, moved.Errors);
        }

        Assert.Equal(Texts, JsonNode.Parse(await File.ReadAllBytesAsync(Path.Combine(At("out"), "manifest.json")))!["documents"]!.GetValue<int>());
    }

    private string At(string name) => Path.Combine(folder.FullName, name);

    private string Passphrase()
    {
        if (!File.Exists(At("passphrase")))
        {
            File.WriteAllText(At("passphrase"), "correct horse battery staple\n");
        }

        return At("passphrase");
    }

    private string[] Export(string target, string data, params string[] more) => ["export", At(target), "--data", At(data), "--passphrase-file", Passphrase(), .. more];

    private string[] Import(string source, string data, params string[] more) => ["import", At(source), "--data", At(data), "--passphrase-file", Passphrase(), .. more];

    private static async Task<string> OkAsync(string[] arguments)
    {
        var ended = await ProgramInside.RunAsync(arguments);
        Assert.True(ended.ExitCode == 0, $"{string.Join(' ', arguments)}: {ended.Errors}");
        return ended.Output;
    }

    private static async Task<string> RefusedAsync(string code, string[] arguments)
    {
        var ended = await ProgramInside.RunAsync(arguments);
        Assert.StartsWith($"{code}:", ended.Errors, StringComparison.Ordinal);
        Assert.Equal(2, ended.ExitCode);
        return ended.Errors;
    }

    /// <summary>
    /// Kills a program that has told so many lines. It may be done before the kill reaches it, on a busy machine or because little was left to do; then what it did is forgotten and it begins
    /// again.
    /// </summary>
    private static async Task InterruptAsync(string[] arguments, int lines, Func<Task<bool>> isWhole, Func<Task> forget)
    {
        for (var tries = 0; tries < 20; tries++)
        {
            using var process = ProgramProcess.Start(arguments);
            for (var i = 0; i < lines && await process.StandardOutput.ReadLineAsync() is not null; i++)
            {
            }

            process.Kill();
            await process.WaitForExitAsync();
            if (!await isWhole())
            {
                Assert.Equal(137, process.ExitCode);
                return;
            }

            await forget();
        }

        Assert.Fail($"It always was done before it could be killed after {lines} lines: {string.Join(' ', arguments)}");
    }

    private async Task<bool> IsImportedAsync(string data, params string[] more) =>
        !(await ProgramInside.RunAsync(["check", "--data", At(data), .. more])).Errors.StartsWith("import.unfinished:", StringComparison.Ordinal);

    private async Task ForgetAsync(string name, PostgresSchema? schema = null)
    {
        foreach (var path in (string[])[At(name), $"{At(name)}.keys"])
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
        }

        await (schema?.EmptyAsync() ?? Task.CompletedTask);
    }

    private SortedDictionary<string, string> Parts(string export) => new(
        JsonNode.Parse(File.ReadAllBytes(Path.Combine(At(export), "manifest.json")))!["parts"]!.AsArray().ToDictionary(part => part!["name"]!.GetValue<string>(), part => part!.ToJsonString()), StringComparer.Ordinal);

    private static SortedDictionary<string, string> Files(string root, string pattern = "*") => new(
        Directory.EnumerateFiles(root, pattern, SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(root, file), file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))),
        StringComparer.Ordinal);
}
