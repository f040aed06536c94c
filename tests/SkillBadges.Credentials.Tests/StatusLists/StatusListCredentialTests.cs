using System.Text.Json;
using SkillBadges.Credentials.StatusLists;

namespace SkillBadges.Credentials.Tests.StatusLists;

public sealed class StatusListCredentialTests
{
    internal const string GoodEntry = """
        {"type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":"94567","statusListCredential":"https://a.example/status/3"}
        """;

    /// <summary>A change to the good entry, then the code of the refusal.</summary>
    public static TheoryData<string, string, string> BadEntries => new()
    {
        { "\"94567\"", "94567", "status.index" },
        { "\"94567\"", "\"-1\"", "status.index" },
        { "\"94567\"", "\"+1\"", "status.index" },
        { "\"94567\"", "\"\"", "status.index" },
        { "\"94567\"", "\" 7\"", "status.index" },
        { "\"94567\"", "\"7 \"", "status.index" },
        { "\"94567\"", "\"007\"", "status.index" },
        { "\"94567\"", "\"0x7\"", "status.index" },
        { "\"94567\"", "\"7.0\"", "status.index" },
        { "\"94567\"", "\"7e3\"", "status.index" },
        { "\"94567\"", "\"٧\"", "status.index" },
        { "\"94567\"", "\"abc\"", "status.index" },
        { "\"94567\"", "\"9223372036854775808\"", "status.index" },
        { "\"94567\"", "null", "status.index" },
        { "\"94567\"", "[\"1\"]", "status.index" },
        { "\"statusListIndex\":\"94567\",", "", "status.index" },
        { "\"statusPurpose\":\"revocation\",", "", "status.entry-malformed" },
        { "\"revocation\"", "[\"revocation\"]", "status.entry-malformed" },
        { "\"https://a.example/status/3\"", "7", "status.entry-malformed" },
        { "{\"type\"", "{\"id\":\"https://a.example/status/3\",\"type\"", "status.entry-malformed" },
        { "{\"type\"", "{\"id\":7,\"type\"", "status.entry-malformed" },
        { "BitstringStatusListEntry", "StatusList2021Entry", "status.type-unsupported" },
        { "BitstringStatusListEntry", "RevocationList2020Status", "status.type-unsupported" },
        { "\"type\":\"BitstringStatusListEntry\",", "", "status.type-unsupported" },
        { "{\"type\"", "{\"statusSize\":0,\"type\"", "status.size" },
        { "{\"type\"", "{\"statusSize\":-1,\"type\"", "status.size" },
        { "{\"type\"", "{\"statusSize\":9,\"type\"", "status.size" },
        { "{\"type\"", "{\"statusSize\":\"1\",\"type\"", "status.size" },
        { "{\"type\"", "{\"statusSize\":1.5,\"type\"", "status.size" },
        { "{\"type\"", "{\"statusSize\":4294967297,\"type\"", "status.size" },
        { "{\"type\"", "{\"statusSize\":2,\"type\"", "status.entry-malformed" },
        { "{\"type\"", "{\"statusSize\":2,\"statusMessage\":[{\"status\":\"0x0\",\"message\":\"a\"}],\"type\"", "status.entry-malformed" },
        { "{\"type\"", "{\"statusMessage\":[{\"status\":\"0\",\"message\":\"a\"}],\"type\"", "status.entry-malformed" },
        { "{\"type\"", "{\"statusMessage\":[7],\"type\"", "status.entry-malformed" },
        { "{\"type\"", "{\"statusMessage\":[],\"type\"", "status.entry-malformed" },
        { "{\"type\"", "{\"statusMessage\":[{\"status\":\"0x0\",\"message\":\"a\"}],\"type\"", "status.entry-malformed" },
        { "{\"type\"", "{\"statusSize\":1,\"statusMessage\":[{\"status\":\"0x0\",\"message\":\"a\"},{\"status\":\"0x1\",\"message\":\"b\"},{\"status\":\"0x2\",\"message\":\"c\"}],\"type\"", "status.entry-malformed" },
    };

    /// <summary>A change to a good list credential, whose refusal is always status.list-malformed.</summary>
    public static TheoryData<string, string> BadLists => new()
    {
        { "\"BitstringStatusListCredential\"", "\"OpenBadgeCredential\"" },
        { "\"VerifiableCredential\"", "\"Other\"" },
        { "\"BitstringStatusList\"", "\"StatusList2021\"" },
        { "\"credentialSubject\"", "\"subject\"" },
        { "\"statusPurpose\":\"revocation\"", "\"statusPurpose\":[]" },
        { "\"statusPurpose\":\"revocation\"", "\"statusPurpose\":7" },
        { "\"statusPurpose\":\"revocation\"", "\"statusPurpose\":[null]" },
        { "\"encodedList\"", "\"list\"" },
        { "\"id\":\"https://a.example/status/3\"", "\"id\":7" },
        { "\"issuer\"", "\"publisher\"" },
        { "\"validFrom\":\"2026-05-01T00:00:00Z\"", "\"validFrom\":\"2026-05-01\"" },
        { "\"validUntil\":\"2026-05-08T00:00:00Z\"", "\"validUntil\":null" },
        { "\"ttl\":60000", "\"ttl\":-1" },
        { "\"ttl\":60000", "\"ttl\":\"60000\"" },
        { "\"ttl\":60000", "\"ttl\":1.5" },
    };

    private static StatusListCredential Good => new(
        "https://a.example/status/3", "did:web:a.example", ["revocation"], "uH4sI",
        new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 5, 8, 0, 0, 0, TimeSpan.Zero), TimeSpan.FromMinutes(1));

    [Fact]
    public void A_list_credential_comes_back_as_it_was_written()
    {
        var good = Good;
        Assert.Equal(good, Reread(good) with { Purposes = good.Purposes });
        var both = good with { Purposes = ["revocation", "suspension"] };
        Assert.Equal(["revocation", "suspension"], Reread(both).Purposes.AsEnumerable());
    }

    [Fact]
    public void A_good_entry_is_read_and_written()
    {
        var entry = (Entry(GoodEntry));
        Assert.Equal((94567, "revocation", "https://a.example/status/3", 1), (entry.Index, entry.Purpose, entry.ListUrl, entry.BitsPerEntry));
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            entry.Write(writer);
        }

        Assert.Equal(GoodEntry.Trim(), System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void Messages_have_one_text_for_each_value()
    {
        var entry = (Entry(GoodEntry.Replace("{\"type\"", """
            {"statusSize":1,"statusMessage":[{"status":"0x0","message":"pending"},{"status":"0x1","message":"done"}],"type"
            """.Trim(), StringComparison.Ordinal)));
        Assert.Equal("done", entry.Messages[1]);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("\"https://a.example/status/3#4\"")]
    [InlineData("[]")]
    public void A_status_that_is_no_object_is_refused(string status)
    {
        Assert.Equal("status.entry-malformed", Assert.Throws<MalformedException>(() => Entry(status)).Code);
    }

    [Theory]
    [MemberData(nameof(BadEntries))]
    public void An_entry_that_bends_the_rules_is_refused(string good, string bad, string code)
    {
        Assert.Contains(good, GoodEntry, StringComparison.Ordinal);
        Assert.Equal(code, Assert.Throws<MalformedException>(() => Entry(GoodEntry.Replace(good, bad, StringComparison.Ordinal))).Code);
    }

    [Theory]
    [MemberData(nameof(BadLists))]
    public void A_list_credential_that_bends_the_rules_is_refused(string good, string bad)
    {
        var json = System.Text.Encoding.UTF8.GetString(Good.Write());
        Assert.Contains(good, json, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(json.Replace(good, bad, StringComparison.Ordinal));
        Assert.Equal("status.list-malformed", Assert.Throws<MalformedException>(() => StatusListCredential.Read(document.RootElement)).Code);
    }

    private static StatusListCredential Reread(StatusListCredential list)
    {
        using var document = JsonDocument.Parse(list.Write());
        return StatusListCredential.Read(document.RootElement);
    }

    private static StatusListEntry Entry(string status)
    {
        using var document = JsonDocument.Parse(status);
        return StatusListEntry.Read(document.RootElement);
    }
}
