namespace SkillBadges.App.Tests.Browser;

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AfterToursCollection
{
    // What is not run beside others is run behind them.
    public const string Name = "after the tours";
}

/// <summary>Whoever has keys alone, and whoever runs no scripts, sends every form there is; and where a page takes a script, so does who has both.</summary>
[Collection(AfterToursCollection.Name)]
public sealed class PostedFormsTests
{
    /// <summary>Forms that cannot be sent in a way, and why.</summary>
    private static readonly Dictionary<(string Form, By By), string> cannot = new()
    {
    };

    private static readonly IReadOnlyList<string> scripted = [.. SweptPages.Scripted.Select(path => path.Split('?')[0])];

    [BrowserFact]
    public void Every_form_of_every_page_is_sent_on_a_tour_by_keys_alone_without_scripts_and_where_there_are_scripts_by_a_pointer_with_them()
    {
        Assert.Empty(PostedForms.Unknown);

        // A part of the tours says nothing about forms that the others send.
        var missing = TouredAttribute.ByAll ? PageForms.All.SelectMany(form => Ways(form).Where(by => !PostedForms.Has(form, by)).Select(by => $"{form} {by}")) : [];
        Assert.Empty(missing);
    }

    [Fact]
    public void Forms_are_found_in_the_markup()
    {
        Assert.True(PageForms.All.Count > 110, $"Only {PageForms.All.Count} forms were found.");
        Assert.DoesNotContain(PageForms.All, form => form.Name.Length == 0);
        Assert.Equal("Gradebook/CoursesPage back-*", PageForms.Find("/office/1/people/2/courses", "back-3")?.ToString());
        Assert.Equal("Definitions/CoAuthoring/SignersAsked ask-signer", PageForms.Find("/authoring/weld", "ask-signer")?.ToString());
        Assert.Equal("Evidence/SkillWork /work/*/files", PageForms.Find("/work/7", "/work/7/files")?.ToString());
        Assert.Equal("Gradebook/GroupsPage ?", PageForms.Find("/classes/1/groups", "?")?.ToString());
        Assert.Equal("Definitions/CoAuthoring/PassageComments say-*", PageForms.Find("/authoring/weld", "say-competencies/1")?.ToString());
        Assert.Null(PageForms.Find("/classes/1/groups", "no-such-form"));
    }

    private static IEnumerable<By> Ways(PageForm form) => new[] { By.Keyboard, By.NoScript, By.Mouse }
        .Where(by => by != By.Mouse || scripted.Any(path => form.IsAt(path.Replace("{", "", StringComparison.Ordinal))))
        .Where(by => !cannot.ContainsKey((form.ToString(), by)));
}
