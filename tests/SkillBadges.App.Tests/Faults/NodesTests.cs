using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using SkillBadges.App.Demo;
using SkillBadges.App.Tests.Commands;
using SkillBadges.App.Tests.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Faults;

/// <summary>Two real processes over one PostgreSQL database that share nothing else.</summary>
public sealed class NodesTests : IAsyncLifetime
{
    private static readonly TimeSpan Told = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TakenOver = TimeSpan.FromSeconds(15);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("skillbadges-nodes-");
    private PostgresSchema? schema;
    private ServerProcess? first;
    private ServerProcess? second;

    private string Data => Path.Combine(folder.FullName, "data");

    /// <summary>Of the second node.</summary>
    private string OwnData => Path.Combine(folder.FullName, "own");

    public async Task InitializeAsync()
    {
        if (PostgresSchema.Server is null)
        {
            return;
        }

        schema = await PostgresSchema.CreateAsync();
        first = new(Data, schema.ConnectionString);
        await first.StartAsync();
        Directory.CreateDirectory(OwnData);
        Directory.CreateDirectory($"{OwnData}.keys");
        File.Copy(Path.Combine(Data, "this-is-demo-data"), Path.Combine(OwnData, "this-is-demo-data"));
        File.Copy($"{Data}.keys/key-encryption.key", $"{OwnData}.keys/key-encryption.key");
        second = new(OwnData, schema.ConnectionString) { Environment = { ["SKILLBADGES_BASEURL"] = first.BaseUrl.GetLeftPart(UriPartial.Authority) } };
        await second.StartAsync();
        await KillTests.SignAtOnceAsync(first);
    }

    public async Task DisposeAsync()
    {
        first?.Dispose();
        second?.Dispose();
        await (schema?.DisposeAsync() ?? ValueTask.CompletedTask);
        folder.Delete(recursive: true);
    }

    [PostgresFact]
    public async Task What_one_node_changes_the_other_knows_within_five_seconds()
    {
        using var here = first!.Visitor();
        using var there = second!.Visitor();
        await here.SignInAsync("state.admin", CancellationToken.None);
        await there.SignInAsync("state.admin", CancellationToken.None);
        var office = (await there.FetchAsync("/api/organizations?startsWith=State%20Office", CancellationToken.None))["items"]![0]!["id"]!.GetValue<string>();
        Assert.Equal(0, await UndoMinutesAsync(there, office));

        await here.PutAsync($"/api/organizations/{office}/settings", new JsonObject { ["undoMinutes"] = 3 }, CancellationToken.None);
        await EventuallyAsync(async () => await UndoMinutesAsync(there, office) == 3);
        await here.PutAsync($"/api/organizations/{office}/settings", new JsonObject { ["undoMinutes"] = 0 }, CancellationToken.None);
        await EventuallyAsync(async () => await UndoMinutesAsync(there, office) == 0);

        // Both nodes have signed, so both hold the keys in memory; then a third process makes new ones.
        var work = await KillTests.QueueAsync(first);
        var early = await ApproveAsync([.. work.Take(2)], first, second);
        var rotatedAt = TimeProvider.System.Now();
        var keys = await ProgramProcess.RunAsync(
            new Dictionary<string, string> { ["SKILLBADGES_DATABASE"] = schema!.ConnectionString, ["SKILLBADGES_FILES"] = "database" },
            "keys", "rotate", "--org", "westfield-high", "--data", Data, "--base-url", first.BaseUrl.GetLeftPart(UriPartial.Authority));
        Assert.True(keys.ExitCode == 0, keys.Errors);
        var late = await ApproveAsync([.. work.Skip(2).Take(4)], first, second);

        await using var store = await OpenAsync();
        Assert.All(await SignedWithAsync(store, early), made => Assert.True(made < rotatedAt));
        Assert.All(await SignedWithAsync(store, late), made => Assert.True(made >= rotatedAt, "A retired key signed."));
        foreach (var node in (ServerProcess[])[first, second])
        {
            using var client = new HttpClient { BaseAddress = node.BaseUrl };
            Assert.Equal(6, JsonNode.Parse(await client.GetStringAsync(new Uri("/orgs/westfield-high/did.json", UriKind.Relative)))!["verificationMethod"]!.AsArray().Count);
        }

        await RequireFileEverywhereAsync();

        // A session that ends at one node has ended at the other.
        using var both = new HttpClient();
        var session = JsonNode.Parse(await (await both.PostAsync(new Uri(first.BaseUrl, "/api/session"), new StringContent(
            new JsonObject { ["loginName"] = "state.admin", ["password"] = DemoDistrict.Password }.ToJsonString(), System.Text.Encoding.UTF8, "application/json"))).Content.ReadAsStringAsync())!;
        both.DefaultRequestHeaders.Authorization = new("Bearer", session["accessToken"]!.GetValue<string>());
        var account = new Uri(second.BaseUrl, "/api/notices");
        Assert.True((await both.GetAsync(account)).IsSuccessStatusCode);
        await both.DeleteAsync(new Uri(first.BaseUrl, "/api/session"));
        await EventuallyAsync(async () => (await both.GetAsync(account)).StatusCode == System.Net.HttpStatusCode.Unauthorized);
    }

    [PostgresFact]
    public async Task What_a_killed_node_was_doing_the_other_finishes_within_fifteen_seconds_and_once()
    {
        var work = await KillTests.QueueAsync(first!);
        var confirmed = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var approving = KillTests.ApproveAsync(first!, work, confirmed);
        while (confirmed.Count < 30)
        {
            await Task.Delay(5);
        }

        var before = confirmed.Count;
        await first!.KillAsync();
        var killed = Stopwatch.StartNew();
        await approving;
        await using (var store = await OpenAsync())
        {
            while (await store.Documents.CountAsync(IssuanceIntentDocuments.Kind, IssuanceIntentDocuments.Open.Where(), 1, CancellationToken.None) > 0)
            {
                Assert.True(killed.Elapsed < TakenOver, "Work of the killed node waits.");
                await Task.Delay(100);
            }
        }

        await KillTests.ApproveAsync(second!, work, confirmed);
        await EventuallyAsync(async () =>
        {
            await using var store = await OpenAsync();
            return await store.Documents.CountAsync(IssuanceIntentDocuments.Kind, IssuanceIntentDocuments.Open.Where(), 1, CancellationToken.None) == 0;
        });

        Assert.True(before < work.Count && confirmed.Count == work.Count);
        await KillTests.CheckAsync(Data, schema!.ConnectionString, confirmed);
    }

    // Taken by one node in two parts, the second of which the other one takes, and read at both.
    private async Task RequireFileEverywhereAsync()
    {
        using var http = new HttpClient { BaseAddress = first!.BaseUrl };
        using var there = new HttpClient { BaseAddress = second!.BaseUrl };
        using var student = new DemoClient(http);
        await student.SignInAsync("student001", CancellationToken.None);
        there.DefaultRequestHeaders.Authorization = http.DefaultRequestHeaders.Authorization;
        var school = (await student.FetchAsync("/api/me", CancellationToken.None))["memberships"]![0]!["organizationId"]!.GetValue<string>();
        var begun = await student.PostAsync("/api/submissions", new() { ["organization"] = school, ["badge"] = "graphic-design" }, CancellationToken.None);
        var (submission, skill, picture) = (begun["id"]!.GetValue<string>(), begun["draft"]![0]!["competency"]!.GetValue<string>(), DemoPicture.Of(3));
        var address = new Uri(await new TusClient(http).BegunAsync(submission, skill, picture.Length, "photo.png"), UriKind.RelativeOrAbsolute);
        var path = address.IsAbsoluteUri ? address.PathAndQuery : address.ToString();
        using (var half = await new TusClient(http).SendAsync(path, 0, new ByteArrayContent(picture[..1000])))
        {
            Assert.True(half.IsSuccessStatusCode, $"{half.StatusCode}");
        }

        using (var rest = await new TusClient(there).SendAsync(path, 1000, new ByteArrayContent(picture[1000..])))
        {
            Assert.True(rest.IsSuccessStatusCode, $"{rest.StatusCode}");
        }

        await EventuallyAsync(async () => (await student.FetchAsync(path, CancellationToken.None))["state"]!.GetValue<string>() == "kept");
        var item = (await student.FetchAsync($"/api/submissions/{submission}", CancellationToken.None))["draft"]![0]!["evidence"]![0]!["id"]!.GetValue<string>();
        var content = new Uri($"/api/submissions/{submission}/evidence/{item}/content", UriKind.Relative);
        Assert.Equal(await http.GetByteArrayAsync(content), await there.GetByteArrayAsync(content));
        Assert.False(Directory.Exists(Path.Combine(Data, "files")) || Directory.Exists(Path.Combine(OwnData, "files")));
    }

    private static async Task<int> UndoMinutesAsync(DemoClient client, string organization) =>
        (await client.FetchAsync($"/api/organizations/{organization}/settings", CancellationToken.None))["effective"]!["undoMinutes"]!["value"]!.GetValue<int>();

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        for (var waited = Stopwatch.StartNew(); !await holds();)
        {
            Assert.True(waited.Elapsed < Told, "Not within five seconds.");
            await Task.Delay(100);
        }
    }

    private static async Task<IReadOnlyList<string>> ApproveAsync(IReadOnlyList<string> work, params ServerProcess[] nodes)
    {
        var confirmed = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < work.Count; i++)
        {
            await KillTests.ApproveAsync(nodes[i % nodes.Length], [work[i]], confirmed);
        }

        Assert.Equal(work.Count, confirmed.Count);
        return work;
    }

    private Task<OpenedStore> OpenAsync() => OpenedStore.OpenAsync(ServerProcess.SettingsOf(Data, schema!.ConnectionString), TimeProvider.System, CancellationToken.None);

    /// <summary>When the keys were made that signed these works' badges.</summary>
    private static async Task<IReadOnlyList<DateTimeOffset>> SignedWithAsync(OpenedStore store, IReadOnlyList<string> work)
    {
        var made = new List<DateTimeOffset>();
        foreach (var submission in work)
        {
            var award = (await store.Documents.FirstAsync(AwardDocuments.Kind, AwardDocuments.BySubmission.Where(submission), CancellationToken.None))!.Document;
            SignedCredential? signed = null;
            await EventuallyAsync(async () => (signed = (await store.Documents.FindAsync(SignedCredentialDocuments.Kind, award.Credential.Value, CancellationToken.None))?.Document) is not null);
            foreach (var form in signed!.Forms)
            {
                made.Add((await store.Documents.FindAsync(IssuerKeyDocuments.Kind, form.KeyId[(form.KeyId.IndexOf('#', StringComparison.Ordinal) + 1)..], CancellationToken.None))!.Document.CreatedAt);
            }
        }

        return made;
    }
}
