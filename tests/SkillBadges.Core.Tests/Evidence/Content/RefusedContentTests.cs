using SkillBadges.Core.Evidence.Content;
using static SkillBadges.Core.Tests.Evidence.Content.SampleFiles;

namespace SkillBadges.Core.Tests.Evidence.Content;

/// <summary>Each of the hostile files is refused with its reason.</summary>
public sealed class RefusedContentTests
{
    [Theory]
    [MemberData(nameof(HostileFiles.Cases), MemberType = typeof(HostileFiles))]
    public void It_is_refused_with_its_reason(string what, string code) =>
        Assert.Equal(code, Assert.Throws<RefusedException>(() => EvidenceContent.Inspect(new MemoryStream(HostileFiles.Of(what)))).Code);

    [Fact]
    public void Any_byte_that_changes_and_any_end_that_is_missing_is_an_answer_and_never_a_fault()
    {
        var random = new Random(7);
        byte[][] files = [Png(), Jpeg(Exif(6)), Mp4(handlers: ["vide", "meta"]), Mp3(4), Wav(), Pdf(), Docx(), [.. "Some text."u8]];
        foreach (var file in files)
        {
            for (var round = 0; round < 2_000; round++)
            {
                var changed = round % 3 == 0 ? file[..random.Next(file.Length)] : (byte[])file.Clone();
                for (var flip = random.Next(3); changed.Length > 0 && flip >= 0; flip--)
                {
                    changed[random.Next(changed.Length)] = (byte)random.Next(256);
                }

                try
                {
                    EvidenceContent.Inspect(new MemoryStream(changed)).Open().CopyTo(Stream.Null);
                }
                catch (RefusedException refusal)
                {
                    Assert.StartsWith("evidence.", refusal.Code, StringComparison.Ordinal);
                }
            }
        }
    }
}
