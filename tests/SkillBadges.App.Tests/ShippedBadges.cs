using SkillBadges.App.Definitions;
using SkillBadges.Core;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite;
using SkillBadges.Storage.Sqlite.Files;

namespace SkillBadges.App.Tests;

/// <summary>The badges that come with the program, imported once for all tests: a district takes what the import left in one commit instead of a hundred.</summary>
internal static class ShippedBadges
{
    private static readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("skillbadges-shipped-");
    private static readonly Lazy<Task<Func<Changes>>> imported = new(ImportAsync);

    static ShippedBadges() => AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);

    private static string Pictures => Path.Combine(folder.FullName, "files");

    /// <param name="data">The data folder of an instance that has none of them.</param>
    public static async Task CopyToAsync(IDocumentStore store, string data)
    {
        var documents = await imported.Value;
        foreach (var picture in Directory.EnumerateFiles(Pictures, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(data, "files", Path.GetRelativePath(Pictures, picture));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(picture, copy);
        }

        await store.CommitAsync(documents(), CancellationToken.None);
    }

    private static async Task<Func<Changes>> ImportAsync()
    {
        using var store = SqliteStore.Open(folder.FullName, AllDocumentKinds.OfCore, TimeProvider.System, CancellationToken.None);
        var import = new DefinitionImportWorkflow(new Commits(store, TimeProvider.System), FolderFileStore.Open(Pictures));
        Assert.True((await import.ImportAsync(await DefinitionFolder.ReadAsync(DefinitionFolder.Shipped, CancellationToken.None), CancellationToken.None)).IsSound);
        var adding = new List<Action<Changes>>();
        await using var view = await store.ViewAsync(CancellationToken.None);
        await TakeAsync(view, adding, ScaleDocuments.Versions);
        await TakeAsync(view, adding, ScaleDocuments.Heads);
        await TakeAsync(view, adding, GraduateProfileDocuments.Versions);
        await TakeAsync(view, adding, GraduateProfileDocuments.Heads);
        await TakeAsync(view, adding, DefinitionDocuments.Versions);
        await TakeAsync(view, adding, DefinitionDocuments.Heads);
        await TakeAsync(view, adding, StackDocuments.Versions);
        await TakeAsync(view, adding, StackDocuments.Heads);

        // Whatever an import writes beside these would be missing in every district.
        var all = 0;
        foreach (var kind in AllDocumentKinds.OfCore)
        {
            all += (await view.DocumentsAsync(kind, null, 1000, CancellationToken.None)).Count;
        }

        Assert.Equal(all, adding.Count);
        return () =>
        {
            var changes = new Changes();
            adding.ForEach(add => add(changes));
            return changes;
        };
    }

    private static async Task TakeAsync<T>(IStoreView view, List<Action<Changes>> adding, DocumentKind<T> kind)
        where T : class
    {
        foreach (var stored in await view.DocumentsAsync(kind, null, 1000, CancellationToken.None))
        {
            var document = (T)kind.Read(stored.Json, stored.BodyVersion);
            adding.Add(changes => changes.Add(kind, document));
        }
    }
}
