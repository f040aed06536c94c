using SkillBadges.App.Demo;
using SkillBadges.App.Tests.Faults;

namespace SkillBadges.App.Tests.Moving;

/// <summary>A data folder that a demo left behind: documents of most kinds, a file, an earned badge. Made once for all classes of tests, copied by each test.</summary>
public sealed class DemoInstance : IAsyncLifetime
{
    private static readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("skillbadges-instance-");
    private static readonly Lazy<Task<(string BaseUrl, byte[] Credential, string Data)>> made = new(MakeAsync);

    static DemoInstance() => AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);

    internal string BaseUrl { get; private set; } = "";

    /// <summary>The badge that was earned in it, as Open Badges JSON.</summary>
    internal byte[] Credential { get; private set; } = [];

    private string Data { get; set; } = "";

    public async Task InitializeAsync() => (BaseUrl, Credential, Data) = await made.Value;

    public Task DisposeAsync() => Task.CompletedTask;

    private static async Task<(string BaseUrl, byte[] Credential, string Data)> MakeAsync()
    {
        var data = Path.Combine(folder.FullName, "data");
        using var server = new ServerProcess(data);
        await server.StartAsync();
        await server.SignAtOnceAsync();
        using var leo = server.Visitor();
        using var carter = server.Visitor();
        await leo.SignInAsync("leo", default);
        await carter.SignInAsync("sam.carter", default);
        var school = (await leo.FetchAsync("/api/me", default))["memberships"]![0]!["organizationId"]!.GetValue<string>();
        var started = await leo.PostAsync("/api/submissions", new() { ["organization"] = school, ["badge"] = "customer-service" }, default);
        var id = started["id"]!.GetValue<string>();
        foreach (var skill in started["draft"]!.AsArray().Select(work => work!["competency"]!.GetValue<string>()))
        {
            await leo.UploadAsync($"/api/submissions/{id}/files", new Dictionary<string, string> { ["competency"] = skill, ["title"] = "Photo" }, "photo.png", DemoPicture.Of(7), default);
        }

        await leo.PostAsync($"/api/submissions/{id}/attempts", null, default);
        var decided = await carter.PostAsync($"/api/submissions/{id}/decisions", new() { ["attempt"] = 1, ["outcome"] = "approved" }, default);
        var credential = await leo.BytesAsync($"/api/awards/{decided["award"]!["id"]!.GetValue<string>()}/credential?form=eddsa-rdfc-2022", default);
        await server.KillAsync();
        return (server.BaseUrl.GetLeftPart(UriPartial.Authority), credential, data);
    }

    /// <summary>A copy with its key file beside it: <c>{target}</c> and <c>{target}.keys</c>.</summary>
    internal void CopyTo(string target)
    {
        foreach (var (from, to) in ((string, string)[])[(Data, target), ($"{Data}.keys", $"{target}.keys")])
        {
            foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(to, Path.GetRelativePath(from, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }
    }
}
