using System.Collections.Frozen;
using Markdig;

namespace SkillBadges.App.Http;

/// <summary>A refusal explained.</summary>
/// <param name="Code">Such as <c>definition.revision-stale</c>.</param>
/// <param name="Html">A paragraph or more.</param>
/// <param name="Language">In which it is: English where the wanted one has no words for it.</param>
internal sealed record ProblemText(string Code, string Html, string Language);

/// <summary>docs/problems.md, which is inside the executable, and <see cref="ProblemTexts"/>: a section for every code, in every language.</summary>
internal sealed class ProblemPages
{
    private const string English = "en";

    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().DisableHtml().Build();

    private readonly FrozenDictionary<string, ProblemText> byCode;
    private readonly FrozenDictionary<string, FrozenDictionary<string, ProblemText>> others;

    public ProblemPages()
    {
        using var stream = typeof(ProblemPages).Assembly.GetManifestResourceStream("problems.md") ?? throw new InvalidOperationException("problems.md is not embedded.");
        using var reader = new StreamReader(stream);
        byCode = Read(reader.ReadToEnd()).ToFrozenDictionary(problem => problem.Code, StringComparer.Ordinal);
        others = ProblemTexts.Languages.ToFrozenDictionary(language => language, In, StringComparer.Ordinal);
    }

    public IEnumerable<string> Codes => byCode.Keys.Order(StringComparer.Ordinal);

    /// <returns>Null where there is no such code.</returns>
    public ProblemText? Find(string code, string language = English) => others.GetValueOrDefault(language)?.GetValueOrDefault(code) ?? byCode.GetValueOrDefault(code);

    private static FrozenDictionary<string, ProblemText> In(string language) =>
        ProblemTexts.Codes(language).ToFrozenDictionary(code => code, code => new ProblemText(code, Html(ProblemTexts.Markdown(language, code)!), language), StringComparer.Ordinal);

    private static IEnumerable<ProblemText> Read(string text)
    {
        foreach (var section in text.ReplaceLineEndings("\n").Split("\n## ").Skip(1))
        {
            var end = section.IndexOf('\n', StringComparison.Ordinal);
            yield return new(section[..end].Trim(), Html(section[end..]), English);
        }
    }

    private static string Html(string text) => Markdig.Markdown.ToHtml(text, Markdown);
}
