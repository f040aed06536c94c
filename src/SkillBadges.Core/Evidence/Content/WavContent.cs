using System.Buffers.Binary;

namespace SkillBadges.Core.Evidence.Content;

/// <summary>WAV: chunks to the end of the file. Kept are the format and the sound; names, places, times and notes (LIST, bext, iXML, id3 and any other) are left out.</summary>
internal static class WavContent
{
    public static CleanPlan Plan(ContentSource source)
    {
        var kept = new List<(long From, long Length)>();
        var (hasFormat, hasSound) = (false, false);
        var end = 8L + Little(source, 4);
        if (end > source.Length)
        {
            throw NotTaken.Truncated();
        }

        if (end + (end & 1) < source.Length)
        {
            throw NotTaken.Trailing();
        }

        for (var (position, count) = (12L, 0); position < end; count++)
        {
            var length = Little(source, position + 4);
            var next = position + 8 + length + (length & 1);
            if (position + 8 + length > end)
            {
                throw NotTaken.Truncated();
            }

            if (count == 1000)
            {
                throw NotTaken.Audio("evidence.audio-parts", "it has too many parts");
            }

            if (source.StartsWith(position, "fmt "u8))
            {
                // PCM, floating point, A-law, mu-law, extensible.
                hasFormat = !hasFormat && length is >= 16 and <= 64 && BinaryPrimitives.ReverseEndianness(source.UInt16(position + 8)) is 1 or 3 or 6 or 7 or 0xFFFE
                    ? true : throw NotTaken.Audio("evidence.audio-coding", "it is coded in a way that browsers do not play");
                kept.Add((position, Math.Min(next, source.Length) - position));
            }
            else if (source.StartsWith(position, "data"u8))
            {
                hasSound = hasFormat && !hasSound ? true : throw NotTaken.Audio("evidence.audio-parts", "its parts are not in their order");
                kept.Add((position, Math.Min(next, source.Length) - position));
            }

            position = next;
        }

        if (!hasSound)
        {
            throw NotTaken.Audio("evidence.audio-empty", "it holds no sound");
        }

        var header = source.Window(0, 12).ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), (uint)(4 + kept.Sum(part => part.Length)));
        var plan = new CleanPlan("audio/wav").Put(header);
        foreach (var (from, length) in kept)
        {
            plan.Keep(from, length);
        }

        return plan;
    }

    private static uint Little(ContentSource source, long position) => BinaryPrimitives.ReverseEndianness(source.UInt32(position));
}
