using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Tests.Issuing;

namespace SkillBadges.Core.Tests.Organizations;

public sealed class InstanceTests : IDisposable
{
    private readonly IssuingWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task The_first_organization_fixes_the_address()
    {
        var moved = InstanceAddress.Parse("https://badges.example.org");
        await InstanceDocuments.RequireAsync(world.Store, moved, default);
        await FixAsync(Requests.Address);
        await FixAsync(Requests.Address);
        await InstanceDocuments.RequireAsync(world.Store, Requests.Address, default);
        Assert.Equal("settings.base-url-changed", (await Assert.ThrowsAsync<RefusedException>(() => InstanceDocuments.RequireAsync(world.Store, moved, default))).Code);
        Assert.Equal("settings.base-url-changed", (await Assert.ThrowsAsync<RefusedException>(() => FixAsync(moved))).Code);
    }

    private async Task FixAsync(InstanceAddress address)
    {
        var changes = new Changes();
        await InstanceDocuments.FixAsync(world.Store, address, world.Clock.Now(), changes, default);
        await world.Store.CommitAsync(changes, default);
    }
}
