using System.Text.Json.Nodes;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.Tests.Proofs;
using SkillBadges.Credentials.Verification;
using static SkillBadges.Credentials.Tests.Verification.Vectors.VerifierVector;
using static SkillBadges.Credentials.Tests.Verification.VerifierWorld;

namespace SkillBadges.Credentials.Tests.Verification.Vectors;

/// <summary>Tokens whose form, header or signature is at fault, each with a signature that would hold, and some that are well.</summary>
internal static class TokenVectors
{
    internal static IEnumerable<VerifierVector> All() => [.. Headers(), .. Payloads(), .. Segments(), .. Signatures(), .. Good()];

    private static IEnumerable<VerifierVector> Headers()
    {
        var number = 0;
        foreach (var row in VcJwtTests.BadHeaders)
        {
            var (header, code) = ((string)row[0], (string)row[1]);
            // Text that does not start like JSON does not look like a token at all.
            var seen = StrictBase64Url.Encode(SampleCredential.Utf8(header)).StartsWith("ey", StringComparison.Ordinal) ? code : "format-unknown";
            yield return Invalid($"header {number++}: {header}", CheckName.Parse, seen, _ => Sign(header, Payload().ToJsonString()));
        }
    }

    private static IEnumerable<VerifierVector> Payloads()
    {
        var number = 0;
        foreach (var row in VcJwtTests.BadPayloads)
        {
            var (payload, code) = ((string)row[0], (string)row[1]);
            yield return Invalid($"payload {number++}: {payload}", CheckName.Parse, code, _ => Sign(Header(), payload));
        }

        yield return Invalid("issuer twice", CheckName.Parse, "json.duplicate-member", _ =>
            Sign(Header(), Payload().ToJsonString().Replace("\"issuer\":", "\"issuer\":\"did:web:evil.example\",\"issuer\":", StringComparison.Ordinal)));
        yield return Invalid("issuer twice, once escaped", CheckName.Parse, "json.duplicate-member", _ =>
            Sign(Header(), Payload().ToJsonString().Replace("\"issuer\":", "\"\\u0069ssuer\":\"did:web:evil.example\",\"issuer\":", StringComparison.Ordinal)));
        yield return Invalid("achievement name twice, deep inside", CheckName.Parse, "json.duplicate-member", _ =>
            Sign(Header(), Payload().ToJsonString().Replace("\"version\":\"3\"", "\"version\":\"3\",\"version\":\"4\"", StringComparison.Ordinal)));
        yield return Invalid("vc claim beside the credential", CheckName.Parse, "jwt.vc-claim", _ => Sign(Header(), Payload(json => json["vc"] = new JsonObject()).ToJsonString()));
    }

    private static IEnumerable<VerifierVector> Segments()
    {
        static VerifierVector Segment(string name, string code, Func<string, string> change) =>
            Invalid(name, CheckName.Parse, code, _ => change(Issue()));

        yield return Segment("empty", "format-unknown", _ => "");
        yield return Segment("white space", "format-unknown", _ => " \r\n");
        yield return Segment("a word", "format-unknown", _ => "credential");
        yield return Segment("an HTML page", "svg.root", _ => "<html></html>");
        yield return Segment("a JSON array", "format-unknown", token => $"[\"{token}\"]");
        yield return Segment("a JSON string", "format-unknown", token => $"\"{token}\"");
        yield return Segment("Bearer before it", "format-unknown", token => $"Bearer {token}");
        yield return Segment("no signature part", "jwt.segments", token => token[..token.LastIndexOf('.')]);
        yield return Segment("signature empty", "jwt.signature-empty", token => token[..(token.LastIndexOf('.') + 1)]);
        yield return Segment("a fourth part", "jwt.segments", token => token + ".e30");
        yield return Segment("five parts", "jwt.encrypted", token => token + ".e30.e30");
        yield return Segment("a dot at the end", "jwt.segments", token => token + ".");
        yield return Segment("two tokens", "jwt.encrypted", token => token + "." + token.Split('.')[1] + ".e30");
        yield return Segment("two tokens on two lines", "jwt.encrypted", token => token + "\n" + token);
        yield return Segment("padded signature", "jwt.base64url", token => token + "==");
        yield return Segment("text after the signature", "jwt.base64url", token => token + " x");
        yield return Segment("line break within", "jwt.base64url", token => token.Insert(token.Length / 2, "\n"));
        yield return Segment("ordinary base64", "jwt.base64url", token => token[..^2] + "+/");
        yield return Segment("JWS in JSON serialization", "shape-context", token =>
            $$"""{"payload":"{{token.Split('.')[1]}}","signatures":[{"protected":"{{token.Split('.')[0]}}","signature":"{{token.Split('.')[2]}}"}]}""")
            with { Check = CheckName.Shape };
        yield return Segment("unused bits set", "jwt.base64url", token => token[..^1] + (char)(token[^1] + 1));
        yield return Segment("nul bytes after it", "jwt.base64url", token => token + "\0");
        yield return Segment("larger than a megabyte", "too-large", _ => Issue(json => json["description"] = new string('x', 1024 * 1024)));
    }

    private static IEnumerable<VerifierVector> Signatures()
    {
        static VerifierVector Signature(string name, string code, Func<string, string> change) =>
            Invalid(name, CheckName.Signature, code, _ => change(Issue()));
        static string WithSignature(string token, byte[] signature) => $"{token[..token.LastIndexOf('.')]}.{StrictBase64Url.Encode(signature)}";
        static byte[] SignatureOf(string token) => StrictBase64Url.Decode(token.Split('.')[2])!;

        yield return Signature("zeros", "signature", token => WithSignature(token, new byte[64]));
        yield return Signature("one byte", "signature", token => WithSignature(token, [1]));
        yield return Signature("one byte short", "signature", token => WithSignature(token, SignatureOf(token)[..^1]));
        yield return Signature("one byte long", "signature", token => WithSignature(token, [.. SignatureOf(token), 0]));
        yield return Signature("r and s exchanged", "signature", token => WithSignature(token, [.. SignatureOf(token)[32..], .. SignatureOf(token)[..32]]));
        yield return Signature("of another credential", "signature", token => WithSignature(token, SignatureOf(Issue(json => json["name"] = "Other"))));
        yield return Signature("DER instead of r||s", "signature", token => WithSignature(token, [0x30, 0x44, 0x02, 0x20, .. SignatureOf(token)[..32], 0x02, 0x20, .. SignatureOf(token)[32..]]));
        yield return Signature("ones", "signature", token => WithSignature(token, [.. Enumerable.Repeat((byte)0xFF, 64)]));
        yield return Signature("r of 1 and s of 1", "signature", token => WithSignature(token, [.. new byte[31], 1, .. new byte[31], 1]));
        yield return Signature("by another key under the school's key id", "signature", _ => Issue(key: AttackerKey, keyId: $"{School}#{Key.Public.Thumbprint}"));
        yield return Signature("by another key without key id", "signature", _ => Sign("""{"alg":"ES256","typ":"JWT"}""", Payload().ToJsonString(), AttackerKey));
        yield return Signature("over other header bytes", "signature", token => StrictBase64Url.Encode(SampleCredential.Utf8(Header(more: ",\"x\":1"))) + token[token.IndexOf('.', StringComparison.Ordinal)..]);
        yield return Signature("payload written anew", "signature", token =>
            $"{token.Split('.')[0]}.{StrictBase64Url.Encode(SampleCredential.Utf8(Payload().ToJsonString().Replace(",", ", ", StringComparison.Ordinal)))}.{token.Split('.')[2]}");
        yield return Signature("number 1.10 written as 1.1", "signature", token =>
            $"{token.Split('.')[0]}.{StrictBase64Url.Encode(SampleCredential.Utf8(Payload().ToJsonString().Replace("1.10", "1.1", StringComparison.Ordinal)))}.{token.Split('.')[2]}");
        yield return Signature("ES384 named for a P-256 key", "algorithm-mismatch", _ => Sign(Header(algorithm: "ES384"), Payload().ToJsonString()));
        yield return Signature("EdDSA named for a P-256 key", "algorithm-mismatch", _ => Sign(Header(algorithm: "EdDSA"), Payload().ToJsonString()));
        yield return Signature("RS256 named for a P-256 key", "algorithm-mismatch", _ => Sign(Header(algorithm: "RS256"), Payload().ToJsonString()));
        yield return Signature("ES256 named for an Ed25519 key", "algorithm-mismatch", _ => Sign(Header($"{School}#{Ed25519Key.Public.Multikey}"), Payload().ToJsonString(), Ed25519Key));
        yield return Signature("ES256 named for an RSA key", "algorithm-mismatch", _ => Sign(Header($"{School}#{RsaKey.Public.Thumbprint}"), Payload().ToJsonString(), RsaKey));

        // RFC 8032 5.1.7: s must be below the order of the group, or a signature could be given a second form.
        foreach (var s in new[] { "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010", "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f" })
        {
            yield return Signature($"Ed25519 with s beyond the order: {s[..8]}", "signature", _ =>
            {
                var token = Issue(key: Ed25519Key);
                return WithSignature(token, [.. SignatureOf(token)[..32], .. Convert.FromHexString(s)]);
            });
        }

        yield return Signature("Ed25519 with s plus the order", "signature", _ =>
        {
            var token = Issue(key: Ed25519Key);
            var s = new System.Numerics.BigInteger(SignatureOf(token).AsSpan(32), isUnsigned: true)
                + System.Numerics.BigInteger.Pow(2, 252) + System.Numerics.BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);
            var malleable = new byte[32];
            s.TryWriteBytes(malleable, out int _, isUnsigned: true);
            return WithSignature(token, [.. SignatureOf(token)[..32], .. malleable]);
        });
    }

    private static IEnumerable<VerifierVector> Good()
    {
        yield return Accepted("as issued", _ => Issue());
        yield return Accepted("white space around", _ => $"\n {Issue()}\r\n");
        yield return Accepted("unknown header parameter", _ => Sign(Header(more: ",\"iat\":1"), Payload().ToJsonString()));
        yield return Accepted("jku and x5u that lead elsewhere are not looked at", _ =>
            Sign(Header(more: ",\"jku\":\"https://evil.example/jwks\",\"x5u\":\"https://evil.example/x\",\"x5c\":[\"AA\"]"), Payload().ToJsonString()));
        yield return Accepted("typ left out", _ => Sign(Header().Replace(",\"typ\":\"JWT\"", "", StringComparison.Ordinal), Payload().ToJsonString()));
        yield return Accepted("vc+jwt", _ => Issue(profile: VcJwtProfile.VcJose));
        yield return Accepted("vc+jwt without cty", _ => Sign(Header().Replace("\"JWT\"", "\"vc+jwt\"", StringComparison.Ordinal), Payload().ToJsonString()));
        yield return Accepted("RS256", _ => Issue(key: RsaKey));
        yield return Accepted("EdDSA", _ => Issue(key: Ed25519Key));
        yield return Accepted("EdDSA by its newer name", _ => Sign(Header($"{School}#{Ed25519Key.Public.Multikey}", "Ed25519"), Payload().ToJsonString(), Ed25519Key));
        yield return Accepted("members in another order", _ => Sign(Header(), new JsonObject(Payload().Reverse().Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))).ToJsonString()));
        yield return Accepted("white space within the payload", _ => Sign(Header(), Payload().ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true })));
        yield return Accepted("names of any script", _ => Issue(json => json["name"] = "溶接 \u202Eلحام 🔥 ñ"));
        yield return Accepted("a name of 10,000 characters", _ => Issue(json => json["name"] = new string('å', 10_000)));
        yield return Accepted("half a megabyte", _ => Issue(json => json["description"] = new string('x', 500_000)));
    }
}
