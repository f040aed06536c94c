using System.Text;
using System.Text.Unicode;

namespace SkillBadges.Core.Evidence.Content;

/// <summary>Plain text and tables of values: UTF-8 to the last byte, no control characters, nothing that a program would take for a page or a script.</summary>
internal static class TextContent
{
    private const int Part = 64 * 1024;

    public static CleanPlan Plan(ContentSource source)
    {
        RequireNoOtherMeaning(source);
        for (var position = 0L; position < source.Length;)
        {
            var part = source.AtMost(position, Part);
            var whole = position + part.Length < source.Length ? part[..^CutCharacter(part)] : part;
            if (whole.IsEmpty || !Utf8.IsValid(whole) || whole.IndexOfAnyInRange((byte)0, (byte)8) >= 0 || whole.IndexOfAnyInRange((byte)0x0E, (byte)0x1F) >= 0 || whole.IndexOfAny((byte)0x0B, (byte)0x7F) >= 0)
            {
                throw NotAccepted();
            }

            position += whole.Length;
        }

        return source.Length > 0 ? new CleanPlan("text/plain").Keep(0, source.Length) : throw NotAccepted();
    }

    private static void RequireNoOtherMeaning(ContentSource source)
    {
        var start = Encoding.UTF8.GetString(source.AtMost(0, 1024)).TrimStart('\uFEFF', ' ', '\t', '\r', '\n', '\f', '\v');
        if (start.StartsWith('<'))
        {
            throw Refused.Invalid("evidence.markup", "SVG, HTML and XML can run in a browser and are not accepted; please send a PNG, a PDF or plain text.");
        }

        if (start.StartsWith("#!", StringComparison.Ordinal) || start.StartsWith("@echo", StringComparison.OrdinalIgnoreCase) || start.StartsWith("%!PS", StringComparison.Ordinal))
        {
            throw Refused.Invalid("evidence.script", "Scripts are not accepted as files; please paste the text, link to where your code lives, or send a picture of what it does.");
        }

        if (start.StartsWith("{\\rtf", StringComparison.Ordinal) || start.StartsWith("MIME-Version:", StringComparison.OrdinalIgnoreCase) || start.StartsWith("%PDF", StringComparison.Ordinal))
        {
            throw NotAccepted();
        }
    }

    // How many last bytes may be the beginning of a character that goes on in the next part.
    private static int CutCharacter(ReadOnlySpan<byte> part)
    {
        for (var back = 1; back <= Math.Min(3, part.Length); back++)
        {
            var value = part[^back];
            if (value >= 0xC0)
            {
                return back;
            }

            if (value < 0x80)
            {
                return 0;
            }
        }

        return 0;
    }

    private static RefusedException NotAccepted() => Refused.Invalid(
        "evidence.file-type", "This kind of file is not accepted. PNG and JPEG pictures, MP4 and MOV video, MP3, M4A and WAV sound, PDF, Word, Excel and PowerPoint documents without macros, and plain text are.");
}
