using System.Globalization;
using System.Text;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Credentials.Tests.Proofs;

public sealed class JsonCanonicalizationTests
{
    [Fact]
    public void The_sample_of_the_specification_comes_out_as_it_prints_it()
    {
        // RFC 8785 (June 2020) 3.2.2 and 3.2.4.
        const string input = """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;
        const string expected = """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""";
        Assert.Equal(expected, Canonicalize(input));
    }

    [Fact]
    public void Members_are_ordered_by_utf16_units_so_that_surrogate_pairs_come_before_the_last_of_the_plane()
    {
        // RFC 8785 3.2.3.
        const string input = """
            {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
             "\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}
            """;
        const string expected = "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"\u00f6\":\"Latin Small Letter O With Diaeresis\","
            + "\"\u20ac\":\"Euro Sign\",\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}";
        Assert.Equal(expected, Canonicalize(input));
    }

    // RFC 8785 Appendix B, by the bits of the double.
    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void Numbers_are_spelled_as_ecmascript_does(string bits, string expected)
    {
        var value = BitConverter.Int64BitsToDouble(long.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        Assert.Equal(expected, Canonicalize(value.ToString("E30", CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("123456789012345", "123456789012345")]
    [InlineData("1234567890123456789", "1234567890123456800")]
    [InlineData("-0", "0")]
    [InlineData("-0.0e5", "0")]
    [InlineData("100e-2", "1")]
    [InlineData("1.10", "1.1")]
    [InlineData("0.1e-6", "1e-7")]
    [InlineData("1E21", "1e+21")]
    [InlineData("1e-400", "0")]
    public void Many_spellings_of_a_number_have_one_canonical_form(string input, string expected) =>
        Assert.Equal(expected, Canonicalize(input));

    [Theory]
    [InlineData("  [ ]  ", "[]")]
    [InlineData("{ }", "{}")]
    [InlineData("\"\\u007f\\u0000\\u001F\\b\\f\\n\\r\\t\"", "\"\u007f\\u0000\\u001f\\b\\f\\n\\r\\t\"")]
    [InlineData("""{"b":{"d":1,"c":[{"z":0,"a":0}]},"a":""}""", """{"a":"","b":{"c":[{"a":0,"z":0}],"d":1}}""")]
    [InlineData("""{"aa":1,"a":2,"":3}""", """{"":3,"a":2,"aa":1}""")]
    [InlineData("""{"d" :"e","f": "g","b":["x" ,"y"],"a":[ ["x"],[]],"h":["i",["j",true]],"c":"k"}""", """{"a":[["x"],[]],"b":["x","y"],"c":"k","d":"e","f":"g","h":["i",["j",true]]}""")]
    [InlineData("""{"b":["\u0061","c"],"a\u0062":["d"],"e":["f\/",null],"c":[1.0,"g"],"d":[["h",{"j":[],"i":"\u006b"}]]}""", """{"ab":["d"],"b":["a","c"],"c":[1,"g"],"d":[["h",{"i":"k","j":[]}]],"e":["f/",null]}""")]
    [InlineData("""{"\u0061b":1,"aa":2}""", """{"aa":2,"ab":1}""")]
    [InlineData("{\"\u00e9\":1,\"e\u0301\":2}", "{\"e\u0301\":2,\"\u00e9\":1}")]
    public void Layout_and_escapes_do_not_matter(string input, string expected) => Assert.Equal(expected, Canonicalize(input));

    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    public void Names_that_begin_alike_are_ordered_by_utf16_units_wherever_they_part(int members)
    {
        // Parts around the eighth byte, beyond ASCII, at the end and at a zero character.
        string[] parts = ["a", "b", "aaaaaaa", "\0", "\u007f", "\u00e9", "\u20ac", "\ue000", "\uffff", "\ud83d\ude00"];
        var random = new Random(members);
        for (var round = 0; round < 300; round++)
        {
            var names = Enumerable.Range(0, members).Select(_ => string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => parts[random.Next(parts.Length)]))).Distinct().ToArray();
            var input = "{" + string.Join(",", names.Select(name => $"\"{string.Concat(name.Select(unit => unit is >= 'a' and <= 'z' ? $"{unit}" : $"\\u{(int)unit:x4}"))}\":0")) + "}";

            using var canonical = System.Text.Json.JsonDocument.Parse(Canonicalize(input));

            Assert.Equal(names.Order(StringComparer.Ordinal), canonical.RootElement.EnumerateObject().Select(member => member.Name));
        }
    }

    [Fact]
    public void An_object_of_many_members_is_ordered_like_a_small_one()
    {
        var names = Enumerable.Range(0, 500).Select(number => $"n{number * 7919 % 500}").ToArray();
        var input = "{" + string.Join(",", names.Select(name => $"\"{name}\":0")) + "}";
        var expected = "{" + string.Join(",", names.Order(StringComparer.Ordinal).Select(name => $"\"{name}\":0")) + "}";
        Assert.Equal(expected, Canonicalize(input));
    }

    [Fact]
    public void The_canonical_form_is_its_own_canonical_form()
    {
        const string input = """{"ä":[1.5e3,"\\\u2028"],"A":{"x":null}}""";
        var once = Canonicalize(input);
        Assert.Equal(once, Canonicalize(once));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nul")]
    [InlineData("{\"a\":1,}")]
    [InlineData("[1,]")]
    [InlineData("[1] 2")]
    [InlineData("// note\n1")]
    [InlineData("\uFEFF1")]
    [InlineData("01")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("'a'")]
    [InlineData("{a:1}")]
    [InlineData("\"\t\"")]
    [InlineData("\"\\x41\"")]
    [InlineData("\"open")]
    public void What_is_not_strict_json_is_refused(string input) =>
        Assert.Equal("json.malformed", Assert.Throws<MalformedException>(() => Canonicalize(input)).Code);

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00\\ud800\"")]
    [InlineData("{\"\\ud800\":1}")]
    public void Half_a_surrogate_pair_is_refused(string input) =>
        Assert.Equal("json.not-unicode", Assert.Throws<MalformedException>(() => Canonicalize(input)).Code);

    [Theory]
    [InlineData("22FF22")]
    [InlineData("22C022")]
    [InlineData("22C08022")]
    [InlineData("22EDA08022")]
    [InlineData("22F490808022")]
    public void Bytes_that_are_not_utf8_are_refused(string hex) =>
        Assert.Equal("json.not-utf8", Assert.Throws<MalformedException>(() => JsonCanonicalization.Canonicalize(Convert.FromHexString(hex))).Code);

    [Theory]
    [InlineData("""{"a":1,"a":1}""")]
    [InlineData("""{"a":1,"b":2,"\u0061":3}""")]
    [InlineData("""[{"x":{"k":1,"l":0,"k":2}}]""")]
    public void A_member_named_twice_is_refused_however_it_is_spelled(string input) =>
        Assert.Equal("json.duplicate-member", Assert.Throws<MalformedException>(() => Canonicalize(input)).Code);

    [Theory]
    [InlineData("1e309")]
    [InlineData("-1e309")]
    [InlineData("[1,{\"a\":9e999999999}]")]
    public void A_number_that_no_double_holds_is_refused(string input) =>
        Assert.Equal("json.number-out-of-range", Assert.Throws<MalformedException>(() => Canonicalize(input)).Code);

    [Fact]
    public void Sixty_four_levels_are_read_and_sixty_five_are_refused()
    {
        Assert.Equal(Nested(64), Canonicalize(Nested(64)));
        Assert.Equal("json.too-deep", Assert.Throws<MalformedException>(() => Canonicalize(Nested(65))).Code);

        static string Nested(int levels) => new string('[', levels) + new string(']', levels);
    }

    private static string Canonicalize(string json) =>
        Encoding.UTF8.GetString(JsonCanonicalization.Canonicalize(Encoding.UTF8.GetBytes(json)));
}
