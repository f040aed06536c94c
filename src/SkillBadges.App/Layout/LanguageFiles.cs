using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SkillBadges.App.Layout;

/// <summary>
/// The languages other than English, each one file beside the program, <c>languages/{code}.json</c>: a file that is put there is a language that is offered. What it lacks is shown in English.
/// </summary>
internal static class LanguageFiles
{
    private static readonly JsonSerializerOptions strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private static readonly FrozenDictionary<string, LanguageFile> Files = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "languages"), "*.json")
        .ToFrozenDictionary(file => Path.GetFileNameWithoutExtension(file), Read, StringComparer.Ordinal);

    /// <summary>From the English words of a page, <c>{0}</c> where something is put in.</summary>
    public static FrozenDictionary<string, FrozenDictionary<string, string>> Pages { get; } = Part(file => file.Pages);

    /// <summary>From the code of a refusal.</summary>
    public static FrozenDictionary<string, FrozenDictionary<string, string>> Refusals { get; } = Part(file => file.Refusals);

    /// <summary>From the English sentence of a fault in a file.</summary>
    public static FrozenDictionary<string, FrozenDictionary<string, string>> Faults { get; } = Part(file => file.Faults);

    /// <summary>From the English name of a part of a badge.</summary>
    public static FrozenDictionary<string, FrozenDictionary<string, string>> Places { get; } = Part(file => file.Places);

    /// <summary>From the code of a check's reason, or of its family such as <c>png.*</c>; {0} is the day on which the badge ends, {1} that on which it begins.</summary>
    public static FrozenDictionary<string, FrozenDictionary<string, string>> Checks { get; } = Part(file => file.Checks);

    /// <summary>Whether it is written from right to left.</summary>
    public static bool IsRightToLeft(string language) => Files.GetValueOrDefault(language)?.Direction == Direction.Rtl;

    private static FrozenDictionary<string, FrozenDictionary<string, string>> Part(Func<LanguageFile, Dictionary<string, string>> part) =>
        Files.ToFrozenDictionary(file => file.Key, file => part(file.Value).ToFrozenDictionary(StringComparer.Ordinal), StringComparer.Ordinal);

    private static LanguageFile Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<LanguageFile>(File.ReadAllBytes(path), strict) ?? throw new JsonException("It is null.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path} is no file of a language: {fault.Message}", fault);
        }
    }

    private enum Direction
    {
        Ltr,
        Rtl,
    }

    private sealed record LanguageFile
    {
        public Dictionary<string, string> Pages { get; init; } = [];

        public Dictionary<string, string> Refusals { get; init; } = [];

        public Dictionary<string, string> Faults { get; init; } = [];

        public Dictionary<string, string> Places { get; init; } = [];

        public Dictionary<string, string> Checks { get; init; } = [];

        public Direction Direction { get; init; }
    }
}
