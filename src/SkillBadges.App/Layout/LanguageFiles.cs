using System.Collections.Frozen;
using System.Text.Json;

namespace SkillBadges.App.Layout;

/// <summary>Reads the texts that are built in for languages other than English: one JSON object of texts for each language.</summary>
internal static class LanguageFiles
{
    /// <param name="folder">What the files' names begin with, such as <c>languages.</c>; what follows is the language's code and <c>.json</c>.</param>
    /// <returns>The texts by language.</returns>
    public static FrozenDictionary<string, FrozenDictionary<string, string>> Read(string folder)
    {
        var assembly = typeof(LanguageFiles).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal)).ToFrozenDictionary(
            name => name[folder.Length..^".json".Length],
            name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary(StringComparer.Ordinal);
            },
            StringComparer.Ordinal);
    }
}
