using System.Text;
using System.Text.Json;
using SkillBadges.Credentials.Json;

namespace SkillBadges.Credentials.Tests.Json;

public sealed class TokenTapeTests
{
    [Theory]
    [InlineData("""{"a":[1,-0.5e+3,true,false,null,"x",{}],"b":{"c":[]}}""")]
    [InlineData(" [ \"\\u00e9\\ud83d\\ude00\\n\\/\\\\\" , \"a longer text than sixteen bytes, with a \\\" in it\" ] \r\n")]
    [InlineData("0")]
    [InlineData("\"\"")]
    [InlineData("{\"\":0}")]
    public void What_is_read_is_written_back(string json)
    {
        var tape = Read(json);
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        tape.WriteJson(0, output);
        using var expected = JsonDocument.Parse(json);
        using var actual = JsonDocument.Parse(output.WrittenMemory);
        Assert.True(JsonElement.DeepEquals(expected.RootElement, actual.RootElement));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("[1,]")]
    [InlineData("[1 2]")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData("-")]
    [InlineData("1e")]
    [InlineData("+1")]
    [InlineData("NaN")]
    [InlineData("truth")]
    [InlineData("\"abc")]
    [InlineData("\"a\nb\"")]
    [InlineData("\"\\")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00\\ud800\"")]
    [InlineData("\"\\ud800\\u0041\"")]
    [InlineData("{} {}")]
    [InlineData("\uFEFF{}")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":1,\"a\":1}")]
    [InlineData("{\"a\":1,\"\\u0061\":1}")]
    [InlineData("[\0]")]
    public void What_is_not_strict_JSON_is_refused(string json) =>
        Assert.Contains(Assert.Throws<MalformedException>(() => Read(json)).Code, (string[])["json.malformed", "json.not-unicode", "json.duplicate-member"]);

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused() =>
        Assert.Equal("json.not-utf8", Assert.Throws<MalformedException>(() => new TokenTape().Read([(byte)'"', 0xC3, (byte)'"'], 8, 100)).Code);

    [Fact]
    public void One_name_twice_among_a_thousand_is_found()
    {
        var names = string.Join(",", Enumerable.Range(0, 1000).Select(i => $"\"n{i}\":{i}"));
        Read("{" + names + "}");
        Assert.Throws<MalformedException>(() => Read("{" + names + ",\"n500\":0}"));
    }

    [Fact]
    public void A_document_that_is_too_deep_or_too_large_is_refused()
    {
        Read(new string('[', 64) + new string(']', 64));
        Assert.Equal("json.too-deep", Assert.Throws<MalformedException>(() => Read(new string('[', 65) + new string(']', 65))).Code);
        Assert.Equal("json.too-large", Assert.Throws<MalformedException>(() => new TokenTape().Read("[1234567]"u8, 8, 8)).Code);
    }

    [Fact]
    public void A_tape_can_be_used_again_after_a_fault()
    {
        var tape = new TokenTape();
        Assert.Throws<MalformedException>(() => tape.Read("{\"a\":{\"b\":"u8, 8, 100));
        tape.Read("{\"a\":{\"b\":7}}"u8, 8, 100);
        Assert.Equal("7", Encoding.UTF8.GetString(tape.Text(tape.Find(tape.Find(0, "a"u8), "b"u8))));
    }

    private static TokenTape Read(string json)
    {
        var tape = new TokenTape();
        tape.Read(Encoding.UTF8.GetBytes(json), 64, 1 << 20);
        return tape;
    }
}
