using System.Text;
using System.Xml;

namespace SkillBadges.Credentials.Baking;

/// <summary>
/// A credential in an SVG image: one <c>credential</c> element in the standard's namespace, first inside <c>svg</c>, with a JWS in <c>verify</c> or JSON as its
/// text (Open Badges 3.0 5.3.2).
/// </summary>
public static class SvgBaking
{
    private static readonly XmlWriterSettings writing = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        OmitXmlDeclaration = true,
        NewLineHandling = NewLineHandling.Entitize,
    };

    /// <summary>Puts a credential into an image that holds none and that runs nothing. The image is written anew, the same in meaning.</summary>
    /// <param name="svg">The image, UTF-8.</param>
    /// <param name="credential">JSON or a JWS in compact form.</param>
    /// <exception cref="MalformedException">A code of <see cref="BakedImage.Read"/>, <c>baked.several</c> when the image holds one already, or <c>svg.active</c>.</exception>
    public static byte[] Bake(ReadOnlyMemory<byte> svg, string credential, BakedKind kind)
    {
        var baked = BakedCredential.Of(kind, credential);
        if (baked.Text.AsSpan().IndexOfAny('\uFFFE', '\uFFFF') >= 0 || baked.Text.Any(c => c < ' ' && c is not ('\t' or '\r' or '\n')))
        {
            throw new MalformedException("baked.text", "The credential holds characters that XML cannot.");
        }

        var bytes = Rewrite(svg, baked);

        // Reading back finds a second credential that the image may have held.
        Read(bytes);
        return bytes;
    }

    /// <exception cref="MalformedException">A code of <see cref="BakedImage.Read"/>.</exception>
    public static BakedCredential Read(ReadOnlyMemory<byte> svg)
    {
        using var document = new SvgDocument(svg);
        try
        {
            return Find(document);
        }
        catch (XmlException fault)
        {
            throw document.Explain(fault);
        }
    }

    private static byte[] Rewrite(ReadOnlyMemory<byte> svg, BakedCredential baked)
    {
        var output = new MemoryStream(svg.Length + baked.Text.Length + 256);
        using var document = new SvgDocument(svg);
        try
        {
            using var writer = XmlWriter.Create(output, writing);
            while (document.Read())
            {
                SvgActivity.Refuse(document.Reader);
                Copy(document.Reader, writer, baked);
            }
        }
        catch (XmlException fault)
        {
            throw document.Explain(fault);
        }

        return output.ToArray();
    }

    private static BakedCredential Find(SvgDocument document)
    {
        List<BakedCredential> found = [];
        var legacy = 0;
        var elements = 0;
        while (document.Read())
        {
            var reader = document.Reader;
            if (reader.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            elements++;
            if (BakingMarks.LegacyNamespaces.Contains(reader.NamespaceURI))
            {
                legacy++;
            }
            else if (BakingMarks.All.FirstOrDefault(marks => marks.Namespace == reader.NamespaceURI && reader.LocalName == "credential") is { } marks)
            {
                if (found.Count > 0)
                {
                    throw new MalformedException("baked.several", "The image holds more than one credential.");
                }

                if (elements != 2)
                {
                    throw new MalformedException("baked.misplaced", "The credential is not the first thing inside the SVG image.");
                }

                found.Add(BakedCredential.Of(marks.Kind, Credential(document)));
            }
        }

        return BakedImage.Only(found, legacy);
    }

    private static string Credential(SvgDocument document)
    {
        var verify = document.Reader.GetAttribute("verify");
        var text = new StringBuilder();
        var depth = document.Reader.Depth;
        var empty = document.Reader.IsEmptyElement;
        while (!empty && document.Read() && document.Reader.Depth > depth)
        {
            if (document.Reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
            {
                text.Append(document.Reader.Value);
            }
            else
            {
                throw new MalformedException("baked.ambiguous", "The credential's element holds something else than text.");
            }
        }

        var inner = text.ToString();
        if (verify is not null && !string.IsNullOrWhiteSpace(inner))
        {
            throw new MalformedException("baked.ambiguous", "The image holds the credential in two ways at once.");
        }

        return verify ?? inner;
    }

    private static void Copy(XmlReader reader, XmlWriter writer, BakedCredential baked)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                var empty = reader.IsEmptyElement;
                var root = reader.Depth == 0;
                writer.WriteStartElement(reader.Prefix, reader.LocalName, reader.NamespaceURI);
                writer.WriteAttributes(reader, defattr: false);
                if (root)
                {
                    Credential(writer, baked);
                }

                if (empty)
                {
                    writer.WriteEndElement();
                }

                break;
            case XmlNodeType.EndElement:
                writer.WriteFullEndElement();
                break;
            case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when reader.Depth > 0:
                writer.WriteString(reader.Value);
                break;
            case XmlNodeType.CDATA:
                writer.WriteCData(reader.Value);
                break;
            case XmlNodeType.Comment:
                writer.WriteComment(reader.Value);
                break;
        }
    }

    private static void Credential(XmlWriter writer, BakedCredential baked)
    {
        var marks = BakingMarks.For(baked.Kind);

        // The prefix belongs on <svg> itself: readers in use look for it by name.
        if (writer.LookupPrefix(marks.Namespace) is null)
        {
            writer.WriteAttributeString("xmlns", marks.Prefix, null, marks.Namespace);
        }

        writer.WriteStartElement(writer.LookupPrefix(marks.Namespace) ?? marks.Prefix, "credential", marks.Namespace);
        if (baked.IsJson)
        {
            writer.WriteCData(baked.Text);
        }
        else
        {
            writer.WriteAttributeString("verify", baked.Text);
        }

        writer.WriteEndElement();
    }
}
