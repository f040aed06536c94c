using System.Text;

namespace SkillBadges.Core.Evidence.Content;

/// <summary>
/// PDF (ISO 32000-2:2020): begins at the first byte, ends with <c>%%EOF</c>, and does not openly carry programs, forms of XFA or other files. Names inside compressed objects are not
/// looked at, so a PDF is only ever handed out as a download. It is kept as it came: what it says about its author stays.
/// </summary>
internal static class PdfContent
{
    private const int MaxName = 127;

    private static readonly string[] Active = ["JavaScript", "JS", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "XFA", "ImportData", "SubmitForm"];

    public static CleanPlan Plan(ContentSource source)
    {
        RequireEnd(source);
        for (var position = 0L; position < source.Length;)
        {
            var part = source.Rest(position);
            var at = part.IndexOfAny((byte)'/', (byte)'s');
            if (at < 0)
            {
                position += part.Length;
                continue;
            }

            position += at;
            if (source.Byte(position) == '/')
            {
                var name = NameAt(source, position + 1);
                if (Active.Contains(name))
                {
                    throw Refused.Invalid("evidence.pdf-active", "This PDF holds a program, a form that sends, or other files. Please print it to a new PDF.");
                }

                position++;
            }
            else
            {
                position = source.StartsWith(position, "stream\n"u8) || source.StartsWith(position, "stream\r\n"u8) ? EndOfStream(source, position + 7) : position + 1;
            }
        }

        return new CleanPlan("application/pdf").Keep(0, source.Length);
    }

    private static void RequireEnd(ContentSource source)
    {
        var tail = source.AtMost(Math.Max(0, source.Length - 1024), 1024);
        var mark = tail.LastIndexOf("%%EOF"u8);
        if (mark < 0)
        {
            // Cut off, or with so much behind its end that it is out of sight.
            throw Find(source, "%%EOF"u8.ToArray()) ? NotTaken.Trailing() : NotTaken.Truncated();
        }

        if (tail[(mark + 5)..].ContainsAnyExcept(" \t\r\n\0"u8))
        {
            throw NotTaken.Trailing();
        }
    }

    private static bool Find(ContentSource source, byte[] what)
    {
        for (var position = 0L; position < source.Length; position += 32 * 1024)
        {
            if (source.AtMost(position, (32 * 1024) + what.Length).IndexOf(what) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static long EndOfStream(ContentSource source, long position)
    {
        for (; position < source.Length; position += 32 * 1024)
        {
            if (source.AtMost(position, (32 * 1024) + 9).IndexOf("endstream"u8) is >= 0 and var at)
            {
                return position + at + 9;
            }
        }

        throw NotTaken.Truncated();
    }

    // 7.3.5: regular characters; #xx stands for any byte.
    private static string NameAt(ContentSource source, long position)
    {
        var bytes = source.AtMost(position, MaxName * 3);
        var name = new StringBuilder();
        for (var i = 0; i < bytes.Length && bytes[i] > ' ' && !"()<>[]{}/%"u8.Contains(bytes[i]); i++)
        {
            if (bytes[i] == '#' && i + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]))
            {
                name.Append((char)Convert.ToByte($"{(char)bytes[i + 1]}{(char)bytes[i + 2]}", 16));
                i += 2;
            }
            else
            {
                name.Append((char)bytes[i]);
            }
        }

        return name.ToString();
    }
}
