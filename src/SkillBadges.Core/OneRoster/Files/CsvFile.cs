using System.Text;

namespace SkillBadges.Core.OneRoster.Files;

/// <summary>Where and how a text ceased to be CSV; nothing can be read after it.</summary>
public sealed class CsvException(string code, long row, int column, string message) : Exception(message)
{
    public string Code { get; } = code;

    /// <summary>The header is row 1.</summary>
    public long Row { get; } = row;

    /// <summary>From 0.</summary>
    public int Column { get; } = column;
}

/// <summary>
/// Reads RFC 4180 (2005-10) from a stream, record by record, in constant memory, and takes nothing else: quotes stand at both ends of a cell or nowhere, text is UTF-8 without a byte order mark,
/// and U+0000 is not text. A line feed alone ends a line too, since systems write it. (docs/decisions/0010 says why no library does this.)
/// </summary>
public sealed class CsvFile(Stream stream)
{
    /// <summary>Bytes of a cell.</summary>
    public const int MaxCell = 8 * 1024;

    /// <summary>Cells of a record.</summary>
    public const int MaxCells = 100;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] buffer = new byte[128 * 1024];
    private readonly byte[] cell = new byte[MaxCell];
    private readonly List<string> cells = [];
    private int length;
    private int place;
    private bool isBegun;

    /// <summary>The number of the record read last.</summary>
    public long Row { get; private set; }

    /// <summary>The cells of the record read last; the same list each time.</summary>
    public IReadOnlyList<string> Cells => cells;

    /// <summary>Reads the next record; false at the end.</summary>
    /// <exception cref="CsvException"><c>csv.byte-order-mark</c>, <c>csv.encoding</c>, <c>csv.nul</c>, <c>csv.quote</c>, <c>csv.unterminated</c>, <c>csv.line-end</c>, <c>csv.too-long</c>.</exception>
    public bool Read()
    {
        if (!isBegun)
        {
            isBegun = true;
            RequireNoMark();
        }

        var next = Next();
        if (next < 0)
        {
            return false;
        }

        Row++;
        cells.Clear();
        while (true)
        {
            next = next == '"' ? Quoted() : Plain(next);
            if (next is < 0 or '\n')
            {
                return true;
            }

            // After a comma there is another cell, if an empty one.
            next = Next();
            if (next < 0)
            {
                Take(0);
                return true;
            }
        }
    }

    private int Plain(int first)
    {
        var count = 0;
        for (var next = first; ; next = Next())
        {
            switch (next)
            {
                case < 0 or ',' or '\n':
                    Take(count);
                    return next;
                case '\r':
                    Take(count);
                    return LineFeed();
                case '"':
                    throw Fault("csv.quote", "A quotation mark stands inside a cell that does not begin with one.");
                default:
                    Put(next, count++);
                    break;
            }
        }
    }

    private int Quoted()
    {
        var count = 0;
        while (true)
        {
            var next = Next();
            if (next < 0)
            {
                throw Fault("csv.unterminated", "A cell begins with a quotation mark and never ends.");
            }

            if (next != '"')
            {
                Put(next, count++);
                continue;
            }

            next = Next();
            if (next == '"')
            {
                Put('"', count++);
                continue;
            }

            Take(count);
            return next switch
            {
                < 0 or ',' or '\n' => next,
                '\r' => LineFeed(),
                _ => throw Fault("csv.quote", "After the quotation mark that ends a cell comes a comma or the end of the line.", cells.Count - 1),
            };
        }
    }

    private int LineFeed() => Next() == '\n' ? '\n' : throw Fault("csv.line-end", "A carriage return stands without a line feed.", cells.Count - 1);

    private void Put(int value, int at)
    {
        if (value == 0)
        {
            throw Fault("csv.nul", "A cell holds the character U+0000.");
        }

        if (at == MaxCell)
        {
            throw Fault("csv.too-long", $"A cell has at most {MaxCell} bytes.");
        }

        cell[at] = (byte)value;
    }

    private void Take(int count)
    {
        if (cells.Count == MaxCells)
        {
            throw Fault("csv.too-long", $"A row has at most {MaxCells} cells.");
        }

        try
        {
            cells.Add(count == 0 ? "" : Strict.GetString(cell, 0, count));
        }
        catch (DecoderFallbackException)
        {
            throw Fault("csv.encoding", "A cell is not UTF-8.");
        }
    }

    private int Next()
    {
        if (place == length)
        {
            length = stream.Read(buffer, 0, buffer.Length);
            place = 0;
            if (length <= 0)
            {
                length = 0;
                return -1;
            }
        }

        return buffer[place++];
    }

    private void RequireNoMark()
    {
        length = stream.ReadAtLeast(buffer, 3, throwOnEndOfStream: false);
        if (buffer.AsSpan(0, length) is [0xEF, 0xBB, 0xBF, ..] or [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..])
        {
            throw new CsvException("csv.byte-order-mark", 1, 0, "The file begins with a byte order mark; please save it as UTF-8 without one.");
        }
    }

    private CsvException Fault(string code, string message) => Fault(code, message, cells.Count);

    private CsvException Fault(string code, string message, int column) => new(code, Row, column, message);
}
