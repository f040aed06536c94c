using System.Net.Http.Headers;
using System.Text;
using SkillBadges.Core.Tests.Evidence.Content;

namespace SkillBadges.App.Tests.Evidence;

/// <summary>Upload forms, byte by byte, good and bad.</summary>
internal static class UploadForms
{
    private const string Boundary = "a-boundary-of-our-own";

    private static readonly string End = $"--{Boundary}--\r\n";

    public static HttpContent Good(string competency, string fileName, byte[] file, string title = "Proof") => Content(
        [.. Field("competency", competency), .. Field("title", title), .. File(fileName, file), .. Encoding.UTF8.GetBytes(End)]);

    /// <summary>A picture of exactly that length, of 80 bytes at least.</summary>
    public static byte[] Png(int length) => SampleFiles.PngOf(Math.Max(80, length));

    /// <summary>Bytes as the protocol for uploads in parts sends them.</summary>
    public static HttpContent Part(byte[] bytes) => Typed(bytes, "application/offset+octet-stream");

    public static HttpContent Bad(string what, string competency)
    {
        byte[] known = [.. Field("competency", competency), .. Field("title", "Proof")];
        var good = File("photo.png", Png(64));
        var end = Encoding.UTF8.GetBytes(End);
        return what switch
        {
            "svg" => Good(competency, "photo.png", Text("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")),
            "html" => Good(competency, "photo.png", Text("\uFEFF \n<!doctype html><script>1</script>")),
            "heic" => Good(competency, "photo.png", [.. SampleFiles.Ftyp("heic", "mif1"), .. SampleFiles.Box("meta", new byte[4])]),
            "zip" => Good(competency, "photo.png", [.. Text("PK"), 3, 4, 20, 0]),
            "exe" => Good(competency, "photo.png", [.. Text("MZ"), 0x90, 0, 3, 0]),
            "empty" => Good(competency, "photo.png", []),
            "gif" => Good(competency, "photo.png", [.. Text("GIF89a"), 1, 0, 1, 0]),
            "path up" => Good(competency, "../../etc/passwd", Png(64)),
            "path up with backslashes" => Good(competency, "..\\\\..\\\\windows", Png(64)),
            "absolute path" => Good(competency, "/etc/passwd", Png(64)),
            "drive" => Good(competency, "C:photo.png", Png(64)),
            "escaped path" => Good(competency, "%2e%2e%2fpasswd", Png(64)),
            "hidden" => Good(competency, ".htaccess", Png(64)),
            "disguised" => Good(competency, "photo\u202Egnp.exe", Png(64)),
            "ends in a dot" => Good(competency, "photo.png.", Png(64)),
            "name of 10,000 characters" => Good(competency, new string('n', 10_000), Png(64)),
            "no name" => Content([.. known, .. Part("form-data; name=\"file\"", Png(64)), .. end]),
            "no title" => Content([.. Field("competency", competency), .. good, .. end]),
            "title of 4,000 characters" => Good(competency, "photo.png", Png(64), new string('t', 4_000)),
            "title over 4 KB" => Good(competency, "photo.png", Png(64), new string('t', 5_000)),
            "no competency" => Content([.. Field("title", "Proof"), .. good, .. end]),
            "unknown competency" => Good("no-such", "photo.png", Png(64)),
            "unknown option" => Content([.. known, .. Field("option", "no-such"), .. good, .. end]),
            "unknown context" => Content([.. known, .. Field("context", "moon"), .. good, .. end]),
            "unknown field" => Content([.. known, .. Field("digest", "00"), .. good, .. end]),
            "field twice" => Content([.. known, .. Field("title", "Another"), .. good, .. end]),
            "field not utf-8" => Content([.. known, .. Part("form-data; name=\"option\"", [0xFF, 0xFE]), .. good, .. end]),
            "field after the file" => Content([.. known, .. good, .. Field("context", "online"), .. end]),
            "two files" => Content([.. known, .. good, .. good, .. end]),
            "no file" => Content([.. known, .. end]),
            "truncated in the file" => Content([.. known, .. good[..^40]]),
            "truncated in a field" => Content(known[..^5]),
            "nothing" => Content([]),
            "json" => new StringContent("{}", Encoding.UTF8, "application/json"),
            "no boundary" => Typed([.. known, .. good, .. end], "multipart/form-data"),
            _ => Good(competency, "photo.png", Png(64)),
        };
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Field(string name, string value) => Part($"form-data; name=\"{name}\"", Text(value));

    private static byte[] File(string fileName, byte[] bytes) => Part($"form-data; name=\"file\"; filename=\"{fileName.Replace("\"", "\\\"", StringComparison.Ordinal)}\"", bytes);

    private static byte[] Part(string disposition, byte[] content) => [.. Text($"--{Boundary}\r\nContent-Disposition: {disposition}\r\n\r\n"), .. content, .. Text("\r\n")];

    private static ByteArrayContent Content(byte[] body) => Typed(body, $"multipart/form-data; boundary={Boundary}");

    private static ByteArrayContent Typed(byte[] body, string type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }
}
