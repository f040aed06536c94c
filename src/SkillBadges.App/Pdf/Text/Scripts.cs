namespace SkillBadges.App.Pdf.Text;

/// <summary>What the letters of a script need beyond standing side by side.</summary>
internal static class Scripts
{
    // Unicode 16.0 (2024-09), blocks. Hebrew, Arabic, Syriac, Thaana, NKo and their neighbors; their presentation forms; the old ones of plane 1.
    private static readonly (int From, int To)[] rightToLeft = [(0x0590, 0x08FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFE), (0x10800, 0x10FFF), (0x1E800, 0x1EFFF)];

    // Combining marks; the scripts of India and of Southeast Asia, Tibetan, Mongolian, Hangul letters that are put together.
    private static readonly (int From, int To)[] shaped =
    [
        (0x0300, 0x036F), (0x0483, 0x0489), (0x0900, 0x109F), (0x1100, 0x11FF), (0x1700, 0x17FF), (0x1800, 0x18AF), (0x1900, 0x1CFF), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF),
        (0x20D0, 0x20FF), (0xA800, 0xA8FF), (0xA930, 0xAADF), (0xABC0, 0xABFF), (0xFE20, 0xFE2F), (0x11000, 0x11FFF), (0x1E000, 0x1E2FF),
    ];

    public static bool IsRightToLeft(int character) => IsIn(rightToLeft, character);

    /// <summary>Whether letters join, move or stack in ways that are not drawn here.</summary>
    public static bool NeedsShaping(int character) => IsIn(shaped, character) || IsRightToLeft(character);

    /// <summary>Whether a line may break on either side: Han, kana, Hangul syllables.</summary>
    public static bool BreaksAnywhere(int character) => character is (>= 0x2E80 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    private static bool IsIn((int From, int To)[] ranges, int character)
    {
        foreach (var (from, to) in ranges)
        {
            if (character >= from && character <= to)
            {
                return true;
            }
        }

        return false;
    }
}
