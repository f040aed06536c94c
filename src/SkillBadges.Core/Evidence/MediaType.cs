using System.Text;
using System.Text.Unicode;

namespace SkillBadges.Core.Evidence;

/// <summary>What a file is, told by its first bytes and never by its name. Only kinds that cannot run are accepted.</summary>
public static class MediaType
{
    /// <summary>How many of a file's first bytes are looked at.</summary>
    public const int PrefixLength = 512;

    /// <exception cref="RefusedException"><c>evidence.file-type</c>.</exception>
    public static string Of(ReadOnlySpan<byte> prefix)
    {
        return prefix switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
            [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => "application/pdf",
            [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'h', (byte)'e', (byte)'i', ..] => throw NotAccepted(),
            [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "video/mp4",
            [(byte)'I', (byte)'D', (byte)'3', ..] or [0xFF, 0xFB, ..] => "audio/mpeg",
            _ when IsPlainText(prefix) => "text/plain",
            _ => throw NotAccepted(),
        };
    }

    // Text that a browser could take for a page or a picture is not plain text.
    private static bool IsPlainText(ReadOnlySpan<byte> prefix)
    {
        var whole = TrimCutCharacter(prefix);
        if (whole.IsEmpty || !Utf8.IsValid(whole))
        {
            return false;
        }

        var text = Encoding.UTF8.GetString(whole).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return !text.StartsWith('<') && text.All(c => !char.IsControl(c) || c is '\n' or '\r' or '\t');
    }

    private static ReadOnlySpan<byte> TrimCutCharacter(ReadOnlySpan<byte> bytes)
    {
        for (var cut = 0; cut < 4 && bytes.Length == PrefixLength; cut++)
        {
            if (Utf8.IsValid(bytes[..^cut]))
            {
                return bytes[..^cut];
            }
        }

        return bytes;
    }

    private static RefusedException NotAccepted() =>
        Refused.Invalid("evidence.file-type", "This kind of file is not accepted. PNG and JPEG pictures, MP4 video, MP3 sound, PDF and plain text are.");
}
