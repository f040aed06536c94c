using System.Buffers.Binary;

namespace SkillBadges.Core.Evidence.Content;

/// <summary>
/// MP4, M4A and QuickTime. Places, device names, comments (<c>udta</c>, <c>meta</c>, <c>uuid</c> and all that is not needed to play) become <c>free</c> boxes of the same
/// length full of zeros, so that chunk offsets stay right; times of recording become 0. Tracks that are neither picture, sound nor subtitle (positions of a
/// camera, faces) go the same way, with their samples. A phone's rotation is in the track header and stays.
/// </summary>
internal static class Mp4Content
{
    private static readonly string[] Brands =
    [
        "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42", "avc1", "M4V ", "M4VH", "M4VP", "M4A ", "M4B ", "qt  ", "3gp4", "3gp5", "3gp6", "3gp7", "3g2a", "MSNV", "dash", "mmp4", "XAVC", "f4v ", "hvc1", "av01",
    ];

    // What these hold is walked; of what else lies in them, only the second list stays.
    private static readonly string[] Containers = ["moov", "trak", "mdia", "minf", "stbl", "edts", "dinf", "mvex", "moof", "traf", "mfra"];

    private static readonly string[] Needed =
    [
        "mvhd", "tkhd", "elst", "mdhd", "hdlr", "vmhd", "smhd", "nmhd", "sthd", "gmhd", "gmin", "dref", "stsd", "stts", "ctts", "cslg", "stsc", "stsz", "stz2", "stco", "co64", "stss", "stps", "sdtp", "sgpd", "sbgp", "subs", "saiz", "saio",
        "tref", "tapt", "iods", "mehd", "trex", "mfhd", "tfhd", "tfdt", "trun", "tfra", "mfro",
    ];

    public static CleanPlan Plan(ContentSource source)
    {
        var type = TypeOf(source);
        var media = new List<(long From, long To)>();
        var dropped = new List<(long From, long To)>();
        var (movies, fragments) = (0, 0);
        foreach (var box in Mp4Boxes.Between(source, 0, source.Length, isTop: true))
        {
            if (!Mp4Boxes.IsKnown(box.Type))
            {
                throw NotTaken.Trailing();
            }

            switch (box.Type)
            {
                case "mdat":
                    media.Add((box.Content, box.End));
                    break;
                case "moov":
                    movies++;
                    dropped.AddRange(Mp4Tracks.DroppedSamples(source, box));
                    break;
                case "moof":
                    fragments++;
                    break;
            }
        }

        if (movies != 1 || media.Count == 0)
        {
            throw NotTaken.Video("evidence.video-empty", "it has no film, or more than one");
        }

        if (fragments > 0 && Mp4Tracks.HasDropped(source))
        {
            throw NotTaken.Video("evidence.video-tracks", "it carries tracks of data beside picture and sound");
        }

        var blanks = Merge(dropped);
        if (blanks.Any(blank => !media.Any(range => range.From <= blank.From && blank.To <= range.To)))
        {
            throw NotTaken.Video("evidence.video-tables", "it speaks of bytes that it does not have");
        }

        var plan = new CleanPlan(Mp4Tracks.AreSound(source) && type == "video/mp4" ? "audio/mp4" : type);
        foreach (var box in Mp4Boxes.Between(source, 0, source.Length, isTop: true))
        {
            switch (box.Type)
            {
                case "mdat":
                    KeepMedia(plan, box, blanks);
                    break;
                case "moov" or "moof" or "mfra":
                    Clean(source, box, plan, 1);
                    break;
                case "ftyp" or "styp" or "sidx":
                    plan.Keep(box.Position, box.Length);
                    break;
                default:
                    Free(box, plan);
                    break;
            }
        }

        return plan;
    }

    private static string TypeOf(ContentSource source)
    {
        var box = Mp4Boxes.At(source, 0, source.Length, isTop: true);
        if (box.Length is < 16 or > 1024 || box.Length % 4 != 0)
        {
            throw NotTaken.Video("evidence.video-header", "its header says what cannot be");
        }

        var brands = Enumerable.Range(0, (int)(box.Length / 4) - 2).Where(place => place != 1)
            .Select(place => System.Text.Encoding.Latin1.GetString(source.Window(box.Content + (4 * place), 4))).ToArray();
        if (brands.Any(brand => brand is "heic" or "heix" or "hevc" or "hevx" or "heim" or "heis" or "mif1" or "msf1" or "avif" or "avis"))
        {
            throw Refused.Invalid("evidence.heic", "HEIC and AVIF pictures are not shown by every browser; please send a JPEG. A phone has a setting for it (\"most compatible\").");
        }

        return !Brands.Contains(brands[0]) ? throw NotTaken.Video("evidence.video-coding", "it is of a kind that browsers do not play")
            : brands[0] is "M4A " or "M4B " ? "audio/mp4"
            : brands[0] == "qt  " ? "video/quicktime" : "video/mp4";
    }

    private static void Clean(ContentSource source, Mp4Box box, CleanPlan plan, int depth)
    {
        if (depth > 12)
        {
            throw NotTaken.Video("evidence.video-parts", "its parts lie too deep in each other");
        }

        plan.Keep(box.Position, box.Content - box.Position);
        foreach (var inner in Mp4Boxes.Between(source, box.Content, box.End))
        {
            if (inner.Type == "trak" && !Mp4Tracks.IsPlayed(source, inner))
            {
                Free(inner, plan);
            }
            else if (Containers.Contains(inner.Type))
            {
                Clean(source, inner, plan, depth + 1);
            }
            else if (inner.Type is "mvhd" or "tkhd" or "mdhd")
            {
                KeepWithoutTimes(source, inner, plan);
            }
            else if (Needed.Contains(inner.Type))
            {
                plan.Keep(inner.Position, inner.Length);
            }
            else
            {
                Free(inner, plan);
            }
        }
    }

    /// <summary>ISO/IEC 14496-12 8.2.2, 8.3.2, 8.4.2: after version and flags, times of making and of change, 4 bytes each in version 0, 8 in version 1.</summary>
    private static void KeepWithoutTimes(ContentSource source, Mp4Box box, CleanPlan plan)
    {
        var times = source.Byte(box.Content) == 0 ? 8 : 16;
        if (box.End - box.Content < 4 + times)
        {
            throw NotTaken.Video("evidence.video-parts", "a header is too short");
        }

        plan.Keep(box.Position, box.Content + 4 - box.Position).Blank(times).Keep(box.Content + 4 + times, box.End - box.Content - 4 - times);
    }

    private static void Free(Mp4Box box, CleanPlan plan)
    {
        // The header keeps its form: 32 bits of length where they suffice, else 64.
        var header = new byte[box.Content - box.Position];
        BinaryPrimitives.WriteUInt32BigEndian(header, header.Length == 8 ? (uint)box.Length : 1);
        "free"u8.CopyTo(header.AsSpan(4));
        if (header.Length == 16)
        {
            BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(8), box.Length);
        }

        plan.Put(header).Blank(box.End - box.Content);
    }

    private static void KeepMedia(CleanPlan plan, Mp4Box box, List<(long From, long To)> blanks)
    {
        var position = box.Position;
        foreach (var (from, to) in blanks.Where(blank => blank.From >= box.Content && blank.To <= box.End))
        {
            plan.Keep(position, from - position).Blank(to - from);
            position = to;
        }

        plan.Keep(position, box.End - position);
    }

    private static List<(long From, long To)> Merge(List<(long From, long To)> ranges)
    {
        ranges.Sort();
        var merged = new List<(long From, long To)>();
        foreach (var range in ranges.Where(range => range.To > range.From))
        {
            if (merged is [.., var last] && range.From <= last.To)
            {
                merged[^1] = (last.From, Math.Max(last.To, range.To));
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }
}
