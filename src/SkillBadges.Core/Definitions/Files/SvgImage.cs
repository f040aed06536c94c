using System.Xml;
using SkillBadges.Credentials.Baking;

namespace SkillBadges.Core.Definitions.Files;

/// <summary>
/// Looks at a badge's SVG, which browsers run as a document: only shapes, gradients and titles are let in, so there is nothing that
/// could be run, loaded or styled from elsewhere. What is let in can also be baked: a credential fits into every badge's picture.
/// </summary>
public static class SvgImage
{
    public const int MaxBytes = 64 * 1024;

    private const string Namespace = "http://www.w3.org/2000/svg";

    private static readonly string[] elements =
    [
        "svg", "title", "desc", "defs", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "linearGradient", "radialGradient", "stop",
    ];

    private static readonly string[] attributes =
    [
        "xmlns", "viewBox", "width", "height", "role", "id", "aria-label", "aria-labelledby", "transform", "d", "cx", "cy", "r", "rx", "ry", "x", "y", "x1", "x2",
        "y1", "y2", "fx", "fy", "points", "fill", "fill-rule", "fill-opacity", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-opacity",
        "stroke-dasharray", "opacity", "offset", "stop-color", "stop-opacity", "gradientUnits", "gradientTransform",
    ];

    /// <summary>What is wrong with the bytes, in words, or null.</summary>
    public static string? Objection(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            return $"The drawing has {bytes.Length} bytes; at most {MaxBytes} are taken.";
        }

        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxBytes };
        try
        {
            using var stream = new MemoryStream(bytes.ToArray(), writable: false);
            using var reader = XmlReader.Create(stream, settings);
            for (var root = true; reader.Read();)
            {
                if (reader.NodeType == XmlNodeType.ProcessingInstruction)
                {
                    return "The drawing holds a processing instruction, which could load a style.";
                }

                if (reader.NodeType != XmlNodeType.Element)
                {
                    continue;
                }

                if ((root && reader.LocalName != "svg") || reader.NamespaceURI != Namespace || !elements.Contains(reader.LocalName))
                {
                    return "The drawing holds an element other than shapes, gradients and titles.";
                }

                root = false;
                if (AttributeObjection(reader) is { } objection)
                {
                    return objection;
                }
            }

            return BakedImage.Objection(bytes);
        }
        catch (XmlException)
        {
            return "This is not a well-formed SVG drawing.";
        }
    }

    private static string? AttributeObjection(XmlReader reader)
    {
        while (reader.MoveToNextAttribute())
        {
            if (!attributes.Contains(reader.Name))
            {
                return "The drawing holds an attribute that is not needed for shapes, such as a style, a link or a script.";
            }

            if (reader.Value.Contains("url(", StringComparison.OrdinalIgnoreCase) && !reader.Value.StartsWith("url(#", StringComparison.Ordinal))
            {
                return "The drawing refers to something outside itself.";
            }
        }

        reader.MoveToElement();
        return null;
    }
}
