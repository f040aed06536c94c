using System.Text.RegularExpressions;

namespace SkillBadges.App.Tests.House;

/// <summary>What holds of every style sheet and script that a browser gets.</summary>
public sealed partial class StyleSheetTests
{
    private static IReadOnlyList<string> Files { get; } =
    [
        .. new[] { "*.css", "*.js", "*.razor", "*.svg" }.SelectMany(kind => Directory.EnumerateFiles(Repository.Source, kind, SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)),
    ];

    // Whoever asked for less motion has less than nobody: nothing moves.
    [Fact]
    public void Nothing_moves_but_for_those_who_did_not_ask_for_less_motion()
    {
        Assert.Contains(Files, file => file.EndsWith("site.css", StringComparison.Ordinal));
        Assert.Empty(Files.SelectMany(file => Moving(File.ReadAllText(file)).Select(moving => $"{Path.GetRelativePath(Repository.Source, file)}: {moving}")));
    }

    [Theory]
    [InlineData("a { transition: color .2s; }", 1)]
    [InlineData("a { animation-name: spin }", 1)]
    [InlineData("@keyframes spin { to { rotate: 1turn } }", 1)]
    [InlineData("html { scroll-behavior: smooth; }", 1)]
    [InlineData("one.scrollIntoView({ behavior: \"smooth\" })", 1)]
    [InlineData("one.animate([])", 1)]
    [InlineData("<animate attributeName='x'/>", 1)]
    [InlineData("@media (min-width: 9rem) { a { transition: color .2s } }", 1)]
    [InlineData("@media (prefers-reduced-motion: no-preference) { a { transition: color .2s; } @keyframes x { to { top: 0 } } } b { animation: x }", 1)]
    [InlineData("@media (prefers-reduced-motion: no-preference) { a { transition: color .2s; } }", 0)]
    [InlineData("a { scroll-behavior: auto }", 0)]
    public void What_moves_is_seen(string text, int count) => Assert.Equal(count, Moving(text).Count());

    private static IEnumerable<string> Moving(string text) => Motion().Matches(Asked().Replace(text, "")).Select(match => match.Value);

    // A block of blocks, which hold blocks at most.
    [GeneratedRegex(@"@media \(prefers-reduced-motion: no-preference\)\s*\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}")]
    private static partial Regex Asked();

    [GeneratedRegex(@"\b(?:transition|animation)(?:-[a-z]+)*\s*:|@keyframes|scroll-behavior\s*:\s*smooth|behavior:\s*[""']smooth|\.animate\(|<(?:animate|set)\w*\b")]
    private static partial Regex Motion();
}
