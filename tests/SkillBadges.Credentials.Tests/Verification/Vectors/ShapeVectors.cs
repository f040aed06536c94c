using System.Text.Json.Nodes;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.Verification;
using static SkillBadges.Credentials.Tests.Verification.Vectors.VerifierVector;
using static SkillBadges.Credentials.Tests.Verification.VerifierWorld;

namespace SkillBadges.Credentials.Tests.Verification.Vectors;

/// <summary>Credentials that are well signed and are not what their standard says.</summary>
internal static class ShapeVectors
{
    internal static IEnumerable<VerifierVector> All() => [.. Badges(), .. Plain(), .. Unsigned(), .. DataModel(), .. Envelopes(), .. Good()];

    private static string With(Action<JsonObject> change)
    {
        var credential = SampleCredential.Object();
        change(credential);
        return Sign(Header().Replace("\"JWT\"", "\"vc+jwt\"", StringComparison.Ordinal), credential.ToJsonString());
    }

    private static JsonObject Achievement(JsonObject json) => json["credentialSubject"]!["achievement"]!.AsObject();

    private static IEnumerable<VerifierVector> Badges()
    {
        static VerifierVector Shape(string name, string code, Action<JsonObject> change) => Invalid(name, CheckName.Shape, code, _ => With(change));

        foreach (var member in new[] { "@context", "id", "issuer", "validFrom", "credentialSubject" })
        {
            yield return Shape($"no {member}", "model.missing", json => json.Remove(member));
            yield return Shape($"{member} is null", "model.null", json => json[member] = null);
        }

        foreach (var member in new[] { "id", "type", "name", "description", "criteria" })
        {
            yield return Shape($"achievement without {member}", "model.missing", json => Achievement(json).Remove(member));
        }

        yield return Shape("no type", "shape-type", json => json.Remove("type"));
        yield return Shape("another type alone", "shape-type", json => json["type"] = new JsonArray("OtherCredential"));
        yield return Shape("no achievement", "model.missing", json => json["credentialSubject"]!.AsObject().Remove("achievement"));
        yield return Shape("a level that the rubric does not have", "model.level-unresolved", json => json["credentialSubject"]!["result"]![0]!["achievedLevel"] = "urn:level:9");
        yield return Shape("a result of another achievement", "model.result-unresolved", json => json["credentialSubject"]!["result"]![0]!["resultDescription"] = "https://evil.example/r");
        yield return Shape("issuer without id", "model.missing", json => json["issuer"]!.AsObject().Remove("id"));
        yield return Shape("contexts in the wrong order", "model.context", json =>
            json["@context"] = new JsonArray("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "https://www.w3.org/ns/credentials/v2"));
        yield return Shape("another's context first", "model.context", json => json["@context"] = new JsonArray("https://evil.example/context.jsonld", "https://www.w3.org/ns/credentials/v2"));
        yield return Shape("name as a number", "model.wrong-kind", json => json["name"] = 7);
        yield return Shape("results as text", "model.wrong-kind", json => json["credentialSubject"]!["result"] = "Proficient");
    }

    private static IEnumerable<VerifierVector> Plain()
    {
        static VerifierVector Shape(string name, string code, Action<JsonObject> change) => Invalid(name, CheckName.Shape, code, _ => With(json =>
        {
            json["type"] = new JsonArray("VerifiableCredential");
            change(json);
        }));

        yield return Shape("plain: no context", "shape-context", json => json.Remove("@context"));
        yield return Shape("plain: another context", "shape-context", json => json["@context"] = new JsonArray("https://evil.example/v2"));
        yield return Shape("plain: context as an object", "shape-context", json => json["@context"] = new JsonObject());
        yield return Shape("plain: no issuer", "shape-issuer", json => json.Remove("issuer"));
        yield return Shape("plain: issuer is no name", "shape-issuer", json => json["issuer"] = "school");
        yield return Shape("plain: issuer is a number", "shape-issuer", json => json["issuer"] = 7);
        yield return Shape("plain: id is no name", "shape-id", json => json["id"] = "7");
        yield return Shape("plain: id is null", "shape-id", json => json["id"] = null);
        yield return Shape("plain: no subject", "shape-subject", json => json.Remove("credentialSubject"));
        yield return Shape("plain: empty subject", "shape-subject", json => json["credentialSubject"] = new JsonObject());
        yield return Shape("plain: no subjects", "shape-subject", json => json["credentialSubject"] = new JsonArray());
        yield return Shape("plain: subject is text", "shape-subject", json => json["credentialSubject"] = "someone");
    }

    private static IEnumerable<VerifierVector> Unsigned()
    {
        yield return Invalid("a badge without proof", CheckName.Signature, "proof-missing", _ => SampleCredential.Object().ToJsonString());
        yield return Invalid("JSON cut short", CheckName.Parse, "json.malformed", _ => SampleCredential.Object().ToJsonString()[..^1]);
        yield return Invalid("JSON with a comma too many", CheckName.Parse, "json.malformed", _ => SampleCredential.Object().ToJsonString()[..^1] + ",}");
        yield return Invalid("two JSON objects", CheckName.Parse, "json.malformed", _ => SampleCredential.Object().ToJsonString() + "{}");
        yield return Invalid("JSON nested 40 deep", CheckName.Parse, "json.too-deep", _ => "{\"a\":" + new string('[', 40) + new string(']', 40) + "}");
        yield return Invalid("JSON nested 100,000 deep", CheckName.Parse, "json.malformed", _ => "{\"a\":" + new string('[', 100_000) + new string(']', 100_000) + "}");
        yield return Invalid("JSON with a member twice", CheckName.Parse, "json.duplicate-member", _ => "{\"a\":1,\"a\":2}");
        yield return Invalid("JSON that is half a character", CheckName.Parse, "json.not-unicode", _ => "{\"a\":\"\\ud800\"}");
    }

    /// <summary>Members that any credential may have (VC Data Model 2.0, 4.4 to 4.11 and 5.3 to 5.10); each good form beside the bad ones.</summary>
    private static IEnumerable<VerifierVector> DataModel()
    {
        const string Sri = "sha256-MV9b23bQeMQ7isAGTkoBZGErH853yGk0W/yUx1iU7dM=";
        const string Multibase = "uEiAxX1vbdtB4xDuKwAZOSgFkYSsfznfIaTRb_JTHWJTt0w";

        static string Plain(string name, string value) => With(json =>
        {
            json["type"] = new JsonArray("VerifiableCredential");
            json[name] = JsonNode.Parse(value);
        });
        static VerifierVector Good(string name, string value) => Accepted($"{name} {value}", _ => Plain(name, value));
        static VerifierVector Bad(string code, string name, string value) => Invalid($"{name} {value}", CheckName.Shape, code, _ => Plain(name, value));

        foreach (var name in new[] { "termsOfUse", "evidence", "refreshService", "credentialSchema", "renderMethod", "confidenceMethod" })
        {
            yield return Good(name, """{"id":"urn:a:1","type":"urn:t:1"}""");
            yield return Good(name, """[{"id":"urn:a:1","type":["urn:t:1","urn:t:2"]},{"id":"urn:a:2","type":"urn:t:1"}]""");
            foreach (var bad in new[] { """{"id":"urn:a:1"}""", """{"id":"urn:a:1","type":""}""", """{"id":"urn:a:1","type":[]}""", """{"id":"urn:a:1","type":7}""", """{"id":"no url","type":"urn:t:1"}""", """{"id":["urn:a:1","urn:a:2"],"type":"urn:t:1"}""", """{"id":null,"type":"urn:t:1"}""", "\"urn:a:1\"", """[{"id":"urn:a:1","type":"urn:t:1"},{"id":"urn:a:2"}]""" })
            {
                yield return Bad("shape-member", name, bad);
            }
        }

        yield return Bad("shape-member", "credentialSchema", """{"type":"urn:t:1"}""");
        foreach (var name in new[] { "name", "description" })
        {
            yield return Good(name, """{"@value":"Badge","@language":"en","@direction":"ltr"}""");
            yield return Good(name, """[{"@value":"Badge","@language":"en"},{"@value":"Abzeichen","@language":"de"}]""");
            foreach (var bad in new[] { "7", "null", """{"@language":"en"}""", """{"@value":"Badge","url":"urn:a:1"}""", """{"@value":7}""", """{"@value":"Badge","@direction":"up"}""", """{"@value":"Badge","@language":"no language"}""", """{"@value":"Badge","@language":""}""", """{"en":"Badge"}""", """["Badge",["x"]]""" })
            {
                yield return Bad("shape-member", name, bad);
                yield return Bad("shape-member", "issuer", $$"""{"id":"{{School}}","{{name}}":{{bad}} }""");
            }
        }

        yield return Good("relatedResource", $$"""{"id":"urn:a:1","digestSRI":"{{Sri}}","mediaType":"text/plain"}""");
        yield return Good("relatedResource", $$"""[{"id":"urn:a:1","digestMultibase":"{{Multibase}}"},{"id":"urn:a:2","digestMultibase":"uWZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ"}]""");
        foreach (var bad in new[]
        {
            """["urn:a:1","urn:a:2"]""", $$"""{"digestSRI":"{{Sri}}"}""", """{"id":"urn:a:1"}""", $$"""{"id":"a","digestSRI":"{{Sri}}"}""", $$"""[{"id":"urn:a:1","digestSRI":"{{Sri}}"},{"id":"urn:a:1","digestMultibase":"{{Multibase}}"}]""",
            $$"""{"id":"urn:a:1","digestSRI":"{{Sri[..^2]}}="}""", """{"id":"urn:a:1","digestSRI":"sha256-315f5bdb76d078c43b8ac0064e4a0164612b1fce77c869345bfc94c75894edd3"}""", """{"id":"urn:a:1","digestSRI":"md5-1B2M2Y8AsgTpgAmY7PhCfg=="}""",
            $$"""{"id":"urn:a:1","digestMultibase":"{{Multibase[1..]}}"}""", """{"id":"urn:a:1","digestMultibase":"uAAAA"}""", """{"id":"urn:a:1","digestMultibase":7}""", $$"""{"id":"urn:a:1","digestSRI":"{{Sri}}","mediaType":7}""",
        })
        {
            yield return Bad("shape-member", "relatedResource", bad);
        }

        foreach (var bad in new[] { "null", "7", "\"no url\"", "\"/path\"", "[\"urn:a:1\",\"urn:a:2\"]" })
        {
            yield return Bad("shape-id", "id", bad);
            yield return Bad("shape-subject", "credentialSubject", $$"""{"id":{{bad}},"x":"y"}""");
            yield return Bad("shape-issuer", "issuer", $$"""{"id":{{bad}} }""");
        }

        foreach (var bad in new[] { """["VerifiableCredential",7]""", """["VerifiableCredential",""]""", """["VerifiableCredential",null]""" })
        {
            yield return Bad("shape-type", "type", bad);
        }

        foreach (var bad in new[] { """["https://www.w3.org/ns/credentials/v2",7]""", """["https://www.w3.org/ns/credentials/v2",null]""", """["https://www.w3.org/ns/credentials/v2","https ://no.example/v1"]""", """["https://www.w3.org/ns/credentials/examples/v2","https://www.w3.org/ns/credentials/v2"]""", "[]", "{}" })
        {
            yield return Bad("shape-context", "@context", bad);
        }
    }

    private static IEnumerable<VerifierVector> Envelopes()
    {
        static string Envelope(string id, Action<JsonObject>? change = null)
        {
            var envelope = new JsonObject
            {
                ["@context"] = "https://www.w3.org/ns/credentials/v2",
                ["id"] = id,
                ["type"] = "EnvelopedVerifiableCredential",
            };
            change?.Invoke(envelope);
            return envelope.ToJsonString();
        }

        static string Token() => Issue(profile: VcJwtProfile.VcJose);
        static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(text));

        yield return Invalid("an empty envelope", CheckName.Parse, "envelope-malformed", _ => Envelope(""));
        foreach (var mediaType in new[] { "application/vc+sd-jwt", "application/vc+cose", "application/vp+jwt" })
        {
            yield return new($"an envelope of {mediaType}", Verdict.CouldNotBeChecked, CheckName.Parse, "envelope-unsupported", _ => Envelope($"data:{mediaType}," + Token()));
        }

        foreach (var start in new[] { "data:text/html,", "data:,", "data:application/vc+jwt", "data:application/vc+jwt;,", "data:application/vc+jwt;charset,", "data:application/vc+jwt;base64;base64,", "data:application/vc+jwt;base64;x=y,", " data:application/vc+jwt,", "data:application/vc+jwt,%", "data:application/vc+jwt,%4g", "data:application/vc+jwt,#", "data:application/vc+jwt, ", "blob:application/vc+jwt," })
        {
            yield return Invalid($"an envelope whose id starts with {start}", CheckName.Parse, "envelope-malformed", _ => Envelope(start + Token()));
        }

        yield return Invalid("an envelope of base64 without padding", CheckName.Parse, "envelope-malformed", _ => Envelope("data:application/vc+jwt;base64," + Base64(Token() + new string('A', (4 - (Token().Length % 3)) % 3)).TrimEnd('=') + "="));
        yield return Invalid("an envelope of base64 with a space", CheckName.Parse, "envelope-malformed", _ => Envelope("data:application/vc+jwt;base64," + Base64(Token()).Insert(8, "%20")));
        yield return Invalid("an envelope without context", CheckName.Parse, "envelope-malformed", _ => Envelope("data:application/vc+jwt," + Token(), json => json.Remove("@context")));
        yield return Invalid("an envelope with no context in its array", CheckName.Parse, "envelope-malformed", _ => Envelope("data:application/vc+jwt," + Token(), json => json["@context"] = new JsonArray()));
        yield return Invalid("an envelope with another context", CheckName.Parse, "envelope-malformed", _ => Envelope("data:application/vc+jwt," + Token(), json => json["@context"] = "https://www.w3.org/ns/credentials/examples/v2"));
        yield return Invalid("an envelope that is a badge too", CheckName.Parse, "envelope-malformed", _ => Envelope("data:application/vc+jwt," + Token(), json => json["type"] = new JsonArray("EnvelopedVerifiableCredential", "OpenBadgeCredential")));
        yield return Invalid("an envelope that says something", CheckName.Parse, "envelope-malformed", _ => Envelope("data:application/vc+jwt," + Token(), json => json["credentialSubject"] = new JsonObject { ["id"] = "urn:a:1" }));
        yield return Invalid("an envelope without type", CheckName.Shape, "shape-type", _ => Envelope("data:application/vc+jwt," + Token(), json => json.Remove("type")));
        yield return Invalid("a presentation's envelope around a credential", CheckName.Parse, "jwt.typ", _ => Envelope("data:application/jwt," + Token(), json => json["type"] = "EnvelopedVerifiablePresentation"));
        yield return Accepted("an envelope with its data in base64", _ => Envelope("data:application/vc+jwt;base64," + Base64(Token())));
        yield return Accepted("an envelope with its data percent-encoded", _ => Envelope("data:application/vc+jwt," + Token().Replace(".", "%2E", StringComparison.Ordinal)));
        yield return Accepted("an envelope with parameters", _ => Envelope("DATA:Application/VC+JWT;charset=us-ascii," + Token()));
        yield return Accepted("an envelope of the general media type", _ => Envelope("data:application/jwt," + Token()));
        yield return Accepted("an envelope with its words in arrays", _ => Envelope("data:application/vc+jwt," + Token(), json =>
        {
            json["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2");
            json["type"] = new JsonArray("EnvelopedVerifiableCredential");
        }));
        yield return Invalid("an envelope that points elsewhere", CheckName.Parse, "envelope-malformed", _ => Envelope("https://evil.example/credential.jwt"));
        yield return Invalid("an envelope of base64", CheckName.Parse, "envelope-malformed", _ => Envelope("data:application/vc+jwt;base64," + Issue()));
        yield return Invalid("an envelope around nothing", CheckName.Parse, "jwt.segments", _ => Envelope("data:application/vc+jwt,"));
        yield return Invalid("an envelope around JSON", CheckName.Parse, "jwt.segments", _ => Envelope("data:application/vc+jwt,%7B%7D"));
        yield return Invalid("an envelope around a token of the attacker", CheckName.Signature, "signature", _ =>
            Envelope("data:application/vc+jwt," + Issue(profile: VcJwtProfile.VcJose, key: AttackerKey, keyId: $"{School}#{Key.Public.Thumbprint}")));
        yield return Accepted("an envelope", _ => Envelope("data:application/vc+jwt," + Issue(profile: VcJwtProfile.VcJose)));
    }

    private static IEnumerable<VerifierVector> Good()
    {
        yield return Accepted("a plain credential", _ => With(json => json["type"] = new JsonArray("VerifiableCredential")));
        yield return Accepted("a plain credential with several subjects", _ => With(json =>
        {
            json["type"] = new JsonArray("VerifiableCredential", "GroupCredential");
            json["credentialSubject"] = new JsonArray(new JsonObject { ["id"] = "urn:a:1" }, new JsonObject { ["id"] = "urn:a:2" });
        }));
        yield return Accepted("issuer as text", _ => With(json => json["issuer"] = School));
        yield return Accepted("AchievementCredential", _ => With(json => json["type"] = new JsonArray("VerifiableCredential", "AchievementCredential")));
        yield return Accepted("without name", _ => With(json => json.Remove("name")));
        yield return Accepted("with evidence by digest", _ => With(json => json["evidence"] = new JsonArray(new JsonObject
        {
            ["id"] = "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk",
            ["type"] = new JsonArray("Evidence"),
        })));
    }
}
