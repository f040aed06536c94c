using System.Collections.Immutable;
using System.Text;
using SkillBadges.Core.Definitions.Files;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Tests.Mastery;

namespace SkillBadges.Core.Tests.Definitions;

/// <summary>Sound files with bytes changed, taken out, put in and doubled at random, the same way in each run.</summary>
public sealed class HostileFileTests
{
    private static readonly Dictionary<string, MasteryScale> scales = new() { ["four-level"] = Scales.FourLevel() };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_spoiled_badge_file_is_content_or_faults_and_never_an_exception(int seed) => Spoil(
        Encoding.UTF8.GetBytes(BadgeFiles.Bench), seed, 1500, bytes => DefinitionFile.ReadBadge("manufacturing/bench-work.json", bytes, scales));

    [Fact]
    public void A_spoiled_scale_file_is_content_or_faults_and_never_an_exception() => Spoil(
        Catalogue.Bytes("scales/named-four.json"), 4, 1500, bytes => DefinitionFile.ReadScale("scales/named-four.json", bytes));

    [Fact]
    public void A_spoiled_stack_file_is_content_or_faults_and_never_an_exception() => Spoil(
        Catalogue.Bytes("stacks/health-aide.json"), 5, 1500, bytes => DefinitionFile.ReadStack("stacks/health-aide.json", bytes));

    [Fact]
    public void Spoiled_pictures_never_throw()
    {
        var random = new Random(6);
        var png = Catalogue.Bytes("welding/smaw-fillet.png");
        var svg = Catalogue.Bytes("welding/smaw-fillet.svg");
        for (var i = 0; i < 1500; i++)
        {
            _ = PngImage.Objection(Spoiled(png, random, 60));
            _ = SvgImage.Objection(Spoiled(svg, random, svg.Length));
        }
    }

    private static void Spoil<T>(byte[] sound, int seed, int times, Func<byte[], FileReading<T>> read)
        where T : class
    {
        var random = new Random(seed);
        var outcomes = ImmutableHashSet<bool>.Empty;
        for (var i = 0; i < times; i++)
        {
            var reading = read(Spoiled(sound, random, sound.Length));
            Assert.NotEqual(reading.Content is null, reading.Faults.IsEmpty);
            Assert.All(reading.Faults, fault => Assert.True(fault.Line > 0 && fault.Column > 0));
            outcomes = outcomes.Add(reading.Content is null);
        }

        Assert.Equal(2, outcomes.Count);
    }

    private static byte[] Spoiled(byte[] sound, Random random, int within)
    {
        List<byte> bytes = [.. sound];
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(Math.Min(within, bytes.Count));
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes("{}[]\",:\\u-1e9 tn".Substring(random.Next(15), 2)));
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at)));
                    break;
            }
        }

        return [.. bytes];
    }
}
