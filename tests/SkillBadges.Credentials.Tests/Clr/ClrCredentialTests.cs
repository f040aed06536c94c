using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SkillBadges.Credentials.Clr;
using SkillBadges.Credentials.OpenBadges;
using SkillBadges.Credentials.Tests.OpenBadges;

namespace SkillBadges.Credentials.Tests.Clr;

public sealed class ClrCredentialTests
{
    private const string Jwt = "eyJhbGciOiJFUzI1NiJ9.e30.AAAA";

    [Fact]
    public void A_record_is_written_with_three_contexts_in_order()
    {
        using var json = JsonDocument.Parse(Record().ToJson());

        Assert.Equal(
            ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
            json.RootElement.GetProperty("@context").EnumerateArray().Select(context => context.GetString()));
        Assert.Equal(["VerifiableCredential", "ClrCredential"], json.RootElement.GetProperty("type").EnumerateArray().Select(type => type.GetString()));
        Assert.True(json.RootElement.GetProperty("partial").GetBoolean());
    }

    [Fact]
    public void A_contained_credential_keeps_every_byte()
    {
        // Spaces, escapes, number forms and member order of another issuer: its proof may cover them.
        var signed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Samples.Welding().ToJson()).Replace("\"name\":", " \"n\\u0061me\" :  ", StringComparison.Ordinal));
        var record = Record() with { CredentialSubject = Record().CredentialSubject with { VerifiableCredential = [InnerCredential.OfJson(signed)] } };

        using var json = StrictJson.Parse(record.ToJson());
        var inner = Assert.Single(InnerCredential.Of(json.RootElement));

        Assert.Equal(signed, inner.Json.ToArray());
        Assert.Null(inner.Jwt);
    }

    [Fact]
    public void A_contained_JWT_travels_in_an_envelope()
    {
        var record = Record() with { CredentialSubject = Record().CredentialSubject with { VerifiableCredential = [InnerCredential.OfJwt(Jwt)] } };

        using var json = StrictJson.Parse(record.ToJson());
        var envelope = json.RootElement.GetProperty("credentialSubject").GetProperty("verifiableCredential")[0];

        Assert.Equal("data:application/vc+jwt," + Jwt, envelope.GetProperty("id").GetString());
        Assert.Equal(Jwt, Assert.Single(InnerCredential.Of(json.RootElement)).Jwt);
        Assert.Empty(OpenBadgeValidation.Check(record.ToJson()).Faults);
    }

    [Fact]
    public void What_we_write_has_no_fault_and_is_known_as_a_record()
    {
        var report = OpenBadgeValidation.Check(Record().ToJson());

        Assert.Empty(report.Faults);
        Assert.Equal(CredentialModel.ClrCredential, report.Model);
    }

    [Theory]
    [InlineData("", "name", null, "model.missing", "/name")]
    [InlineData("", "partial", "\"yes\"", "model.wrong-kind", "/partial")]
    [InlineData("", "@context", """["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json","https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"]""", "model.context", "/@context/1")]
    [InlineData("/credentialSubject", "id", null, "model.subject-unnamed", "/credentialSubject")]
    [InlineData("/credentialSubject", "verifiableCredential", null, "model.missing", "/credentialSubject/verifiableCredential")]
    [InlineData("/credentialSubject", "verifiableCredential", "[]", "model.empty-array", "/credentialSubject/verifiableCredential")]
    [InlineData("/credentialSubject", "verifiableCredential", """["eyJhbGciOiJFUzI1NiJ9.e30.AAAA"]""", "model.wrong-kind", "/credentialSubject/verifiableCredential/0")]
    [InlineData("/credentialSubject/verifiableCredential/0", "validFrom", null, "model.missing", "/credentialSubject/verifiableCredential/0/validFrom")]
    [InlineData("/credentialSubject/verifiableCredential/0/credentialSubject/achievement", "name", null, "model.missing", "/credentialSubject/verifiableCredential/0/credentialSubject/achievement/name")]
    [InlineData("/credentialSubject/association/0", "associationType", "\"ext:mentors\"", "model.unknown-word", "/credentialSubject/association/0/associationType")]
    [InlineData("/credentialSubject/association/0", "associationType", "\"hasSkillLevel\"", "model.unknown-word", "/credentialSubject/association/0/associationType")]
    [InlineData("/credentialSubject/association/0", "sourceId", null, "model.missing", "/credentialSubject/association/0/sourceId")]
    [InlineData("/credentialSubject/association/0", "targetId", "\"here\"", "model.not-a-uri", "/credentialSubject/association/0/targetId")]
    [InlineData("/credentialSubject/association/0", "weight", "1", "model.unknown-member", "/credentialSubject/association/0/weight")]
    [InlineData("/credentialSubject/association/0", "type", "\"CFAssociation\"", "model.type", "/credentialSubject/association/0/type")]
    public void What_breaks_a_rule_is_named_with_its_place(string path, string name, string? value, string code, string where)
    {
        var json = JsonNode.Parse(Record().ToJson())!;
        var holder = At(json, path).AsObject();
        holder.Remove(name);
        if (value is not null)
        {
            holder[name] = JsonNode.Parse(value);
        }

        Assert.Contains((where, code), Check(json).Faults.Select(fault => (fault.Path, fault.Code)));
    }

    [Fact]
    public void An_association_to_nowhere_is_a_note()
    {
        var json = JsonNode.Parse(Record().ToJson())!;
        At(json, "/credentialSubject/association/0")["targetId"] = "urn:x:elsewhere";

        Assert.Equal([("/credentialSubject/association/0/targetId", "model.association-unresolved")], Check(json).Notes.Where(note => note.Code != "model.status-repeats").Select(note => (note.Path, note.Code)));
    }

    [Fact]
    public void A_record_of_the_older_data_model_is_accepted()
    {
        var json = JsonNode.Parse(Record().ToJson())!;
        json["@context"]![0] = "https://www.w3.org/2018/credentials/v1";
        json.AsObject()["issuanceDate"] = json["validFrom"]!.DeepClone();
        json.AsObject().Remove("validFrom");

        Assert.Empty(Check(json).Faults);
    }

    [Fact]
    public void A_word_that_the_standard_lacks_cannot_be_written() =>
        Assert.Throws<ArgumentException>(() =>
            (Record() with { CredentialSubject = Record().CredentialSubject with { Association = [new Association("mentors", "urn:x:1", "urn:x:2")] } }).ToJson());

    [Theory]
    [InlineData("7", "clr.inner-kind")]
    [InlineData("null", "clr.inner-kind")]
    [InlineData("\"not a jwt\"", "clr.inner-jwt")]
    [InlineData("""{"type":"EnvelopedVerifiableCredential","id":"data:text/html,<b>"}""", "clr.inner-kind")]
    [InlineData("""{"type":"EnvelopedVerifiableCredential","id":"https://x.example/a.jwt"}""", "clr.inner-kind")]
    [InlineData("""{"type":["EnvelopedVerifiableCredential"],"id":"data:application/vc+jwt,a.b"}""", "clr.inner-jwt")]
    [InlineData("""{"type":["EnvelopedVerifiableCredential"]}""", "clr.inner-kind")]
    public void A_contained_thing_that_is_no_credential_is_refused_by_name(string entry, string code)
    {
        using var json = JsonDocument.Parse("{\"credentialSubject\":{\"verifiableCredential\":[" + entry + "]}}");

        Assert.Equal(code, Assert.Throws<MalformedException>(() => InnerCredential.Of(json.RootElement)).Code);
    }

    [Fact]
    public void A_JWT_that_stands_without_an_envelope_is_read_too()
    {
        using var json = JsonDocument.Parse("{\"credentialSubject\":{\"verifiableCredential\":[\"" + Jwt + "\"]}}");

        Assert.Equal(Jwt, Assert.Single(InnerCredential.Of(json.RootElement)).Jwt);
    }

    private static ClrCredential Record()
    {
        var badge = Samples.Welding();
        return new ClrCredential
        {
            Id = "urn:uuid:0199f0d1-5a1e-7c3b-9d62-3f0a1b2c3d50",
            Name = "Transfer pack",
            Issuer = badge.Issuer,
            ValidFrom = Samples.Awarded,
            Partial = true,
            CredentialSubject = new ClrSubject
            {
                Id = badge.CredentialSubject.Id,
                VerifiableCredential = [InnerCredential.OfJson(badge.ToJson())],
                Achievement = [badge.CredentialSubject.Achievement with { Id = "https://badges.example/achievements/welder/1", ResultDescription = [] }],
                Association = [new Association("isPartOf", badge.CredentialSubject.Achievement.Id, "https://badges.example/achievements/welder/1")],
            },
        };
    }

    private static ValidationReport Check(JsonNode json) => OpenBadgeValidation.Check(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static JsonNode At(JsonNode json, string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(json, (node, step) => node is JsonArray array ? array[int.Parse(step, null)]! : node[step]!);
}
