using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SkillBadges.Benchmarks.Engine;
using SkillBadges.Credentials;
using SkillBadges.Credentials.Baking;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.OpenBadges;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.Rdf;
using SkillBadges.Credentials.StatusLists;

namespace SkillBadges.Benchmarks.Fuzz;

/// <summary>The parsers that meet bytes from strangers, each with its own meaning of a false acceptance.</summary>
internal static class FuzzTargets
{
    private static readonly string[] jsonTokens =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\u0000", "\\ud800", "\\u0061", "null", "true", "1e999", "-0", "1.0E+2", "\"id\":", "\"type\":", "\"@context\":", "\"@id\":",
        "\"@graph\":[", "\"@list\":[", "\"@value\":", "\"@type\":\"@id\"", "\"@reverse\":{", "\"@included\":", "\"@version\":1.1", "\"_:b0\"", "\"credentialSubject\":",
        "\"proof\":", "\"issuer\":", "{}", "[]", "\"\"", "\uFEFF", "\u2028", "\"urn:x\"",
    ];

    public static IReadOnlyList<FuzzTarget> All() => [Jws(), JsonLd(), Png(), Svg(), Gzip(), MultibaseText(), Badge()];

    private static FuzzTarget Jws()
    {
        var keys = new[] { PrivateKey.Generate(SignatureAlgorithm.ES256), PrivateKey.Generate(SignatureAlgorithm.EdDSA) };
        var badge = SampleBadges.OfAbout(1_000);
        List<byte[]> tokens =
        [
            .. keys.Select(key =>
                VcJwt.SignAsync(badge, LocalSigner.For("did:web:north.example", key), VcJwtProfile.VcJose, CancellationToken.None).AsTask().GetAwaiter().GetResult()),
        ];
        bool Read(byte[] input)
        {
            using var token = VcJwt.Parse(input);
            if (!keys.Any(key => token.IsSignedBy(key.Public)))
            {
                return false;
            }

            return token.PayloadBytes.Span.SequenceEqual(badge) ? true : throw new FalseAcceptException("another payload holds under the signature");
        }

        return new FuzzTarget("jws", tokens, ["..", ".", "=", "+", "/", "eyJhbGciOiJub25lIn0", "e30", "eyJhbGciOiJIUzI1NiJ9", "\n", "{"], HostileInputs.Jws, Read, Malformed, RewriteSegment);
    }

    private static FuzzTarget JsonLd()
    {
        var set = new QuadSet();
        var canonicalization = new Canonicalization();
        bool Read(byte[] input)
        {
            JsonLdProcessor.ToQuads(input, JsonLdOptions.Default, set);
            canonicalization.Run(set, HashAlgorithmName.SHA256);

            // What an earlier, refused document left behind would show here.
            var once = canonicalization.NQuads.ToArray();
            JsonLdProcessor.ToQuads(input, JsonLdOptions.Default, set);
            canonicalization.Run(set, HashAlgorithmName.SHA256);
            return canonicalization.NQuads.SequenceEqual(once) ? true : throw new FalseAcceptException("two readings differ");
        }

        byte[][] seeds = [SampleBadges.OfAbout(1_000), SampleBadges.OfAbout(2_000)];
        string? Refusal(Exception fault) => fault switch
        {
            JsonLdException refused => refused.Code,
            RdfException refused => refused.Code,
            _ => Malformed(fault),
        };
        return new FuzzTarget("json-ld", seeds, jsonTokens, HostileInputs.JsonLd, Read, Refusal, (random, _) => JsonMutation.Mutate(random, seeds[random.Next(seeds.Length)]));
    }

    private static FuzzTarget Png()
    {
        const string credential = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ4In0.AAAA";
        bool Read(byte[] input)
        {
            var text = BakedImage.Read(input).Text;
            return text.Length <= input.Length ? true : throw new FalseAcceptException("the text is longer than the file");
        }

        return new FuzzTarget(
            "png", [PngBaking.Bake(HostileInputs.Png(), credential, BakedKind.OpenBadge), PngBaking.Bake(HostileInputs.Png(), "{\"a\":1}", BakedKind.LearnerRecord)],
            ["iTXt", "tEXt", "zTXt", "IEND", "IDAT", "PLTE", "openbadgecredential", "openbadges", "\0\0\0\0", "\0\0\0\u0001", "\uFFFF"], HostileInputs.PngFiles, Read, Malformed, (_, png) => RepairChecksums(png));
    }

    private static FuzzTarget Svg()
    {
        var picture = "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>A &amp; B</title><g id=\"a\"><rect width=\"8\"/></g></svg>"u8.ToArray();
        return new FuzzTarget(
            "svg",
            [SvgBaking.Bake(picture, "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ4In0.AAAA", BakedKind.OpenBadge), SvgBaking.Bake(picture, "{\"a\":\"]]>\"}", BakedKind.LearnerRecord)],
            ["<![CDATA[", "]]>", "&#x10FFFF;", "&lt;", "&a;", "<!DOCTYPE a [<!ENTITY a \"c\">]>", " xmlns:a=\"b\"", "</svg>", "<!--", "-->", "<?a b?>", " verify=\"a.b.c\"", "<openbadges:credential>", "</openbadges:credential>", "'", "\uFEFF"],
            HostileInputs.SvgFiles,
            input => BakedImage.Read(input).Text.Length <= input.Length ? true : throw new FalseAcceptException("the text is longer than the file"),
            Malformed);
    }

    private static FuzzTarget Gzip()
    {
        var list = BitstringStatusList.Create(BitstringStatusList.LeastEntries, 1);
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            list[random.Next(BitstringStatusList.LeastEntries)] = 1;
        }

        var gzip = Base64Url.DecodeFromChars(list.Encode().AsSpan(1));
        bool Read(byte[] input)
        {
            var read = BitstringStatusList.Read("u" + Base64Url.EncodeToString(input), 1);
            for (var i = 0L; i < Math.Min(read.Entries, list.Entries); i += 7)
            {
                if (read[i] != list[i])
                {
                    throw new FalseAcceptException("a damaged list passed its checksum with other bits");
                }
            }

            return read.Entries == list.Entries ? true : throw new FalseAcceptException("a damaged list has another size");
        }

        return new FuzzTarget("gzip", [gzip], ["\u001F", "\0\0\0\0", "\uFFFF"], HostileInputs.Gzip, Read, Malformed);
    }

    private static FuzzTarget MultibaseText()
    {
        bool Read(byte[] input)
        {
            var text = Encoding.Latin1.GetString(input);
            if (Multibase.DecodeBase58(text) is not { } bytes)
            {
                return false;
            }

            // One text for each value: two would let a key or a proof have two names.
            return Multibase.EncodeBase58(bytes) == text ? true : throw new FalseAcceptException("two texts for the same bytes");
        }

        List<byte[]> seeds = [.. new[] { 0, 1, 34, 64, 96 }.Select(length => Encoding.ASCII.GetBytes(Multibase.EncodeBase58(RandomNumberGenerator.GetBytes(length)))), "z1111"u8.ToArray()];
        return new FuzzTarget("multibase", seeds, ["z", "1", "11", "0", "O", "l", "I", "zz", "é"], HostileInputs.Multibase, Read, Malformed);
    }

    private static FuzzTarget Badge()
    {
        bool Read(byte[] input)
        {
            var report = OpenBadgeValidation.Check(input);
            var badge = OpenBadgeJson.ReadAchievementCredential(input);
            if (report is { IsValid: true, Model: CredentialModel.AchievementCredential })
            {
                // What has no fault can be shown, and written again without becoming faulty.
                var again = OpenBadgeValidation.Check((badge ?? throw new FalseAcceptException("valid and yet unreadable")).ToJson());
                return again.IsValid || report.OlderDataModel ? true : throw new FalseAcceptException($"{again.Faults[0]}");
            }

            return report.IsValid;
        }

        byte[][] seeds = [SampleBadges.OfAbout(1_000), SampleBadges.OfAbout(3_000)];
        return new FuzzTarget("badge", seeds, jsonTokens, HostileInputs.Badges, Read, Malformed, (random, _) => JsonMutation.Mutate(random, seeds[random.Next(seeds.Length)]));
    }

    private static string? Malformed(Exception fault) => fault is MalformedException refused ? refused.Code : null;

    // Damage inside a segment, encoded properly again, reaches what lies behind base64url.
    private static byte[] RewriteSegment(Random random, byte[] token)
    {
        var parts = Encoding.Latin1.GetString(token).Split('.');
        var at = random.Next(parts.Length);
        if (!Base64Url.IsValid(parts[at]))
        {
            return token;
        }

        var inner = new Mutator(random, jsonTokens);
        var bytes = Base64Url.DecodeFromChars(parts[at]);
        parts[at] = Base64Url.EncodeToString(inner.Mutate(bytes, bytes.Length == 0 ? [0] : bytes));
        return Encoding.Latin1.GetBytes(string.Join('.', parts));
    }

    private static byte[] RepairChecksums(byte[] png)
    {
        for (var at = 8; at + 12 <= png.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at));
            if (length > png.Length - at - 12)
            {
                break;
            }

            BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(at + 8 + (int)length), Crc32.Of(png.AsSpan(at + 4, (int)length + 4)));
            at += 12 + (int)length;
        }

        return png;
    }
}
