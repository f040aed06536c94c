using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SkillBadges.Credentials;

namespace SkillBadges.Benchmarks.Fuzz;

/// <summary>Inputs made to cost much: deep, long, many, swelling. Each is about as large as its door lets in.</summary>
internal static class HostileInputs
{
    private const int Large = 1024 * 1024;
    private const string Contexts = "\"@context\":[\"https://www.w3.org/ns/credentials/v2\",\"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json\"]";
    private const string SvgHead = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\">";

    public static readonly (string What, Func<byte[]> Make)[] Jws =
    [
        ("only dots", () => Text(new string('.', Large))),
        ("long header", () => Text(new string('e', Large) + ".e30.AAAA")),
        ("long payload of spaces", () => Text("eyJhbGciOiJFUzI1NiJ9." + Convert.ToBase64String(Text(new string(' ', Large))).TrimEnd('=') + ".AAAA")),
        ("deep payload", () => Text("eyJhbGciOiJFUzI1NiJ9." + Convert.ToBase64String(Text(new string('[', Large))).TrimEnd('=') + ".AAAA")),
        ("many members in the payload", () => Text("eyJhbGciOiJFUzI1NiJ9." + Convert.ToBase64String(Text("{" + Many(60_000, i => $"\"m{i}\":{i}") + "}")).TrimEnd('=').Replace('+', '-').Replace('/', '_') + ".AAAA")),
    ];

    public static readonly (string What, Func<byte[]> Make)[] JsonLd =
    [
        ("deep arrays", () => Text(new string('[', Large))),
        ("deep objects", () => Text(string.Concat(Enumerable.Repeat("{\"a\":", Large / 5)))),
        ("many nodes without names", () => Text($"{{{Contexts},\"type\":[\"VerifiableCredential\"],\"evidence\":[{Many(20_000, _ => "{\"type\":[\"Evidence\"]}")}]}}")),
        ("many nodes that differ late", () => Text($"{{{Contexts},\"type\":[\"VerifiableCredential\"],\"evidence\":[{Many(10_000, i => $"{{\"type\":[\"Evidence\"],\"name\":\"{i}\"}}")}]}}")),
        ("a poison graph", () => Text($"{{\"@graph\":[{Many(40, i => $"{{\"@id\":\"_:n{i}\",\"urn:p\":[{Many(40, j => $"{{\"@id\":\"_:n{j}\"}}")}]}}")}]}}")),
        ("rings without names", () => Text($"{{\"@graph\":[{Many(3_000, i => $"{{\"@id\":\"_:n{i}\",\"urn:p\":{{\"@id\":\"_:n{(i + 1) % 3000}\"}}}}")}]}}")),
        ("many terms", () => Text($"{{\"@context\":{{{Many(15_000, i => $"\"t{i}\":\"urn:t:{i}\"")}}},\"t1\":\"a\"}}")),
        ("terms that name terms", () => Text($"{{\"@context\":{{{Many(15_000, i => $"\"t{i}\":\"t{i + 1}:x\"")},\"t15000\":\"urn:end\"}},\"t0\":\"a\"}}")),
        ("contexts in contexts", () => Text($"{{\"@context\":[{Many(30_000, i => $"{{\"a\":\"urn:{i}\"}}")}],\"a\":\"b\"}}")),
        ("the same context many times", () => Text($"{{\"@context\":[{Many(18_000, _ => "\"https://www.w3.org/ns/credentials/v2\"")}]}}")),
        ("contexts in every node", () => Text($"{{\"@graph\":[{Many(6_000, i => $"{{{Contexts},\"id\":\"urn:{i}\"}}")}]}}")),
        ("long text", () => Text($"{{{Contexts},\"name\":\"{new string('a', Large)}\"}}")),
        ("long name", () => Text($"{{{Contexts},\"{new string('a', Large)}\":1}}")),
        ("many types", () => Text($"{{\"@type\":[{Many(40_000, i => $"\"urn:t:{i}\"")}]}}")),
        ("many languages", () => Text($"{{\"@context\":{{\"a\":{{\"@id\":\"urn:a\",\"@container\":\"@language\"}}}},\"a\":{{{Many(20_000, i => $"\"x-{i}\":\"t\"")}}}}}")),
        ("long list", () => Text($"{{\"urn:a\":{{\"@list\":[{Many(100_000, i => $"{i}")}]}}}}")),
        ("lists in lists", () => Text(string.Concat(Enumerable.Repeat("{\"urn:a\":{\"@list\":[", 20)) + "1" + string.Concat(Enumerable.Repeat("]}}", 20)))),
        ("huge numbers", () => Text($"{{\"urn:a\":[{Many(50_000, i => $"{i}e{i % 300}")}]}}")),
    ];

    public static readonly (string What, Func<byte[]> Make)[] PngFiles =
    [
        ("60,000 empty parts", () => Png(60_000, [])),
        ("one part of 15 MB", () => Png(1, new byte[15 * Large])),
        ("1,000 texts", () => Png(1_000, Text("Comment\0hello"), "tEXt")),
        ("text of 5 MB", () => Png(1, [.. Text("openbadgecredential\0\0\0\0\0{"), .. new byte[5 * Large]], "iTXt")),
        ("17 MB", () => [.. Png(), .. new byte[16 * Large]]),
    ];

    public static readonly (string What, Func<byte[]> Make)[] SvgFiles =
    [
        ("many attributes", () => Text($"{SvgHead}<g {Many(180_000, i => $"a{i}=\"\"", " ")}/></svg>")),
        ("many namespaces", () => Text($"{SvgHead}<g {Many(120_000, i => $"xmlns:a{i}=\"u:{i}\"", " ")}/></svg>")),
        ("attributes of many lengths", () => Text($"{SvgHead}<g {Many(180_000, i => $"{new string('a', 1 + (i % 9))}{i}=\"\"", " ")}/></svg>")),
        ("deep", () => Text(SvgHead + string.Concat(Enumerable.Repeat("<g>", Large)))),
        ("wide", () => Text(SvgHead + string.Concat(Enumerable.Repeat("<g/>", 700_000)) + "</svg>")),
        ("long comment", () => Text($"{SvgHead}<!--{new string('a', 3 * Large - 200)}--></svg>")),
        ("long credential", () => Text($"{SvgHead}<openbadges:credential><![CDATA[{{{new string('a', 3 * Large - 300)}}}]]></openbadges:credential></svg>")),
        ("credential in many pieces", () => Text($"{SvgHead}<openbadges:credential>{string.Concat(Enumerable.Repeat("<![CDATA[a]]>", 200_000))}</openbadges:credential></svg>")),
        ("billion laughs", () => Text("<!DOCTYPE s [<!ENTITY a0 \"ha\">" + string.Concat(Enumerable.Range(1, 30).Select(i => $"<!ENTITY a{i} \"&a{i - 1};&a{i - 1};\">")) + $"]>{SvgHead}&a30;</svg>")),
        ("many character references", () => Text($"{SvgHead}{string.Concat(Enumerable.Repeat("&#65;", 600_000))}</svg>")),
    ];

    public static readonly (string What, Func<byte[]> Make)[] Gzip =
    [
        ("256 MB of zeros", () => Pack(256)),
        ("1 MB of members", () => [.. Enumerable.Repeat(Pack(0), 45_000).SelectMany(member => member)]),
        ("header with a long name", () => [0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 0, .. Enumerable.Repeat((byte)'a', Large)]),
        ("header with every flag", () => [0x1F, 0x8B, 8, 0xFF, 0, 0, 0, 0, 0, 0, .. new byte[Large]]),
        ("stored blocks without content", () => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, .. Enumerable.Repeat(new byte[] { 0, 0, 0, 0xFF, 0xFF }, Large / 5).SelectMany(block => block)]),
    ];

    public static readonly (string What, Func<byte[]> Make)[] Multibase =
    [
        ("1 MB of the last letter", () => Text("z" + new string('z', Large))),
        ("as long as allowed", () => Text("z" + new string('z', 1023))),
        ("as many zeros as allowed", () => Text("z" + new string('1', 1023))),
    ];

    public static readonly (string What, Func<byte[]> Make)[] Badges =
    [
        ("deep", () => Text(new string('[', Large))),
        ("many results to resolve", () => Text(Badge(4_000, 8_000))),
        ("many faults", () => Text("{\"type\":[\"VerifiableCredential\",\"OpenBadgeCredential\"],\"evidence\":[" + Many(200_000, _ => "1") + "]}")),
        ("many types", () => Text("{\"type\":[" + Many(200_000, i => $"\"{i}\"") + "]}")),
        ("many members", () => Text("{\"type\":[\"VerifiableCredential\",\"OpenBadgeCredential\"]," + Many(60_000, i => $"\"m{i}\":{{\"n\":null}}") + "}")),
        ("many escapes", () => Text("{\"type\":[\"VerifiableCredential\",\"OpenBadgeCredential\"],\"name\":\"" + string.Concat(Enumerable.Repeat("\\u0061\\ud83d\\ude00", Large / 20)) + "\"}")),
        ("backslashes before a u", () => Text("{\"type\":\"" + string.Concat(Enumerable.Repeat("\\\\", Large / 4)) + string.Concat(Enumerable.Repeat("\\\\u", Large / 8)) + "\"}")),
    ];

    /// <summary>A header, one pixel's worth of data, and an end, with as many other parts as asked.</summary>
    public static byte[] Png(int parts = 0, byte[]? content = null, string type = "prVt")
    {
        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(png, "IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]);
        for (var i = 0; i < parts; i++)
        {
            Chunk(png, type, content!);
        }

        Chunk(png, "IDAT", [0x78, 0x9C, 0x63, 0x60, 0x60, 0x60, 0, 0, 0, 4, 0, 1]);
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(body));
        png.Write(number);
    }

    private static byte[] Pack(int megabytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var zeros = new byte[Large];
            for (var i = 0; i < megabytes; i++)
            {
                gzip.Write(zeros);
            }
        }

        return packed.ToArray();
    }

    private static string Badge(int descriptions, int results) =>
        $"{{{Contexts},\"id\":\"urn:x\",\"type\":[\"VerifiableCredential\",\"OpenBadgeCredential\"],\"issuer\":\"urn:x\",\"validFrom\":\"2026-01-01T00:00:00Z\",\"credentialSubject\":{{\"id\":\"urn:x\",\"type\":[\"AchievementSubject\"],"
        + $"\"achievement\":{{\"id\":\"urn:x\",\"type\":[\"Achievement\"],\"name\":\"a\",\"description\":\"b\",\"criteria\":{{\"narrative\":\"c\"}},\"resultDescription\":[{Many(descriptions, i => $"{{\"id\":\"urn:d:{i}\",\"type\":[\"ResultDescription\"],\"name\":\"n\",\"resultType\":\"Status\"}}")}]}},"
        + $"\"result\":[{Many(results, i => $"{{\"type\":[\"Result\"],\"achievedLevel\":\"urn:none:{i}\"}}")}]}}}}";

    private static string Many(int count, Func<int, string> item, string between = ",") => string.Join(between, Enumerable.Range(0, count).Select(item));

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
