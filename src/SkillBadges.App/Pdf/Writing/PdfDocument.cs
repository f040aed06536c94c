using System.Text;
using SkillBadges.App.Pdf.Fonts;
using SkillBadges.App.Pdf.Pictures;

namespace SkillBadges.App.Pdf.Writing;

/// <summary>
/// A tagged PDF 1.7 document. Nothing in it comes from the clock or from chance: the same content gives the same bytes.
/// </summary>
/// <param name="title">Shown in the window's title.</param>
/// <param name="createdAt">What the document says of its making.</param>
/// <param name="language">Of its text, as BCP 47 writes it.</param>
internal sealed class PdfDocument(string title, DateTimeOffset createdAt, string language)
{
    private readonly List<PdfPage> pages = [];
    private readonly List<FontSubset> fonts = [];
    private readonly Dictionary<FontFace, int> fontPlaces = [];
    private readonly List<PngPicture> pictures = [];

    public Tag Root { get; } = Tag.Root();

    public IReadOnlyList<PdfPage> Pages => pages;

    /// <summary>In points: US Letter is 612 by 792.</summary>
    public PdfPage AddPage(double width, double height)
    {
        var page = new PdfPage(this, width, height);
        pages.Add(page);
        return page;
    }

    public byte[] Save()
    {
        var objects = new PdfObjects();
        var ids = pages.ToDictionary(page => page, _ => objects.Reserve());
        var links = pages.SelectMany(page => page.Links.Select((_, number) => (page, number))).ToDictionary(link => link, _ => objects.Reserve());
        var tree = objects.Reserve();
        var fontIds = fonts.Select(font => EmbeddedFont.Add(objects, font)).ToArray();
        var pictureIds = pictures.Select(picture => picture.AddTo(objects)).ToArray();
        var key = pages.Count;
        foreach (var (page, place) in pages.Select((page, place) => (page, place)))
        {
            foreach (var (link, number) in page.Links.Select((link, number) => (link, number)))
            {
                objects.Set(
                    links[(page, number)],
                    $"<< /Type /Annot /Subtype /Link /Rect [{page.Corners(link.Area)}] /Border [0 0 0] /F 4 /Contents {PdfSyntax.Text(link.Tag.Alternative ?? link.Target.AbsoluteUri)} /A << /S /URI /URI {PdfSyntax.Address(link.Target)} >> /StructParent {PdfSyntax.Number(key++)} >>");
            }

            var content = objects.AddStream("", Encoding.ASCII.GetBytes(page.Content));
            objects.Set(ids[page], Page(page, place, tree, content, fontIds, pictureIds, links));
        }

        objects.Set(tree, $"<< /Type /Pages /Count {PdfSyntax.Number(pages.Count)} /Kids [{string.Join(' ', ids.Values.Select(PdfSyntax.Reference))}] >>");
        var tags = new TagTree(objects, ids, (page, number) => links[(page, number)]).Write(Root);
        var metadata = objects.AddStream("/Type /Metadata /Subtype /XML", DocumentMetadata.Write(title, createdAt, language));
        var catalog = objects.Add(
            $"<< /Type /Catalog /Pages {PdfSyntax.Reference(tree)} /Lang {PdfSyntax.Text(language)} /MarkInfo << /Marked true >> /StructTreeRoot {PdfSyntax.Reference(tags)} /ViewerPreferences << /DisplayDocTitle true >> /Metadata {PdfSyntax.Reference(metadata)} >>");
        var information = objects.Add($"<< /Title {PdfSyntax.Text(title)} /Producer {PdfSyntax.Text("SkillBadges")} /CreationDate {PdfSyntax.Date(createdAt)} >>");
        return objects.Write(catalog, information);
    }

    internal int FontPlace(FontFace face)
    {
        if (!fontPlaces.TryGetValue(face, out var place))
        {
            fontPlaces[face] = place = fonts.Count;
            fonts.Add(new(face));
        }

        return place;
    }

    internal FontSubset Subset(FontFace face) => fonts[FontPlace(face)];

    internal int PicturePlace(PngPicture picture)
    {
        if (!pictures.Contains(picture))
        {
            pictures.Add(picture);
        }

        return pictures.IndexOf(picture);
    }

    private static string Page(PdfPage page, int place, int tree, int content, int[] fontIds, int[] pictureIds, Dictionary<(PdfPage, int), int> links)
    {
        var fonts = string.Join(' ', page.Fonts.Select(font => $"/F{PdfSyntax.Number(font)} {PdfSyntax.Reference(fontIds[font])}"));
        var pictures = string.Join(' ', page.Pictures.Select(picture => $"/I{PdfSyntax.Number(picture)} {PdfSyntax.Reference(pictureIds[picture])}"));
        var annotations = string.Join(' ', page.Links.Select((_, number) => PdfSyntax.Reference(links[(page, number)])));
        return $"<< /Type /Page /Parent {PdfSyntax.Reference(tree)} /MediaBox [0 0 {PdfSyntax.Number(page.Width)} {PdfSyntax.Number(page.Height)}] /Resources << /Font << {fonts} >> /XObject << {pictures} >> >> /Contents {PdfSyntax.Reference(content)} /StructParents {PdfSyntax.Number(place)} /Tabs /S"
            + (annotations.Length > 0 ? $" /Annots [{annotations}] >>" : " >>");
    }
}
