using SkillBadges.Core;

namespace SkillBadges.App.Tests;

public sealed class KeyFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("skillbadges-");

    private string KeyPath => Path.Combine(folder.FullName, "keys", "kek");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_key_is_made_for_its_owner_alone_and_stays()
    {
        var first = KeyFile.Open(KeyPath, dataExists: false);

        Assert.Equal(first.Id, KeyFile.Open(KeyPath, dataExists: true).Id);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyPath));
        }
    }

    [Fact]
    public void Data_without_its_key_gets_no_new_one()
    {
        Assert.Equal("settings.key-missing", Assert.Throws<RefusedException>(() => KeyFile.Open(KeyPath, dataExists: true)).Code);
        Assert.False(File.Exists(KeyPath));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    public void A_file_that_holds_no_key_is_refused(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(KeyPath)!);
        File.WriteAllText(KeyPath, content);

        Assert.Equal("settings.key-unreadable", Assert.Throws<RefusedException>(() => KeyFile.Open(KeyPath, dataExists: true)).Code);
    }
}
