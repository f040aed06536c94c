using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.App;
using SkillBadges.App.Demo;
using SkillBadges.Core.Checking;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence.Assessors;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Benchmarks.Load;

/// <summary>One file of many awards, over real HTTP to a server that is kept to two cores: from the file to the last signed credential, and how much memory that takes.</summary>
internal static class Bulk
{
    private const string Original = "wall-framing";
    private const int SkillsOfSixKilobytes = 2;
    private const string Cores = "0,1";
    private const double Goal = 1000;
    private const double GoalMegabytes = 400;

    /// <param name="database">A connection to an empty schema of PostgreSQL, which then works on the other cores, or null for SQLite.</param>
    /// <param name="learners">Whom the file awards.</param>
    /// <param name="badge">A badge that is shipped; null for one of so few skills that what is signed has six kilobytes.</param>
    /// <returns>The program's exit code: 0 when every award is there, signed, once.</returns>
    public static async Task<int> RunAsync(string? database, int learners, string? badge, TextWriter output)
    {
        var school = default(OrganizationId);
        await using var server = await LoadedServer.StartAsync(
            database,
            async (store, organization, teacher) =>
            {
                school = organization;
                badge ??= await ShortenAsync(store);
                await EnrollAsync(store, organization, teacher, badge, learners);
            },
            Cores);
        var path = await TryAsync(server, school, badge!, learners, output);
        var (begun, worked) = (Stopwatch.GetTimestamp(), server.Worked);
        await JsonAsync(await server.SendAsync(HttpMethod.Post, $"{path}/run", new StringContent(""), null));
        var done = await UntilAsync(server, path, "done");
        var (seconds, processor, memory) = (Stopwatch.GetElapsedTime(begun).TotalSeconds, (server.Worked - worked).TotalSeconds, server.MostMemory / 1e6);
        DemoScript.Require(done["succeeded"]!.GetValue<int>() == learners, $"The job refused rows: {done}");
        await using var opened = await server.StoppedAsync();
        return await CompareAsync(opened, learners, badge!, seconds, processor, memory, output);
    }

    private static async Task<string> TryAsync(LoadedServer server, OrganizationId school, string badge, int learners, TextWriter output)
    {
        var text = new StringBuilder("learner,note\r\n");
        for (var i = 0; i < learners; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Learner(i)},Seen in the shop\r\n");
        }

        var start = Stopwatch.GetTimestamp();
        using var file = new StringContent(text.ToString(), Encoding.UTF8, "text/csv");
        var job = await JsonAsync(await server.SendAsync(HttpMethod.Post, $"/api/bulk-awards?organizationId={school}&badge={badge}", file, null));
        var path = $"/api/bulk-jobs/{job["id"]}";
        await UntilAsync(server, path, "checked");
        var tried = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{server.Engine}: {learners:N0} awards of one file tried in {tried:F1} s ({learners / tried:N0}/s)"));
        return path;
    }

    private static async Task<int> CompareAsync(OpenedStore opened, int learners, string badge, double seconds, double processor, double memory, TextWriter output)
    {
        var store = opened.Documents;
        var award = (await store.FirstAsync(AwardDocuments.Kind, AwardDocuments.ByLearner.Where(Learner(0).Value), CancellationToken.None))!.Document;
        var forms = (await store.FindAsync(SignedCredentialDocuments.Kind, award.Credential.Value, CancellationToken.None))!.Document.Forms;
        var unsigned = await store.CountAsync(IssuanceIntentDocuments.Kind, IssuanceIntentDocuments.Open.Where(), learners, CancellationToken.None);
        var missing = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, learners), async (number, cancellationToken) =>
        {
            var awards = await store.QueryAsync(AwardDocuments.Kind, AwardDocuments.ByLearner.Where(Learner(number).Value).Take(2), cancellationToken);
            if (awards.Documents.Count() != 1)
            {
                Interlocked.Increment(ref missing);
            }
        });
        var report = await new StoreCheck(opened.Documents, opened.Whole, opened.Files).RunAsync(CancellationToken.None);
        var rate = learners / seconds;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{badge}: {string.Join(", ", forms.Select(form => $"{form.Name} {form.Text.Length / 1000.0:F1} KB"))}, all signed {seconds:F1} s after the word to begin"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {rate:N0} a second on cores {Cores}; goal {Goal:N0}: {(rate >= Goal ? "met" : "NOT met")}; {1000 * processor / learners:F2} ms of processor time each"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  most memory resident {memory:N0} MB; goal {GoalMegabytes:N0}: {(memory < GoalMegabytes ? "met" : "NOT met")}"));
        await output.WriteLineAsync($"  {missing} learners without their one award, {unsigned} unsigned, {report.Found.Count} broken invariants{string.Concat(report.Found.Take(5).Select(broken => $"\n    {broken.Invariant} {broken.Document}: {broken.What}"))}");
        return missing + unsigned + report.Found.Count == 0 ? 0 : 1;
    }

    private static PersonId Learner(int number) => PersonId.From(string.Create(CultureInfo.InvariantCulture, $"bulk-learner-{number:d6}"));

    /// <summary>A badge like those that are shipped, with fewer skills and the first paragraph of its criteria.</summary>
    private static async Task<string> ShortenAsync(IDocumentStore store)
    {
        var whole = await store.CurrentVersionAsync(Original, CancellationToken.None);
        var few = whole with { Slug = "six-kilobytes", Version = 1, Criteria = whole.Criteria[..whole.Criteria.IndexOf("\n\n", StringComparison.Ordinal)], Competencies = whole.Competencies[..SkillsOfSixKilobytes], Attributes = [] };
        await store.CommitAsync(new Changes().Add(DefinitionDocuments.Versions, few).Add(DefinitionDocuments.Heads, BadgeHead.Of(few)), CancellationToken.None);
        return few.Slug;
    }

    private static async Task EnrollAsync(IDocumentStore store, OrganizationId school, PersonId teacher, string badge, int learners)
    {
        var since = TimeProvider.System.Now().AddDays(-1);
        await store.CommitAsync(
            new Changes().Add(StandingAssignmentDocuments.Kind, StandingAssignment.Make(new(StandingAssignmentId.From("pool"), school, "Everyone", since) { Assessors = [teacher], Badges = [badge] })), CancellationToken.None);
        foreach (var some in Enumerable.Range(0, learners).Chunk(500))
        {
            var changes = new Changes();
            foreach (var number in some)
            {
                changes.Add(PersonDocuments.Kind, Person.Named(Learner(number), "Sam Sample")).Add(MembershipDocuments.Kind, new(MembershipId.From($"m-{Learner(number)}"), Learner(number), school, Role.Student, since));
            }

            await store.CommitAsync(changes, CancellationToken.None);
        }
    }

    private static async Task<JsonNode> UntilAsync(LoadedServer server, string path, string state)
    {
        while (true)
        {
            var job = await JsonAsync(await server.SendAsync(HttpMethod.Get, path, null, null));
            if (job["state"]!.GetValue<string>() == state)
            {
                return job;
            }

            DemoScript.Require(job["stopCode"] is null, $"The job stopped: {job}");
            await Task.Delay(200);
        }
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            DemoScript.Require(answer.IsSuccessStatusCode, text);
            return JsonNode.Parse(text)!;
        }
    }
}
