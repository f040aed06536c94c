using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using SkillBadges.App.Issuing;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Ledger;

namespace SkillBadges.App.Tests.Faults;

/// <summary>A decision that somebody saw confirmed is never lost and never doubled, whenever the process is killed.</summary>
public sealed class KillTests
{
    private const int Approvals = 100;
    private const int Kills = 4;

    [Fact]
    public Task Killed_at_random_moments_during_a_hundred_approvals_nothing_confirmed_is_lost_or_doubled() => KillAsync(null);

    [PostgresFact]
    public async Task Nor_when_the_documents_are_in_PostgreSQL()
    {
        await using var schema = await PostgresSchema.CreateAsync();
        await KillAsync(schema.ConnectionString);
    }

    private static async Task KillAsync(string? database)
    {
        var folder = Directory.CreateTempSubdirectory("skillbadges-kill-");
        try
        {
            var data = Path.Combine(folder.FullName, "data");
            using var server = new ServerProcess(data, database);
            await server.StartAsync();
            await SignAtOnceAsync(server);
            var waiting = await QueueAsync(server);
            var confirmed = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);

            for (var round = 0; round <= Kills; round++)
            {
                var isLast = round == Kills;
                var approving = ApproveAsync(server, [.. waiting.Where(submission => !confirmed.ContainsKey(submission))], confirmed);
                if (!isLast)
                {
                    await Task.Delay(RandomNumberGenerator.GetInt32(50, 700));
                    await server.KillAsync();
                }

                await approving;
                if (!isLast)
                {
                    await server.StartAsync();
                }
            }

            Assert.Equal(Approvals, confirmed.Count);
            await WaitUntilSignedAsync(server, waiting);
            await server.KillAsync();
            await CheckAsync(data, database, confirmed);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The living demo gives ten minutes for undoing; here every approval is signed as soon as it is recorded.
    internal static async Task SignAtOnceAsync(ServerProcess server)
    {
        using var admin = server.Visitor();
        await admin.SignInAsync("state.admin", CancellationToken.None);
        var page = await admin.FetchAsync("/api/organizations?startsWith=State%20Office", CancellationToken.None);
        await admin.PutAsync($"/api/organizations/{page["items"]![0]!["id"]}/settings", new JsonObject { ["undoMinutes"] = 0 }, CancellationToken.None);
    }

    internal static async Task<IReadOnlyList<string>> QueueAsync(ServerProcess server)
    {
        using var teacher = server.Visitor();
        await teacher.SignInAsync("ms.rivera", CancellationToken.None);
        var page = await teacher.FetchAsync("/api/review-tasks?limit=200", CancellationToken.None);
        return [.. page["items"]!.AsArray().Select(item => item!["submission"]!.GetValue<string>()).Take(Approvals)];
    }

    // Each approval is the same request however often it is sent: the submission's id is its key.
    internal static async Task ApproveAsync(ServerProcess server, IReadOnlyList<string> submissions, ConcurrentDictionary<string, string> confirmed)
    {
        try
        {
            using var teacher = server.Visitor();
            await teacher.SignInAsync("ms.rivera", CancellationToken.None);
            await Parallel.ForEachAsync(submissions, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (submission, cancellationToken) =>
            {
                var answer = await teacher.PostAsync(
                    $"/api/submissions/{submission}/decisions", new JsonObject { ["attempt"] = 1, ["outcome"] = "approved" }, $"approve-{submission}", cancellationToken);
                confirmed[submission] = answer["decision"]!["id"]!.GetValue<string>();
            });
        }
        catch (Exception e) when (LostAnswer.Is(e))
        {
            // The process was killed under the request: nothing was confirmed, and the next round asks again.
        }
    }

    // The sweep completes what a crash left open within seconds of the start.
    private static async Task WaitUntilSignedAsync(ServerProcess server, IReadOnlyList<string> submissions)
    {
        using var teacher = server.Visitor();
        await teacher.SignInAsync("ms.rivera", CancellationToken.None);
        foreach (var submission in submissions)
        {
            Assert.Equal("approved", (await teacher.FetchAsync($"/api/submissions/{submission}", CancellationToken.None))["state"]!.GetValue<string>());
        }

        await Task.Delay(IssuanceFinisher.Patience + IssuingSweep.Pause);
    }

    internal static async Task CheckAsync(string data, string? database, ConcurrentDictionary<string, string> confirmed)
    {
        await using var opened = await OpenedStore.OpenAsync(ServerProcess.SettingsOf(data, database), TimeProvider.System, CancellationToken.None);
        var store = opened.Documents;
        var slots = new HashSet<(StatusListId, int)>();
        foreach (var (id, decision) in confirmed)
        {
            var submission = (await store.FindAsync(SubmissionDocuments.Kind, id, CancellationToken.None))!.Document;
            Assert.Equal([decision], submission.LastAttempt!.Decisions.Select(made => made.Id));

            var award = Assert.Single((await store.QueryAsync(AwardDocuments.Kind, AwardDocuments.BySubmission.Where(id), CancellationToken.None)).Documents);
            Assert.Equal((decision, AwardState.Issued), (award.Decision, award.State));
            Assert.Equal(IntentState.Completed, (await store.FindAsync(IssuanceIntentDocuments.Kind, award.Credential.Value, CancellationToken.None))!.Document.State);
            Assert.NotNull(await store.FindAsync(SignedCredentialDocuments.Kind, award.Credential.Value, CancellationToken.None));
            var status = (await store.FindAsync(CredentialStatusDocuments.Kind, award.Credential.Value, CancellationToken.None))!.Document;
            Assert.True(slots.Add((status.List, status.Index)), "Two credentials share a status index.");

            var chain = await store.QueryAsync(LedgerDocuments.Kind, LedgerDocuments.ChainOf(submission.Organization, submission.Learner).Take(1000), CancellationToken.None);
            Assert.Empty(LedgerChain.Check(chain.Documents));
            Assert.Equal(
                submission.LastAttempt.Standing!.Ratings.Select(rating => rating.CompetencyId),
                chain.Documents.Where(entry => entry.Facts.Provenance.DecisionId == decision).Select(entry => entry.Facts.Competency.CompetencyId));
        }

        Assert.Empty((await store.QueryAsync(IssuanceIntentDocuments.Kind, IssuanceIntentDocuments.Open.Where(), CancellationToken.None)).Items);
    }
}
