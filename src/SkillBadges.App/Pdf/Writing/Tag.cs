namespace SkillBadges.App.Pdf.Writing;

/// <summary>
/// A part of the document as a screen reader goes through it (ISO 32000-1:2008, 14.7 and 14.8): a tree whose leaves are pieces of pages. What is on a
/// page and in no tag is decoration.
/// </summary>
internal sealed class Tag
{
    private readonly List<object> content = [];

    private Tag(string type, Tag? parent)
    {
        Type = type;
        Parent = parent;
    }

    /// <summary>A standard structure type such as <c>H1</c>, <c>P</c>, <c>Table</c>.</summary>
    public string Type { get; }

    public Tag? Parent { get; }

    /// <summary>What a figure shows, or what words stand for.</summary>
    public string? Alternative { get; init; }

    /// <summary>Further entries, such as the scope of a table heading.</summary>
    public string? Attributes { get; init; }

    public IReadOnlyList<object> Content => content;

    public static Tag Root() => new("Document", null);

    public Tag Add(string type, string? alternative = null, string? attributes = null)
    {
        var child = new Tag(type, this) { Alternative = alternative, Attributes = attributes };
        content.Add(child);
        return child;
    }

    /// <summary>A heading of a column.</summary>
    public Tag AddColumnHeading() => Add("TH", attributes: "<< /O /Table /Scope /Column >>");

    public Tag AddRowHeading() => Add("TH", attributes: "<< /O /Table /Scope /Row >>");

    internal void AddPiece(PdfPage page, int number) => content.Add(new Piece(page, number));

    internal void AddLink(PdfPage page, int link) => content.Add(new LinkPiece(page, link));

    /// <param name="Number">Of the marked content in its page.</param>
    internal sealed record Piece(PdfPage Page, int Number);

    /// <param name="Link">Its place in the page's links.</param>
    internal sealed record LinkPiece(PdfPage Page, int Link);
}
