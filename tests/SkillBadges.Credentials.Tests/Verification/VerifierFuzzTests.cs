using System.Diagnostics;
using System.Globalization;
using System.Text;
using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.StatusLists;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.Credentials.Tests.Verification;

/// <summary>
/// Mutated tokens, documents, lists and texts: each is read or refused by name, and nothing that was changed is accepted. 20,000
/// inputs for each by default; BADGE_FUZZ_COUNT asks for more.
/// </summary>
public sealed class VerifierFuzzTests
{
    private static readonly int count = int.Parse(Environment.GetEnvironmentVariable("BADGE_FUZZ_COUNT") ?? "20000", CultureInfo.InvariantCulture);

    private static readonly string[] tokens =
    [
        ".", "..", "=", "e30", "eyJhbGciOiJub25lIn0", "\"alg\":\"none\",", "\"crit\":[],", "{", "}", "[", "]", ",", "\"iss\":\"x\",", "\\ud800", "\\u0000", "\"\":1,", "null", "1e999", "\uFEFF",
        "\"@context\":[],", "\"proof\":[],", "\"id\":", "#", "did:web:", "did:key:z6Mk", "%3A", "z", "u", "H4sI", "\"verificationMethod\":[],",
    ];

    [Fact]
    public void A_mutated_token_is_read_or_refused_by_name()
    {
        var start = Encoding.ASCII.GetBytes(VerifierWorld.Issue());
        Run(1, start, input =>
        {
            using var token = VcJwt.Parse(input);
            return !token.IsSignedBy(VerifierWorld.Key.Public) || input.AsSpan().SequenceEqual(start);
        });
    }

    [Fact]
    public void A_mutated_payload_under_a_good_signature_is_read_or_refused_by_name()
    {
        var verifier = new CredentialVerifier(new VerifierWorld().Ports);
        var start = Encoding.UTF8.GetBytes(VerifierWorld.Payload().ToJsonString());
        Run(2, start, input =>
        {
            var report = Verify(verifier, Encoding.UTF8.GetBytes(VerifierWorld.Sign(VerifierWorld.Header(), Encoding.UTF8.GetString(input))));
            return report.Checks.Length == Enum.GetValues<CheckName>().Length && report.Code.Length > 0;
        });
    }

    [Fact]
    public void A_mutated_document_is_not_accepted()
    {
        var world = new VerifierWorld();
        var verifier = new CredentialVerifier(world.Ports);
        var start = EmbeddedProofTests.Sign(VerifierWorld.Unsigned(), "eddsa-jcs-2022");
        var original = System.Text.Json.Nodes.JsonNode.Parse(start);
        Run(3, start, input => !Verify(verifier, input).SignatureHolds || System.Text.Json.Nodes.JsonNode.DeepEquals(original, System.Text.Json.Nodes.JsonNode.Parse(input.AsSpan().Trim(" \t\r\n"u8))));
    }

    [Fact]
    public void A_mutated_list_is_read_or_refused_by_name()
    {
        var list = BitstringStatusList.Create(BitstringStatusList.LeastEntries, 1);
        list[4711] = 1;
        Run(4, Encoding.ASCII.GetBytes(list.Encode()), input => BitstringStatusList.Read(Encoding.Latin1.GetString(input), 1).Entries >= BitstringStatusList.LeastEntries);
        Run(5, StrictBase64Url.Decode(list.Encode().AsSpan(1))!, input => BitstringStatusList.Read("u" + StrictBase64Url.Encode(input), 1).Entries >= BitstringStatusList.LeastEntries);
    }

    [Fact]
    public void A_mutated_did_document_is_read_or_refused_by_name()
    {
        var start = new VerifierWorld().Document.Write();
        Run(6, start, input => DidDocument.Read(input, VerifierWorld.School).Id == VerifierWorld.School);
    }

    [Fact]
    public void A_mutated_multibase_text_has_no_second_spelling()
    {
        Run(7, Encoding.ASCII.GetBytes(VerifierWorld.Ed25519Key.Public.Multikey!), input =>
        {
            var text = Encoding.Latin1.GetString(input);
            return Multibase.DecodeBase58(text) is { } bytes
                ? Multibase.EncodeBase58(bytes) == text
                : throw new MalformedException("key.malformed", "no text");
        });
        Run(8, Encoding.ASCII.GetBytes(VerifierWorld.Ed25519Key.Public.Multikey!), input => PublicKey.FromMultikey(Encoding.Latin1.GetString(input)).Multikey == Encoding.Latin1.GetString(input));
        Run(9, Encoding.ASCII.GetBytes(VerifierWorld.Key.Public.Multikey!), input => PublicKey.FromMultikey(Encoding.Latin1.GetString(input)).Multikey == Encoding.Latin1.GetString(input));
    }

    private static VerificationReport Verify(CredentialVerifier verifier, byte[] input) => verifier.VerifyAsync(input, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <param name="reads">Reads the input; false is a failure of the test, a MalformedException a refusal.</param>
    private static void Run(int seed, byte[] start, Func<byte[], bool> reads)
    {
        var random = new Random(seed);
        var refused = 0;
        var watch = Stopwatch.StartNew();
        for (var number = 0; number < count / 4; number++)
        {
            var input = Mutate(random, start);
            var before = watch.Elapsed;
            try
            {
                Assert.True(reads(input), Convert.ToBase64String(input));
            }
            catch (MalformedException fault)
            {
                Assert.Matches("^(json|jwt|key|did|status)\\.[a-z0-9-]+$", fault.Code);
                refused++;
            }

            Assert.True(watch.Elapsed - before < TimeSpan.FromSeconds(2), Convert.ToBase64String(input));
        }

        Assert.True(refused < count / 4, "Every input was refused: nothing behind the first check was tried.");
    }

    private static byte[] Mutate(Random random, byte[] start)
    {
        var bytes = start.ToList();
        for (var changes = random.Next(1, 4); changes > 0 && bytes.Count > 4; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = bytes[random.Next(bytes.Count)];
                    break;
                case 2:
                    bytes.Insert(at, bytes[random.Next(bytes.Count)]);
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 8), bytes.Count - at));
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count / 2), Math.Min(random.Next(1, 60), bytes.Count / 2)));
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(tokens[random.Next(tokens.Length)]));
                    break;
            }
        }

        return [.. bytes];
    }
}
