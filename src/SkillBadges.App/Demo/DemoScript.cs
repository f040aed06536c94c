using System.Diagnostics;
using System.Text.Json.Nodes;

namespace SkillBadges.App.Demo;

/// <summary>Runs the steps of the story, prints each with its time, and remembers what happened.</summary>
internal sealed class DemoScript(TextWriter output)
{
    private readonly JsonArray steps = [];
    private readonly long start = Stopwatch.GetTimestamp();

    public bool AllHeld { get; private set; } = true;

    public async Task StepAsync(string sentence, Func<Task<JsonObject>> act)
    {
        if (!AllHeld)
        {
            return;
        }

        var began = Stopwatch.GetTimestamp();
        JsonObject found;
        try
        {
            found = await act();
        }
        catch (Exception e) when (e is DemoStepFailedException or HttpRequestException or IOException)
        {
            AllHeld = false;
            found = new JsonObject { ["failure"] = e.Message };
        }

        var milliseconds = (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        await output.WriteLineAsync($"{(AllHeld ? "ok  " : "FAIL")} {milliseconds,6} ms  {sentence}");
        if (!AllHeld)
        {
            await output.WriteLineAsync($"             {found["failure"]}");
        }

        steps.Add(new JsonObject { ["step"] = sentence, ["held"] = AllHeld, ["milliseconds"] = milliseconds, ["found"] = found });
    }

    public JsonObject ToStory() => new()
    {
        ["held"] = AllHeld,
        ["milliseconds"] = (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds,
        ["steps"] = steps.DeepClone(),
    };

    /// <exception cref="DemoStepFailedException">It is not so.</exception>
    public static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new DemoStepFailedException(otherwise);
        }
    }

    /// <summary>The refusal has this status and this code.</summary>
    /// <exception cref="DemoStepFailedException">It has not.</exception>
    public static void RequireRefusal(string refused, int status, string code) => Require(
        refused.StartsWith($"{status} ", StringComparison.Ordinal) && refused.Contains($"/problems/{code}\"", StringComparison.Ordinal), $"{code} was expected: {refused}");
}
