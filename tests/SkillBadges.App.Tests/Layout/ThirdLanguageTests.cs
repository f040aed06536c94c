using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SkillBadges.App.Demo;
using SkillBadges.App.Tests.Faults;

namespace SkillBadges.App.Tests.Layout;

public sealed class ThirdLanguageTests : IDisposable
{
    private const string Code = "eo";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("skillbadges-language-");

    [Fact]
    public async Task A_file_put_beside_the_program_is_a_language_more()
    {
        var program = Install();
        var spanish = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(program, "languages", "es.json")))!.AsObject();
        foreach (var part in spanish.Select(part => part.Value!.AsObject()))
        {
            foreach (var (words, own) in part.ToList())
            {
                part[words] = $"⟦{own}⟧";
            }
        }

        spanish["pages"]!.AsObject().Remove("Check a badge");
        spanish["direction"] = "rtl";
        await File.WriteAllTextAsync(Path.Combine(program, "languages", $"{Code}.json"), spanish.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        using var server = new ServerProcess(Path.Combine(folder.FullName, "data")) { Program = Path.Combine(program, "skillbadges.dll") };
        await server.StartAsync();
        using var visitor = new HttpClient { BaseAddress = server.BaseUrl };

        var english = await TextAsync(visitor, "/");
        Assert.Contains("<html lang=\"en\" dir=\"ltr\">", english, StringComparison.Ordinal);
        Assert.Contains($"value=\"{Code}\"", english, StringComparison.Ordinal);

        visitor.DefaultRequestHeaders.Add("Accept-Language", $"{Code}, es;q=0.5");
        var home = await TextAsync(visitor, "/");
        Assert.Contains($"<html lang=\"{Code}\" dir=\"rtl\">", home, StringComparison.Ordinal);
        Assert.Contains("⟦", home, StringComparison.Ordinal);
        Assert.Contains("Check a badge", home, StringComparison.Ordinal);

        var refusal = await TextAsync(visitor, "/problems/award.already-live");
        Assert.Contains("⟦", refusal[refusal.IndexOf("<main", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    private static async Task<string> TextAsync(HttpClient visitor, string path) => WebUtility.HtmlDecode(await visitor.GetStringAsync(new Uri(path, UriKind.Relative)));

    public void Dispose() => folder.Delete(recursive: true);

    // What an operator installs; the browser that only tests drive is left out.
    private string Install()
    {
        var from = Path.GetDirectoryName(typeof(DemoSeed).Assembly.Location)!;
        var to = Path.Combine(folder.FullName, "program");
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => !file.Contains("/.playwright/", StringComparison.Ordinal)))
        {
            var place = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Copy(file, place);
        }

        return to;
    }
}
