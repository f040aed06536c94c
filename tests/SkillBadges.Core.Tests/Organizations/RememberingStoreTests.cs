using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Tests.Issuing;

namespace SkillBadges.Core.Tests.Organizations;

public sealed class RememberingStoreTests : IDisposable
{
    private readonly IssuingWorld world = new();
    private readonly CountingStore behind;
    private readonly RememberingStore store;

    public RememberingStoreTests()
    {
        behind = new(world.Store);
        store = Remembering(TimeSpan.FromMinutes(1));
    }

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task What_was_just_read_is_not_asked_for_again()
    {
        var first = await FindAsync();
        Assert.Same(first, await FindAsync());
        Assert.Equal(1, behind.Found);
    }

    [Fact]
    public async Task That_something_is_not_there_is_remembered_too_until_it_is_added()
    {
        Assert.Null(await store.FindAsync(OrganizationSettingsDocuments.Kind, world.School.Id.Value, default));
        Assert.Null(await store.FindAsync(OrganizationSettingsDocuments.Kind, world.School.Id.Value, default));
        Assert.Equal(1, behind.Found);

        await store.CommitAsync(new Changes().Add(OrganizationSettingsDocuments.Kind, new(world.School.Id, new())), default);
        Assert.NotNull(await store.FindAsync(OrganizationSettingsDocuments.Kind, world.School.Id.Value, default));
    }

    [Fact]
    public async Task A_change_is_seen_as_soon_as_its_commit_is_confirmed()
    {
        var read = await FindAsync();
        await store.CommitAsync(new Changes().Replace(OrganizationDocuments.Kind, read, read.Document with { Name = "Renamed High" }), default);
        Assert.Equal("Renamed High", (await FindAsync()).Document.Name);
    }

    [Fact]
    public async Task What_another_node_changes_is_seen_when_the_moment_is_over()
    {
        var brief = Remembering(TimeSpan.Zero);
        var read = (await brief.FindAsync(OrganizationDocuments.Kind, world.School.Id.Value, default))!;
        await RenameBehindAsync(read);
        Assert.Equal("Renamed High", (await brief.FindAsync(OrganizationDocuments.Kind, world.School.Id.Value, default))!.Document.Name);
    }

    [Fact]
    public async Task A_commit_that_rests_on_something_outdated_fails_once_and_the_next_attempt_reads_anew()
    {
        await RenameBehindAsync(await FindAsync());
        var outdated = await FindAsync();
        var resting = new Changes().Require(OrganizationDocuments.Kind, outdated).Add(OrganizationSettingsDocuments.Kind, new(world.School.Id, new()));
        await Assert.ThrowsAsync<VersionConflictException>(() => store.CommitAsync(resting, default));
        Assert.Equal("Renamed High", (await FindAsync()).Document.Name);
    }

    [Fact]
    public async Task Other_documents_are_asked_for_each_time()
    {
        for (var times = 0; times < 2; times++)
        {
            await store.FindAsync(MembershipDocuments.Kind, "nobody", default);
        }

        Assert.Equal(2, behind.Found);
    }

    private RememberingStore Remembering(TimeSpan moment) => new(behind, moment, [OrganizationDocuments.Kind, OrganizationSettingsDocuments.Kind]);

    private async Task<Read<Organization>> FindAsync() => (await store.FindAsync(OrganizationDocuments.Kind, world.School.Id.Value, default))!;

    private Task RenameBehindAsync(Read<Organization> read) =>
        world.Store.CommitAsync(new Changes().Replace(OrganizationDocuments.Kind, read, read.Document with { Name = "Renamed High" }), default);
}
