namespace SkillBadges.Credentials.Rdf;

/// <summary>Collects lines of bytes and hands them out as one text, in code point order.</summary>
internal sealed class LineSorter
{
    private const int KeptBytes = 1 << 20;

    private readonly Comparison<Line> byBytes;
    private byte[] collected = new byte[4096];
    private byte[] sorted = new byte[4096];
    private Line[] lines = new Line[32];
    private int length;
    private int count;
    private int start;

    public LineSorter() => byBytes = (left, right) => Text(left).SequenceCompareTo(Text(right));

    public void Clear()
    {
        (length, count, start) = (0, 0, 0);
        if (collected.Length > KeptBytes)
        {
            (collected, sorted, lines) = (new byte[4096], new byte[4096], new Line[32]);
        }
    }

    public void Add(ReadOnlySpan<byte> part)
    {
        if (part.Length > collected.Length - length)
        {
            Array.Resize(ref collected, Math.Max(length + part.Length, collected.Length * 2));
        }

        part.CopyTo(collected.AsSpan(length));
        length += part.Length;
    }

    public void EndLine()
    {
        if (count == lines.Length)
        {
            Array.Resize(ref lines, count * 2);
        }

        lines[count++] = new Line(start, length - start);
        start = length;
    }

    /// <summary>All lines joined; valid until the next <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Sorted()
    {
        if (count == 1)
        {
            return collected.AsSpan(0, length);
        }

        lines.AsSpan(0, count).Sort(byBytes);
        if (sorted.Length < length)
        {
            sorted = new byte[collected.Length];
        }

        var written = 0;
        foreach (var line in lines.AsSpan(0, count))
        {
            Text(line).CopyTo(sorted.AsSpan(written));
            written += line.Length;
        }

        return sorted.AsSpan(0, written);
    }

    private ReadOnlySpan<byte> Text(Line line) => collected.AsSpan(line.Start, line.Length);

    private readonly record struct Line(int Start, int Length);
}
