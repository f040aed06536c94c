using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SkillBadges.Core.Storage;

namespace SkillBadges.Storage.Tests;

/// <summary>What every engine shares: the order of texts, the end of a prefix, the bytes of a body.</summary>
public sealed class StoredFormTests
{
    private static readonly string[] Parts = ["", "a", "b", "é", "\uD7FF", "\uE000", "\uFFFF", "😀", "\U00010000", "\U0010FFFF"];

    private static readonly Arbitrary<string> Texts = Gen.Elements(Parts).ArrayOf().Select(string.Concat).ToArbitrary();

    [Fact]
    public void Texts_are_ordered_as_their_UTF_8_bytes_are() =>
        Prop.ForAll(Texts, Texts, (x, y) => Math.Sign(CodePointOrder.Instance.Compare(x, y)) == Math.Sign(Bytes(x).AsSpan().SequenceCompareTo(Bytes(y))))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_end_of_a_prefix_parts_what_begins_with_it_from_what_is_greater() =>
        Prop.ForAll(Texts, Texts, (prefix, text) =>
        {
            var end = CodePointOrder.EndOf(prefix);
            var isWithin = CodePointOrder.Instance.Compare(text, prefix) >= 0 && (end is null || CodePointOrder.Instance.Compare(text, end) < 0);
            return isWithin == text.StartsWith(prefix, StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(900)]
    [InlineData(5000)]
    [InlineData(2_000_000)]
    public void A_body_is_read_as_it_was_written(int length)
    {
        var written = new Sample("a") { Text = new string('x', length) };
        var json = Samples.Kind.Write(written);

        var stored = StoredBody.Pack(json);

        Assert.Equal(json.Length >= StoredBody.DeflatedFrom, stored.Length < json.Length);
        Assert.Equal(written.Text, ((Sample)StoredBody.Read(Samples.Kind, stored, 1)).Text);
    }

    [Fact]
    public void Equal_documents_are_equal_bytes_whatever_the_offset_of_their_instants()
    {
        var at = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(Samples.Kind.Write(new Sample("a") { At = at }), Samples.Kind.Write(new Sample("a") { At = at.ToOffset(TimeSpan.FromHours(-7)) }));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
