using System.Text.RegularExpressions;
using SkillBadges.App.Http;
using SkillBadges.App.Layout;
using SkillBadges.App.Tests.House;

namespace SkillBadges.App.Tests.Layout;

public sealed partial class TextsTests
{
    public static TheoryData<string> Others => [.. Texts.Languages.Skip(1)];

    [Theory]
    [MemberData(nameof(Others))]
    public void Every_text_of_the_pages_is_there_in_every_language(string language) =>
        Assert.Empty(Used.Except(Texts.Of(language)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Others))]
    public void No_language_keeps_a_text_that_no_page_shows(string language) =>
        Assert.Empty(Texts.Of(language).Except(Used).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Others))]
    public void A_text_puts_in_the_same_values_in_every_language(string language)
    {
        var texts = new Texts(language);

        Assert.Empty(Texts.Of(language).Where(english => !Values(english).SequenceEqual(Values(texts[english]))));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void A_language_explains_refusals_that_there_are(string language)
    {
        var known = new ProblemPages();

        Assert.NotEmpty(ProblemTexts.Codes(language));
        Assert.Empty(ProblemTexts.Codes(language).Where(code => known.Find(code) is null));
    }

    [Fact]
    public void Days_are_written_as_people_write_them()
    {
        Assert.Equal("Nov 2, 2026", new Texts("en").Day(new DateOnly(2026, 11, 2)));
        Assert.Equal("2 nov 2026", new Texts("es").Day(new DateOnly(2026, 11, 2)));
        Assert.Equal("en", new Texts("tlh").Language);
    }

    private static IReadOnlySet<string> Used { get; } = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "SkillBadges.App"), "*", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && Path.GetExtension(file) is ".razor" or ".cs")
        .SelectMany(file => Text().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
        .ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Values(string text) => Value().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal);

    [GeneratedRegex("""\b(?:[Tt]|this|new Texts\(language\))\["([^"]*)"[,\]]""")]
    private static partial Regex Text();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Value();
}
