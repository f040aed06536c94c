using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace SkillBadges.App.Pdf.Writing;

/// <summary>The document's title for programs that read XMP (ISO 16684-1:2019).</summary>
internal static class DocumentMetadata
{
    private static readonly XNamespace rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static readonly XNamespace dc = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace xmp = "http://ns.adobe.com/xap/1.0/";
    private static readonly XNamespace meta = "adobe:ns:meta/";

    public static byte[] Write(string title, DateTimeOffset createdAt, string language)
    {
        var packet = new XElement(
            meta + "xmpmeta",
            new XAttribute(XNamespace.Xmlns + "x", meta),
            new XElement(
                rdf + "RDF",
                new XAttribute(XNamespace.Xmlns + "rdf", rdf),
                new XElement(
                    rdf + "Description",
                    new XAttribute(rdf + "about", ""),
                    new XAttribute(XNamespace.Xmlns + "dc", dc),
                    new XAttribute(XNamespace.Xmlns + "xmp", xmp),
                    new XElement(dc + "title", new XElement(rdf + "Alt", new XElement(rdf + "li", new XAttribute(XNamespace.Xml + "lang", "x-default"), title))),
                    new XElement(dc + "language", new XElement(rdf + "Bag", new XElement(rdf + "li", language))),
                    new XElement(xmp + "CreateDate", createdAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)))));
        return Encoding.UTF8.GetBytes($"<?xpacket begin=\"\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n{packet.ToString(SaveOptions.DisableFormatting)}\n<?xpacket end=\"r\"?>");
    }
}
