using System.Text;
using System.Text.Unicode;
using System.Xml;

namespace SkillBadges.Credentials.Baking;

/// <summary>
/// Opens SVG for reading: UTF-8 only, no document type (so no entities and nothing external), bounded in size and depth. The parser
/// reads long texts when they are asked for, so its faults are caught around the whole reading.
/// </summary>
internal sealed class SvgDocument : IDisposable
{
    public const string Namespace = "http://www.w3.org/2000/svg";

    /// <summary>Bytes; less than for other images, since the parser holds all attributes of an element at once.</summary>
    public const int MaximumSize = 3 * 1024 * 1024;

    private const int MaximumDepth = 128;

    private readonly XmlReader reader;
    private readonly string text;

    public SvgDocument(ReadOnlyMemory<byte> svg)
    {
        if (svg.Length > MaximumSize)
        {
            throw new MalformedException("image.too-large", "The SVG image has more bytes than are read here.");
        }

        if (!Utf8.IsValid(svg.Span))
        {
            throw new MalformedException("svg.encoding", "The SVG image is not UTF-8.");
        }

        text = Encoding.UTF8.GetString(svg.Span).TrimStart('\uFEFF');
        reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaximumSize,
            MaxCharactersFromEntities = 1,
            ConformanceLevel = ConformanceLevel.Document,
            CloseInput = true,
        });
    }

    public XmlReader Reader => reader;

    public bool Read()
    {
        if (!reader.Read())
        {
            return false;
        }

        if (reader.Depth > MaximumDepth)
        {
            throw new MalformedException("svg.too-deep", "The SVG image is nested too deep.");
        }

        // The text was decoded as UTF-8; a reader that believes another declaration would see another document.
        if (reader.NodeType == XmlNodeType.XmlDeclaration && reader.GetAttribute("encoding") is { } encoding
            && !encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !encoding.Equals("us-ascii", StringComparison.OrdinalIgnoreCase))
        {
            throw new MalformedException("svg.encoding", "The SVG image says that it is not UTF-8.");
        }

        if (reader.NodeType == XmlNodeType.Element && reader.Depth == 0 && (reader.LocalName != "svg" || reader.NamespaceURI != Namespace))
        {
            throw new MalformedException("svg.root", "The file is XML, but not an SVG image.");
        }

        return true;
    }

    /// <summary>The parser has one kind of exception; a document type is the case worth telling apart.</summary>
    public MalformedException Explain(XmlException fault) => text.Contains("<!DOCTYPE", StringComparison.Ordinal)
        ? new MalformedException("svg.dtd", "The SVG image has a document type, which is not read here.", fault)
        : new MalformedException("svg.malformed", "The SVG image is not well-formed XML.", fault);

    public void Dispose() => reader.Dispose();
}
