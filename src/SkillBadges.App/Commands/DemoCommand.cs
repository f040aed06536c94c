using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SkillBadges.App.Demo;
using SkillBadges.App.SignIn;
using SkillBadges.Core;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Commands;

/// <summary>
/// <c>demo</c>: a sample district to click through, on loopback only. <c>demo --once --out DIR</c>: the whole story over real HTTP in a
/// temporary folder, then the end.
/// </summary>
internal static class DemoCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "The demo's own data folder.", DefaultValueFactory = _ => "demo-data" };
        var url = new Option<string?>("--urls") { Description = $"Where to listen, on loopback. Default: {SettingsReading.DefaultUrl}" };
        var once = new Option<bool>("--once") { Description = "Plays the story once and ends; exit code 0 only if every step held." };
        var output = new Option<string>("--out") { Description = "Where --once writes credentials, DID documents, status lists, openapi.json and story.json.", DefaultValueFactory = _ => "demo-out" };
        var command = new Command("demo", "Serves a living sample district, or plays its story once.") { data, url, once, output };
        command.SetAction((parsed, cancellationToken) => RefusalsAsExitCode.RunAsync(() => parsed.GetValue(once)
            ? PlayOnceAsync(parsed.GetValue(url), parsed.GetValue(output)!, cancellationToken)
            : ServeAsync(parsed.GetValue(data)!, parsed.GetValue(url), cancellationToken)));
        return command;
    }

    private static async Task<int> ServeAsync(string data, string? url, CancellationToken cancellationToken)
    {
        var isNew = DemoFolder.Prepare(data);
        await using var app = await BuildAsync(data, url ?? SettingsReading.DefaultUrl, quiet: false, cancellationToken);
        if (isNew)
        {
            Console.WriteLine("Making the sample district; this takes a few seconds.");
            await SeedAsync(app, SettingValues.Defaults.UndoMinutes!.Value, cancellationToken);
            await DemoFolder.MarkAsync(data, cancellationToken);
        }

        await app.StartAsync(cancellationToken);
        Console.WriteLine(Welcome(app.Services.GetRequiredService<InstanceAddress>()));
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static async Task<int> PlayOnceAsync(string? url, string output, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("skillbadges-demo-");
        try
        {
            var script = new DemoScript(Console.Out);
            await using var app = await BuildAsync(Path.Combine(folder.FullName, "data"), url ?? FreeUrl(), quiet: true, cancellationToken);
            await script.StepAsync("A sample district is made: 3 districts, 200 students, 150 pieces of work that wait", async () =>
            {
                await SeedAsync(app, undoMinutes: 0, cancellationToken);
                return [];
            });
            await app.StartAsync(cancellationToken);
            var baseUrl = new Uri(app.Services.GetRequiredService<InstanceAddress>().BaseUrl);
            Directory.CreateDirectory(output);
            await new DemoStory(() => new DemoClient(new HttpClient { BaseAddress = baseUrl }), output, script).PlayAsync(await OrganizationsAsync(app, cancellationToken), cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(output, "story.json"), script.ToStory().ToJsonString(Indented), cancellationToken);
            Console.WriteLine(script.AllHeld ? $"Every step held. The files are in {output}." : "A step did not hold.");
            await app.StopAsync(cancellationToken);
            return script.AllHeld ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<WebApplication> BuildAsync(string data, string url, bool quiet, CancellationToken cancellationToken)
    {
        var settings = SettingsReading.Read(null, [new("data", data), new("urls", url), new("checkpoints", "none")]);
        if (!settings.Address.IsLoopback || settings.Urls.Any(listen => !(Uri.TryCreate(listen, UriKind.Absolute, out var own) && own.IsLoopback)))
        {
            throw Refused.Invalid("demo.loopback-only", "The demo's passwords are printed for everybody, so it listens on this machine only, such as at http://localhost:5080.");
        }

        return ServeCommand.BuildAsync(
            settings,
            TimeProvider.System,
            builder =>
            {
                builder.Services.TryAddSingleton<DemoSeed>();
                builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
                if (quiet)
                {
                    builder.Logging.SetMinimumLevel(LogLevel.Error);
                }
            },
            cancellationToken);
    }

    private static Task SeedAsync(WebApplication app, int undoMinutes, CancellationToken cancellationToken) =>
        app.Services.GetRequiredService<DemoSeed>().RunAsync(DemoSeed.PendingBadges, undoMinutes, cancellationToken);

    private static async Task<IReadOnlyDictionary<string, string>> OrganizationsAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var page = await app.Services.GetRequiredService<IDocumentStore>().QueryAsync(OrganizationDocuments.Kind, OrganizationDocuments.ByName.Where().Take(100), cancellationToken);
        return page.Documents.ToDictionary(organization => organization.Slug, organization => organization.Id.Value);
    }

    private static string Welcome(InstanceAddress address) => string.Join(
        Environment.NewLine,
        [
            $"SkillBadges demo at {address.BaseUrl} (API at {address.BaseUrl}/swagger). Sign in as, each with the password {DemoDistrict.Password}:",
            .. DemoDistrict.People.Select(person => $"  {person.Login,-12} {person.Name,-14} {RoleNames.Of(person.Role),-20} {person.About}"),
            "  student001 to student200, each with work of their own. Stop with Ctrl+C.",
        ]);

    // The usual address when nobody has it, so that ids look as documented; else any free one.
    private static string FreeUrl()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 5080);
        try
        {
            probe.Start();
            return SettingsReading.DefaultUrl;
        }
        catch (SocketException)
        {
            using var other = new TcpListener(IPAddress.Loopback, 0);
            other.Start();
            return $"http://localhost:{((IPEndPoint)other.LocalEndpoint).Port}";
        }
    }
}
