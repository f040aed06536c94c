using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.Credentials.JsonLd;

namespace SkillBadges.Credentials.Tests.JsonLd;

public sealed class KnownContextsTests
{
    private const string Published = "1edtech-schemas-and-contexts/contexts/";

    public static TheoryData<string> Iris() => [.. KnownContexts.Iris];

    [Theory]
    [MemberData(nameof(Iris))]
    public void Every_bundled_context_compiles(string iri) => Assert.NotEmpty(Terms(KnownContexts.Load, iri));

    [Fact]
    public void The_table_of_digests_is_true()
    {
        var rows = ReadmeRows();
        Assert.Equal(KnownContexts.Iris.Order(StringComparer.Ordinal), rows.Keys.Order(StringComparer.Ordinal));
        foreach (var (iri, digest) in rows)
        {
            Assert.Equal(digest, Convert.ToHexString(SHA256.HashData(KnownContexts.Load(iri)!.Value.Span)).ToLowerInvariant());
        }
    }

    [ConformanceTheory]
    [InlineData("https://www.w3.org/2018/credentials/v1", "2018-credentials-v1.jsonld")]
    [InlineData("https://www.w3.org/ns/credentials/v2", "credentials-v2.jsonld")]
    [InlineData("https://www.w3.org/2018/credentials/examples/v1", "2018-credentials-examples-v1.jsonld")]
    [InlineData("https://www.w3.org/ns/odrl.jsonld", "odrl.jsonld")]
    [InlineData("https://www.w3.org/ns/credentials/undefined-terms/v2", "undefined-terms-v2.jsonld")]
    [InlineData("https://w3id.org/security/data-integrity/v1", "data-integrity-v1.jsonld")]
    [InlineData("https://w3id.org/security/data-integrity/v2", "data-integrity-v2.jsonld")]
    [InlineData("https://w3id.org/security/multikey/v1", "multikey-v1.jsonld")]
    [InlineData("https://w3id.org/security/suites/ed25519-2020/v1", "suites-ed25519-2020.jsonld")]
    [InlineData("https://w3id.org/vc/status-list/2021/v1", "statuslist2021-v1.jsonld")]
    [InlineData("https://www.w3.org/ns/did/v1", "did-v1.jsonld")]
    [InlineData("https://purl.imsglobal.org/spec/ob/v3p0/context.json", "ob-v3p0.json")]
    [InlineData("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json", "ob-v3p0-3.0.1.json")]
    [InlineData("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json", "ob-v3p0-3.0.2.json")]
    [InlineData("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "ob-v3p0-3.0.3.json")]
    [InlineData("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json", "ob-v3p0-extensions.json")]
    [InlineData("https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", "clr-v2p0-2.0.1.json")]
    public void A_bundled_context_is_the_published_one_term_for_term(string iri, string file)
    {
        var published = Conformance.Bytes(Published + file);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(published), JsonNode.Parse(KnownContexts.Load(iri)!.Value.Span)));
        Assert.Equal(Terms(asked => asked == iri ? published : KnownContexts.Load(asked), iri), Terms(KnownContexts.Load, iri));
    }

    [Fact]
    public void A_difference_in_a_scoped_term_is_seen()
    {
        const string iri = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";
        var changed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(KnownContexts.Load(iri)!.Value.Span).Replace("identifier-1", "identifier-2", StringComparison.Ordinal));
        Assert.NotEqual(Terms(_ => changed, iri), Terms(KnownContexts.Load, iri));
    }

    /// <summary>Every term of the compiled context, and of the contexts scoped to its terms, as a line each.</summary>
    private static List<string> Terms(ContextLoader loader, string iri)
    {
        var library = new ContextLibrary(loader);
        var compiler = new ContextCompiler(library);
        var context = compiler.Apply(library.Root, library.Load(Encoding.UTF8.GetBytes(iri)), ContextUse.Document);
        var lines = new List<string>();
        var seen = new HashSet<string>();
        var open = new Queue<(string Path, ActiveContext Context)>([("", context)]);
        while (open.TryDequeue(out var next))
        {
            foreach (var term in next.Context.Terms.All)
            {
                lines.Add(Line(next.Path, term));
                if (term.Scoped is { } scoped && seen.Add(scoped.Tape.PathOf(scoped.Token)))
                {
                    open.Enqueue(($"{next.Path}/{Encoding.UTF8.GetString(term.Name)}", compiler.Apply(context, scoped, ContextUse.Property)));
                }
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static string Line(string path, TermDefinition term) =>
        $"{path}/{Text(term.Name)}: {Text(term.Iri)} {term.Keyword} {term.Container} {term.Type} {Text(term.Datatype)} {term.HasLanguage} " +
        $"{Text(term.Language)} {term.Direction} {Text(term.IndexProperty)} {Text(term.Nest)} prefix:{term.Prefix} protected:{term.Protected} reverse:{term.Reverse}";

    private static string Text(byte[]? bytes) => bytes is null ? "-" : Encoding.UTF8.GetString(bytes);

    private static Dictionary<string, string> ReadmeRows()
    {
        return File.ReadLines(Path.Combine(RepositoryRoot.Path, "src/SkillBadges.Credentials/JsonLd/Contexts/README.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(cells => cells[2].Trim('<', '>'), cells => cells[5].Trim('`'), StringComparer.Ordinal);
    }
}
