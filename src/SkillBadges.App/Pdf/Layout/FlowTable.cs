using SkillBadges.App.Pdf.Text;
using SkillBadges.App.Pdf.Writing;

namespace SkillBadges.App.Pdf.Layout;

/// <param name="Heading">Above the column.</param>
/// <param name="Left">From the left margin.</param>
internal sealed record FlowColumn(string Heading, double Left, double Width, TextStyle Style);

/// <summary>A table of text whose rows stay together; the first column says what its row is about.</summary>
internal sealed class FlowTable
{
    private const double Padding = 3;

    private readonly Flow flow;
    private readonly IReadOnlyList<FlowColumn> columns;
    private readonly Tag table;

    public FlowTable(Flow flow, Tag parent, IReadOnlyList<FlowColumn> columns)
    {
        (this.flow, this.columns) = (flow, columns);
        table = parent.Add("Table");
        flow.Keep(Look.Label.Leading + 40);
        var row = table.Add("TR");
        foreach (var column in columns)
        {
            flow.Cells(new Cell(row.AddColumnHeading(), flow.Typesetter.Set(column.Heading, Look.Label), Flow.Margin + column.Left));
        }

        flow.Skip(Look.Label.Leading + 1);
    }

    /// <summary>One text for each column; further ones of a column come below its first, in the fine style.</summary>
    public void Add(params IReadOnlyList<string>[] cells)
    {
        var lines = cells.Select((texts, i) => texts.SelectMany((text, line) => flow.Typesetter.Wrap(text, line == 0 ? columns[i].Style : Look.Fine, columns[i].Width).Select(set => (set, line))).ToArray()).ToArray();
        var height = lines.Max(column => column.Sum(line => line.set.Style.Leading)) + (2 * Padding);
        flow.Keep(height);
        flow.Rule(0.5, Look.Line);
        var row = table.Add("TR");
        for (var i = 0; i < lines.Length; i++)
        {
            var cell = i == 0 ? row.AddRowHeading() : row.Add("TD");
            var below = Padding;
            foreach (var (line, _) in lines[i])
            {
                flow.Cells(new Cell(cell, line, Flow.Margin + columns[i].Left, below));
                below += line.Style.Leading;
            }
        }

        flow.Skip(height);
    }
}
