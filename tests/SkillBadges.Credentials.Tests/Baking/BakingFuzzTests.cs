using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using SkillBadges.Credentials.Baking;

namespace SkillBadges.Credentials.Tests.Baking;

/// <summary>
/// Mutated images: each is read or refused by name, nothing else. 20,000 inputs by default; BADGE_FUZZ_COUNT asks for more.
/// </summary>
public sealed class BakingFuzzTests
{
    private const string Jws = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ4In0.AAAA";

    private static readonly int count = int.Parse(Environment.GetEnvironmentVariable("BADGE_FUZZ_COUNT") ?? "20000", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_mutated_PNG_is_read_or_refused_by_name(int seed) =>
        Run(seed, PngBaking.Bake(PngSample.Plain(), Jws, BakedKind.OpenBadge), RepairChecksums);

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void A_mutated_SVG_is_read_or_refused_by_name(int seed) => Run(
        seed,
        SvgBaking.Bake("<svg xmlns=\"http://www.w3.org/2000/svg\"><title>A &amp; B</title><rect width=\"8\"/></svg>"u8.ToArray(), """{"a":"]]>"}""", BakedKind.OpenBadge),
        _ => { });

    private static void Run(int seed, byte[] start, Action<byte[]> repair)
    {
        var random = new Random(seed);
        var read = 0;
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            var input = Mutate(random, start);
            if (random.Next(2) == 0)
            {
                repair(input);
            }

            var before = watch.Elapsed;
            try
            {
                // An accepted text is one of the two forms and never longer than the file.
                var text = BakedImage.Read(input).Text;
                Assert.True(text.Length <= input.Length && (text[0] == '{' || text.Count(c => c == '.') == 2));
                read++;
            }
            catch (MalformedException refused)
            {
                Assert.Matches("^(image|png|svg|baked)\\.[a-z-]+$", refused.Code);
            }

            Assert.True(watch.Elapsed - before < TimeSpan.FromSeconds(2), Convert.ToBase64String(input));
        }

        // A fuzzer whose inputs are all refused at the first byte tests nothing.
        Assert.True(read > count / 1000, $"{read} of {count} were read");
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
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 8), bytes.Count - at));
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count / 2), Math.Min(random.Next(1, 60), bytes.Count / 2)));
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                    break;
            }
        }

        return [.. bytes];
    }

    private static readonly string[] Tokens =
    [
        "<![CDATA[", "]]>", "&#x10FFFF;", "&lt;", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "xmlns:a=\"b\"", "</svg>", "<!--", "-->", "<?a b?>", "iTXt", "IEND",
        "openbadgecredential", "{\"a\":1}", "\uFFFD", "=\"", "'", "\0\0\0\0",
    ];

    // Otherwise nearly every input ends at a checksum and nothing behind it is ever reached.
    private static void RepairChecksums(byte[] png)
    {
        for (var at = 8; at + 12 <= png.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at));
            if (length > png.Length - at - 12)
            {
                return;
            }

            BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(at + 8 + (int)length), PngSample.SlowCrc(png.AsSpan(at + 4, (int)length + 4)));
            at += 12 + (int)length;
        }
    }
}
