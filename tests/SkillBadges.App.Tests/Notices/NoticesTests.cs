using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SkillBadges.App.Http;
using SkillBadges.App.Jobs;
using SkillBadges.App.Notices;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Notices;

public sealed class NoticesTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Notices_come_the_latest_first_and_those_read_can_be_left_out()
    {
        var person = await app.PersonAsync();
        using var client = await app.AsAsync(person);
        var now = app.Clock.Now();
        await app.Store.CommitAsync(
            new Changes().Notify(person, NoticeKind.WorkReturned, "older", now.AddMinutes(-5)).Notify(person, NoticeKind.WorkApproved, "newer", now), CancellationToken.None);

        var all = await ListAsync(client, "/api/notices");
        Assert.Equal(["newer", "older"], all.Select(notice => notice.About));
        using var read = await client.SendJsonAsync(HttpMethod.Put, $"/api/notices/{all[0].Id}/read", null);

        Assert.NotNull((await read.ReadAsync<NoticeView>()).ReadAt);
        Assert.Equal(["older"], (await ListAsync(client, "/api/notices?unread=true")).Select(notice => notice.About));
        Assert.Equal(2, (await ListAsync(client, "/api/notices")).Count);
    }

    [Fact]
    public async Task A_notice_goes_when_its_time_is_over()
    {
        var person = await app.PersonAsync();
        using var client = await app.AsAsync(person);
        var now = app.Clock.Now();
        var kept = app.Settings.NoticesKeptFor;
        await app.Store.CommitAsync(
            new Changes().Notify(person, NoticeKind.DueSoon, "gone", now - kept - TimeSpan.FromSeconds(1)).Notify(person, NoticeKind.DueSoon, "kept", now - kept + TimeSpan.FromHours(1)), CancellationToken.None);

        await app.Services.GetServices<IHostedService>().OfType<Housekeeping>().Single().RunOnceAsync(CancellationToken.None);

        Assert.Equal(["kept"], (await ListAsync(client, "/api/notices")).Select(notice => notice.About));
    }

    private static async Task<IReadOnlyList<NoticeView>> ListAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        return (await answer.ReadAsync<PageOf<NoticeView>>()).Items;
    }
}
