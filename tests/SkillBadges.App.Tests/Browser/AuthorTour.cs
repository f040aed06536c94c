using System.Text.RegularExpressions;

namespace SkillBadges.App.Tests.Browser;

/// <summary>An author writes a badge, compares, comments and signs; somebody without an account signs by letter and code.</summary>
[Collection(BrowsingCollection.Name)]
public sealed partial class AuthorTour(Browsing browsing)
{
    [BrowserTheory]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task An_author_begins_a_badge_changes_it_comments_and_signs_and_somebody_without_an_account_signs_too(By by)
    {
        var slug = $"tour-{Guid.NewGuid():N}"[..18];
        var author = await browsing.HandAsync(by, "w.admin");
        await author.NavigateAsync("Badges we write");
        await author.UnfoldAsync("Begin a badge");
        await author.WriteAsync("Short name", slug);
        await author.PickAsync("As a copy of", "smaw-fillet");
        await author.ButtonAsync("Begin");
        await author.Page.WaitForURLAsync("**/edit");
        await author.WriteAsync(author.Page.Locator("textarea[name=description]"), "Joins plates with sound fillet welds.");
        await author.WriteAsync("What you change and why", "Shorter words.");
        await Browsing.PictureAsync(author.Page, "author-edit");
        await author.ButtonAsync("Save");
        await author.SeeAsync("Revision 2");
        await author.UnfoldAsync("Say something about the whole badge");
        await author.WriteAsync(author.Page.Locator("textarea[name=Text]").Last, "Which plate?");
        await author.UseAsync(author.Page.Locator("button:has-text('Say it')").Last);
        await author.SeeAsync("Your comment is kept.");
        await author.UseAsync(author.Page.Locator("blockquote:has-text('Which plate?') button"));
        await author.SeeAsync("The comment is settled.");
        var (address, code) = await AskAsync(author);

        var signer = await browsing.HandAsync(by, phone: true);
        await signer.GoAsync(Link().Match(await browsing.LetterAsync(address, "/sign-off/")).Value);
        await signer.UnfoldAsync("Say something about this");
        await signer.WriteAsync(signer.Page.Locator("textarea[name='said.criteria']"), "Say how thick the plate is.");
        await signer.WriteAsync("Code", code);
        await signer.ButtonAsync("Only send what I say about parts");
        await signer.SeeAsync("What you said is kept.");
        await signer.SeeAsync("Say how thick the plate is.");
        await signer.NoBarrierAsync();
        await signer.WriteAsync("Your name", "Lee Ortiz");
        await signer.WriteAsync("Your part there", "Head of welding");
        await signer.WriteAsync("Code", code);
        await Browsing.PictureAsync(signer.Page, "signer");
        await signer.ButtonAsync("Sign");
        await signer.HeadingAsync("Thank you");

        await author.GoAsync($"/authoring/{slug}");
        await author.SeeAsync("Say how thick the plate is.");
        await AskAsync(author);
        await author.UseAsync(author.Page.Locator("section:has(#asked) button:has-text('Take it back')").First);
        await author.SeeAsync("Taken back.");
        await author.UnfoldAsync("Translations that may be out of date");
        await author.ButtonAsync("They still say the same");
        await author.SeeAsync("Kept.");
        await author.UseAsync(author.Page.Locator(".tabs a:has-text('Changes')"));
        await author.PickAsync("From", "1");
        await author.ButtonAsync("Compare");
        await author.Page.WaitForURLAsync("**from=1*");
        await author.SeeAsync("Shorter words.");
        Assert.Contains("Joins plates with sound fillet", await author.Page.Locator(".changes dd").First.InnerTextAsync(), StringComparison.Ordinal);
        await Browsing.PictureAsync(author.Page, "author-changes");
        await TranslateAsync(author);
    }

    // Another language is begun, and one that the badge has is changed.
    private static async Task TranslateAsync(Hand author)
    {
        await author.UseAsync(author.Page.Locator(".tabs a:has-text('Translations')"));
        await author.WriteAsync("Another language", "fr");
        await author.ButtonAsync("Write in this language");
        await author.HeadingAsync("Translation: fr");
        await author.NoBarrierAsync();
        await author.UseAsync(author.Page.Locator(".chooser a[lang=es]"));
        await author.HeadingAsync("Translation: es");
        await author.WriteAsync(author.Page.Locator("textarea[name=description]"), "Une placas con soldaduras de filete sanas.");
        await author.WriteAsync("What you change and why", "Shorter in Spanish too.");
        await author.ButtonAsync("Save");
        await author.SeeAsync("Revision 4");
    }

    private static async Task<(string Address, string Code)> AskAsync(Hand author)
    {
        var address = $"{Guid.NewGuid():N}@forge.example";
        await author.UnfoldAsync("Ask somebody without an account");
        await author.WriteAsync("Their mail address", address);
        await author.ButtonAsync("Send the letter");
        await author.Page.Locator(".secret").WaitForAsync();
        return (address, (await author.Page.Locator(".secret").InnerTextAsync()).Trim());
    }

    [GeneratedRegex("/sign-off/[A-Za-z0-9_-]+")]
    private static partial Regex Link();
}
