namespace SkillBadges.Core.Evidence.Content;

/// <summary>MP3 (ISO/IEC 11172-3 2.4.1.3): frames one after the other to the end. ID3 tags before and behind (names, pictures, comments) are left out.</summary>
internal static class Mp3Content
{
    // Kilobits a second by index; version 1, then versions 2 and 2.5.
    private static readonly int[][] BitRates =
    [
        [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
        [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    ];

    private static readonly int[] SampleRates = [44100, 48000, 32000];

    public static CleanPlan Plan(ContentSource source)
    {
        var plan = new CleanPlan("audio/mpeg");
        var position = 0L;

        // ID3v2.4 3.1: ten bytes, the last four a length of seven bits each.
        while (source.StartsWith(position, "ID3"u8))
        {
            var header = source.Window(position, 10).ToArray();
            position += 10 + ((header[6] & 0x7F) << 21 | (header[7] & 0x7F) << 14 | (header[8] & 0x7F) << 7 | (header[9] & 0x7F)) + ((header[5] & 0x10) != 0 ? 10 : 0);
        }

        while (position < source.Length && source.Byte(position) == 0)
        {
            position++; // padding of a tag
        }

        var end = source.Length;
        if (end - position >= 128 && source.StartsWith(end - 128, "TAG"u8))
        {
            end -= 128; // ID3v1
        }

        var frames = 0L;
        for (; position < end; frames++)
        {
            var length = FrameAt(source, position);
            if (length == 0 && frames > 0)
            {
                break;
            }

            if (length == 0)
            {
                throw NotTaken.Audio("evidence.audio-empty", "no sound begins where it should");
            }

            if (length > end - position)
            {
                throw NotTaken.Truncated();
            }

            plan.Keep(position, length);
            position += length;
        }

        while (position < end && source.Byte(position) == 0)
        {
            position++;
        }

        return position < end ? throw NotTaken.Trailing() : frames >= 3 ? plan : throw NotTaken.Audio("evidence.audio-empty", "it is too short to be told from something else");
    }

    /// <summary>How long the frame of layer III at this place is; 0 when none begins here.</summary>
    private static int FrameAt(ContentSource source, long position)
    {
        if (source.AtMost(position, 4) is not [0xFF, var second, var third, _] || (second & 0xE0) != 0xE0)
        {
            return 0;
        }

        var (version, layer, rate, sampling) = ((second >> 3) & 3, (second >> 1) & 3, third >> 4, (third >> 2) & 3);
        if (version == 1 || layer != 1 || rate is 0 or 15 || sampling == 3)
        {
            return 0;
        }

        var isFirst = version == 3;
        var frequency = SampleRates[sampling] / (isFirst ? 1 : version == 2 ? 2 : 4);
        return ((isFirst ? 144 : 72) * BitRates[isFirst ? 0 : 1][rate] * 1000 / frequency) + ((third >> 1) & 1);
    }
}
