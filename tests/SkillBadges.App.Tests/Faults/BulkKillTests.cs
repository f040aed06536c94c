using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.App.Demo;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.Faults;

/// <summary>A file of many awards goes on after the process was killed, on the same node or another, and awards nobody twice.</summary>
public sealed class BulkKillTests : IDisposable
{
    private const string Badge = "wall-framing";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("skillbadges-bulk-");

    private string Data => Path.Combine(folder.FullName, "data");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Killed_three_times_in_the_middle_a_job_ends_as_if_it_had_run_through()
    {
        using var server = new ServerProcess(Data);
        await server.StartAsync();
        var (job, learners, school) = await BeginAsync(server);
        for (var kill = 0; kill < 3; kill++)
        {
            await Task.Delay(RandomNumberGenerator.GetInt32(20, 300));
            await server.KillAsync();
            await server.StartAsync();
        }

        await DoneAsync(server, job, learners.Count, TimeSpan.FromSeconds(60));
        await server.KillAsync();
        await CheckAsync(null, learners, school);
    }

    [PostgresFact]
    public async Task A_job_of_a_killed_node_is_finished_by_the_other_within_fifteen_seconds()
    {
        await using var schema = await PostgresSchema.CreateAsync();
        using var first = new ServerProcess(Data, schema.ConnectionString);
        await first.StartAsync();
        using var second = new ServerProcess(Data, schema.ConnectionString) { Environment = { ["SKILLBADGES_BASEURL"] = first.BaseUrl.GetLeftPart(UriPartial.Authority) } };
        var (job, learners, school) = await BeginAsync(first);

        // The second one starts while the first is at it, so that it is the first that is killed in the middle, or had ended.
        await Task.Delay(RandomNumberGenerator.GetInt32(20, 200));
        await first.KillAsync();
        var killed = Stopwatch.StartNew();
        await second.StartAsync();
        await DoneAsync(second, job, learners.Count, TimeSpan.FromSeconds(15) - killed.Elapsed + TimeSpan.FromSeconds(1));
        await CheckAsync(schema.ConnectionString, learners, school);
    }

    private static async Task<(string Job, IReadOnlyList<string> Learners, OrganizationId School)> BeginAsync(ServerProcess server)
    {
        using var teacher = server.Visitor();
        await teacher.SignInAsync("ms.rivera", CancellationToken.None);
        var queue = (await teacher.FetchAsync("/api/review-tasks?limit=200", CancellationToken.None))["items"]!.AsArray();
        var work = await teacher.FetchAsync($"/api/submissions/{queue[0]!["submission"]}", CancellationToken.None);
        var school = OrganizationId.From(work["organization"]!.GetValue<string>());
        string[] learners = [.. queue.Select(item => item!["learner"]!.GetValue<string>()).Distinct()];

        using var http = await SignedInAsync(server);
        using var file = new StringContent($"[{string.Join(',', learners.Select(learner => $"{{\"learner\":\"{learner}\"}}"))}]", Encoding.UTF8, "application/json");
        var received = JsonNode.Parse(await (await http.PostAsync(new Uri($"/api/bulk-awards?organizationId={school}&badge={Badge}", UriKind.Relative), file)).Content.ReadAsStringAsync())!;
        var job = received["id"]!.GetValue<string>();
        var tried = await StateAsync(teacher, job, "checked", TimeSpan.FromSeconds(30));
        Assert.Equal((learners.Length, 0), (tried["succeeded"]!.GetValue<int>(), tried["refused"]!.GetValue<int>()));
        await teacher.PostAsync($"/api/bulk-jobs/{job}/run", null, CancellationToken.None);
        return (job, learners, school);
    }

    private static async Task<HttpClient> SignedInAsync(ServerProcess server)
    {
        var http = new HttpClient { BaseAddress = server.BaseUrl };
        using var body = new StringContent(new JsonObject { ["loginName"] = "ms.rivera", ["password"] = DemoDistrict.Password }.ToJsonString(), Encoding.UTF8, "application/json");
        var session = JsonNode.Parse(await (await http.PostAsync(new Uri("/api/session", UriKind.Relative), body)).Content.ReadAsStringAsync())!;
        http.DefaultRequestHeaders.Authorization = new("Bearer", session["accessToken"]!.GetValue<string>());
        return http;
    }

    private static async Task DoneAsync(ServerProcess server, string job, int count, TimeSpan within)
    {
        using var teacher = server.Visitor();
        await teacher.SignInAsync("ms.rivera", CancellationToken.None);
        var done = await StateAsync(teacher, job, "done", within);
        Assert.Equal((count, 0), (done["succeeded"]!.GetValue<int>(), done["refused"]!.GetValue<int>()));
        var rows = new List<int>();
        for (var path = $"/api/bulk-jobs/{job}/results"; path is not null;)
        {
            var page = await teacher.FetchAsync(path, CancellationToken.None);
            rows.AddRange(page["items"]!.AsArray().Select(row => row!["row"]!.GetValue<int>()));
            path = page["next"] is { } next ? $"/api/bulk-jobs/{job}/results?cursor={next}" : null;
        }

        Assert.Equal(Enumerable.Range(1, count), rows);
        var table = Encoding.UTF8.GetString(await teacher.BytesAsync($"/api/bulk-jobs/{job}/results.csv", CancellationToken.None));
        Assert.Equal(count + 1, table.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        var events = Encoding.UTF8.GetString(await teacher.BytesAsync($"/api/bulk-jobs/{job}/progress", CancellationToken.None));
        Assert.Equal("done", JsonNode.Parse(events[(events.IndexOf("data: ", StringComparison.Ordinal) + 6)..].Split('\n')[0])!["state"]!.GetValue<string>());
    }

    private static async Task<JsonNode> StateAsync(DemoClient teacher, string job, string state, TimeSpan within)
    {
        for (var waited = Stopwatch.StartNew(); ;)
        {
            try
            {
                var now = await teacher.FetchAsync($"/api/bulk-jobs/{job}", CancellationToken.None);
                if (now["state"]!.GetValue<string>() == state)
                {
                    return now;
                }

                Assert.True(waited.Elapsed < within, $"After {waited.Elapsed}: {now}");
            }
            catch (Exception e) when (LostAnswer.Is(e) && waited.Elapsed < within)
            {
                // It starts.
            }

            await Task.Delay(100);
        }
    }

    private async Task CheckAsync(string? database, IReadOnlyList<string> learners, OrganizationId school)
    {
        await using var opened = await OpenedStore.OpenAsync(ServerProcess.SettingsOf(Data, database), TimeProvider.System, CancellationToken.None);
        foreach (var learner in learners.Select(PersonId.From))
        {
            var awards = await opened.Documents.QueryAsync(AwardDocuments.Kind, AwardDocuments.ByLearner.Where(learner.Value).Take(100), CancellationToken.None);
            var award = Assert.Single(awards.Documents, award => award.Badge.Slug == Badge);
            var chain = await opened.Documents.QueryAsync(LedgerDocuments.Kind, LedgerDocuments.ChainOf(school, learner).Take(1000), CancellationToken.None);
            Assert.Empty(LedgerChain.Check(chain.Documents));
            Assert.Equal(
                award.Levels.Select(level => level.Competency).Order(),
                chain.Documents.Where(entry => entry.Facts.Competency.Badge.Slug == Badge).Select(entry => entry.Facts.Competency.CompetencyId).Order());
        }
    }
}
