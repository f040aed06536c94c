using System.Text;

namespace SkillBadges.App.Pdf.Writing;

/// <summary>Writes the tags, and the way back from the pieces of pages to them (ISO 32000-1:2008, 14.7.4.4).</summary>
internal sealed class TagTree(PdfObjects objects, IReadOnlyDictionary<PdfPage, int> pages, Func<PdfPage, int, int> linkId)
{
    private readonly Dictionary<Tag, int> ids = [];

    /// <summary>The object id of the tree's root.</summary>
    public int Write(Tag root)
    {
        var tree = objects.Reserve();
        Reserve(root);
        Write(root, tree);
        var parents = new StringBuilder();
        var key = 0;
        foreach (var page in pages.Keys)
        {
            parents.Append(PdfSyntax.Number(key++)).Append(" [").AppendJoin(' ', page.Pieces.Select(tag => PdfSyntax.Reference(ids[tag]))).Append("] ");
        }

        foreach (var tag in pages.Keys.SelectMany(page => page.Links.Select(link => link.Tag)))
        {
            parents.Append(PdfSyntax.Number(key++)).Append(' ').Append(PdfSyntax.Reference(ids[tag])).Append(' ');
        }

        objects.Set(tree, $"<< /Type /StructTreeRoot /K [{PdfSyntax.Reference(ids[root])}] /ParentTree << /Nums [{parents}] >> /ParentTreeNextKey {PdfSyntax.Number(key)} >>");
        return tree;
    }

    private void Reserve(Tag tag)
    {
        ids[tag] = objects.Reserve();
        foreach (var child in tag.Content.OfType<Tag>())
        {
            Reserve(child);
        }
    }

    private void Write(Tag tag, int parent)
    {
        var first = tag.Content.OfType<Tag.Piece>().FirstOrDefault()?.Page;
        var entries = new StringBuilder($"<< /S /{tag.Type} /P {PdfSyntax.Reference(parent)}");
        if (first is not null)
        {
            entries.Append(" /Pg ").Append(PdfSyntax.Reference(pages[first]));
        }

        if (tag.Alternative is { } alternative)
        {
            entries.Append(" /Alt ").Append(PdfSyntax.Text(alternative));
        }

        if (tag.Attributes is { } attributes)
        {
            entries.Append(" /A ").Append(attributes);
        }

        entries.Append(" /K [").AppendJoin(' ', tag.Content.Select(child => Kid(child, first))).Append("] >>");
        objects.Set(ids[tag], entries.ToString());
        foreach (var child in tag.Content.OfType<Tag>())
        {
            Write(child, ids[tag]);
        }
    }

    private string Kid(object child, PdfPage? first) => child switch
    {
        Tag tag => PdfSyntax.Reference(ids[tag]),
        Tag.Piece piece when piece.Page == first => PdfSyntax.Number(piece.Number),
        Tag.Piece piece => $"<< /Type /MCR /Pg {PdfSyntax.Reference(pages[piece.Page])} /MCID {PdfSyntax.Number(piece.Number)} >>",
        Tag.LinkPiece link => $"<< /Type /OBJR /Pg {PdfSyntax.Reference(pages[link.Page])} /Obj {PdfSyntax.Reference(linkId(link.Page, link.Link))} >>",
        _ => throw new InvalidOperationException("A tag holds tags and pieces of pages."),
    };
}
