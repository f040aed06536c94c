using SkillBadges.App.Definitions;

namespace SkillBadges.App.Tests.Commands;

/// <summary>What <c>import</c> took, <c>export --definitions</c> gives back.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("skillbadges-export-");

    [Fact]
    public async Task A_folder_that_was_imported_is_exported_as_it_is_and_again_nothing_is_written()
    {
        string[] settings = ["--data", Path.Combine(folder.FullName, "data"), "--base-url", "http://localhost:5080"];
        var target = Path.Combine(folder.FullName, "out");
        var imported = await ProgramInside.RunAsync(["import", .. settings]);
        Assert.True(imported.ExitCode == 0, imported.Errors);

        var exported = await ProgramInside.RunAsync(["export", "--definitions", target, .. settings]);
        Assert.True(exported.ExitCode == 0, exported.Errors);
        var shipped = Files(DefinitionFolder.Shipped);
        Assert.Equal(shipped.Keys, Files(target).Keys);
        Assert.All(Files(target), file => Assert.Equal(shipped[file.Key], file.Value));

        var again = await ProgramInside.RunAsync(["export", "--definitions", target, .. settings]);
        Assert.Equal($"0 files written, {shipped.Count} as they were", again.Output.Trim());
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static SortedDictionary<string, byte[]> Files(string root) => new(
        Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(root, file), File.ReadAllBytes), StringComparer.Ordinal);
}
