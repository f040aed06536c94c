using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SkillBadges.App.Layout;

/// <summary>
/// What is missing or wrong in a badge or in a roster, in other languages than English: <c>faults</c> of a language's file, from each English sentence, <c>{0}</c> where it names something, to its own.
/// Beside the sentences stand the words that they put in, such as <c>skill group</c>. A fault is kept with its English sentence, so that it is that sentence which is recognized.
/// </summary>
internal static partial class FaultTexts
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> Known = LanguageFiles.Faults;

    private static readonly FrozenDictionary<string, IReadOnlyList<(Regex English, string Own)>> Sentences =
        Known.ToFrozenDictionary(language => language.Key, language => (IReadOnlyList<(Regex, string)>)[.. language.Value.Where(text => text.Key.EndsWith('.')).OrderByDescending(text => text.Key.Length).Select(text => (Recognizing(text.Key), text.Value))], StringComparer.Ordinal);

    /// <summary>The languages beside English.</summary>
    public static IEnumerable<string> Languages => Known.Keys;

    /// <summary>The English sentences that a language has its own of.</summary>
    public static IEnumerable<string> Of(string language) => Known[language].Keys.Where(text => text.EndsWith('.'));

    /// <param name="fault">The English sentence.</param>
    /// <returns>Null where the language does not say it.</returns>
    public static string? In(string language, string fault)
    {
        foreach (var (english, own) in Sentences.GetValueOrDefault(language) ?? [])
        {
            if (english.Match(fault) is { Success: true } match)
            {
                return string.Format(CultureInfo.InvariantCulture, own, [.. match.Groups.Values.Skip(1).Select(group => Known[language].GetValueOrDefault(group.Value) ?? group.Value)]);
            }
        }

        return null;
    }

    // "The member \{0} is missing\." with a group for what is put in, which is text of authors and may be anything.
    private static Regex Recognizing(string english) =>
        new($@"\A{Place().Replace(Regex.Escape(english), "(.*?)")}\z", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking);

    // As Regex.Escape writes it.
    [GeneratedRegex(@"\\\{\d\}")]
    private static partial Regex Place();
}
