using System.Collections.Concurrent;
using System.Globalization;

namespace SkillBadges.Benchmarks.Load;

/// <summary>What one request came to.</summary>
/// <param name="Due">When it should have been sent, from the beginning on.</param>
/// <param name="Took">From that moment to the whole answer, so that a sender that falls behind counts as well.</param>
/// <param name="Status">0 when there was no answer.</param>
/// <param name="SaysWhen">Whether it says when to come again.</param>
internal readonly record struct Reply(TimeSpan Due, TimeSpan Took, int Status, bool SaysWhen)
{
    public bool IsDone => Status is >= 200 and < 300;

    public bool IsTurnedAway => Status is 429 or 503;
}

/// <summary>All that a load came to.</summary>
internal sealed class Tally
{
    private const int Slow = 300;
    private const int MostSlow = 60;

    private readonly ConcurrentBag<Reply> replies = [];

    public IEnumerable<Reply> Replies => replies;

    public int Done => replies.Count(reply => reply.IsDone);

    public int TurnedAway => replies.Count(reply => reply.IsTurnedAway);

    public int TurnedAwayWithoutAWord => replies.Count(reply => reply.IsTurnedAway && !reply.SaysWhen);

    /// <summary>Neither done nor turned away.</summary>
    public int Other => replies.Count(reply => !reply.IsDone && !reply.IsTurnedAway);

    /// <summary>How many were never sent, because too many were on their way.</summary>
    public int NotSent { get; set; }

    public void Add(Reply reply) => replies.Add(reply);

    /// <summary>Milliseconds that a share of what was done took at most.</summary>
    public double Milliseconds(double share) => Milliseconds(replies, share);

    public async Task WriteAsync(string what, TimeSpan took, TextWriter output)
    {
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{what,-58} {"sent",8} {"done",8} {"429/503",8} {"other",6} {"a second",9} {"median",8} {"p95",8} {"p99",8} {"most ms",8}"));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{"",-58} {replies.Count,8} {Done,8} {TurnedAway,8} {Other,6} {Done / took.TotalSeconds,9:F1} {Milliseconds(0.5),8:F1} {Milliseconds(0.95),8:F1} {Milliseconds(0.99),8:F1} {Milliseconds(1),8:F1}"));
        await WriteMinutesAsync(output);
        foreach (var strange in replies.Where(reply => !reply.IsDone && !reply.IsTurnedAway).GroupBy(reply => reply.Status))
        {
            await output.WriteLineAsync($"    {strange.Count()} answered {(strange.Key == 0 ? "nothing" : strange.Key)}");
        }

        if (NotSent > 0)
        {
            await output.WriteLineAsync($"    {NotSent} were not sent: {Pace.MostOnTheirWay} were on their way.");
        }
    }

    private static double Milliseconds(IEnumerable<Reply> replies, double share)
    {
        var sorted = replies.Where(reply => reply.IsDone).Select(reply => reply.Took.TotalMilliseconds).Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[(int)Math.Ceiling(sorted.Length * share) - 1];
    }

    /// <summary>What grows from minute to minute, or comes back every so many seconds, is not seen in one figure for all.</summary>
    private async Task WriteMinutesAsync(TextWriter output)
    {
        var minutes = replies.GroupBy(reply => (int)reply.Due.TotalMinutes).OrderBy(minute => minute.Key).ToList();
        if (minutes.Count < 2)
        {
            return;
        }

        foreach (var minute in minutes)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"    minute {minute.Key + 1,2}: median {Milliseconds(minute, 0.5):F1}, p95 {Milliseconds(minute, 0.95):F1}, p99 {Milliseconds(minute, 0.99):F1}, most {Milliseconds(minute, 1):F1}"));
        }

        var slow = replies.Where(reply => reply.Took > TimeSpan.FromMilliseconds(Slow)).Select(reply => (int)reply.Due.TotalSeconds).Distinct().Order().Take(MostSlow);
        await output.WriteLineAsync($"    seconds with something over {Slow} ms: {string.Join(' ', slow)}");
    }
}
