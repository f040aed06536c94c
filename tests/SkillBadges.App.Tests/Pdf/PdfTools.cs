using System.Diagnostics;
using System.Text;
using SkillBadges.App.Pdf.Fonts;
using SkillBadges.App.Pdf.Text;

namespace SkillBadges.App.Tests.Pdf;

/// <summary>Other programs that judge and read documents; <c>tests/run</c> installs them.</summary>
internal static class PdfTools
{
    private const string EastAsianFont = "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf";

    /// <summary>With the fonts of this machine behind the bundled ones, of which the tests ask for one alone.</summary>
    public static Typesetter Typesetter { get; } = new(new FontLibrary([Path.GetDirectoryName(EastAsianFont)!]));

    public static string? Missing { get; } = new[] { "qpdf", "pdftotext", "pdftoppm" }.FirstOrDefault(program => !IsOnPath(program)) ?? (File.Exists(EastAsianFont) ? null : "fonts-droid-fallback");

    /// <summary>Fails with what qpdf finds wrong.</summary>
    public static void Check(byte[] document)
    {
        var (code, output) = Run(document, "qpdf", "--check", "FILE");
        Assert.True(code == 0, output);
    }

    /// <summary>The text in reading order.</summary>
    public static string Text(byte[] document) => Run(document, "pdftotext", "-layout", "-enc", "UTF-8", "FILE", "-").Output;

    /// <summary>The tags with their text, as a screen reader goes through them.</summary>
    public static string Tags(byte[] document) => Run(document, "pdfinfo", "-struct-text", "FILE").Output;

    /// <summary>All objects in plain sight.</summary>
    public static string Objects(byte[] document) => Run(document, "qpdf", "--qdf", "--object-streams=disable", "FILE", "-").Output;

    /// <summary>The first page as a picture (JPEG).</summary>
    /// <param name="file">Its name without the ending.</param>
    public static void Picture(byte[] document, string file)
    {
        var (code, output) = Run(document, "pdftoppm", "-jpeg", "-jpegopt", "quality=70", "-r", "72", "-singlefile", "FILE", file);
        Assert.True(code == 0, output);
    }

    /// <summary>Puts a document where somebody looks at it, if a folder for pictures is named.</summary>
    public static Task KeepAsync(byte[] document, string name) => Environment.GetEnvironmentVariable("TESTS_PICTURES") is { Length: > 0 } folder
        ? File.WriteAllBytesAsync(Path.Combine(folder, $"{name}.pdf"), document)
        : Task.CompletedTask;

    private static (int Code, string Output) Run(byte[] document, string program, params string[] arguments)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, document);
            var start = new ProcessStartInfo(program, arguments.Select(argument => argument == "FILE" ? file : argument))
            {
                RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8,
            };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.GetAwaiter().GetResult());
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}

/// <summary>Needs qpdf, poppler-utils and fonts-droid-fallback; shows as skipped without them, and fails in CI.</summary>
internal sealed class PdfFactAttribute : FactAttribute
{
    public PdfFactAttribute() => Skip = PdfTools.Missing is null || Environment.GetEnvironmentVariable("CI") == "true" ? null : $"{PdfTools.Missing} is not installed; nobody but ourselves reads the documents";
}
