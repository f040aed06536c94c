using SkillBadges.Core;

namespace SkillBadges.App.Demo;

/// <summary>A data folder that the demo made itself; any other is left alone.</summary>
internal static class DemoFolder
{
    private const string Marker = "this-is-demo-data";

    /// <returns>True when the folder is new and has to be filled.</returns>
    /// <exception cref="RefusedException"><c>demo.other-data</c>.</exception>
    public static bool Prepare(string folder)
    {
        var marker = Path.Combine(folder, Marker);
        if (File.Exists(marker))
        {
            return false;
        }

        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw Refused.Conflict("demo.other-data", $"{folder} holds data that is not the demo's. Choose another folder with --data.");
        }

        return true;
    }

    /// <summary>Marks the folder as the demo's once it is filled, so that a half-filled one is noticed.</summary>
    public static Task MarkAsync(string folder, CancellationToken cancellationToken)
    {
        // With documents and files in a database nothing else is in it.
        Directory.CreateDirectory(folder);
        return File.WriteAllTextAsync(Path.Combine(folder, Marker), "Made by the demo command; safe to delete.\n", cancellationToken);
    }
}
