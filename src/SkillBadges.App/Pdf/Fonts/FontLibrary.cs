using System.Collections.Frozen;

namespace SkillBadges.App.Pdf.Fonts;

/// <summary>The bundled faces, and behind them what the machine has for scripts that they lack. One lives as long as the process.</summary>
/// <param name="folders">Where fonts of the machine lie, the preferred first; those that are not there are passed over.</param>
internal sealed class FontLibrary(IReadOnlyList<string> folders)
{
    private static readonly FrozenDictionary<FontWeight, FontFace> bundled =
        Enum.GetValues<FontWeight>().ToFrozenDictionary(weight => weight, weight => new FontFace($"OpenSans-{weight}", TrueTypeFont.Read(Embedded($"OpenSans-{weight}.ttf"))));

    // Looked for when the first character asks.
    private readonly Lazy<IReadOnlyList<InstalledFont>> installed = new(() => InstalledFont.In(folders));

    /// <summary>Where operating systems keep fonts.</summary>
    public static IReadOnlyList<string> SystemFolders { get; } =
    [
        "/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts", Environment.GetFolderPath(Environment.SpecialFolder.Fonts),
    ];

    public static FontFace Bundled(FontWeight weight) => bundled[weight];

    /// <summary>The face that draws a character and its glyph there; null where no font at hand has it.</summary>
    public (FontFace Face, int Glyph)? Find(FontWeight weight, int character)
    {
        if (bundled[weight].Font.Characters.Glyph(character) is > 0 and var glyph)
        {
            return (bundled[weight], glyph);
        }

        foreach (var font in installed.Value)
        {
            if (font.Glyph(character) is > 0 and var other && font.Face is { } face && other < face.Font.GlyphCount)
            {
                return (face, other);
            }
        }

        return null;
    }

    private static byte[] Embedded(string name)
    {
        using var file = typeof(FontLibrary).Assembly.GetManifestResourceStream($"fonts.{name}") ?? throw new InvalidOperationException($"The font {name} is not embedded.");
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
