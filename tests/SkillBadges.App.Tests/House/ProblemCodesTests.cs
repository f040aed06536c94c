using System.Text.RegularExpressions;

namespace SkillBadges.App.Tests.House;

public sealed partial class ProblemCodesTests
{
    private static readonly string[] Sections =
    [
        .. File.ReadAllLines(Path.Combine(Repository.Root, "docs", "problems.md")).Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..].Trim()),
    ];

    private static IEnumerable<string> Texts => Repository.SourceFiles.Select(file => file.Text).Concat(Repository.Pages);

    [Fact]
    public void Every_code_that_is_used_is_explained()
    {
        var used = Texts.SelectMany(UsedCodes).Distinct().ToArray();

        Assert.InRange(used.Length, 40, 1000);
        Assert.Empty(used.Except(Sections).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_code_that_is_explained_is_used()
    {
        var literals = Texts.SelectMany(text => AnyLiteral().Matches(text)).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(Sections.Where(code => !literals.Contains(code) && !(code.EndsWith(".not-found", StringComparison.Ordinal) && literals.Contains(code[..^10]))));
    }

    [Fact]
    public void No_code_is_explained_twice() => Assert.Equal(Sections.Distinct().Order(StringComparer.Ordinal), Sections.Order(StringComparer.Ordinal));

    [Fact]
    public void Codes_are_lower_case_words_with_one_dot() => Assert.All(Sections, code => Assert.Matches("^[a-z]+(-[a-z0-9]+)*\\.[a-z]+(-[a-z0-9]+)*$", code));

    private static IEnumerable<string> UsedCodes(string text) =>
        RefusedCode().Matches(text).Concat(TextCode().Matches(text)).Select(match => match.Groups[1].Value)
            .Concat(NotFoundNoun().Matches(text).Concat(GetNoun().Matches(text)).Select(match => match.Groups[1].Value + ".not-found"));

    // Refused.Conflict("code", ...), RequestRefused.With(400, "code", ...), RefusedException(RefusalKind.Conflict, "code", ...)
    [GeneratedRegex("""(?:Refused\.(?!NotFound)\w+|RequestRefused\.With|RequestRefusedException|RefusedException)\(\s*(?:RefusalKind\.\w+,\s*|\d+,\s*|status,\s*)?"([^"]+)["]""")]
    private static partial Regex RefusedCode();

    // DisplayText.Require(name, 200, "code")
    [GeneratedRegex("""DisplayText\.\w+\([^;"]*"([^"]+)["]""")]
    private static partial Regex TextCode();

    [GeneratedRegex("""Refused\.NotFound\(\s*"([^"]+)["]""")]
    private static partial Regex NotFoundNoun();

    // store.GetAsync(Kind, id, "noun", cancellationToken)
    [GeneratedRegex("""\.GetAsync\([^;"]*"([^"]+)["]""")]
    private static partial Regex GetNoun();

    [GeneratedRegex("(?<=\")([a-z][a-z0-9-]*(?:\\.[a-z0-9-]+)?)(?=\")")]
    private static partial Regex AnyLiteral();
}
