using System.Text.RegularExpressions;
using SkillBadges.App.Layout;
using SkillBadges.App.Tests.House;

namespace SkillBadges.App.Tests.Layout;

public sealed partial class DirectionTests
{
    [Fact]
    public void English_and_what_says_nothing_else_are_written_from_left_to_right() => Assert.All(Texts.Languages, language => Assert.Equal("ltr", new Texts(language).Direction));

    [Fact]
    public void The_stylesheet_speaks_of_where_a_line_begins_and_ends_and_not_of_left_and_right() =>
        Assert.Empty(Sides().Matches(File.ReadAllText(Path.Combine(Repository.Source, "SkillBadges.App", "wwwroot", "site.css"))).Select(match => match.Value));

    // Also a shorthand whose second and fourth value, right and left, differ.
    [GeneratedRegex(@"(?<![-\w])(?:left|right):|-(?:left|right)\b|(?:float|clear|text-align): ?(?:left|right)|(?:margin|padding|inset): [^\s;]+ (?<end>[^\s;]+) [^\s;]+ (?!\k<end>;)[^;}\s]+;|border-radius: [^\s;]+ [^\s;]+ [^\s;]+")]
    private static partial Regex Sides();
}
