using System.Text;
using System.Text.Json;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Files;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Tests.Mastery;
using SkillBadges.Storage.Sqlite;
using SkillBadges.Storage.Sqlite.Files;

namespace SkillBadges.Core.Tests.Definitions;

public sealed class DefinitionExportTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("skillbadges-export-").FullName;
    private readonly SqliteStore store;
    private readonly DefinitionImportWorkflow import;
    private readonly DefinitionExport export;

    public DefinitionExportTests()
    {
        store = SqliteStore.Open(Path.Combine(folder, "data"), AllDocumentKinds.OfCore, TimeProvider.System, CancellationToken.None);
        var files = FolderFileStore.Open(Path.Combine(folder, "files"));
        import = new(new(store, TimeProvider.System), files);
        export = new(store, files);
    }

    [Fact]
    public async Task Every_file_of_the_catalogue_comes_back_byte_for_byte_pictures_too()
    {
        await import.ImportAsync(Catalogue.Folder(), default);
        var expected = Catalogue.Folder().FindAll(file => !file.Path.StartsWith("schema/", StringComparison.Ordinal)).ToDictionary(file => file.Path, StringComparer.Ordinal);
        var exported = await ExportedAsync();
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), exported.Select(file => file.Path).Order(StringComparer.Ordinal));
        Assert.All(exported, file => Assert.True(expected[file.Path].Bytes.Span.SequenceEqual(file.Bytes.Span), file.Path));
    }

    [Fact]
    public async Task What_is_exported_is_imported_as_what_is_there_already()
    {
        await import.ImportAsync(Catalogue.Folder(), default);
        var again = await import.ImportAsync(await ExportedAsync(), default);
        Assert.Equal((true, 0), (again.IsSound, again.Count(ImportOutcome.Published)));
    }

    [Fact]
    public void A_file_of_any_layout_with_every_member_comes_back_with_the_same_content()
    {
        var path = "manufacturing/bench-work.json";
        var authored = Read(path, Encoding.UTF8.GetBytes(BadgeFiles.Way));
        var written = DefinitionFile.Write(authored);
        Assert.Equal(authored.Publish(1).ContentHash, Read(path, written).Publish(1).ContentHash);

        // A member that the reader knows and the writer forgets would be lost without a word.
        using var before = JsonDocument.Parse(BadgeFiles.Way);
        using var after = JsonDocument.Parse(written);
        Assert.Equal(Members(before.RootElement, "$").Append("$.$schema").Order(StringComparer.Ordinal), Members(after.RootElement, "$").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_badge_published_without_pictures_comes_as_its_file_alone()
    {
        await new Commits(store, TimeProvider.System).RunAsync(
            _ => Task.FromResult(new Outcome<bool>(
                new Changes().Add(DefinitionDocuments.Versions, Badges.Bench().Publish(1)).Add(DefinitionDocuments.Heads, new("bench-work", 1, "Bench Work", "manufacturing")), true, "bench-work@1")),
            default);
        var file = Assert.Single(await ExportedAsync());
        Assert.Equal("manufacturing/bench-work.json", file.Path);
    }

    public void Dispose()
    {
        store.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<List<SourceFile>> ExportedAsync()
    {
        var files = new List<SourceFile>();
        await foreach (var file in export.FilesAsync(default))
        {
            files.Add(file);
        }

        return files;
    }

    private static BadgeDefinition Read(string path, byte[] bytes)
    {
        var reading = DefinitionFile.ReadBadge(path, bytes, new Dictionary<string, MasteryScale> { ["four-level"] = Scales.FourLevel() });
        Assert.Empty(reading.Faults);
        return reading.Content!;
    }

    private static IEnumerable<string> Members(JsonElement node, string path) => node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().SelectMany(member => Members(member.Value, $"{path}.{member.Name}").Append($"{path}.{member.Name}")),
        JsonValueKind.Array => node.EnumerateArray().SelectMany((item, i) => Members(item, $"{path}[{i}]")),
        _ => [],
    };
}
