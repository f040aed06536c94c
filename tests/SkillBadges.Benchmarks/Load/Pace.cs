using System.Diagnostics;

namespace SkillBadges.Benchmarks.Load;

/// <summary>Sends requests at a pace that does not wait for answers, as people do not; bounded in number, in time and in how many are on their way.</summary>
internal static class Pace
{
    public const int MostASecond = 3_000;
    public const int MostSeconds = 900;
    public const int MostOnTheirWay = 10_000;

    /// <param name="aSecond">How many.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="send">Sends the n-th and gives its status (0 for no answer) and whether it says when to come again.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than this sends.</exception>
    public static async Task<(Tally Tally, TimeSpan Took)> RunAsync(double aSecond, TimeSpan duration, Func<int, Task<(int Status, bool SaysWhen)>> send)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(aSecond, MostASecond);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(duration.TotalSeconds, MostSeconds);
        var (tally, total, onTheirWay) = (new Tally(), (int)(aSecond * duration.TotalSeconds), 0);
        var clock = Stopwatch.StartNew();
        for (var number = 0; number < total;)
        {
            for (; number < total && TimeSpan.FromSeconds(number / aSecond) <= clock.Elapsed; number++)
            {
                if (Volatile.Read(ref onTheirWay) >= MostOnTheirWay)
                {
                    tally.NotSent++;
                    continue;
                }

                Interlocked.Increment(ref onTheirWay);
                _ = OneAsync(number, TimeSpan.FromSeconds(number / aSecond));
            }

            await Task.Delay(1);
        }

        while (Volatile.Read(ref onTheirWay) > 0)
        {
            await Task.Delay(10);
        }

        return (tally, clock.Elapsed);

        async Task OneAsync(int number, TimeSpan due)
        {
            try
            {
                // Another thread than the one that keeps the pace.
                await Task.Yield();
                var (status, saysWhen) = await send(number);
                tally.Add(new(due, clock.Elapsed - due, status, saysWhen));
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                tally.Add(new(due, clock.Elapsed - due, 0, false));
            }
            finally
            {
                Interlocked.Decrement(ref onTheirWay);
            }
        }
    }
}
