using System.CommandLine;
using SkillBadges.App.Definitions;
using SkillBadges.App.Evidence;
using SkillBadges.App.Gradebook;
using SkillBadges.App.Http;
using SkillBadges.App.Issuing;
using SkillBadges.App.Review;
using SkillBadges.App.Verification;

namespace SkillBadges.App.Commands;

/// <summary><c>serve</c>: the pages, the API and the jobs until the process is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var options = new SettingsOptions();
        var command = new Command("serve", "Serves the pages, the API and the jobs.");
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RefusalsAsExitCode.RunAsync(async () =>
        {
            await using var app = await BuildAsync(options.Read(parsed), TimeProvider.System, _ => { }, cancellationToken);
            await app.RunAsync(cancellationToken);
        }));
        return command;
    }

    /// <summary>The whole application, ready to start; <paramref name="adjust"/> comes last.</summary>
    public static async Task<WebApplication> BuildAsync(Settings settings, TimeProvider clock, Action<WebApplicationBuilder> adjust, CancellationToken cancellationToken)
    {
        // No configuration of the framework's own: what can be set is in Settings.
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = typeof(ServeCommand).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        await builder.Services.AddSkillBadgesAsync(settings, clock, cancellationToken);
        builder.Services.AddServing(settings);
        builder.AddFloor(settings);
        adjust(builder);

        var app = builder.Build();
        app.UseFloor();
        MapFeatures(app);
        return app;
    }

    // The table of contents of the API: one line a feature.
    private static void MapFeatures(WebApplication app)
    {
        app.MapHealth();
        app.MapBadges();
        app.MapSubmissions();
        app.MapPlacements();
        app.MapReviewTasks();
        app.MapDecisions();
        app.MapAwards();
        app.MapPublicIssuerPages();
        app.MapVerify();
        app.MapGradebook();
        app.MapJoins();
    }
}
