using System.Diagnostics;
using System.Globalization;
using SkillBadges.Benchmarks.App;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Benchmarks.Load;

/// <summary>Reading under load: anybody checks a badge, and staff open the record of one learner of very many.</summary>
internal static class Reads
{
    private const int EntriesOfALearner = 8;

    private static readonly string[] Schools = ["summit-high", "eastridge-high", "northgate-high", "river-valley-cte", "open-sky-academy"];

    /// <summary>Each form of each badge of the sample district in turn, checked in full each time.</summary>
    public static async Task<int> VerifyAsync(string? database, int rate, int seconds, double goal, TextWriter output)
    {
        var badges = new List<string>();
        await using var server = await LoadedServer.StartAsync(database, async (store, _, _) =>
        {
            foreach (var school in Schools)
            {
                badges.AddRange(await SignedAsync(store, school));
            }
        });
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{badges.Count} badges of {badges.Average(text => text.Length) / 1000:F1} KB"));
        return await RunAsync(
            server, $"POST /api/verify, in full, {rate} a second for {seconds} s, {server.Engine}", rate, seconds, goal, output,
            number => server.SendAsync(HttpMethod.Post, "/api/verify", new StringContent(badges[number % badges.Count]), null));
    }

    /// <summary>The record of one learner after the other, from all over the store, for staff of their school.</summary>
    public static async Task<int> GradebookAsync(string? database, int rate, int seconds, int learners, double goal, TextWriter output)
    {
        var seeding = Stopwatch.StartNew();
        var at = OrganizationId.From("none");
        await using var server = await LoadedServer.StartAsync(database, async (store, school, _) =>
        {
            at = school;
            await SeededGradebook.AddRecordsAsync(store, school, learners, EntriesOfALearner);
        });
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{learners:N0} learners with {learners * EntriesOfALearner:N0} entries within {seeding.Elapsed.TotalSeconds:F0} s"));
        return await RunAsync(
            server, $"GET /api/learners/.../gradebook, {rate} a second for {seconds} s, {server.Engine}", rate, seconds, goal, output,
            number => server.SendAsync(HttpMethod.Get, $"/api/learners/{SeededGradebook.Learner((long)number * 7919 % learners)}/gradebook?school={at}", null, null));
    }

    private static async Task<int> RunAsync(
        LoadedServer server, string what, int rate, int seconds, double goal, TextWriter output, Func<int, Task<HttpResponseMessage>> send)
    {
        await Pace.RunAsync(rate / 2.0, TimeSpan.FromSeconds(LoadCommand.WarmSeconds), AskAsync);
        var (tally, took) = await Pace.RunAsync(rate, TimeSpan.FromSeconds(seconds), AskAsync);
        await tally.WriteAsync(what, took, output);
        await output.WriteLineAsync(LoadCommand.Judged(tally.Milliseconds(0.99), goal));
        await using var opened = await server.StoppedAsync();
        return tally.Other == 0 ? 0 : 1;

        async Task<(int, bool)> AskAsync(int number)
        {
            using var answer = await send(number);
            await answer.Content.ReadAsByteArrayAsync();
            return ((int)answer.StatusCode, answer.Headers.RetryAfter is not null);
        }
    }

    // Those that the sample district's students have earned before anybody asks.
    private static async Task<IReadOnlyList<string>> SignedAsync(IDocumentStore store, string school)
    {
        var organization = (await store.FirstAsync(OrganizationDocuments.Kind, OrganizationDocuments.BySlug.Where(school), CancellationToken.None))!.Document.Id;
        var awards = await store.QueryAsync(AwardDocuments.Kind, AwardDocuments.ByOrganization.Where(organization.Value).Take(20), CancellationToken.None);
        var texts = new List<string>();
        foreach (var award in awards.Documents)
        {
            if (await store.FindAsync(SignedCredentialDocuments.Kind, award.Credential.Value, CancellationToken.None) is { } signed)
            {
                texts.AddRange(signed.Document.Forms.Select(form => form.Text));
            }
        }

        return texts;
    }
}
