using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SkillBadges.Core.Definitions.CoAuthoring;

[JsonConverter(typeof(JsonStringEnumConverter<WordChange>))]
public enum WordChange
{
    [JsonStringEnumMemberName("same")]
    Same,

    [JsonStringEnumMemberName("removed")]
    Removed,

    [JsonStringEnumMemberName("added")]
    Added,
}

/// <summary>Words in a row that are the same in both texts, only in the earlier, or only in the later.</summary>
public sealed record WordRun(WordChange Change, string Text);

/// <summary>What changed between two texts, word by word: a longest common subsequence.</summary>
public static class WordChanges
{
    // Beyond this the table grows past 16 MB; texts that long are shown as one removed and one added.
    private const int MaxCells = 4_000_000;

    public static ImmutableArray<WordRun> Between(string before, string after)
    {
        var (old, now) = (Split(before), Split(after));
        if ((long)(old.Length + 1) * (now.Length + 1) > MaxCells)
        {
            return Joined([.. old.Select(word => (WordChange.Removed, word)), .. now.Select(word => (WordChange.Added, word))]);
        }

        var common = Table(old, now);
        var steps = new List<(WordChange Change, string Word)>();
        for (int i = 0, j = 0; i < old.Length || j < now.Length;)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
            {
                steps.Add((WordChange.Same, old[i++]));
                j++;
            }
            else if (i < old.Length && (j == now.Length || common[i + 1, j] >= common[i, j + 1]))
            {
                steps.Add((WordChange.Removed, old[i++]));
            }
            else
            {
                steps.Add((WordChange.Added, now[j++]));
            }
        }

        return Joined(steps);
    }

    // Line breaks are words of their own, so that lists stay lists.
    internal static string[] Split(string text) => text.Replace("\n", " \n ", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static int[,] Table(string[] old, string[] now)
    {
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }

    private static ImmutableArray<WordRun> Joined(List<(WordChange Change, string Word)> steps)
    {
        var runs = ImmutableArray.CreateBuilder<WordRun>();
        foreach (var (change, word) in steps)
        {
            if (runs.Count > 0 && runs[^1].Change == change)
            {
                runs[^1] = new(change, $"{runs[^1].Text} {word}");
            }
            else
            {
                runs.Add(new(change, word));
            }
        }

        return runs.ToImmutable();
    }
}
