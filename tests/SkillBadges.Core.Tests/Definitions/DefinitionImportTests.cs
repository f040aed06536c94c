using System.Text;
using SkillBadges.Core.Definitions;
using SkillBadges.Storage.Sqlite;
using SkillBadges.Storage.Sqlite.Files;

namespace SkillBadges.Core.Tests.Definitions;

public sealed class DefinitionImportTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("skillbadges-import-").FullName;
    private readonly SqliteStore store;
    private readonly FolderFileStore files;
    private readonly DefinitionImportWorkflow import;

    public DefinitionImportTests()
    {
        store = SqliteStore.Open(Path.Combine(folder, "data"), AllDocumentKinds.OfCore, TimeProvider.System, CancellationToken.None);
        files = FolderFileStore.Open(Path.Combine(folder, "files"));
        import = new(new(store, TimeProvider.System), files);
    }

    [Fact]
    public async Task The_catalogue_is_taken_whole_and_a_second_time_nothing_happens()
    {
        var first = await import.ImportAsync(Catalogue.Folder(), default);
        Assert.True(first.IsSound);
        Assert.Equal((40, 4), (first.Count(ImportOutcome.Published), first.Count(ImportOutcome.Ignored)));
        Assert.All(first.Files, file => Assert.EndsWith(file.Outcome == ImportOutcome.Published ? "@1" : ".schema.json", file.VersionId ?? file.Path, StringComparison.Ordinal));

        var second = await import.ImportAsync(Catalogue.Folder(), default);
        Assert.Equal((40, 0), (second.Count(ImportOutcome.Unchanged), second.Count(ImportOutcome.Published)));
        Assert.Equal([1], await VersionsAsync("smaw-fillet"));
    }

    [Fact]
    public async Task The_catalogue_is_listed_by_field_and_name_and_pictures_are_kept_by_content()
    {
        await import.ImportAsync(Catalogue.Folder(), default);
        var welding = await store.QueryAsync(DefinitionDocuments.Heads, DefinitionDocuments.ByField.Where("welding"), default);
        Assert.Equal(["smaw-groove", "smaw-fillet"], welding.Documents.Select(head => head.Slug));
        var badge = await store.CurrentVersionAsync("smaw-fillet", default);
        await using var png = await files.OpenAsync(badge.Image.Png!.Value, default);
        using var bytes = new MemoryStream();
        await png!.CopyToAsync(bytes);
        Assert.Equal(Catalogue.Bytes("welding/smaw-fillet.png"), bytes.ToArray());
    }

    [Fact]
    public async Task Changed_content_is_the_next_version_and_the_earlier_one_stays()
    {
        var sound = Welding();
        await import.ImportAsync(sound, default);
        var before = await store.VersionAsync(new("smaw-fillet", 1), default);
        var changed = await import.ImportAsync(Edited(sound, "no deeper than 1/32 inch", "no deeper than 1/64 inch"), default);
        Assert.Equal("smaw-fillet@2", changed.Files.Single(file => file.Outcome == ImportOutcome.Published).VersionId);
        Assert.Equal(before.ContentHash, (await store.VersionAsync(new("smaw-fillet", 1), default)).ContentHash);
        Assert.Contains("1/64", (await store.CurrentVersionAsync("smaw-fillet", default)).Criteria, StringComparison.Ordinal);

        // Going back is a version of its own: the second one was published, and may have been earned.
        await import.ImportAsync(sound, default);
        Assert.Equal([1, 2, 3], await VersionsAsync("smaw-fillet"));
        Assert.Equal(before.ContentHash, (await store.CurrentVersionAsync("smaw-fillet", default)).ContentHash);
    }

    [Fact]
    public async Task A_new_picture_is_a_new_version_and_white_space_is_not()
    {
        var sound = Welding();
        await import.ImportAsync(sound, default);
        Assert.Equal(0, (await import.ImportAsync(Edited(sound, "\n  \"slug\"", "\n\n     \"slug\""), default)).Count(ImportOutcome.Published));
        var repainted = sound.ConvertAll(file => file.Path == "welding/smaw-fillet.png" ? file with { Bytes = Catalogue.Bytes("welding/smaw-groove.png") } : file);
        Assert.Equal(1, (await import.ImportAsync(repainted, default)).Count(ImportOutcome.Published));
    }

    [Fact]
    public async Task A_corrupt_file_is_told_by_its_line_and_the_others_are_taken()
    {
        var report = await import.ImportAsync(Edited(Catalogue.Folder(), "\"field\": \"welding\",\n  \"tags\"", "\"field\": \"welding\"\n  \"tags\""), default);
        var fault = report.Files.Single(file => file.Path == "welding/smaw-fillet.json").Faults.Single();
        Assert.Equal(("welding/smaw-fillet.json", 8, "definition-file.not-json"), (fault.File, fault.Line, fault.Code));
        // The stack that names the missing badge is faulty too, and says where.
        var stack = report.Files.Single(file => file.Path == "stacks/welding-1.json");
        Assert.Equal(("stack.unknown-badge", 9), stack.Faults.Select(found => (found.Code, found.Line)).Single());
        Assert.Equal((38, 2), (report.Count(ImportOutcome.Published), report.Count(ImportOutcome.Faulty)));
    }

    [Fact]
    public async Task Pictures_that_are_missing_or_hostile_keep_the_badge_out()
    {
        var script = Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>");
        var folder = Welding().FindAll(file => file.Path != "welding/smaw-fillet.png")
            .ConvertAll(file => file.Path == "welding/smaw-fillet.svg" ? file with { Bytes = script } : file);
        var report = await import.ImportAsync(folder, default);
        Assert.Equal(
            [("welding/smaw-fillet.png", "definition-file.missing-image"), ("welding/smaw-fillet.svg", "definition-file.bad-image")],
            report.Files.SelectMany(file => file.Faults).Select(fault => (fault.File, fault.Code)));
        Assert.Null(await store.FindAsync(DefinitionDocuments.Heads, "smaw-fillet", default));
    }

    [Fact]
    public async Task Findings_are_told_and_keep_a_badge_out_where_that_is_asked()
    {
        var vague = Edited(Welding(), "\"statement\": \"Sets polarity", "\"statement\": \"Understands polarity");
        var kept = (await import.ImportAsync(vague, keepsOut: true, default)).Files.Single(file => file.Path == "welding/smaw-fillet.json");
        Assert.Equal((ImportOutcome.Faulty, "lint.no-observable-verb", "$.competencies[1].statement"), (kept.Outcome, kept.Faults.Single().Code, kept.Faults.Single().Path));
        var taken = (await import.ImportAsync(vague, default)).Files.Single(file => file.Path == "welding/smaw-fillet.json");
        Assert.Equal((ImportOutcome.Published, "lint.no-observable-verb"), (taken.Outcome, taken.Findings.Single().Code));
    }

    [Fact]
    public async Task Two_files_of_one_badge_are_not_both_taken()
    {
        var copy = Welding().FindAll(file => file.Path.StartsWith("welding/", StringComparison.Ordinal))
            .ConvertAll(file => new SourceFile(file.Path.Replace("welding/", "zoology/", StringComparison.Ordinal), Replace(file.Bytes, "\"field\": \"welding\"", "\"field\": \"zoology\"")));
        var report = await import.ImportAsync([.. Welding(), .. copy], default);
        Assert.Equal("definition-file.duplicate-slug", report.Files.Single(file => file.Path == "zoology/smaw-fillet.json").Faults.Single().Code);
        Assert.Equal([1], await VersionsAsync("smaw-fillet"));
    }

    [Fact]
    public async Task A_faulty_scale_leaves_the_published_one_in_use()
    {
        var broken = Edited(Welding(), "\"proficientCut\": \"proficient\"", "\"proficientCut\": \"expert\"");
        var alone = await import.ImportAsync(broken, default);
        Assert.Equal(["scale.cut-not-a-level", "definition-file.unknown-scale"], alone.Files.OrderBy(file => file.Path).SelectMany(file => file.Faults).Select(fault => fault.Code));
        await import.ImportAsync(Welding(), default);
        Assert.Equal(ImportOutcome.Unchanged, (await import.ImportAsync(broken, default)).Files.Single(file => file.Path == "welding/smaw-fillet.json").Outcome);
    }

    [Fact]
    public async Task A_changed_scale_is_a_new_version_of_every_badge_that_uses_it()
    {
        await import.ImportAsync(Welding(), default);
        var report = await import.ImportAsync(Edited(Welding(), "errors stop the work.", "errors still stop the work."), default);
        Assert.Equal(["four-level@2", "smaw-fillet@2"], report.Files.Where(file => file.Outcome == ImportOutcome.Published).Select(file => file.VersionId));
        Assert.Equal(1, (await store.VersionAsync(new("smaw-fillet", 1), default)).Scale.Version);
        Assert.Equal(2, (await store.CurrentVersionAsync("smaw-fillet", default)).Scale.Version);
    }

    [Fact]
    public async Task Imports_at_once_never_make_two_versions_of_the_same_content()
    {
        await import.ImportAsync(Welding(), default);
        var changed = Edited(Welding(), "no deeper than 1/32 inch", "no deeper than 1/64 inch");
        var reports = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => import.ImportAsync(changed, default))));
        Assert.Equal(1, reports.Sum(report => report.Count(ImportOutcome.Published)));
        Assert.Equal([1, 2], await VersionsAsync("smaw-fillet"));
    }

    public void Dispose()
    {
        store.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static List<SourceFile> Welding() =>
        Catalogue.Folder().FindAll(file => file.Path is "scales/four-level.json" or "scales/portrait-three-step.json" or "profiles/graduate-portrait.json" || file.Path.StartsWith("welding/smaw-fillet.", StringComparison.Ordinal));

    /// <summary>The folder with words of the first file that has them replaced.</summary>
    private static List<SourceFile> Edited(List<SourceFile> files, string words, string others)
    {
        var place = files.FindIndex(file => file.Path.EndsWith(".json", StringComparison.Ordinal) && Encoding.UTF8.GetString(file.Bytes.Span).Contains(words, StringComparison.Ordinal));
        List<SourceFile> edited = [.. files];
        edited[place] = files[place] with { Bytes = Replace(files[place].Bytes, words, others) };
        return edited;
    }

    private static ReadOnlyMemory<byte> Replace(ReadOnlyMemory<byte> bytes, string words, string others)
    {
        // Latin-1 gives every byte back as it was, pictures included.
        return Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes.Span).Replace(words, others, StringComparison.Ordinal));
    }

    private async Task<IEnumerable<int>> VersionsAsync(string slug) =>
        (await store.QueryAsync(DefinitionDocuments.Versions, DefinitionDocuments.BySlug.Where(slug), default)).Documents.Select(badge => badge.Version);
}
