using System.Collections.Frozen;
using System.Text.Json;

namespace SkillBadges.App.Http;

/// <summary>
/// What refusals mean, in other languages than English: <c>Layout/Languages/Problems/{code}.json</c>, from the codes that pages show most to a sentence or two. What a file
/// lacks is shown in English, marked as such for those who have pages read to them.
/// </summary>
internal static class ProblemTexts
{
    private const string Folder = "problem-languages.";

    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> Known = Load();

    /// <returns>Null where the language has no words for the code.</returns>
    public static string? In(string language, string code) => Known.GetValueOrDefault(language)?.GetValueOrDefault(code);

    /// <summary>The codes that a language explains.</summary>
    public static IReadOnlyCollection<string> Codes(string language) => Known[language].Keys;

    private static FrozenDictionary<string, FrozenDictionary<string, string>> Load()
    {
        var assembly = typeof(ProblemTexts).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).ToFrozenDictionary(
            name => name[Folder.Length..^".json".Length],
            name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary(StringComparer.Ordinal);
            },
            StringComparer.Ordinal);
    }
}
