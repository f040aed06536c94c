using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.Verification;
using static SkillBadges.Credentials.Tests.Verification.Vectors.VerifierVector;
using static SkillBadges.Credentials.Tests.Verification.VerifierWorld;
using JsonNode = System.Text.Json.Nodes.JsonNode;

namespace SkillBadges.Credentials.Tests.Verification.Vectors;

/// <summary>Claims that say something else than the credential, and dates on the wrong side of the clock.</summary>
internal static class ClaimVectors
{
    private const long IssuedAt = 1777636800;

    internal static IEnumerable<VerifierVector> All() => [.. Mismatches(), .. SignatureDates(), .. Dates(), .. Good()];

    private static string Claim(string name, string json, string? validUntil = null) => Sign(Header(), Payload(payload =>
    {
        if (validUntil is not null)
        {
            payload["validUntil"] = validUntil;
        }

        payload[name] = JsonNode.Parse(json);
    }).ToJsonString());

    private static IEnumerable<VerifierVector> Mismatches()
    {
        string[] texts = ["\"did:web:evil.example\"", "\"\"", "7", "[]", "{}", "true"];
        foreach (var name in new[] { "iss", "jti", "sub" })
        {
            foreach (var json in texts)
            {
                yield return Invalid($"{name} is {json}", CheckName.Claims, "claim-mismatch", _ => Claim(name, json));
            }
        }

        foreach (var name in new[] { "iss", "jti", "sub", "nbf", "exp" })
        {
            yield return Invalid($"{name} is null", CheckName.Shape, "model.null", _ => Claim(name, "null"));
        }

        yield return Invalid("iss in other case", CheckName.Claims, "claim-mismatch", _ => Claim("iss", "\"did:web:NORTH.example:organizations:north-high\""));
        yield return Invalid("iss with a slash more", CheckName.Claims, "claim-mismatch", _ => Claim("iss", $"\"{School}/\""));
        yield return Invalid("iss as an array", CheckName.Claims, "claim-mismatch", _ => Claim("iss", $"[\"{School}\"]"));
        yield return Invalid("sub of another learner", CheckName.Claims, "claim-mismatch", _ => Claim("sub", "\"urn:uuid:11111111-1111-4111-8111-111111111111\""));
        yield return Invalid("sub where there is no subject id", CheckName.Claims, "claim-mismatch", _ =>
            Sign(Header(), Payload(json => json["credentialSubject"]!.AsObject().Remove("id")).ToJsonString()
                .Replace("\"type\":[\"AchievementSubject\"]", "\"identifier\":[{\"type\":\"IdentityObject\",\"hashed\":false,\"identityHash\":\"x\",\"identityType\":\"name\"}],\"type\":[\"AchievementSubject\"]", StringComparison.Ordinal)));

        foreach (var json in new[] { "0", "-1", $"{IssuedAt + 1}", $"{IssuedAt - 1}", $"\"{IssuedAt}\"", "[]", "1e400", "1.7976931348623157e308", $"{IssuedAt}.5e3", "true" })
        {
            yield return Invalid($"nbf is {json}", CheckName.Claims, "claim-mismatch", _ => Claim("nbf", json));
        }

        foreach (var json in new[] { "1893456001", "1893455998", "99999999999", "\"1893456000\"", "0" })
        {
            yield return Invalid($"exp is {json}", CheckName.Claims, "claim-mismatch", _ => Claim("exp", json, "2030-01-01T00:00:00Z"));
        }

        yield return Invalid("exp without an end date", CheckName.Claims, "claim-mismatch", _ => Claim("exp", "1893456000"));
        foreach (var name in new[] { "iss", "jti", "nbf" })
        {
            yield return Invalid($"no {name}", CheckName.Claims, "claim-missing", _ => Sign(Header(), Payload(json => json.Remove(name)).ToJsonString()));
        }

        yield return Invalid("no exp", CheckName.Claims, "claim-missing", _ => Sign(Header(), Payload(json => json["validUntil"] = "2030-01-01T00:00:00Z").ToJsonString()));
    }

    private static IEnumerable<VerifierVector> SignatureDates()
    {
        static string Jose(string name, string json) => Sign(Header().Replace("\"JWT\"", "\"vc+jwt\"", StringComparison.Ordinal), Payload(payload =>
        {
            payload.Remove("nbf");
            payload[name] = JsonNode.Parse(json);
        }).ToJsonString());

        foreach (var name in new[] { "iss", "jti", "sub" })
        {
            yield return Invalid($"vc+jwt: {name} of another", CheckName.Claims, "claim-mismatch", _ => Jose(name, "\"did:web:evil.example\""));
        }

        foreach (var json in new[] { "1", "1780272000", "\"9999999999\"", "-1" })
        {
            yield return Invalid($"vc+jwt: exp is {json}", CheckName.Claims, "signature-expired", _ => Jose("exp", json));
        }

        foreach (var json in new[] { "9999999999", "1780272061", "\"1\"" })
        {
            yield return Invalid($"vc+jwt: nbf is {json}", CheckName.Claims, "signature-not-yet-valid", _ => Jose("nbf", json));
        }

        yield return Accepted("vc+jwt: exp tomorrow", _ => Jose("exp", "1780358400"));
        yield return Accepted("vc+jwt: nbf a moment ago, with a fraction", _ => Jose("nbf", "1780271999.5"));
    }

    private static IEnumerable<VerifierVector> Dates()
    {
        static VerifierVector Date(string name, Verdict verdict, string code, string member, string value) =>
            new(name, verdict, CheckName.Validity, code, _ => Issue(json => json[member] = value, VcJwtProfile.VcJose));

        yield return Date("valid from tomorrow", Verdict.Invalid, "not-yet-valid", "validFrom", "2026-06-02T00:00:00Z");
        yield return Date("valid from two minutes from now", Verdict.Invalid, "not-yet-valid", "validFrom", "2026-06-01T00:02:00Z");
        yield return Date("valid from now, in a western zone", Verdict.Invalid, "not-yet-valid", "validFrom", "2026-06-01T00:00:00-07:00");
        yield return Date("valid from the year 9999", Verdict.Invalid, "not-yet-valid", "validFrom", "9999-12-31T23:59:59Z");
        yield return Date("ended yesterday", Verdict.Expired, "expired", "validUntil", "2026-05-31T00:00:00Z");
        yield return Date("ends this very second", Verdict.Expired, "expired", "validUntil", "2026-06-01T00:00:00Z");
        yield return Date("ended today, in an eastern zone", Verdict.Expired, "expired", "validUntil", "2026-06-01T06:00:00+09:00");
        yield return Date("ends before it begins", Verdict.Invalid, "model.dates-reversed", "validUntil", "2020-01-01T00:00:00Z") with { Check = CheckName.Shape };
        foreach (var value in new[] { "2030-01-01", "2030-01-01T00:00:00", "soon", "2030-13-01T00:00:00Z", "1893456000", "" })
        {
            yield return new VerifierVector($"valid until '{value}'", Verdict.Invalid, CheckName.Shape, "model.date-form", _ =>
                Issue(json => json["validUntil"] = value, VcJwtProfile.VcJose));
            yield return new VerifierVector($"valid from '{value}'", Verdict.Invalid, CheckName.Shape, "model.date-form", _ =>
                Issue(json => json["validFrom"] = value, VcJwtProfile.VcJose));
        }
    }

    private static IEnumerable<VerifierVector> Good()
    {
        yield return Accepted("no sub, as in the standard's samples", _ => Sign(Header(), Payload(json => json.Remove("sub")).ToJsonString()));
        yield return Accepted("nbf with a fraction", _ => Claim("nbf", $"{IssuedAt}.0"));
        yield return Accepted("nbf in exponent form", _ => Claim("nbf", "1.7776368e9"));
        yield return Accepted("valid from with a fraction that nbf drops", _ => Issue(json => json["validFrom"] = "2026-05-01T12:00:00.999Z"));
        yield return Accepted("valid from in another zone", _ => Issue(json => json["validFrom"] = "2026-05-01T05:00:00-07:00"));
        yield return Accepted("exp as it should be", _ => Claim("exp", "1893456000", "2030-01-01T00:00:00Z"));
        yield return Accepted("further claims", _ => Sign(Header(), Payload(json =>
        {
            json["aud"] = "someone";
            json["iat"] = 1;
        }).ToJsonString()));
        yield return Accepted("vc+jwt with agreeing claims", _ => Sign(Header().Replace("\"JWT\"", "\"vc+jwt\"", StringComparison.Ordinal), Payload().ToJsonString()));
        yield return Accepted("issued half a minute from now", world =>
        {
            world.Now = SampleCredential.ValidFrom.AddSeconds(-30);
            return Issue();
        });
        yield return Accepted("one second before the end", _ => Issue(json => json["validUntil"] = "2026-06-01T00:00:01Z"));
    }
}
