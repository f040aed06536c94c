using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace SkillBadges.App.Pdf.Writing;

/// <summary>
/// The objects of a PDF 1.7 file (ISO 32000-1:2008, 7.5) and its bytes: streams as they are, everything else in object streams, then a cross-reference
/// stream. The same objects give the same bytes; the file's id is made of them.
/// </summary>
internal sealed class PdfObjects
{
    private const int PerObjectStream = 200;

    private readonly List<string?> plain = [null];
    private readonly Dictionary<int, byte[]> streams = [];

    /// <summary>An id whose object comes later by <see cref="Set"/>.</summary>
    public int Reserve()
    {
        plain.Add(null);
        return plain.Count - 1;
    }

    public void Set(int id, string value) => plain[id] = value;

    public int Add(string value)
    {
        var id = Reserve();
        Set(id, value);
        return id;
    }

    /// <summary>A stream that is deflated here.</summary>
    /// <param name="entries">What its dictionary says besides length and filter, such as <c>/Type /XObject</c>.</param>
    public int AddStream(string entries, ReadOnlySpan<byte> data) => AddEncoded($"{entries} /Filter /FlateDecode", Deflate(data));

    /// <summary>A stream whose bytes are as its dictionary says.</summary>
    public int AddEncoded(string entries, ReadOnlySpan<byte> data)
    {
        var id = Reserve();
        streams[id] = [.. Encoding.ASCII.GetBytes($"<< {entries} /Length {PdfSyntax.Number(data.Length)} >>\nstream\n"), .. data, .. "\nendstream"u8];
        return id;
    }

    /// <summary>The file.</summary>
    /// <param name="catalog">Id of the document's catalog.</param>
    /// <param name="information">Id of the document information.</param>
    public byte[] Write(int catalog, int information)
    {
        var places = new SortedDictionary<int, (byte Kind, int Where, int Index)>();
        using var file = new MemoryStream();
        file.Write("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n"u8);
        foreach (var group in Enumerable.Range(1, plain.Count - 1).Where(id => !streams.ContainsKey(id)).Chunk(PerObjectStream).ToArray())
        {
            var holder = AddStream(Packed(group, out var data), data);
            for (var i = 0; i < group.Length; i++)
            {
                places[group[i]] = (2, holder, i);
            }
        }

        foreach (var (id, bytes) in streams.OrderBy(stream => stream.Key))
        {
            places[id] = (1, (int)file.Length, 0);
            Object(file, id, bytes);
        }

        var table = Reserve();
        places[table] = (1, (int)file.Length, 0);
        WriteTable(file, places, table, catalog, information);
        return file.ToArray();
    }

    private string Packed(int[] ids, out byte[] data)
    {
        var index = new StringBuilder();
        var body = new StringBuilder();
        foreach (var id in ids)
        {
            index.Append(PdfSyntax.Number(id)).Append(' ').Append(PdfSyntax.Number(body.Length)).Append(' ');
            body.Append(plain[id] ?? throw new InvalidOperationException($"Object {id} was never written.")).Append('\n');
        }

        data = Encoding.ASCII.GetBytes($"{index}{body}");
        return $"/Type /ObjStm /N {PdfSyntax.Number(ids.Length)} /First {PdfSyntax.Number(index.Length)}";
    }

    private static void WriteTable(MemoryStream file, SortedDictionary<int, (byte Kind, int Where, int Index)> places, int table, int catalog, int information)
    {
        var start = (int)file.Length;
        var rows = new byte[7 * (table + 1)];
        BinaryPrimitives.WriteUInt16BigEndian(rows.AsSpan(5), ushort.MaxValue);
        foreach (var (id, place) in places)
        {
            var row = rows.AsSpan(7 * id, 7);
            row[0] = place.Kind;
            BinaryPrimitives.WriteInt32BigEndian(row[1..], place.Where);
            BinaryPrimitives.WriteUInt16BigEndian(row[5..], (ushort)place.Index);
        }

        var identity = Convert.ToHexString(SHA256.HashData(file.GetBuffer().AsSpan(0, start))[..16]);
        var data = Deflate(rows);
        Object(file, table, [
            .. Encoding.ASCII.GetBytes(
                $"<< /Type /XRef /Size {PdfSyntax.Number(table + 1)} /W [1 4 2] /Root {PdfSyntax.Reference(catalog)} /Info {PdfSyntax.Reference(information)} /ID [<{identity}> <{identity}>] /Filter /FlateDecode /Length {PdfSyntax.Number(data.Length)} >>\nstream\n"),
            .. data, .. "\nendstream"u8]);
        file.Write(Encoding.ASCII.GetBytes($"startxref\n{PdfSyntax.Number(start)}\n%%EOF\n"));
    }

    private static void Object(MemoryStream file, int id, ReadOnlySpan<byte> bytes)
    {
        file.Write(Encoding.ASCII.GetBytes($"{PdfSyntax.Number(id)} 0 obj\n"));
        file.Write(bytes);
        file.Write("\nendobj\n"u8);
    }

    private static byte[] Deflate(ReadOnlySpan<byte> data)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(data);
        }

        return packed.ToArray();
    }
}
