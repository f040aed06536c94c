using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Credentials.Tests.Proofs;

/// <summary>
/// Signed badges, spoiled at random: nothing but a report or a refusal may come out, and no proof may hold over anything else
/// than was signed. TESTS_MUTATIONS sets how many are tried; the seed is printed with a failure.
/// </summary>
public sealed class MutationTests
{
    private static readonly int mutations =
        int.Parse(Environment.GetEnvironmentVariable("TESTS_MUTATIONS") ?? "10000", CultureInfo.InvariantCulture);

    private static readonly string[] pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "null", "true", "0", "-", "1e999", "\\u0000", "\\ud800", "\u00e9", "@context", "@id", "@type",
        "@graph", "@list", "@value", "@reverse", "@included", "\"@context\":null", "\"proof\":", "\"proof\":{},", "\"@context\":{\"x\":\"y:z\"},", "_:b0",
        "\"previousProof\":\"urn:uuid:a\",", "\"id\":\"urn:uuid:a\",", "previousProof", "proofValue", "z", "z1", "[[[[[[[[[[[[[[[[", "{\"a\":{\"a\":{\"a\":",
    ];

    [Theory]
    [InlineData("eddsa-rdfc-2022", SignatureAlgorithm.EdDSA)]
    [InlineData("eddsa-jcs-2022", SignatureAlgorithm.EdDSA)]
    [InlineData("ecdsa-rdfc-2019", SignatureAlgorithm.ES384)]
    public void A_spoiled_badge_ends_in_a_report_or_a_refusal(string suite, SignatureAlgorithm algorithm)
    {
        using var key = PrivateKey.Generate(algorithm);
        var form = Cryptosuites.Find("DataIntegrityProof", suite)!.Form;
        var signed = TestProofs.Sign(TestProofs.Bytes(SampleCredential.Object()), Cryptosuites.Find("DataIntegrityProof", suite)!, key);
        var original = Canonical(signed, form);
        var seed = Environment.TickCount;
        Parallel.For(0, mutations, number =>
        {
            var spoiled = Spoil(signed, new Random(unchecked(seed + number)));
            try
            {
                var outcomes = TestProofs.Engine.Verify(SecuredDocument.Read(spoiled), _ => key.Public, TestProofs.Expectations);
                Assert.True(
                    !outcomes.Any(outcome => outcome.Holds) || Canonical(spoiled, form) == original,
                    $"seed {seed + number}: {Encoding.UTF8.GetString(spoiled)}");
            }
            catch (MalformedException)
            {
                // A refusal is as good as a report.
            }
        });
    }

    /// <summary>What the members without the proofs say, in the form that the suite signs.</summary>
    private static string Canonical(byte[] document, CanonicalForm form)
    {
        var node = JsonNode.Parse(document)!.AsObject();
        node.Remove("proof");
        return Encoding.UTF8.GetString(TestProofs.Engine.CanonicalDocument.Write(SecuredDocument.Read(TestProofs.Bytes(node)).Unsecured, form, HashAlgorithmName.SHA256));
    }

    private static byte[] Spoil(byte[] document, Random random)
    {
        var bytes = document.ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 40)));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(pieces[random.Next(pieces.Length)]));
                    break;
                case 3:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.Skip(at).Take(random.Next(1, 60)).ToArray());
                    break;
                case 4:
                    ReplaceWord(bytes, random);
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    bytes.AddRange(document.Skip(random.Next(document.Length)));
                    break;
            }

            if (bytes.Count == 0)
            {
                break;
            }
        }

        return [.. bytes];
    }

    /// <summary>One string of the document takes the place of another, so that the result is still JSON.</summary>
    private static void ReplaceWord(List<byte> bytes, Random random)
    {
        var quotes = Enumerable.Range(0, bytes.Count).Where(at => bytes[at] == '"').ToArray();
        if (quotes.Length < 4)
        {
            return;
        }

        var (from, to) = (random.Next(quotes.Length / 2) * 2, random.Next(quotes.Length / 2) * 2);
        var word = bytes.GetRange(quotes[from], quotes[from + 1] - quotes[from] + 1);
        bytes.RemoveRange(quotes[to], quotes[to + 1] - quotes[to] + 1);
        bytes.InsertRange(quotes[to], word);
    }
}
