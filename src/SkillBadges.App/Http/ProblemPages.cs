using System.Collections.Frozen;
using Markdig;

namespace SkillBadges.App.Http;

/// <summary>A refusal explained.</summary>
internal sealed record ProblemText(string Code, string Html);

/// <summary>docs/problems.md, which is inside the executable: a section for every code.</summary>
internal sealed class ProblemPages
{
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().DisableHtml().Build();

    private readonly FrozenDictionary<string, ProblemText> byCode;

    public ProblemPages()
    {
        using var stream = typeof(ProblemPages).Assembly.GetManifestResourceStream("problems.md") ?? throw new InvalidOperationException("problems.md is not embedded.");
        using var reader = new StreamReader(stream);
        byCode = Read(reader.ReadToEnd()).ToFrozenDictionary(problem => problem.Code, StringComparer.Ordinal);
    }

    public IEnumerable<ProblemText> All => byCode.Values.OrderBy(problem => problem.Code, StringComparer.Ordinal);

    public ProblemText? Find(string code) => byCode.GetValueOrDefault(code);

    private static IEnumerable<ProblemText> Read(string text)
    {
        foreach (var section in text.ReplaceLineEndings("\n").Split("\n## ").Skip(1))
        {
            var end = section.IndexOf('\n', StringComparison.Ordinal);
            yield return new(section[..end].Trim(), Markdig.Markdown.ToHtml(section[end..], Markdown));
        }
    }
}
