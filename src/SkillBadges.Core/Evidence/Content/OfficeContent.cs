using System.IO.Compression;
using System.Xml;
using SkillBadges.Credentials;

namespace SkillBadges.Core.Evidence.Content;

/// <summary>
/// Documents of Word, Excel and PowerPoint (ECMA-376): a ZIP whose every part is unpacked once, counted and checked. No macros, no embedded files, nothing fetched from elsewhere but links
/// that somebody must click. Handed out as a download only; what it says about its author stays.
/// </summary>
internal static class OfficeContent
{
    private const long MaxUnpacked = 200 * 1024 * 1024;
    private const int MaxRatio = 100;
    private const long RatioCountsFrom = 1024 * 1024;
    private const int MaxRelationships = 4 * 1024 * 1024;

    public static CleanPlan Plan(ContentSource source)
    {
        var entries = ZipEntries.Read(source);
        var mediaType = TypeOf(entries);
        var total = 0L;
        foreach (var entry in entries)
        {
            if (entry.Name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase) || entry.Name.EndsWith("vbaData.xml", StringComparison.OrdinalIgnoreCase) || entry.Name.Contains("/activeX/", StringComparison.OrdinalIgnoreCase))
            {
                throw Refused.Invalid("evidence.macros", "This document holds macros, which are programs. Please save it as a document without macros, or as PDF.");
            }

            total += entry.Unpacked;
            if (total > MaxUnpacked || (entry.Unpacked > RatioCountsFrom && entry.Unpacked > entry.Packed * MaxRatio))
            {
                throw NotTaken.Bomb();
            }

            RequireSound(source, entry);
        }

        return new CleanPlan(mediaType).Keep(0, source.Length);
    }

    private static string TypeOf(IReadOnlyList<ZipEntry> entries)
    {
        var names = entries.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        return (names.Contains("[Content_Types].xml"), names.Contains("word/document.xml"), names.Contains("xl/workbook.xml"), names.Contains("ppt/presentation.xml")) switch
        {
            (true, true, false, false) => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            (true, false, true, false) => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            (true, false, false, true) => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            _ => throw Refused.Invalid("evidence.archive", "Packed files are not accepted; please send what is in them, one by one."),
        };
    }

    private static void RequireSound(ContentSource source, ZipEntry entry)
    {
        using var packed = new RangesStream(source, [(entry.Data, entry.Packed)]);
        using var unpacked = entry.IsDeflated ? new DeflateStream(packed, CompressionMode.Decompress) : (Stream)packed;
        var isRelationships = entry.Name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase);
        using var text = new MemoryStream();
        var (buffer, length, crc) = (new byte[32 * 1024], 0L, 0u);
        try
        {
            while (unpacked.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) is > 0 and var read)
            {
                var part = buffer.AsSpan(0, read);
                if (length == 0)
                {
                    RequireNotAFile(part);
                }

                length += read;
                if (length > entry.Unpacked)
                {
                    throw NotTaken.Bomb();
                }

                crc = Crc32.Of(crc, part);
                if (isRelationships && length <= MaxRelationships)
                {
                    text.Write(part);
                }
            }
        }
        catch (InvalidDataException)
        {
            throw NotTaken.Checksum();
        }

        if (length != entry.Unpacked || crc != entry.Crc)
        {
            throw NotTaken.Checksum();
        }

        if (isRelationships)
        {
            text.Position = 0;
            RequireNothingFetched(length <= MaxRelationships ? text : throw NotTaken.Office("evidence.office-parts", "its parts name too many others"));
        }
    }

    // Archives, old Office files and programs inside.
    private static void RequireNotAFile(ReadOnlySpan<byte> start)
    {
        if (start is [(byte)'P', (byte)'K', 3, 4, ..] or [0xD0, 0xCF, 0x11, 0xE0, ..] or [(byte)'M', (byte)'Z', ..] or [0x7F, (byte)'E', (byte)'L', (byte)'F', ..] or [0x1F, 0x8B, ..] or [(byte)'R', (byte)'a', (byte)'r', (byte)'!', ..] or [(byte)'7', (byte)'z', 0xBC, ..])
        {
            throw Refused.Invalid("evidence.nested", "There is another file inside this document, perhaps the table behind a chart. Please insert a picture of it instead, or send a PDF.");
        }
    }

    private static void RequireNothingFetched(Stream relationships)
    {
        try
        {
            using var reader = XmlReader.Create(relationships, new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "Relationship" && reader.GetAttribute("TargetMode") == "External"
                    && reader.GetAttribute("Type")?.EndsWith("/hyperlink", StringComparison.Ordinal) != true)
                {
                    throw Refused.Invalid("evidence.office-external", "This document fetches a template, a picture or data from elsewhere when it is opened. Please put them into it.");
                }
            }
        }
        catch (XmlException)
        {
            throw NotTaken.Office("evidence.office-parts", "a part of it cannot be read");
        }
    }
}
