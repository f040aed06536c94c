using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SkillBadges.App;
using SkillBadges.App.Commands;
using SkillBadges.App.Demo;
using SkillBadges.Core.Evidence.Assessors;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Benchmarks.App;

/// <summary>One file of many awards over real HTTP: from the file to the last signed credential, and how much memory that takes.</summary>
internal static class BulkMeasures
{
    private const string Badge = "python-fundamentals";
    private const double GoalPerCorePair = 1000;
    private const double GoalMegabytes = 400;

    public static async Task RunAsync(int learners, TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("skillbadges-measure-");
        try
        {
            var url = $"http://localhost:{FreePort()}";
            var settings = SettingsReading.Read(null, [new("data", Path.Combine(folder.FullName, "data")), new("urls", url), new("rates:perAddress", "0"), new("rates:perAccount", "0")]);
            await using var app = await ServeCommand.BuildAsync(settings, TimeProvider.System, builder => builder.Logging.ClearProviders(), CancellationToken.None);
            await ActivatorUtilities.CreateInstance<DemoSeed>(app.Services).RunAsync([], undoMinutes: 0, CancellationToken.None);
            var store = app.Services.GetRequiredService<IDocumentStore>();
            await app.StartAsync();
            using var teacher = new HttpClient { BaseAddress = new Uri(url) };
            var person = await SignInAsync(teacher);
            var school = (await store.QueryAsync(MembershipDocuments.Kind, MembershipDocuments.ByPerson.Where(person.Value).Take(1), CancellationToken.None)).Documents.First().Organization;
            await EnrollAsync(store, school, person, learners);
            await MeasureAsync(teacher, store, school, learners, output);
            await app.StopAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(HttpClient teacher, IDocumentStore store, OrganizationId school, int learners, TextWriter output)
    {
        var start = Stopwatch.GetTimestamp();
        var text = new StringBuilder("learner,note\r\n");
        for (var i = 0; i < learners; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Learner(i)},Seen in the shop\r\n");
        }

        using var file = new StringContent(text.ToString(), Encoding.UTF8, "text/csv");
        var job = await JsonAsync(await teacher.PostAsync(new Uri($"/api/bulk-awards?organizationId={school}&badge={Badge}", UriKind.Relative), file));
        var path = $"/api/bulk-jobs/{job["id"]}";
        await UntilAsync(teacher, path, "checked");
        var tried = Stopwatch.GetElapsedTime(start).TotalSeconds;
        using var self = Process.GetCurrentProcess();
        var (begun, worked, spent) = (Stopwatch.GetTimestamp(), self.TotalProcessorTime, RuntimeSpending.SoFar());
        using var nothing = new StringContent("");
        await JsonAsync(await teacher.PostAsync(new Uri($"{path}/run", UriKind.Relative), nothing));
        var done = await UntilAsync(teacher, path, "done");
        DemoScript.Require(done["succeeded"]!.GetValue<int>() == learners, $"The job refused rows: {done}");
        var recorded = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        while (await store.CountAsync(IssuanceIntentDocuments.Kind, IssuanceIntentDocuments.Open.Where(), 1, CancellationToken.None) > 0)
        {
            await Task.Delay(100);
        }

        var signed = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        self.Refresh();
        var processor = (self.TotalProcessorTime - worked).TotalSeconds;
        var pairs = Math.Max(1, Environment.ProcessorCount / 2.0);
        var memory = self.PeakWorkingSet64 / 1e6;
        var award = (await store.FirstAsync(AwardDocuments.Kind, AwardDocuments.ByLearner.Where(Learner(0).Value), CancellationToken.None))!.Document;
        var forms = (await store.FindAsync(SignedCredentialDocuments.Kind, award.Credential.Value, CancellationToken.None))!.Document.Forms;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{learners:N0} awards of one file, credentials of {forms.Average(form => form.Text.Length) / 1000:F1} KB in {forms.Length} forms"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  trial {tried:F1} s ({learners / tried:N0}/s); recorded {recorded:F1} s ({learners / recorded:N0}/s); all signed {signed:F1} s ({learners / signed:N0}/s)"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  processor time {processor:F1} s, {1000 * processor / learners:F2} ms an award: {2 * learners / processor:N0} a second on two cores that nobody else uses"));
        await output.WriteLineAsync($"  {(RuntimeSpending.SoFar() - spent).Of(learners)}");
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"  {learners / signed / pairs:N0} a second for each pair of cores; goal {GoalPerCorePair:N0}: {(learners / signed / pairs >= GoalPerCorePair ? "met" : "NOT met")}; most memory {memory:N0} MB; goal {GoalMegabytes:N0}: {(memory < GoalMegabytes ? "met" : "NOT met")}"));
    }

    private static PersonId Learner(int number) => PersonId.From(string.Create(CultureInfo.InvariantCulture, $"bulk-learner-{number:d6}"));

    private static async Task EnrollAsync(IDocumentStore store, OrganizationId school, PersonId teacher, int learners)
    {
        var since = TimeProvider.System.Now().AddDays(-1);
        await store.CommitAsync(
            new Changes().Add(StandingAssignmentDocuments.Kind, StandingAssignment.Make(new(StandingAssignmentId.From("pool"), school, "Everyone", since) { Assessors = [teacher], Badges = [Badge] })), CancellationToken.None);
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

    private static async Task<PersonId> SignInAsync(HttpClient client)
    {
        using var body = new StringContent(new JsonObject { ["loginName"] = "ms.rivera", ["password"] = DemoDistrict.Password }.ToJsonString(), Encoding.UTF8, "application/json");
        var session = await JsonAsync(await client.PostAsync(new Uri("/api/session", UriKind.Relative), body));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session["accessToken"]!.GetValue<string>());
        return PersonId.From(session["personId"]!.GetValue<string>());
    }

    private static async Task<JsonNode> UntilAsync(HttpClient client, string path, string state)
    {
        while (true)
        {
            var job = await JsonAsync(await client.GetAsync(new Uri(path, UriKind.Relative)));
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
