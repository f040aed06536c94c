using SkillBadges.App.Tests.House;

namespace SkillBadges.App.Tests.Access;

/// <summary>One operation, what it is played in, and what each of <see cref="Cast.Everybody"/> gets.</summary>
internal sealed record AccessRow(string Operation, string Scene, string[] Expected);

/// <summary>The table in <c>access.txt</c>.</summary>
internal static class AccessMatrix
{
    public static IReadOnlyList<AccessRow> Read()
    {
        var rows = new List<AccessRow>();
        var scene = "";
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "tests", "SkillBadges.App.Tests", "Access", "access.txt")).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == '[')
            {
                scene = line.Trim('[', ']');
                continue;
            }

            var (operation, answers) = (line[..line.IndexOf('|', StringComparison.Ordinal)].Trim(), line[(line.IndexOf('|', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            rows.Add(new(operation, scene, answers.Length switch
            {
                1 => [.. Cast.Everybody.Select(_ => answers[0])],
                2 => [.. Cast.Everybody.Select((_, index) => answers[Math.Min(index, 1)])],
                _ => answers,
            }));
        }

        return rows;
    }
}
