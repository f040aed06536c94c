using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace SkillBadges.App.Tests.Hostile;

/// <summary>What a document of ours says outside its texts, read without another program: what has a name in it, and where its links lead.</summary>
internal static partial class PdfActions
{
    /// <returns>Names of dictionaries without the numbers that tell their like apart, texts in parentheses (people's are hexadecimal), and addresses of links.</returns>
    public static IReadOnlySet<string> Of(byte[] document)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var objects in Objects(Encoding.Latin1.GetString(document), document))
        {
            found.UnionWith(Address().Matches(objects).Select(match => Encoding.ASCII.GetString(Convert.FromHexString(match.Groups[1].Value))));
            var bare = Hexadecimal().Replace(objects, " ");
            found.UnionWith(NameOrLiteral().Matches(bare).Select(match => match.Value));
        }

        return found;
    }

    // Dictionaries of streams, and the streams that objects stand in.
    private static IEnumerable<string> Objects(string file, byte[] bytes)
    {
        var isRead = false;
        var at = 0;
        while (Stream().Match(file, at) is { Success: true } stream)
        {
            var (start, length) = (stream.Index + stream.Length, int.Parse(stream.Groups["length"].Value, System.Globalization.CultureInfo.InvariantCulture));
            yield return file[at..start];
            at = start + length;
            if (stream.Value.Contains("/ObjStm", StringComparison.Ordinal))
            {
                using var unpacked = new StreamReader(new ZLibStream(new MemoryStream(bytes, start, length), CompressionMode.Decompress), Encoding.Latin1);
                isRead = true;
                yield return unpacked.ReadToEnd();
            }
        }

        Assert.True(isRead, "No objects were found.");
        yield return file[at..];
    }

    [GeneratedRegex(@"\n\d+ 0 obj\n<< [^\n]*/Length (?<length>\d+) >>\nstream\n")]
    private static partial Regex Stream();

    [GeneratedRegex("/URI <([0-9A-F]*)>")]
    private static partial Regex Address();

    [GeneratedRegex("<[0-9A-F]*>")]
    private static partial Regex Hexadecimal();

    // A font's own name has six letters before it, which are made of the letters in use.
    [GeneratedRegex(@"/(?![A-Z]{6}\+)[A-Za-z]+|\([^()]*\)?")]
    private static partial Regex NameOrLiteral();
}
