using System.Buffers.Binary;
using System.Text;
using static SkillBadges.Core.Tests.Evidence.Content.SampleFiles;

namespace SkillBadges.Core.Tests.Evidence.Content;

/// <summary>Files that are two things at once, grow when opened, are not what they say, or are broken; each with the code that refuses it.</summary>
public static class HostileFiles
{
    private static readonly byte[] Html = "<html><script>alert(document.domain)</script></html>"u8.ToArray();
    private static readonly byte[] Script = "<script>alert(1)</script>"u8.ToArray();

    public static TheoryData<string, string> Cases => new()
    {
        // What is not taken at all.
        { "svg", "evidence.markup" }, { "svg after spaces", "evidence.markup" }, { "html", "evidence.markup" }, { "html behind a mark", "evidence.markup" }, { "xml", "evidence.markup" },
        { "heic", "evidence.heic" }, { "heic among the compatible", "evidence.heic" }, { "avif", "evidence.heic" }, { "windows program", "evidence.executable" }, { "linux program", "evidence.executable" },
        { "java class", "evidence.executable" }, { "web assembly", "evidence.executable" }, { "shell script", "evidence.script" }, { "batch", "evidence.script" }, { "postscript", "evidence.script" }, { "zip", "evidence.archive" }, { "empty zip", "evidence.archive" },
        { "gzip", "evidence.archive" }, { "7z", "evidence.archive" }, { "rar", "evidence.archive" }, { "gif", "evidence.file-type" }, { "webp", "evidence.file-type" }, { "webm", "evidence.file-type" }, { "rtf", "evidence.file-type" }, { "mail page", "evidence.file-type" },
        { "empty", "evidence.file-type" }, { "utf-16", "evidence.text-encoding" }, { "text with a zero", "evidence.file-type" }, { "text with a late zero", "evidence.file-type" }, { "old office", "evidence.old-office" },

        // PNG.
        { "png with html behind", "evidence.trailing-data" }, { "png with zip behind", "evidence.trailing-data" }, { "png with a byte behind", "evidence.trailing-data" }, { "png cut", "evidence.truncated" }, { "png cut in its data", "evidence.truncated" },
        { "png with a wrong checksum", "evidence.damaged" }, { "png with wrong data", "evidence.damaged" }, { "png of 30 megapixels", "evidence.image-too-large" }, { "png of four billion squared", "evidence.image-too-large" }, { "png of no width", "evidence.image-header" },
        { "png with too many rows", "evidence.bomb" }, { "png with too few rows", "evidence.truncated" }, { "png bomb", "evidence.bomb" }, { "png without data", "evidence.image-parts" }, { "png with two headers", "evidence.image-parts" }, { "png with parted data", "evidence.image-parts" },
        { "png with an unknown critical part", "evidence.image-unknown-part" }, { "png of an unknown color", "evidence.image-header" }, { "png with a part of a strange name", "evidence.image-parts" }, { "png with an endless part", "evidence.image-parts" }, { "png that begins with a script", "evidence.image-parts" }, { "png signature alone", "evidence.truncated" },

        // JPEG.
        { "jpeg with zip behind", "evidence.trailing-data" }, { "jpeg with html behind", "evidence.trailing-data" }, { "jpeg with php behind", "evidence.trailing-data" }, { "jpeg with jpeg and zip behind", "evidence.trailing-data" }, { "jpeg with film and html behind", "evidence.trailing-data" },
        { "jpeg cut", "evidence.truncated" }, { "jpeg cut in a segment", "evidence.truncated" }, { "jpeg of 36 megapixels", "evidence.image-too-large" }, { "jpeg of no height", "evidence.image-header" }, { "jpeg without picture", "evidence.image-empty" }, { "jpeg with arithmetic coding", "evidence.image-coding" },
        { "jpeg with two frames", "evidence.image-header" }, { "jpeg with bytes between", "evidence.image-parts" }, { "jpeg with a short segment", "evidence.image-parts" }, { "jpeg that begins with html", "evidence.image-parts" },

        // Films and sound.
        { "film with html behind", "evidence.trailing-data" }, { "film with zip behind", "evidence.trailing-data" }, { "film cut", "evidence.truncated" }, { "film without a film", "evidence.video-empty" }, { "film with two films", "evidence.video-empty" }, { "film of an unknown brand", "evidence.video-coding" },
        { "film from elsewhere", "evidence.video-external" }, { "film without picture and sound", "evidence.video-empty" }, { "film with chunks outside", "evidence.truncated" }, { "film with an endless box", "evidence.video-parts" }, { "film with boxes that overlap", "evidence.video-parts" }, { "film with positions outside the media", "evidence.video-tables" }, { "film nested too deep", "evidence.video-parts" },
        { "mp3 with html behind", "evidence.trailing-data" }, { "mp3 cut", "evidence.truncated" }, { "tag with html behind", "evidence.audio-empty" }, { "one frame", "evidence.audio-empty" }, { "wav with html behind", "evidence.trailing-data" }, { "wav cut", "evidence.truncated" }, { "wav without sound", "evidence.audio-empty" }, { "wav of an unknown code", "evidence.audio-coding" }, { "speech as for a telephone", "evidence.audio-coding" }, { "speech as for a telephone in a film", "evidence.audio-coding" },

        // Documents.
        { "pdf with html behind", "evidence.trailing-data" }, { "pdf with zip behind", "evidence.trailing-data" }, { "pdf with much behind", "evidence.trailing-data" }, { "pdf cut", "evidence.truncated" }, { "pdf with script", "evidence.pdf-active" }, { "pdf with a script in disguise", "evidence.pdf-active" },
        { "pdf that starts a program", "evidence.pdf-active" }, { "pdf with a file", "evidence.pdf-active" }, { "pdf with a form that sends", "evidence.pdf-active" }, { "pdf behind html", "evidence.markup" },
        { "document with macros", "evidence.macros" }, { "document in document", "evidence.nested" }, { "document with a program", "evidence.nested" }, { "document with an old document", "evidence.nested" }, { "document with a template elsewhere", "evidence.office-external" },
        { "document bomb", "evidence.bomb" }, { "document that lies about its size", "evidence.bomb" }, { "document with a path up", "evidence.zip-path" }, { "document with an absolute path", "evidence.zip-path" }, { "document with a drive", "evidence.zip-path" }, { "document with backslashes", "evidence.zip-path" },
        { "document with html behind", "evidence.trailing-data" }, { "document behind html", "evidence.markup" }, { "document cut", "evidence.truncated" }, { "document with a wrong checksum", "evidence.damaged" }, { "document with a part twice", "evidence.zip-twice" }, { "document with a password", "evidence.encrypted" },
        { "document with two names for a part", "evidence.zip-contradiction" }, { "document with bytes between its parts", "evidence.zip-gap" }, { "document with entities", "evidence.office-parts" }, { "document with a link elsewhere", "evidence.zip-link" },
    };

    /// <summary>The bytes of a case.</summary>
    public static byte[] Of(string what) => what switch
    {
        "svg" => "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray(),
        "svg after spaces" => "\r\n\t  <svg/>"u8.ToArray(),
        "html" => Html,
        "html behind a mark" => [0xEF, 0xBB, 0xBF, .. Html],
        "xml" => "<?xml version='1.0'?><x/>"u8.ToArray(),
        "heic" => [.. Ftyp("heic", "mif1"), .. Box("meta", new byte[4])],
        "heic among the compatible" => [.. Ftyp("isom", "mif1", "heic"), .. Box("mdat", new byte[4])],
        "avif" => [.. Ftyp("avif"), .. Box("meta", new byte[4])],
        "windows program" => [.. "MZ"u8, 0x90, 0, 3, 0],
        "linux program" => [0x7F, .. "ELF"u8, 2, 1, 1],
        "java class" => [0xCA, 0xFE, 0xBA, 0xBE, 0, 0],
        "web assembly" => [0, .. "asm"u8, 1, 0, 0, 0],
        "shell script" => "#!/bin/sh\nrm -rf /\n"u8.ToArray(),
        "batch" => "@echo off\r\nformat c:"u8.ToArray(),
        "postscript" => "%!PS-Adobe-3.0\n"u8.ToArray(),
        "zip" => Zip(("a.txt", [1, 2, 3])),
        "empty zip" => [.. "PK"u8, 5, 6, .. new byte[18]],
        "gzip" => [0x1F, 0x8B, 8, 0],
        "7z" => [.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C],
        "rar" => [.. "Rar!"u8, 0x1A, 7, 0],
        "gif" => [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0],
        "webp" => [.. "RIFF"u8, 4, 0, 0, 0, .. "WEBP"u8],
        "webm" => [0x1A, 0x45, 0xDF, 0xA3, 0x80],
        "rtf" => "{\\rtf1 {\\object}}"u8.ToArray(),
        "mail page" => "MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<html>"u8.ToArray(),
        "empty" => [],
        "utf-16" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("text")],
        "text with a zero" => "a\0b"u8.ToArray(),
        "text with a late zero" => [.. Enumerable.Repeat((byte)'a', 200_000), 0],
        "old office" => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],

        "png with html behind" => Png(behind: Html),
        "png with zip behind" => Png(behind: Zip(("a.txt", [1]))),
        "png with a byte behind" => Png(behind: [0]),
        "png cut" => Png()[..^13],
        "png cut in its data" => Png()[..50],
        "png with a wrong checksum" => Changed(Png(), Png().Length - 20),
        "png with wrong data" => [.. PngSignature, .. Header(4, 4), .. Chunk("IDAT", [0x78, 0x9C, 1, 2, 3, 4, 5]), .. Chunk("IEND", [])],
        "png of 30 megapixels" => [.. PngSignature, .. Header(6000, 5000), .. Chunk("IDAT", Zlib([0])), .. Chunk("IEND", [])],
        "png of four billion squared" => [.. PngSignature, .. Header(-1, -1), .. Chunk("IDAT", Zlib([0])), .. Chunk("IEND", [])],
        "png of no width" => [.. PngSignature, .. Header(0, 5), .. Chunk("IDAT", Zlib([0])), .. Chunk("IEND", [])],
        "png with too many rows" => [.. PngSignature, .. Header(4, 4), .. Chunk("IDAT", Zlib(new byte[21])), .. Chunk("IEND", [])],
        "png with too few rows" => [.. PngSignature, .. Header(4, 4), .. Chunk("IDAT", Zlib(new byte[19])), .. Chunk("IEND", [])],
        "png bomb" => [.. PngSignature, .. Header(1, 1), .. Chunk("IDAT", Zlib(new byte[50_000_000])), .. Chunk("IEND", [])],
        "png without data" => [.. PngSignature, .. Header(4, 4), .. Chunk("IEND", [])],
        "png with two headers" => [.. PngSignature, .. Header(4, 4), .. Header(9000, 9000), .. Chunk("IDAT", Zlib(new byte[20])), .. Chunk("IEND", [])],
        "png with parted data" => Png(afterData: [.. Chunk("tEXt", []), .. Chunk("IDAT", [])]),
        "png with an unknown critical part" => Png(beforeData: Chunk("EVIL", Script)),
        "png of an unknown color" => [.. PngSignature, .. Header(4, 4, color: 5), .. Chunk("IDAT", Zlib(new byte[20])), .. Chunk("IEND", [])],
        "png with a part of a strange name" => Png(beforeData: Chunk("a<b>", [])),
        "png with an endless part" => [.. PngSignature, .. Header(4, 4), 0xFF, 0xFF, 0xFF, 0xFF, .. "IDAT"u8, 0, 0, 0, 0, 0, 0],
        "png that begins with a script" => [.. PngSignature, .. Script, .. Png()[8..]],
        "png signature alone" => PngSignature,

        "jpeg with zip behind" => Jpeg(behind: Zip(("a.txt", [1]))),
        "jpeg with html behind" => Jpeg(behind: Html),
        "jpeg with php behind" => Jpeg(behind: "<?php system($_GET[0]); ?>"u8.ToArray()),
        "jpeg with jpeg and zip behind" => Jpeg(behind: [.. Jpeg(), .. Zip(("a.txt", [1]))]),
        "jpeg with film and html behind" => Jpeg(behind: [.. Mp4(), .. Html]),
        "jpeg cut" => Jpeg()[..^3],
        "jpeg cut in a segment" => Jpeg()[..30],
        "jpeg of 36 megapixels" => Jpeg(width: 6000, height: 6000),
        "jpeg of no height" => Jpeg(height: 0),
        "jpeg without picture" => [0xFF, 0xD8, .. Segment(0xFE, Html), 0xFF, 0xD9],
        "jpeg with arithmetic coding" => Jpeg(Segment(0xC9, [8, 0, 16, 0, 16, 1, 1, 0x11, 0])),
        "jpeg with two frames" => Jpeg(Segment(0xC0, [8, 0, 16, 0, 16, 1, 1, 0x11, 0])),
        "jpeg with bytes between" => Jpeg([.. Segment(0xFE, [1]), .. Script]),
        "jpeg with a short segment" => Jpeg([0xFF, 0xFE, 0, 1]),
        "jpeg that begins with html" => [0xFF, 0xD8, 0xFF, .. Html],

        "film with html behind" => Mp4(behind: Html),
        "film with zip behind" => Mp4(behind: Zip(("a.txt", [1]))),
        "film cut" => Mp4()[..60],
        "film without a film" => [.. Ftyp(), .. Box("mdat", Html)],
        "film with two films" => Mp4(behind: Box("moov", Track("vide", 40))),
        "film of an unknown brand" => Mp4("html"),
        "film from elsewhere" => Mp4(external: true),
        "film without picture and sound" => Mp4(handlers: ["meta"]),
        "film with chunks outside" => Mp4(inMovie: Track("soun", 1_000_000)),
        "film with an endless box" => [.. Ftyp(), 0, 0, 0, 0, .. "mdat"u8, .. Html],
        "film with boxes that overlap" => Mp4(inMovie: [0, 0, 1, 0, .. "udta"u8, 0, 0]),
        "film with positions outside the media" => Mp4(inMovie: Track("meta", 2)),
        "film nested too deep" => Mp4(inMovie: Enumerable.Range(0, 20).Aggregate(Array.Empty<byte>(), (inner, _) => Box("edts", inner))),
        "mp3 with html behind" => Mp3(behind: Html),
        "mp3 cut" => Mp3()[..^100],
        "tag with html behind" => [.. Id3("Ada"), .. Html],
        "one frame" => Mp3(1),
        "wav with html behind" => Wav(behind: Html),
        "wav cut" => Wav()[..^2],
        "wav without sound" => Riff("RIFF", "WAVE"u8.ToArray()),
        "speech as for a telephone" => [.. "#!AMR\n"u8, 0x3C, .. new byte[31]],
        "speech as for a telephone in a film" => Mp4("3gp4", ["soun"], coding: "samr"),
        "wav of an unknown code" => Wav(format: 0x55),

        "pdf with html behind" => Pdf(behind: "\n<script>alert(1)</script>"),
        "pdf with zip behind" => [.. Pdf(), .. Zip(("a.txt", [1]))],
        "pdf with much behind" => [.. Pdf(), .. new byte[5000]],
        "pdf cut" => Pdf()[..40],
        "pdf with script" => Pdf("1 0 obj <</OpenAction <</S /JavaScript /JS (app.alert(1))>>>> endobj\n"),
        "pdf with a script in disguise" => Pdf("1 0 obj <</S /J#61vaScript>> endobj\n"),
        "pdf that starts a program" => Pdf("2 0 obj <</Length 3>> stream\n\0\u00FF\u0001\nendstream endobj 1 0 obj <</S/Launch/F(cmd.exe)>> endobj\n"),
        "pdf with a file" => Pdf("1 0 obj <</Type /EmbeddedFile>> endobj\n"),
        "pdf with a form that sends" => Pdf("1 0 obj <</S/SubmitForm/F(https://elsewhere.example)>> endobj\n"),
        "pdf behind html" => [.. Html, .. Pdf()],

        "document with macros" => Docx(("word/vbaProject.bin", [1])),
        "document in document" => Docx(("word/embeddings/sheet.xlsx", Docx())),
        "document with a program" => Docx(("word/media/image1.png", [.. "MZ"u8, 0x90, 0])),
        "document with an old document" => Docx(("word/embeddings/oleObject1.bin", [0xD0, 0xCF, 0x11, 0xE0, 0])),
        "document with a template elsewhere" => Docx(("word/_rels/settings.xml.rels", Encoding.UTF8.GetBytes("<Relationships><Relationship Id='r1' Type='http://x/attachedTemplate' Target='https://elsewhere.example/t.dotm' TargetMode='External'/></Relationships>"))),
        "document bomb" => Docx(("word/media/zeros.xml", new byte[20_000_000])),
        "document that lies about its size" => WithCentral(Docx(("word/zeros.xml", new byte[900_000])), "word/zeros.xml", 24, 500),
        "document with a path up" => Docx(("../../etc/passwd", [1])),
        "document with an absolute path" => Docx(("/etc/passwd", [1])),
        "document with a drive" => Docx(("C:evil.txt", [1])),
        "document with backslashes" => Docx(("..\\evil.txt", [1])),
        "document with html behind" => [.. Docx(), .. Html],
        "document behind html" => [.. Html, .. Docx()],
        "document cut" => Docx()[..^30],
        "document with a wrong checksum" => WithCentral(Docx(), "word/document.xml", 16, 1),
        "document with a part twice" => Docx(("word/DOCUMENT.xml", [1])),
        "document with a password" => WithCentral(Docx(), "word/document.xml", 8, 1),
        "document with two names for a part" => Changed(Docx(), 30 + 2),
        "document with bytes between its parts" => Between(Docx()),
        "document with entities" => Docx(("_rels/.rels", "<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><r>&a;</r>"u8.ToArray())),
        "document with a link elsewhere" => Linked(Docx(("word/link", "/etc/passwd"u8.ToArray()))),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what),
    };

    private static byte[] Changed(byte[] file, int at)
    {
        file[at] ^= 0x41;
        return file;
    }

    /// <summary>Writes into the directory's entry of this name, at a place counted from the entry's begin.</summary>
    private static byte[] WithCentral(byte[] zip, string name, int at, int value)
    {
        BinaryPrimitives.WriteInt16LittleEndian(zip.AsSpan(CentralOf(zip, name) + at), (short)value);
        if (at is 16 or 24)
        {
            BinaryPrimitives.WriteInt32LittleEndian(zip.AsSpan(CentralOf(zip, name) + at), value);
        }

        return zip;
    }

    private static byte[] Linked(byte[] zip)
    {
        var central = CentralOf(zip, "word/link");
        zip[central + 5] = 3;
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(central + 38), 0xA1FF0000);
        return zip;
    }

    private static int CentralOf(byte[] zip, string name) => zip.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(name)) - 46;

    // Three bytes before the directory, whose place the end tells right.
    private static byte[] Between(byte[] zip)
    {
        var directory = BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(zip.Length - 6));
        byte[] longer = [.. zip[..directory], 1, 2, 3, .. zip[directory..]];
        BinaryPrimitives.WriteInt32LittleEndian(longer.AsSpan(longer.Length - 6), directory + 3);
        return longer;
    }
}
