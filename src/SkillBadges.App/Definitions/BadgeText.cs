using Markdig;
using Markdig.Syntax;

namespace SkillBadges.App.Definitions;

/// <summary>A badge's Markdown as HTML: raw HTML is shown as text and pictures are left out (threat T13).</summary>
internal static class BadgeText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    public static string ToHtml(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants().OfType<Markdig.Syntax.Inlines.LinkInline>())
        {
            var leadsToTheWeb = Uri.TryCreate(link.Url, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" or "mailto";
            if (link.IsImage || !leadsToTheWeb)
            {
                link.IsImage = false;
                link.Url = "#";
            }
        }

        return document.ToHtml(Pipeline);
    }
}
