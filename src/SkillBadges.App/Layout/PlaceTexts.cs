namespace SkillBadges.App.Layout;

/// <summary>What the parts of a badge are called where its changes are told, in other languages than English: <c>places</c> of a language's file.</summary>
internal static class PlaceTexts
{
    /// <summary>The words that a language has its own of.</summary>
    public static IEnumerable<string> Of(string language) => LanguageFiles.Places[language].Keys;

    public static string In(string language, string words) => LanguageFiles.Places.GetValueOrDefault(language)?.GetValueOrDefault(words) ?? words;
}
