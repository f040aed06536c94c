namespace SkillBadges.App.Pdf.Fonts;

/// <summary>A font file of the machine. Which characters it has is kept; its bytes are read again when it is drawn with.</summary>
internal sealed class InstalledFont
{
    private const int MaxFiles = 1_000;
    private const long MaxBytes = 64 * 1024 * 1024;

    // A plain face is wanted where a family has several, and one with letters of even width where there is a choice.
    private static readonly string[] special = ["Bold", "Italic", "Oblique", "Light", "Condensed", "Mono", "Black", "Thin", "Serif", "Math"];

    private readonly CharacterMap characters;
    private readonly Lazy<FontFace?> face;

    private InstalledFont(string path, CharacterMap characters)
    {
        this.characters = characters;
        face = new(() => Read(path) is { } font ? new(NameOf(path), font) : null);
    }

    /// <summary>Null when the file changed since it was looked at.</summary>
    public FontFace? Face => face.Value;

    /// <summary>The usable fonts below these folders, always in the same order.</summary>
    public static IReadOnlyList<InstalledFont> In(IEnumerable<string> folders) =>
    [
        .. folders.Where(Directory.Exists).SelectMany(folder => Directory
                .EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 6, IgnoreInaccessible = true })
                .Where(path => Path.GetExtension(path).ToUpperInvariant() is ".TTF" or ".TTC" or ".OTF")
                .OrderBy(path => special.Count(word => Path.GetFileName(path).Contains(word, StringComparison.Ordinal)))
                .ThenBy(path => path, StringComparer.Ordinal))
            .Take(MaxFiles)
            .Select(path => Read(path) is { } font ? new InstalledFont(path, font.Characters) : null)
            .OfType<InstalledFont>(),
    ];

    public int Glyph(int character) => characters.Glyph(character);

    // Files that are no such font, or may not be embedded, are as good as not there.
    private static TrueTypeFont? Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            var font = file.Length is > 0 and <= MaxBytes ? TrueTypeFont.Read(File.ReadAllBytes(path)) : null;
            return font is { MayBeEmbedded: true } ? font : null;
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string NameOf(string path)
    {
        var letters = new string([.. Path.GetFileNameWithoutExtension(path).Where(c => char.IsAsciiLetterOrDigit(c) || c == '-').Take(60)]);
        return letters.Length > 0 ? letters : "Font";
    }
}
