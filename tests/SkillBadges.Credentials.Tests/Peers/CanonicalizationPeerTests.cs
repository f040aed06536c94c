using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.Rdf;

namespace SkillBadges.Credentials.Tests.Peers;

/// <summary>The same canonical bytes as the peers, for JSON and for RDF.</summary>
[Collection(PeerGroup.Name)]
public sealed class CanonicalizationPeerTests(PeerProcess peers)
{
    [PeerFact]
    public void Twenty_thousand_random_doubles_are_spelled_alike()
    {
        var texts = Enumerable.Range(0, 20_000).Select(_ => RandomDouble().ToString("R", CultureInfo.InvariantCulture)).ToArray();
        AssertSame([$"[{string.Join(',', texts)}]"]);
    }

    [PeerFact]
    public void Random_texts_and_names_are_spelled_and_ordered_alike()
    {
        var documents = Enumerable.Range(0, 200).Select(_ =>
        {
            var document = new JsonObject();
            for (var member = 0; member < 20; member++)
            {
                document[RandomText()] = RandomText();
            }

            return document.ToJsonString();
        });
        AssertSame([.. documents]);
    }

    [PeerFact]
    public void A_badge_has_the_same_quads()
    {
        var credential = SampleCredential.Object();
        var expected = peers.Ask(new JsonObject { ["op"] = "canonize", ["document"] = credential.DeepClone() })["nquads"]!.GetValue<string>();
        var set = new QuadSet();
        JsonLdProcessor.ToQuads(Encoding.UTF8.GetBytes(credential.ToJsonString()), JsonLdOptions.Default, set);
        var canonicalization = new Canonicalization();
        canonicalization.Run(set, HashAlgorithmName.SHA256);
        Assert.Equal(expected, Encoding.UTF8.GetString(canonicalization.NQuads));
    }

    private void AssertSame(string[] texts)
    {
        var answer = peers.Ask(new JsonObject { ["op"] = "canonicalize", ["texts"] = new JsonArray([.. texts.Select(text => JsonValue.Create(text))]) });
        var expected = answer["texts"]!.AsArray().Select(text => text!.GetValue<string>()).ToArray();
        for (var index = 0; index < texts.Length; index++)
        {
            Assert.Equal(expected[index], Encoding.UTF8.GetString(JsonCanonicalization.Canonicalize(Encoding.UTF8.GetBytes(texts[index]))));
        }
    }

    private static double RandomDouble()
    {
        while (true)
        {
            var value = BitConverter.ToDouble(RandomNumberGenerator.GetBytes(8));
            if (double.IsFinite(value))
            {
                // Half of all doubles are of a size that people write.
                return RandomNumberGenerator.GetInt32(2) == 0 ? value : Math.Round(value % 1e9, RandomNumberGenerator.GetInt32(8));
            }
        }
    }

    private static string RandomText()
    {
        var text = new StringBuilder();
        for (var length = RandomNumberGenerator.GetInt32(1, 12); length > 0; length--)
        {
            var code = RandomNumberGenerator.GetInt32(4) switch
            {
                0 => RandomNumberGenerator.GetInt32(0x80),
                1 => RandomNumberGenerator.GetInt32(0x80, 0xD800),
                2 => RandomNumberGenerator.GetInt32(0xE000, 0x10000),
                _ => RandomNumberGenerator.GetInt32(0x10000, 0x110000),
            };
            text.Append(new Rune(code));
        }

        return text.ToString();
    }
}
