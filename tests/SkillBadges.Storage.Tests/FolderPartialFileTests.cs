using SkillBadges.Core;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite.Files;

namespace SkillBadges.Storage.Tests;

/// <summary>The contract of arriving files on a folder, and what only a folder has.</summary>
public sealed class FolderPartialFileTests : PartialFileContract, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("skillbadges-partial-").FullName;

    public FolderPartialFileTests() => Partials = FolderPartialFiles.Open(folder);

    protected override IPartialFiles Partials { get; }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_folder_that_is_none_is_a_broken_disk()
    {
        Directory.Delete(folder);
        File.WriteAllText(folder, "");
        try
        {
            Assert.Equal("file.store-failed", Assert.Throws<RefusedException>(() => Partials.OpenToWrite("one", 0)).Code);
        }
        finally
        {
            File.Delete(folder);
            Directory.CreateDirectory(folder);
        }
    }
}
