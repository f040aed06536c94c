using System.Xml;

namespace SkillBadges.Credentials.Baking;

/// <summary>
/// An image that goes out under our name shows a picture and does nothing: no scripts, no foreign markup, no reference that leaves the file. Judged by an
/// allow-list of references and by what starts like a handler, since lists of bad things are never complete.
/// </summary>
internal static class SvgActivity
{
    private static readonly string[] activeElements =
        ["script", "foreignObject", "iframe", "object", "embed", "handler", "listener", "audio", "video", "animate", "set", "animateTransform", "animateMotion", "a"];

    private static readonly string[] fetchingWords = ["@import", "javascript:", "image(", "image-set(", "cross-fade(", "src(", "expression("];

    /// <exception cref="MalformedException"><c>svg.active</c></exception>
    public static void Refuse(XmlReader reader)
    {
        if (reader.NodeType == XmlNodeType.ProcessingInstruction)
        {
            throw Active();
        }

        if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
        {
            RefuseStyle(reader.Value);
        }

        if (reader.NodeType != XmlNodeType.Element)
        {
            return;
        }

        if (activeElements.Contains(reader.LocalName, StringComparer.OrdinalIgnoreCase) || reader.NamespaceURI == "http://www.w3.org/1999/xhtml")
        {
            throw Active();
        }

        while (reader.MoveToNextAttribute())
        {
            // Declaring a namespace fetches nothing.
            if (reader.NamespaceURI == "http://www.w3.org/2000/xmlns/")
            {
                continue;
            }

            var reference = reader.LocalName.EndsWith("href", StringComparison.OrdinalIgnoreCase) || reader.LocalName.Equals("src", StringComparison.OrdinalIgnoreCase);
            if (reader.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase)
                || (reader.LocalName == "base" && reader.Prefix == "xml")
                || (reference && !IsInside(reader.Value)))
            {
                throw Active();
            }

            RefuseStyle(reader.Value);
        }

        reader.MoveToElement();
    }

    private static bool IsInside(string reference) =>
        reference.StartsWith('#')
        || reference.StartsWith("data:image/png;base64,", StringComparison.OrdinalIgnoreCase)
        || reference.StartsWith("data:image/jpeg;base64,", StringComparison.OrdinalIgnoreCase);

    // CSS can fetch by url(), by @import and by some functions; escapes would hide those words, and no badge image of ours needs a backslash.
    private static void RefuseStyle(string value)
    {
        for (var at = value.IndexOf("url(", StringComparison.OrdinalIgnoreCase); at >= 0; at = value.IndexOf("url(", at + 4, StringComparison.OrdinalIgnoreCase))
        {
            if (!value.AsSpan(at + 4).TrimStart(" \"'").StartsWith("#"))
            {
                throw Active();
            }
        }

        if (value.Contains('\\', StringComparison.Ordinal) || fetchingWords.Any(word => value.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            throw Active();
        }
    }

    private static MalformedException Active() => new("svg.active", "The SVG image would run or fetch something.");
}
