using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.Http;

/// <summary>What a server does that is asked for more than it can do; the pieces of the door themselves, around a request that takes as long as the test says.</summary>
public sealed class AdmissionTests : IDisposable
{
    private readonly TaskCompletionSource work = new();
    private readonly ServiceProvider services = new ServiceCollection()
        .AddSingleton(new Settings { DataFolder = "", KeyFile = "", Urls = [], Address = InstanceAddress.Parse("http://localhost"), AllowedHosts = [] })
        .BuildServiceProvider();

    public void Dispose() => services.Dispose();

    [Fact]
    public async Task Who_finds_too_many_waiting_is_told_at_once_to_come_again_and_the_others_have_their_turn()
    {
        var door = Door(new Admission(_ => work.Task, 1, TimeProvider.System));
        var taken = Enumerable.Range(0, 21).Select(_ => AskAsync(door)).ToArray();

        var refused = await AskAsync(door);
        work.SetResult();

        Assert.Equal(503, refused.StatusCode);
        Assert.InRange(int.Parse(refused.Headers.RetryAfter!, System.Globalization.CultureInfo.InvariantCulture), 1, 5);
        Assert.All(await Task.WhenAll(taken), answer => Assert.Equal(200, answer.StatusCode));
    }

    [Fact]
    public async Task Nobody_waits_for_long()
    {
        var door = Door(new Admission(_ => work.Task, 1, TimeProvider.System));
        var taken = AskAsync(door);

        var late = await AskAsync(door);
        work.SetResult();

        Assert.Equal((503, 200), (late.StatusCode, (await taken).StatusCode));
    }

    [Fact]
    public async Task A_probe_is_answered_however_much_is_going_on()
    {
        var isProbe = false;
        var door = Door(new Admission(_ => isProbe ? Task.CompletedTask : work.Task, 1, TimeProvider.System));
        var taken = AskAsync(door);
        isProbe = true;

        var answer = await AskAsync(door, new(null, new(new AdmittedAlways()), "probe"));
        work.SetResult();

        Assert.Equal((200, 200), (answer.StatusCode, (await taken).StatusCode));
    }

    [Fact]
    public async Task Whatever_is_out_of_reach_now_says_when_to_come_again()
    {
        var answer = await AskAsync(new Problems(_ => throw Refused.Unavailable("storage.unreachable", "Not now."), NullLogger<Problems>.Instance).InvokeAsync);

        Assert.Equal((503, "5"), (answer.StatusCode, answer.Headers.RetryAfter.ToString()));
    }

    private static RequestDelegate Door(Admission admission) => new Problems(admission.InvokeAsync, NullLogger<Problems>.Instance).InvokeAsync;

    private async Task<HttpResponse> AskAsync(RequestDelegate door, Endpoint? endpoint = null)
    {
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.Path = "/api/anything";
        context.SetEndpoint(endpoint);
        await door(context);
        return context.Response;
    }
}
