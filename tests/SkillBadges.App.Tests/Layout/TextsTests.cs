using System.Text.RegularExpressions;
using SkillBadges.App.Http;
using SkillBadges.App.Layout;
using SkillBadges.App.Tests.House;
using SkillBadges.Core;

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

        Assert.Empty(ProblemTexts.Codes(language).Where(code => known.Find(code) is null));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Every_refusal_is_explained_in_every_language(string language) =>
        Assert.Empty(new ProblemPages().Codes.Except(ProblemTexts.Codes(language)));

    [Theory]
    [MemberData(nameof(Others))]
    public void What_a_refusal_names_has_its_place_in_every_language(string language)
    {
        var named = Repository.SourceFiles.SelectMany(file => Naming().Matches(file.Text)).ToLookup(refusal => refusal.Groups[1].Value, refusal => Named().Count(refusal.Groups[2].Value));

        Assert.NotEmpty(ProblemTexts.Named(language));
        Assert.All(ProblemTexts.Named(language), text => Assert.Equal([text.Value], named[text.Key].Distinct()));
    }

    [Theory]
    [InlineData("en", "2:05 PM", "2:05 PM UTC", "12:00 AM")]
    [InlineData("es", "14:05", "14:05 UTC", "00:00")]
    public void A_time_of_day_is_written_as_the_language_writes_it(string language, string wall, string utc, string midnight)
    {
        var texts = new Texts(language);
        Assert.Equal((wall, midnight), (texts.Time(new DateTime(2026, 11, 23, 14, 5, 59)), texts.Time(new DateTime(2026, 11, 23))));
        Assert.Equal(utc, texts.Time(new DateTimeOffset(2026, 11, 23, 7, 5, 0, TimeSpan.FromHours(-7))));
    }

    [Theory]
    [InlineData("en", "In force until Jun 30, 2027, 8:15 PM UTC.")]
    [InlineData("es", "Vigente hasta el 30 jun 2027, 20:15 UTC.")]
    public void A_badge_says_until_when_it_is_in_force_in_the_language_of_the_page(string language, string words)
    {
        var credential = new SkillBadges.App.Verification.CredentialView(null, null, null, null, null, null, null, [], null, new DateTimeOffset(2027, 6, 30, 20, 15, 0, TimeSpan.Zero));
        Assert.Equal(words, SkillBadges.App.Verification.VerdictWords.InForce(new Texts(language), new("validity", "passed", "", "The credential is valid."), credential));
    }

    [Fact]
    public void A_refusal_says_what_it_names_in_the_language_of_the_page()
    {
        var opens = new DateTimeOffset(2026, 11, 22, 8, 30, 0, TimeSpan.Zero);
        var refusal = Refused.Conflict("attempt.cooling", $"The next try is open from {opens:yyyy-MM-dd HH:mm} UTC.");

        Assert.Equal("The next try is open from 2026-11-22 08:30 UTC.", refusal.Message);
        Assert.EndsWith(" El próximo intento se abre el 2026-11-22 08:30 UTC.", ProblemTexts.In("es", refusal), StringComparison.Ordinal);
        Assert.DoesNotContain("{0}", ProblemTexts.In("es", refusal.Code), StringComparison.Ordinal);
        Assert.Null(ProblemTexts.In("en", refusal));
    }

    [Fact]
    public void Days_are_written_as_people_write_them()
    {
        Assert.Equal("Nov 2, 2026", new Texts("en").Day(new DateOnly(2026, 11, 2)));
        Assert.Equal("2 nov 2026", new Texts("es").Day(new DateOnly(2026, 11, 2)));
        Assert.Equal("en", new Texts("tlh").Language);
    }

    [Fact]
    public void Numbers_are_written_as_the_language_writes_them()
    {
        Assert.Equal("1,234.5", new Texts("en").Number(1234.5m, "#,0.##"));
        Assert.Equal("3", new Texts("es").Number(3m, "#,0.##"));
        Assert.Equal("12.345.678,25", Texts.Written("12,345,678.25", "1.234,5"));
        Assert.Equal("1234,5", Texts.Written("1,234.5", "1234,5"));
    }

    private static IReadOnlySet<string> Used { get; } = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "SkillBadges.App"), "*", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && Path.GetExtension(file) is ".razor" or ".cs")
        .SelectMany(file => Text().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
        .ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Values(string text) => Value().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal);

    [GeneratedRegex("""\b(?:[Tt]|this|new Texts\(language\))\["([^"]*)"[,\]]""")]
    private static partial Regex Text();

    [GeneratedRegex("""\bRefused\.\w+\(\s*"([^"]+)",\s*\$"(.*)"[,)]""")]
    private static partial Regex Naming();

    // A value that is put in, with what is put into it in turn.
    [GeneratedRegex(@"\{(?:[^{}]|\{[^{}]*\})*\}")]
    private static partial Regex Named();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Value();
}
