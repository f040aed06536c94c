using System.Text;

namespace SkillBadges.Core.Evidence.Content;

/// <summary>A box of an MP4 or QuickTime file: where it lies, its name, and where its content begins.</summary>
internal readonly record struct Mp4Box(long Position, long Length, string Type, long Content)
{
    public long End => Position + Length;
}

/// <summary>Boxes after ISO/IEC 14496-12:2022 4.2: a length of 32 or 64 bits and a name of four bytes.</summary>
internal static class Mp4Boxes
{
    public const int MaxBoxes = 200_000;

    /// <summary>The boxes between two places, which they must fill to the byte.</summary>
    /// <exception cref="RefusedException"><c>evidence.truncated</c>, <c>evidence.video-parts</c>, <c>evidence.video-many-parts</c>.</exception>
    public static IEnumerable<Mp4Box> Between(ContentSource source, long position, long end, bool isTop = false)
    {
        for (var count = 0; position < end; count++)
        {
            var box = At(source, position, end, isTop);
            if (count == MaxBoxes)
            {
                throw NotTaken.Video("evidence.video-many-parts", "it has too many parts");
            }

            yield return box;
            position = box.End;
        }
    }

    /// <param name="source">The file.</param>
    /// <param name="position">Where the box begins.</param>
    /// <param name="end">Where it ends at the latest.</param>
    /// <param name="isTop">Whether the box lies in no other, so that what does not fit was cut off or hung on.</param>
    public static Mp4Box At(ContentSource source, long position, long end, bool isTop)
    {
        if (end - position < 8)
        {
            throw isTop ? NotTaken.Trailing() : NotTaken.Video("evidence.video-parts", "its parts do not fit into each other");
        }

        var (length, header) = ((long)source.UInt32(position), 8);
        var name = source.Window(position + 4, 4);
        foreach (var letter in name)
        {
            // 0xA9 begins QuickTime's own names.
            if (letter is (< 0x20 or > 0x7E) and not 0xA9)
            {
                throw isTop ? NotTaken.Trailing() : NotTaken.Video("evidence.video-parts", "a part has no proper name");
            }
        }

        var type = Encoding.Latin1.GetString(name);
        if (length == 1)
        {
            (length, header) = ((long)Math.Min(source.UInt64(position + 8), long.MaxValue), 16);
        }

        if (length < header)
        {
            throw NotTaken.Video("evidence.video-parts", "a part does not say where it ends");
        }

        if (length <= end - position)
        {
            return new(position, length, type, position + header);
        }

        throw !isTop ? NotTaken.Video("evidence.video-parts", "its parts do not fit into each other") : IsKnown(type) ? NotTaken.Truncated() : NotTaken.Trailing();
    }

    /// <summary>Whether the file from here to its end is boxes, the first of them <c>ftyp</c>.</summary>
    public static bool Tile(ContentSource source, long position)
    {
        try
        {
            return Between(source, position, source.Length, isTop: true).First().Type == "ftyp" && Between(source, position, source.Length, isTop: true).All(box => IsKnown(box.Type));
        }
        catch (RefusedException)
        {
            // Whatever it is, it is not a video.
            return false;
        }
    }

    /// <summary>Boxes that stand at the top of a file.</summary>
    public static bool IsKnown(string type) =>
        type is "ftyp" or "moov" or "mdat" or "free" or "skip" or "wide" or "pnot" or "moof" or "mfra" or "sidx" or "ssix" or "styp" or "prft" or "emsg" or "pdin" or "uuid" or "meta" or "udta";
}
