using SkillBadges.App.Layout;
using SkillBadges.App.Pdf.Fonts;
using SkillBadges.App.Pdf.Text;
using SkillBadges.App.Pdf.Writing;
using SkillBadges.Core;

namespace SkillBadges.App.Pdf.Layout;

/// <summary>A document about a learner in the reader's language: whose it is, sections, and a foot on every page.</summary>
internal sealed class Paper
{
    public static readonly TextStyle Fine = Look.Fine with { Size = 8.5, Leading = 12 };
    public static readonly TextStyle Text = Look.Body with { Size = 9, Leading = 12.5 };
    public static readonly TextStyle Level = Look.Strong with { Size = 9, Leading = 12.5, Color = Look.Accent };
    public static readonly TextStyle Quiet = Text with { Color = Look.Quiet };
    public static readonly TextStyle Small = new(FontWeight.Semibold, 11, Look.Ink) { Leading = 15 };

    private static readonly double[] shares = [1, 0.7, 0.45, 0.2, 0];

    private static readonly TextStyle kind = new(FontWeight.Semibold, 8.5, Look.Accent, 0.5);
    private static readonly TextStyle whose = new(FontWeight.Light, 27, Look.Ink) { Leading = 35 };
    private static readonly TextStyle heading = new(FontWeight.Light, 17, Look.Ink) { Leading = 24 };

    /// <param name="title">What the document is.</param>
    /// <param name="learner">Whose it is.</param>
    /// <param name="school">Who hands it out.</param>
    /// <param name="on">The day there.</param>
    /// <param name="T">The words.</param>
    /// <param name="typesetter">Sets them.</param>
    /// <param name="createdAt">What the document says of its making.</param>
    public Paper(string title, string learner, string school, DateOnly on, Texts T, Typesetter typesetter, DateTimeOffset createdAt)
    {
        Words = T;
        var document = new PdfDocument($"{title} - {learner}", createdAt, LanguageOf(T));
        Flow = new(document, typesetter, $"{learner} · {school} · {T.Day(on)}");
        Flow.Keep(0);
        Flow.Bar(6, Look.Accent);
        Flow.Write(Root.Add("H1"), title.ToUpperInvariant(), kind);
        Flow.Skip(4);
        Flow.Write(Root.Add("P"), learner, typesetter.Fit(learner, whose, Flow.Width, 18).Style);
        Flow.Write(Root.Add("P"), $"{school} · {T.Day(on)}", Look.Body);
        Flow.Skip(8);
    }

    public Texts Words { get; }

    public Flow Flow { get; }

    public Tag Root => Flow.Document.Root;

    /// <summary>What a document says its language is.</summary>
    public static string LanguageOf(Texts T) => T.Language == "en" ? "en-US" : T.Language;

    /// <summary>The language that is asked for, else the reader's.</summary>
    /// <exception cref="RefusedException"><c>paper.language</c>.</exception>
    public static Texts In(string? language, Texts readers) => language is null
        ? readers
        : Texts.Languages.Contains(language, StringComparer.Ordinal) ? new(language) : throw Refused.Invalid("paper.language", $"Documents are written in {string.Join(", ", Texts.Languages)}.");

    /// <summary>A heading with a rule below it.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="keep">How much has to fit below it on the same page, in points.</param>
    public Tag Section(string title, double keep)
    {
        Flow.Skip(14);
        Flow.Keep(keep);
        var section = Root.Add("Sect");
        Flow.Write(section.Add("H2"), title, heading);
        Flow.Rule(1, Look.Accent);
        Flow.Skip(8);
        return section;
    }

    /// <summary>The document with as much as keeps to that many pages.</summary>
    public static byte[] Within(int pages, Func<PaperRoom, Paper> draw)
    {
        byte[] document = [];
        foreach (var share in shares)
        {
            var paper = draw(new(share));
            document = paper.Save();
            if (paper.Flow.Document.Pages.Count <= pages)
            {
                break;
            }
        }

        return document;
    }

    public void Note(string text) => Flow.Write(Root.Add("P"), text, Fine);

    public static FlowColumn Column(string heading, double left, double width, TextStyle style) => new(heading.ToUpperInvariant(), left, width, style);

    /// <summary>At most that many characters of a text.</summary>
    public static string Shortened(string text, int characters)
    {
        var flat = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (characters <= 0 || flat.Length <= characters)
        {
            return characters <= 0 ? "" : flat;
        }

        // A word stays whole where that costs little; scripts that write without blanks are cut anywhere.
        var blank = flat.LastIndexOf(' ', characters);
        var end = blank > characters * 3 / 4 ? blank : char.IsHighSurrogate(flat[characters - 1]) ? characters - 1 : characters;
        return string.Concat(flat.AsSpan(0, end), "…");
    }

    public byte[] Save()
    {
        var T = Words;
        if (!Flow.IsExact)
        {
            Flow.Skip(10);
            Flow.Write(Root.Add("Note"), T["Some letters could not be set here as their script sets them; the text of this document holds them as they were written."], Look.Fine);
        }

        Flow.Finish(T["Page {0} of {1}"]);
        return Flow.Document.Save();
    }
}
