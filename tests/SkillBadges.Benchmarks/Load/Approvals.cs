using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SkillBadges.App;
using SkillBadges.Core.Checking;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;

namespace SkillBadges.Benchmarks.Load;

/// <summary>Approves waiting work, remembers every decision that was confirmed, and compares afterwards with what is stored.</summary>
internal sealed class Approvals(LoadedServer server, IEnumerable<string> waiting)
{
    private readonly ConcurrentQueue<string> queue = new(waiting);
    private readonly ConcurrentDictionary<string, string> confirmed = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<string> unsure = [];

    public bool IsEmpty => queue.IsEmpty;

    public int Confirmed => confirmed.Count;

    /// <summary>Approves the next one. What was turned away goes back into the queue; what was not answered is asked again at the end.</summary>
    public async Task<(int Status, bool SaysWhen)> NextAsync()
    {
        if (!queue.TryDequeue(out var submission))
        {
            throw new InvalidOperationException("No work is left; seed more.");
        }

        try
        {
            using var answer = await SendAsync(submission);
            var status = (int)answer.StatusCode;
            if (answer.IsSuccessStatusCode)
            {
                await ConfirmAsync(submission, answer);
            }
            else if (status is 429 or 503)
            {
                queue.Enqueue(submission);
            }
            else
            {
                unsure.Add(submission);
            }

            return (status, answer.Headers.RetryAfter is not null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            unsure.Add(submission);
            throw;
        }
    }

    /// <summary>Sends what was not answered again, the same request, until it is.</summary>
    public async Task SettleAsync()
    {
        foreach (var submission in unsure)
        {
            for (var tries = 1; !confirmed.ContainsKey(submission); tries++)
            {
                using var answer = await SendAsync(submission);
                if (answer.IsSuccessStatusCode)
                {
                    await ConfirmAsync(submission, answer);
                }
                else if (tries == 20)
                {
                    throw new InvalidOperationException($"{submission} is never approved: {answer.StatusCode}.");
                }
                else
                {
                    await Task.Delay(500);
                }
            }
        }
    }

    /// <summary>What was confirmed and is not stored so; what is there more than once; what the check of all invariants names.</summary>
    public async Task<(int Lost, int Doubled, int Unsigned, IReadOnlyList<string> Broken)> CompareAsync(OpenedStore opened)
    {
        var (lost, doubled, unsigned) = (0, 0, 0);
        var store = opened.Documents;
        await Parallel.ForEachAsync(confirmed, async (one, cancellationToken) =>
        {
            var submission = (await store.FindAsync(SubmissionDocuments.Kind, one.Key, cancellationToken))?.Document;
            var decisions = submission?.LastAttempt?.Decisions.Select(made => made.Id).ToArray() ?? [];
            var awards = (await store.QueryAsync(AwardDocuments.Kind, AwardDocuments.BySubmission.Where(one.Key).Take(10), cancellationToken)).Documents.ToArray();
            if (!decisions.Contains(one.Value) || !awards.Any(award => award.Decision == one.Value))
            {
                Interlocked.Increment(ref lost);
            }

            if (decisions.Length > 1 || awards.Length > 1)
            {
                Interlocked.Increment(ref doubled);
            }

            if (awards.Length == 1 && await store.FindAsync(SignedCredentialDocuments.Kind, awards[0].Credential.Value, cancellationToken) is null)
            {
                Interlocked.Increment(ref unsigned);
            }
        });
        var report = await new StoreCheck(opened.Documents, opened.Whole, opened.Files).RunAsync(CancellationToken.None);
        return (lost, doubled, unsigned, [.. report.Found.Select(broken => $"{broken.Invariant} {broken.Document}: {broken.What}")]);
    }

    private Task<HttpResponseMessage> SendAsync(string submission) => server.SendAsync(
        HttpMethod.Post,
        $"/api/submissions/{submission}/decisions",
        new StringContent(new JsonObject { ["attempt"] = 1, ["outcome"] = "approved" }.ToJsonString(), Encoding.UTF8, "application/json"),
        $"approve-{submission}");

    private async Task ConfirmAsync(string submission, HttpResponseMessage answer)
    {
        var decision = (JsonNode.Parse(await answer.Content.ReadAsStringAsync()) ?? throw new JsonException("The answer is empty."))["decision"]!["id"]!.GetValue<string>();
        confirmed[submission] = decision;
    }
}
