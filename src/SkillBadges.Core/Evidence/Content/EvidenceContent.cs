namespace SkillBadges.Core.Evidence.Content;

/// <summary>A received file that may be kept, and how it is cleaned of what it tells besides.</summary>
public sealed class EvidenceContent
{
    private readonly CleanPlan plan;
    private readonly Stream received;

    private EvidenceContent(CleanPlan plan, Stream received) => (this.plan, this.received) = (plan, received);

    /// <summary>Told by the bytes and their structure, never by a name or by what the sender says.</summary>
    public string MediaType => plan.MediaType;

    /// <summary>How many bytes the cleaned file has.</summary>
    public long Length => plan.Length;

    /// <summary>The cleaned file, from its beginning. The received file must stay open meanwhile.</summary>
    public Stream Open() => new CleanedStream(plan, received);

    /// <summary>Looks at a whole file, with the same little memory whatever its length.</summary>
    /// <param name="received">The file; it can be positioned.</param>
    /// <exception cref="RefusedException">
    /// <c>evidence.file-type</c>, <c>evidence.markup</c>, <c>evidence.heic</c>, <c>evidence.executable</c>, <c>evidence.script</c>, <c>evidence.archive</c>, <c>evidence.old-office</c>, <c>evidence.text-encoding</c> for kinds that are not taken;
    /// <c>evidence.truncated</c>, <c>evidence.trailing-data</c>, <c>evidence.damaged</c>, <c>evidence.too-fragmented</c>, <c>evidence.bomb</c> for any; and those of the kind.
    /// </exception>
    public static EvidenceContent Inspect(Stream received)
    {
        var source = new ContentSource(received);
        return new(Plan(source), received);
    }

    private static CleanPlan Plan(ContentSource source)
    {
        var start = source.AtMost(0, 16).ToArray();
        return start switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => PngContent.Plan(source),
            [0xFF, 0xD8, 0xFF, ..] => JpegContent.Plan(source),
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => PdfContent.Plan(source),
            [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => Mp4Content.Plan(source),
            [(byte)'I', (byte)'D', (byte)'3', ..] => Mp3Content.Plan(source),
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => throw Refused.Invalid("evidence.text-encoding", "Text is accepted as UTF-8; please save it so and send it again."),
            [0xFF, var second, ..] when (second & 0xE0) == 0xE0 => Mp3Content.Plan(source),
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'A', (byte)'V', (byte)'E', ..] => WavContent.Plan(source),
            [(byte)'#', (byte)'!', (byte)'A', (byte)'M', (byte)'R', ..] => throw NotTaken.Telephone(),
            [(byte)'P', (byte)'K', 3, 4, ..] => OfficeContent.Plan(source),
            [(byte)'P', (byte)'K', ..] or [0x1F, 0x8B, ..] or [(byte)'7', (byte)'z', 0xBC, ..] or [(byte)'R', (byte)'a', (byte)'r', (byte)'!', ..] or [(byte)'B', (byte)'Z', (byte)'h', ..] or [0xFD, (byte)'7', (byte)'z', ..] => throw Refused.Invalid(
                "evidence.archive", "Packed files are not accepted; please send what is in them, one by one."),
            [(byte)'M', (byte)'Z', ..] or [0x7F, (byte)'E', (byte)'L', (byte)'F', ..] or [0xCF or 0xCE, 0xFA, 0xED, 0xFE, ..] or [0xCA, 0xFE, 0xBA, 0xBE, ..] or [0, (byte)'a', (byte)'s', (byte)'m', ..] => throw Refused.Invalid(
                "evidence.executable", "Programs are not accepted as proof; a picture or a video of what yours does is."),
            [0xD0, 0xCF, 0x11, 0xE0, ..] => throw Refused.Invalid("evidence.old-office", "Documents of old Office programs are not accepted; please save it as .docx, .xlsx or .pptx, or as PDF."),
            _ => TextContent.Plan(source),
        };
    }
}
