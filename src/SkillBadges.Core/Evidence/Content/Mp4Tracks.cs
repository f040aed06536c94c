namespace SkillBadges.Core.Evidence.Content;

/// <summary>The tracks of a film: which are played, that their media lie in this file, and where the samples of the others are.</summary>
internal static class Mp4Tracks
{
    private const int MaxChunks = 200_000;

    public static bool IsPlayed(ContentSource source, Mp4Box track) => HandlerOf(source, track) is "vide" or "soun" or "text" or "sbtl" or "subt" or "tmcd" or "clcp";

    public static bool HasDropped(ContentSource source) =>
        Mp4Boxes.Between(source, 0, source.Length, isTop: true).Where(box => box.Type == "moov").SelectMany(movie => TracksOf(source, movie)).Any(track => !IsPlayed(source, track));

    /// <summary>Whether all that is played is sound: phones record speech under the brands of films.</summary>
    /// <exception cref="RefusedException"><c>evidence.audio-coding</c>: it is coded for telephones (3GPP TS 26.244), which browsers do not play.</exception>
    public static bool AreSound(ContentSource source)
    {
        var played = Mp4Boxes.Between(source, 0, source.Length, isTop: true).Where(box => box.Type == "moov").SelectMany(movie => TracksOf(source, movie)).Where(track => IsPlayed(source, track)).ToList();
        if (played.Count == 0 || !played.All(track => HandlerOf(source, track) == "soun"))
        {
            return false;
        }

        return played.Any(track => CodingOf(source, track) is "samr" or "sawb" or "sawp" or "sevc" or "sqcp" or "ssmv") ? throw NotTaken.Telephone() : true;
    }

    /// <summary>Where in the file the samples of tracks lie that are not played. On the way every track's chunks are held to lie in the file.</summary>
    /// <exception cref="RefusedException"><c>evidence.video-external</c>, <c>evidence.video-tables</c>, <c>evidence.video-empty</c>, <c>evidence.video-many-parts</c>, <c>evidence.truncated</c>.</exception>
    public static IEnumerable<(long From, long To)> DroppedSamples(ContentSource source, Mp4Box movie)
    {
        var played = 0;
        var ranges = new List<(long From, long To)>();
        foreach (var track in TracksOf(source, movie))
        {
            var isPlayed = IsPlayed(source, track);
            played += isPlayed ? 1 : 0;
            var information = Inner(source, Inner(source, track, "mdia"), "minf");
            if (information is null)
            {
                throw NotTaken.Video("evidence.video-empty", "a track has no media");
            }

            RequireOwnMedia(source, information.Value);
            if (Inner(source, information, "stbl") is not { } table)
            {
                throw NotTaken.Video("evidence.video-tables", "a track has no table of samples");
            }

            ranges.AddRange(ChunksOf(source, table, withLengths: !isPlayed));
        }

        return played > 0 ? ranges : throw NotTaken.Video("evidence.video-empty", "it has neither picture nor sound");
    }

    private static IEnumerable<Mp4Box> TracksOf(ContentSource source, Mp4Box movie) => Mp4Boxes.Between(source, movie.Content, movie.End).Where(box => box.Type == "trak");

    private static string HandlerOf(ContentSource source, Mp4Box track) =>
        Inner(source, Inner(source, track, "mdia"), "hdlr") is { } handler && handler.End - handler.Content >= 12
            ? System.Text.Encoding.Latin1.GetString(source.Window(handler.Content + 8, 4))
            : throw NotTaken.Video("evidence.video-empty", "a track does not say what it is");

    // ISO/IEC 14496-12 8.5.2: after version, flags and a count, the first entry, whose name is the coding.
    private static string CodingOf(ContentSource source, Mp4Box track) =>
        Inner(source, Inner(source, Inner(source, Inner(source, track, "mdia"), "minf"), "stbl"), "stsd") is { } described && described.End - described.Content >= 16
            ? System.Text.Encoding.Latin1.GetString(source.Window(described.Content + 12, 4))
            : "";

    private static Mp4Box? Inner(ContentSource source, Mp4Box? outer, string type)
    {
        if (outer is { } box)
        {
            foreach (var inner in Mp4Boxes.Between(source, box.Content, box.End))
            {
                if (inner.Type == type)
                {
                    return inner;
                }
            }
        }

        return null;
    }

    // ISO/IEC 14496-12 8.7.2: flag 1 says that the media are in this file. Without it a player would open an address that the file names.
    private static void RequireOwnMedia(ContentSource source, Mp4Box information)
    {
        if (Inner(source, Inner(source, information, "dinf"), "dref") is not { } references)
        {
            throw NotTaken.Video("evidence.video-tables", "a track does not say where its media are");
        }

        foreach (var reference in Mp4Boxes.Between(source, references.Content + 8, references.End))
        {
            if ((source.Byte(reference.Content + 3) & 1) == 0)
            {
                throw Refused.Invalid("evidence.video-external", "This video takes its pictures or sound from another file or address; please save it as one file.");
            }
        }
    }

    // 8.7.3 to 8.7.5: sample sizes, samples to a chunk, offsets of chunks.
    private static List<(long From, long To)> ChunksOf(ContentSource source, Mp4Box table, bool withLengths)
    {
        var ranges = new List<(long From, long To)>();
        var (offsets, isWide) = Inner(source, table, "stco") is { } narrow ? (narrow, false) : Inner(source, table, "co64") is { } wide ? (wide, true) : throw NotTaken.Video("evidence.video-tables", "a track has no offsets");
        var chunks = Entries(source, offsets, 4, isWide ? 8 : 4);
        if (chunks > (withLengths ? MaxChunks : 10_000_000))
        {
            throw NotTaken.Video("evidence.video-many-parts", "it has too many parts");
        }

        var (runs, sizes) = (Inner(source, table, "stsc"), Inner(source, table, "stsz"));
        if (withLengths && chunks > 0 && (runs is null || sizes is null))
        {
            throw NotTaken.Video("evidence.video-tables", "a track has no sizes");
        }

        var (sample, run, runCount) = (0L, 0L, withLengths && chunks > 0 ? Entries(source, runs!.Value, 4, 12) : 0);
        for (var chunk = 0L; chunk < chunks; chunk++)
        {
            var from = isWide ? (long)Math.Min(source.UInt64(offsets.Content + 8 + (8 * chunk)), long.MaxValue) : source.UInt32(offsets.Content + 8 + (4 * chunk));
            if (from >= source.Length)
            {
                throw NotTaken.Truncated();
            }

            if (withLengths)
            {
                while (run + 1 < runCount && source.UInt32(runs!.Value.Content + 8 + (12 * (run + 1))) <= chunk + 1)
                {
                    run++;
                }

                var samples = runCount == 0 ? 0 : source.UInt32(runs!.Value.Content + 8 + (12 * run) + 4);
                ranges.Add((from, from + BytesOf(source, sizes!.Value, sample, samples)));
                sample += samples;
            }
        }

        return ranges;
    }

    private static long BytesOf(ContentSource source, Mp4Box sizes, long first, long count)
    {
        var (each, listed) = (source.UInt32(sizes.Content + 4), source.UInt32(sizes.Content + 8));
        if (first + count > listed)
        {
            throw NotTaken.Video("evidence.video-tables", "its tables contradict each other");
        }

        if (each > 0)
        {
            return each * count;
        }

        var sum = 0L;
        for (var sample = first; sample < first + count; sample++)
        {
            var at = sizes.Content + 12 + (4 * sample);
            sum += at + 4 <= sizes.End ? source.UInt32(at) : throw NotTaken.Video("evidence.video-tables", "its tables contradict each other");
        }

        return sum;
    }

    private static long Entries(ContentSource source, Mp4Box table, int at, int width)
    {
        var count = source.UInt32(table.Content + at);
        return count * (long)width <= table.End - table.Content - at - 4 ? count : throw NotTaken.Video("evidence.video-tables", "its tables contradict each other");
    }
}
