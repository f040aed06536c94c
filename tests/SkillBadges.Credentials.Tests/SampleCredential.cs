using System.Text;
using System.Text.Json.Nodes;

namespace SkillBadges.Credentials.Tests;

/// <summary>An Open Badges 3.0 credential as a school would issue it, for tests to change.</summary>
internal static class SampleCredential
{
    public const string Id = "https://north.example/credentials/7f3b2a10";
    public const string Issuer = "did:web:north.example:organizations:north-high";
    public const string Subject = "urn:uuid:0a4c1f8e-4a64-4a0e-9d2b-6a1f0f3f6d10";
    public const string ListUrl = "https://north.example/status/revocation/1";

    public static readonly DateTimeOffset ValidFrom = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static JsonObject Object() => (JsonObject)JsonNode.Parse("""
        {
          "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
          "id": "https://north.example/credentials/7f3b2a10",
          "type": ["VerifiableCredential", "OpenBadgeCredential"],
          "name": "SMAW fillet weld",
          "issuer": { "id": "did:web:north.example:organizations:north-high", "type": ["Profile"], "name": "North High School" },
          "validFrom": "2026-05-01T12:00:00Z",
          "credentialSubject": {
            "id": "urn:uuid:0a4c1f8e-4a64-4a0e-9d2b-6a1f0f3f6d10",
            "type": ["AchievementSubject"],
            "achievement": {
              "id": "https://north.example/achievements/smaw-fillet/3",
              "type": ["Achievement"],
              "name": "SMAW fillet weld",
              "version": "3",
              "description": "Lays sound fillet welds in the horizontal position.",
              "criteria": { "narrative": "Three test plates." },
              "creditsAvailable": 1.10,
              "resultDescription": [
                {
                  "id": "https://north.example/achievements/smaw-fillet/3#penetration",
                  "type": ["ResultDescription"],
                  "name": "Penetration",
                  "resultType": "RubricCriterionLevel",
                  "rubricCriterionLevel": [
                    { "id": "urn:level:2", "type": ["RubricCriterionLevel"], "name": "Developing", "level": "2", "description": "Needs guidance." },
                    { "id": "urn:level:3", "type": ["RubricCriterionLevel"], "name": "Proficient", "level": "3", "description": "Works alone to standard." }
                  ]
                }
              ]
            },
            "result": [
              { "type": ["Result"], "resultDescription": "https://north.example/achievements/smaw-fillet/3#penetration", "achievedLevel": "urn:level:3" }
            ]
          }
        }
        """)!;

    public static byte[] Bytes(Action<JsonObject>? change = null)
    {
        var credential = Object();
        change?.Invoke(credential);
        return Utf8(credential.ToJsonString());
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
