using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using SkillBadges.App.Layout;
using SkillBadges.Core;

namespace SkillBadges.App.Http;

/// <summary>
/// What refusals mean, in other languages than English: <c>refusals</c> of a language's file, from each code to a sentence or two; names of members, options and files stand in
/// backticks. Behind a code, <c>attempt.cooling#</c> is the sentence that follows where a refusal names something, <c>{0}</c> and so on in the order of <see cref="RefusedException.Values"/>.
/// </summary>
internal static class ProblemTexts
{
    private const string WithValues = "#";

    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> Known = LanguageFiles.Refusals;

    /// <summary>The languages beside English.</summary>
    public static IEnumerable<string> Languages => Known.Keys;

    /// <returns>With its backticks; null where the language has no words for the code.</returns>
    public static string? Markdown(string language, string code) => Known.GetValueOrDefault(language)?.GetValueOrDefault(code);

    /// <summary>To be shown as text: what the code means, then what this refusal names.</summary>
    public static string? In(string language, string code, IReadOnlyList<string>? values = null)
    {
        if (Markdown(language, code) is not { } words)
        {
            return null;
        }

        var plain = words.Replace("`", "", StringComparison.Ordinal);
        return values is { Count: > 0 } && Markdown(language, code + WithValues) is { } sentence && values.Count == Places(sentence)
            ? $"{plain} {string.Format(CultureInfo.InvariantCulture, sentence, [.. values])}"
            : plain;
    }

    /// <inheritdoc cref="In(string, string, IReadOnlyList{string})"/>
    public static string? In(string language, RefusedException refusal) => In(language, refusal.Code, refusal.Values);

    /// <summary>The codes that a language explains.</summary>
    public static IEnumerable<string> Codes(string language) => Known[language].Keys.Where(key => !key.EndsWith(WithValues, StringComparison.Ordinal));

    /// <summary>The codes whose refusals name something that the language says, each with how many things.</summary>
    public static IEnumerable<KeyValuePair<string, int>> Named(string language) =>
        Known[language].Where(text => text.Key.EndsWith(WithValues, StringComparison.Ordinal)).Select(text => KeyValuePair.Create(text.Key[..^WithValues.Length], Places(text.Value)));

    private static int Places(string sentence) => CompositeFormat.Parse(sentence).MinimumArgumentCount;
}
