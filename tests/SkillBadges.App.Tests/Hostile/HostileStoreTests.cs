using System.Text.Json.Nodes;
using Microsoft.Playwright;
using SkillBadges.App.Tests.Browser;
using SkillBadges.App.Tests.Checking;
using SkillBadges.App.Tests.Faults;
using SkillBadges.Core;
using SkillBadges.Core.Storage;
using Xunit.Abstractions;

namespace SkillBadges.App.Tests.Hostile;

/// <summary>
/// Whatever came into a store, by whatever way: every free text of every document of the sample district becomes markup, behind the back of all rules, and every page is opened by whoever opens it.
/// That covers the fields that no other test types into, and those that somebody adds.
/// </summary>
public sealed class HostileStoreTests(ITestOutputHelper output) : IAsyncLifetime
{
    // Signed texts, which are shown in the reading of their own, and what a machine made for itself.
    private static readonly HashSet<string> notText = new(StringComparer.Ordinal) { "signed_credential", "issuance_intent", "published_status_list", "endorsement", "issuer_key" };

    // One word may be a text as well; elsewhere a value without a space is an id, a code or an address.
    private static readonly HashSet<string> texts = new(StringComparer.Ordinal)
    {
        "name", "title", "text", "label", "note", "notes", "words", "comment", "reason", "description", "statement", "hint", "alt", "term", "place", "did", "reflection", "displayName", "givenName", "familyName", "message", "reference",
    };

    // As many payloads stand in one text, one below the other.
    private const int AtOnce = 50;

    private readonly Browsing browsing = new();
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private int next;

    public Task InitializeAsync() => browsing.InitializeAsync();

    public Task DisposeAsync() => browsing.DisposeAsync();

    [BrowserFact]
    public async Task No_page_makes_markup_of_any_text_in_the_store()
    {
        await using var fresh = await TestApp.StartAsync(settings => settings);
        var scene = await SweepScene.PrepareAsync(browsing, fresh);
        var changed = await RewriteAsync(Next);
        var shown = await LookAsync(scene);

        output.WriteLine($"{changed} texts of the store were markup, {used.Count} different payloads; {shown.Count} of them stood on pages.");
        Assert.Equal(500, used.Count);
        Assert.True(shown.Count > 100, $"Only {shown.Count} payloads were on any page.");
    }

    [LongFact]
    public async Task No_page_makes_markup_of_any_of_500_payloads_in_any_text_of_the_store()
    {
        await using var fresh = await TestApp.StartAsync(settings => settings);
        var scene = await SweepScene.PrepareAsync(browsing, fresh);
        var (changed, shown) = (new List<int>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var some in Payloads.All.Chunk(AtOnce))
        {
            var text = string.Join('\n', some);
            changed.Add(await RewriteAsync(() => text));
            shown.UnionWith(await LookAsync(scene));
        }

        Effort.Tell(output, $"Each of {changed[0]} texts of the store was each of {shown.Count} payloads, and every page was looked at with all of them.");
        Assert.Single(changed.Distinct());
        Assert.Equal(500, shown.Count);
    }

    /// <returns>What stood on pages.</returns>
    private async Task<IReadOnlySet<string>> LookAsync(SweepScene scene)
    {
        var (faults, shown) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (login, paths) in SweptPages.All)
        {
            var page = await browsing.OpenAsync(login);
            await page.AddInitScriptAsync("window.ran = number => { window.hasRun = number; }");
            foreach (var path in paths.Where(path => !path.StartsWith("/set-up", StringComparison.Ordinal)))
            {
                faults.AddRange(await LookAsync(page, path, scene.Fill(path), shown));
            }

            await page.Context.CloseAsync();
        }

        Assert.Empty(faults);
        return shown;
    }

    private string Next()
    {
        used.Add(Payloads.All[next % Payloads.All.Count]);
        return Payloads.All[next++ % Payloads.All.Count];
    }

    private static async Task<IReadOnlyList<string>> LookAsync(IPage page, string name, string address, HashSet<string> shown)
    {
        var answer = await page.GotoAsync(address);
        var html = await answer!.TextAsync();
        foreach (var payload in Payloads.All.Where(payload => html.Contains(System.Text.Encodings.Web.HtmlEncoder.Default.Encode(payload), StringComparison.Ordinal)))
        {
            shown.Add(payload);
        }

        var faults = PageMarkup.Foreign(html).Select(foreign => $"{name}: {foreign}").ToList();
        if (!answer.Ok && name != SweptPages.Missing)
        {
            faults.Add($"{name}: the answer is {answer.Status}.");
        }

        if (await page.EvaluateAsync<int?>("() => window.hasRun ?? null") is { } ran)
        {
            faults.Add($"{name}: payload {ran} ran.");
        }

        return faults;
    }

    /// <returns>How many texts are markup now.</returns>
    private async Task<int> RewriteAsync(Func<string> text)
    {
        var changed = 0;
        await browsing.BehindItsBackAsync(async data => changed = await RewriteAsync(data, text));
        return changed;
    }

    private static async Task<int> RewriteAsync(string data, Func<string> text)
    {
        var changes = new List<(DocumentKind Kind, string Id, byte[] Body)>();
        var changed = 0;
        await using (var opened = await OpenedStore.OpenAsync(ServerProcess.SettingsOf(data, null), TimeProvider.System, default))
        {
            await using var view = await opened.Whole.ViewAsync(default);
            foreach (var kind in AllDocumentKinds.OfCore.Where(kind => !notText.Contains(kind.Name)))
            {
                for (var after = (string?)null; await view.DocumentsAsync(kind, after, 500, default) is { Count: > 0 } some; after = some[^1].Id)
                {
                    foreach (var stored in some.Where(stored => stored.BodyVersion == kind.BodyVersion))
                    {
                        var body = JsonNode.Parse(stored.Json)!;
                        if (Rewrite(kind, stored, body, text) is > 0 and var here)
                        {
                            changed += here;
                            changes.Add((kind, stored.Id, System.Text.Encoding.UTF8.GetBytes(body.ToJsonString())));
                        }
                    }
                }
            }
        }

        StoredBytes.ReplaceAll(data, changes);
        return changed;
    }

    // What its kind does not read any more, since it is no free text, stays as it was.
    private static int Rewrite(DocumentKind kind, StoredDocument stored, JsonNode body, Func<string> text)
    {
        var (count, next) = (0, (string?)null);
        foreach (var leaf in Leaves(body).ToList())
        {
            next ??= text();
            var payload = JsonValue.Create(next);
            var own = leaf.DeepClone();
            leaf.ReplaceWith(payload);
            if (IsRead(kind, stored.Id, body))
            {
                next = null;
                count++;
            }
            else
            {
                payload.ReplaceWith(own);
            }
        }

        return count;
    }

    private static bool IsRead(DocumentKind kind, string id, JsonNode body)
    {
        try
        {
            return kind.IdOf(kind.Read(System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()), kind.BodyVersion)) == id;
        }
        catch (Exception fault) when (fault is System.Text.Json.JsonException or ArgumentException or FormatException or InvalidOperationException or RefusedException)
        {
            return false;
        }
    }

    private static IEnumerable<JsonValue> Leaves(JsonNode node, string name = "") => node switch
    {
        JsonObject members => members.Where(member => member.Value is not null).SelectMany(member => Leaves(member.Value!, member.Key)),
        JsonArray items => items.Where(item => item is not null).SelectMany(item => Leaves(item!, name)),
        JsonValue value when value.TryGetValue<string>(out var text) && (texts.Contains(name) || text.Contains(' ', StringComparison.Ordinal)) => [value],
        _ => [],
    };
}
