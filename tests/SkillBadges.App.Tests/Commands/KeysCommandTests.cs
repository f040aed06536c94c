using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.Commands;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Commands;

public sealed class KeysCommandTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("skillbadges-keys-");
    private readonly Organization school = Organization.Found(OrganizationId.From("org-1"), "westfield-high", "Westfield High School", OrganizationKind.HighSchool, null);

    public async Task InitializeAsync() => await UseAsync(async services =>
    {
        await services.GetRequiredService<IDocumentStore>().CommitAsync(new Changes().Add(OrganizationDocuments.Kind, school), default);
        await services.GetRequiredService<IssuerKeys>().ActiveAsync(school.Id, default);
    });

    public Task DisposeAsync()
    {
        folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Rotate_retires_three_keys_and_makes_three()
    {
        Assert.Equal(0, await RunAsync("rotate", "--org", "westfield-high"));
        Assert.Equal([(3, IssuerKeyState.Active), (3, IssuerKeyState.Retired)], await StatesAsync());
    }

    [Fact]
    public async Task Compromise_replaces_the_keys_that_were_in_use()
    {
        Assert.Equal(0, await RunAsync("compromise", "--org", "westfield-high", "--since", "2020-01-01T00:00:00Z"));
        Assert.Equal([(3, IssuerKeyState.Active), (3, IssuerKeyState.Compromised)], await StatesAsync());
    }

    [Theory]
    [InlineData("rotate", "--org", "nobody")]
    [InlineData("compromise", "--org", "westfield-high", "--since", "yesterday")]
    [InlineData("compromise", "--org", "westfield-high", "--since", "2999-01-01T00:00:00Z")]
    public async Task What_cannot_be_done_changes_nothing(params string[] arguments)
    {
        Assert.Equal(2, await RunAsync(arguments));
        Assert.Equal([(3, IssuerKeyState.Active)], await StatesAsync());
    }

    [Theory]
    [InlineData("2026-03-02T08:00:00Z", "2026-03-02T08:00:00Z")]
    [InlineData("2026-03-02T01:00:00-07:00", "2026-03-02T08:00:00Z")]
    public void An_instant_with_its_offset_is_understood(string text, string utc) =>
        Assert.Equal(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), KeysCommand.Since(text));

    private Task<int> RunAsync(params string[] arguments) =>
        new RootCommand { KeysCommand.Create() }.Parse(["keys", .. arguments, "--data", Path.Combine(folder.FullName, "data"), "--key-file", Path.Combine(folder.FullName, "key")]).InvokeAsync();

    private async Task<IEnumerable<(int, IssuerKeyState)>> StatesAsync()
    {
        IReadOnlyList<IssuerKey> all = [];
        await UseAsync(async services => all = await services.GetRequiredService<IssuerKeys>().AllAsync(school.Id, default));
        return all.GroupBy(key => key.State).OrderBy(group => group.Key).Select(group => (group.Count(), group.Key));
    }

    private async Task UseAsync(Func<IServiceProvider, Task> use)
    {
        var services = new ServiceCollection();
        await services.AddSkillBadgesAsync(
            new Settings
            {
                DataFolder = Path.Combine(folder.FullName, "data"),
                KeyFile = Path.Combine(folder.FullName, "key"),
                Urls = ["http://localhost:5080"],
                Address = InstanceAddress.Parse("http://localhost:5080"),
                AllowedHosts = ["localhost"],
            },
            TimeProvider.System,
            default);
        await using var provider = services.BuildServiceProvider();
        await use(provider);
    }
}
