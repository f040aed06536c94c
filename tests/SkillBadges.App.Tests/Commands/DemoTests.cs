using SkillBadges.Core;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite;

namespace SkillBadges.App.Tests.Commands;

/// <summary>What the program refuses to serve.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("skillbadges-demo-tests-");

    private string Data => Path.Combine(folder.FullName, "data");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Data_that_is_not_the_demos_is_left_alone()
    {
        Directory.CreateDirectory(Data);
        var precious = Path.Combine(Data, "store.db");
        await File.WriteAllTextAsync(precious, "precious");

        var refused = await ProgramInside.RunAsync("demo", "--data", Data, "--urls", "http://localhost:0");

        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith("demo.other-data:", refused.Errors, StringComparison.Ordinal);
        Assert.Equal("precious", await File.ReadAllTextAsync(precious));
    }

    [Theory]
    [InlineData("http://localhost:5080;http://0.0.0.0:5081")]
    [InlineData("http://localhost:5080;http://+:5081")]
    public async Task A_demo_that_others_could_reach_is_refused(string urls)
    {
        var refused = await ProgramInside.RunAsync("demo", "--data", Data, "--urls", urls);

        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith("demo.loopback-only:", refused.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task Data_is_not_served_under_another_address_than_its_credentials_name()
    {
        var address = InstanceAddress.Parse("https://badges.example.org");
        using (var store = SqliteStore.Open(Data, AllDocumentKinds.OfCore, TimeProvider.System, default))
        {
            var now = TimeProvider.System.Now();
            var changes = new Changes().Add(OrganizationDocuments.Kind, Organization.Found(OrganizationId.New(now), "westfield-high", "Westfield High School", OrganizationKind.HighSchool, null));
            await InstanceDocuments.FixAsync(store, address, now, changes, default);
            await store.CommitAsync(changes, default);
        }

        var key = Path.Combine(folder.FullName, "key");
        await File.WriteAllTextAsync(key, Convert.ToBase64String(new byte[KeyEncryptionKey.KeyBytes]));
        var refused = await ProgramInside.RunAsync("serve", "--data", Data, "--key-file", key, "--urls", "http://localhost:0", "--base-url", "https://other.example.org");

        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith("settings.base-url-changed:", refused.Errors, StringComparison.Ordinal);
    }
}
