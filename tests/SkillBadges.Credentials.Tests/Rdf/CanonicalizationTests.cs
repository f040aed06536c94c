using System.Security.Cryptography;
using System.Text;
using SkillBadges.Credentials.Rdf;

namespace SkillBadges.Credentials.Tests.Rdf;

public sealed class CanonicalizationTests
{
    [Fact]
    public void Lines_are_ordered_by_code_point_over_the_whole_line()
    {
        const string document = """
            <http://e/s> <http://e/p> "a"@en .
            <http://e/s> <http://e/p> "a" .
            <http://e/s> <http://e/p> "a" <http://e/g> .
            <http://e/s> <http://e/p> "a" _:g .
            <http://e/s> <http://e/p> "a"^^<http://e/t> .
            <http://e/s> <http://e/p> "a"@en-GB .
            <http://e/s> <http://e/p> "ab" .
            <http://e/s> <http://e/p> "😀" .
            <http://e/s> <http://e/p> "דּ" .
            <http://e/s> <http://e/p> _:b .
            <http://e/S> <http://e/p> "z" .
            <http://e/s> <http://e/pp> "a" .
            _:b <http://e/p> "a" .

            """;
        var canonical = Canonicalize(document);
        var lines = canonical.TrimEnd('\n').Split('\n');
        Assert.Equal(lines.OrderBy(line => line, Comparer<string>.Create((a, b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)))), lines);
        Assert.Equal(13, lines.Length);
        Assert.Equal("<http://e/S> <http://e/p> \"z\" .", lines[0]);
        Assert.Equal("<http://e/s> <http://e/p> \"a\" .", lines[1]);
    }

    [Fact]
    public void More_than_ten_labels_are_ordered_as_text_not_as_numbers()
    {
        var document = string.Concat(Enumerable.Range(0, 30).Select(number => $"_:x{number} <http://e/p> \"{number}\" .\n"));
        var lines = Canonicalize(document).TrimEnd('\n').Split('\n').Select(line => line.Split(' ')[0]).ToArray();
        Assert.Equal(30, lines.Distinct().Count());
        Assert.Equal(lines.Order(StringComparer.Ordinal), lines);
        Assert.Equal("_:c14n10", lines[2]);
    }

    [Fact]
    public void Siblings_that_cannot_be_told_apart_are_labeled_and_all_kept()
    {
        // A real badge: two results that say the same.
        const string document = """
            <http://e/subject> <http://e/result> _:a .
            <http://e/subject> <http://e/result> _:b .
            _:a <http://e/status> "Completed" .
            _:b <http://e/status> "Completed" .

            """;
        const string expected = """
            <http://e/subject> <http://e/result> _:c14n0 .
            <http://e/subject> <http://e/result> _:c14n1 .
            _:c14n0 <http://e/status> "Completed" .
            _:c14n1 <http://e/status> "Completed" .

            """;
        Assert.Equal(expected, Canonicalize(document));
    }

    public static TheoryData<string> Shapes() => new()
    {
        Ring(7),
        Ring(4) + Ring(3).Replace("_:r", "_:q", StringComparison.Ordinal),
        Siblings(12),
        "_:a <http://e/p> _:a .\n_:b <http://e/p> _:b .\n",
        "_:a <http://e/p> _:b _:g .\n_:b <http://e/p> _:a _:h .\n",
        "_:a <http://e/p> _:b _:a .\n_:b <http://e/p> _:a _:b .\n",
        "_:a <http://e/p> _:b .\n_:a <http://e/p> _:b _:g .\n_:c <http://e/p> _:d .\n_:c <http://e/p> _:d _:h .\n",
        string.Concat(Enumerable.Range(0, 8).Select(number => $"_:l{number} <http://e/first> \"same\" .\n_:l{number} <http://e/rest> {(number < 7 ? $"_:l{number + 1}" : "<http://e/nil>")} .\n")),
        string.Concat(Enumerable.Range(0, 3).SelectMany(hub => Enumerable.Range(0, 3).Select(leaf => $"_:h{hub} <http://e/p> _:l{hub}x{leaf} .\n"))),
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Labels_and_order_of_the_input_do_not_matter(string document)
    {
        var expected = Canonicalize(document);
        var lines = document.TrimEnd('\n').Split('\n');
        var labels = System.Text.RegularExpressions.Regex.Matches(document, "_:[a-z0-9]+").Select(match => match.Value).Distinct().ToArray();
        for (var round = 0; round < 40; round++)
        {
            RandomNumberGenerator.Shuffle<string>(lines);
            var fresh = Enumerable.Range(0, labels.Length).Select(number => $"_:Z{number}").ToArray();
            RandomNumberGenerator.Shuffle<string>(fresh);
            var map = labels.Zip(fresh).ToDictionary();
            var renamed = System.Text.RegularExpressions.Regex.Replace(string.Join('\n', lines), "_:[a-z0-9]+", match => map[match.Value]);
            Assert.Equal(expected, Canonicalize(renamed));
        }
    }

    [Fact]
    public void A_quad_moved_within_a_ring_of_look_alikes_changes_the_outcome()
    {
        // One ring of six is not two rings of three, though every node looks alike from one step away.
        var two = Ring(3) + Ring(3).Replace("_:r", "_:q", StringComparison.Ordinal);
        Assert.NotEqual(Canonicalize(Ring(6)), Canonicalize(two));
    }

    [Fact]
    public void A_run_leaves_nothing_behind_for_the_next()
    {
        var canonicalization = new Canonicalization();
        var expected = Canonicalize(Ring(5));
        foreach (var other in new[] { Siblings(300), "", "<http://e/s> <http://e/p> \"o\" .\n" })
        {
            canonicalization.Run(Set(other), HashAlgorithmName.SHA384);
            canonicalization.Run(Set(Ring(5)), HashAlgorithmName.SHA256);
            Assert.Equal(expected, Encoding.UTF8.GetString(canonicalization.NQuads));
            Assert.Equal(5, canonicalization.LabelCount);
        }
    }

    [Fact]
    public void Blank_nodes_that_no_quad_uses_get_no_label()
    {
        var set = new QuadSet();
        set.FreshBlankNode();
        set.Add(set.Iri("http://e/s"u8), set.Iri("http://e/p"u8), set.FreshBlankNode(), QuadSet.DefaultGraph);
        var canonicalization = new Canonicalization();
        canonicalization.Run(set, HashAlgorithmName.SHA256);
        Assert.Equal("<http://e/s> <http://e/p> _:c14n0 .\n", Encoding.UTF8.GetString(canonicalization.NQuads));
    }

    public static TheoryData<string> Poisons() => new()
    {
        Clique(10),
        Clique(60),
        Ring(5000),
        string.Concat(Enumerable.Range(0, 32).SelectMany(from => Enumerable.Range(0, 5).Select(bit => $"_:r{from} <http://e/p> _:r{from ^ (1 << bit)} .\n"))),
        string.Concat(Enumerable.Range(0, 2).SelectMany(hub => Enumerable.Range(0, 12).Select(leaf => $"_:h{hub} <http://e/p> _:l{hub}x{leaf} .\n"))),
        Clique(20).Replace("http://e/p", "http://e/" + new string('p', 20_000), StringComparison.Ordinal),
    };

    [Theory]
    [MemberData(nameof(Poisons))]
    public void A_graph_made_to_take_forever_is_given_up_on(string document)
    {
        var set = Set(document);
        var fault = Assert.Throws<RdfException>(() => new Canonicalization().Run(set, HashAlgorithmName.SHA256));
        Assert.Equal(RdfException.TooComplex, fault.Code);
    }

    [Theory]
    [InlineData("MD5")]
    [InlineData("SHA1")]
    [InlineData("SHA512")]
    public void Other_hashes_are_refused(string algorithm) =>
        Assert.Throws<ArgumentException>(() => new Canonicalization().Run(new QuadSet(), new HashAlgorithmName(algorithm)));

    private static string Ring(int size) =>
        string.Concat(Enumerable.Range(0, size).Select(number => $"_:r{number} <http://e/p> _:r{(number + 1) % size} .\n"));

    private static string Siblings(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(number => $"<http://e/s> <http://e/p> _:s{number} .\n_:s{number} <http://e/q> \"v\" .\n"));

    private static string Clique(int size) => string.Concat(
        Enumerable.Range(0, size).SelectMany(from => Enumerable.Range(0, size).Where(to => to != from).Select(to => $"_:r{from} <http://e/p> _:r{to} .\n")));

    private static QuadSet Set(string document)
    {
        var set = new QuadSet();
        NQuads.Read(Encoding.UTF8.GetBytes(document), set);
        return set;
    }

    private static string Canonicalize(string document)
    {
        var canonicalization = new Canonicalization();
        canonicalization.Run(Set(document), HashAlgorithmName.SHA256);
        return Encoding.UTF8.GetString(canonicalization.NQuads);
    }
}
