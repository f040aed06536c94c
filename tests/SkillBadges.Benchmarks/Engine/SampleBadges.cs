using System.Text.Json;
using System.Text.Json.Nodes;

namespace SkillBadges.Benchmarks.Engine;

/// <summary>Unsigned Open Badges 3.0 credentials of about a wanted size, with what real ones have: rubrics, results, alignments, evidence.</summary>
internal static class SampleBadges
{
    public static byte[] OfAbout(int bytes)
    {
        var criteria = 0;
        var json = Build(criteria);
        while (json.Length < bytes)
        {
            json = Build(++criteria);
        }

        return json;
    }

    private static byte[] Build(int criteria)
    {
        const string achievement = "https://north.example/achievements/smaw-fillet/3";
        var subject = new JsonObject
        {
            ["id"] = "urn:uuid:0a4c1f8e-4a64-4a0e-9d2b-6a1f0f3f6d10",
            ["type"] = new JsonArray("AchievementSubject"),
            ["achievement"] = new JsonObject
            {
                ["id"] = achievement,
                ["type"] = new JsonArray("Achievement"),
                ["achievementType"] = "Competency",
                ["name"] = "SMAW fillet weld",
                ["description"] = "Lays sound fillet welds in the horizontal position on plate of 6 to 12 mm, to the standard of the trade.",
                ["criteria"] = new JsonObject { ["narrative"] = "Three test plates, each welded under observation, are cut, etched and measured by a certified inspector." },
                ["image"] = new JsonObject { ["id"] = achievement + "/image", ["type"] = "Image", ["caption"] = "A weld bead in cross-section" },
                ["tag"] = new JsonArray("welding", "SMAW", "fillet"),
                ["alignment"] = Many(Math.Max(1, criteria / 3), Alignment),
                ["resultDescription"] = Many(criteria, i => ResultDescription(achievement, i)),
            },
            ["result"] = Many(criteria, i => Result(achievement, i)),
        };
        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"),
            ["id"] = "https://north.example/credentials/7f3b2a10",
            ["type"] = new JsonArray("VerifiableCredential", "OpenBadgeCredential"),
            ["name"] = "SMAW fillet weld",
            ["issuer"] = new JsonObject
            {
                ["id"] = "did:web:north.example:organizations:north-high",
                ["type"] = new JsonArray("Profile"),
                ["name"] = "North High School",
                ["url"] = "https://north.example/",
                ["email"] = "badges@north.example",
            },
            ["validFrom"] = "2026-05-01T12:00:00Z",
            ["awardedDate"] = "2026-05-01T12:00:00Z",
            ["evidence"] = Many(Math.Max(1, criteria / 4), Evidence),
            ["credentialSubject"] = subject,
            ["credentialStatus"] = new JsonArray(Status("revocation"), Status("suspension")),
        });
    }

    private static JsonArray Many(int count, Func<int, JsonNode> one) => [.. Enumerable.Range(1, count).Select(one)];

    private static JsonObject Alignment(int number) => new()
    {
        ["type"] = new JsonArray("Alignment"),
        ["targetName"] = $"Welding competency {number}",
        ["targetUrl"] = $"https://state.example/frameworks/welding/{number}",
        ["targetType"] = "CFItem",
        ["targetFramework"] = "State framework for welding",
    };

    private static JsonObject ResultDescription(string achievement, int number) => new()
    {
        ["id"] = $"{achievement}#criterion-{number}",
        ["type"] = new JsonArray("ResultDescription"),
        ["name"] = $"Criterion {number}",
        ["resultType"] = "RubricCriterionLevel",
        ["rubricCriterionLevel"] = Many(3, level => new JsonObject
        {
            ["id"] = $"{achievement}#criterion-{number}-level-{level}",
            ["type"] = new JsonArray("RubricCriterionLevel"),
            ["name"] = level == 1 ? "Beginning" : level == 2 ? "Developing" : "Proficient",
            ["level"] = $"{level}",
            ["description"] = $"What is seen at level {level} of criterion {number}.",
        }),
    };

    private static JsonObject Result(string achievement, int number) => new()
    {
        ["type"] = new JsonArray("Result"),
        ["resultDescription"] = $"{achievement}#criterion-{number}",
        ["achievedLevel"] = $"{achievement}#criterion-{number}-level-3",
        ["status"] = "Completed",
    };

    private static JsonObject Evidence(int number) => new()
    {
        ["id"] = $"https://north.example/evidence/{number}",
        ["type"] = new JsonArray("Evidence"),
        ["name"] = $"Plate {number}",
        ["narrative"] = "Photographs and the inspector's sheet.",
    };

    private static JsonObject Status(string purpose) => new()
    {
        ["id"] = $"https://north.example/status/{purpose}/1#94567",
        ["type"] = "BitstringStatusListEntry",
        ["statusPurpose"] = purpose,
        ["statusListIndex"] = "94567",
        ["statusListCredential"] = $"https://north.example/status/{purpose}/1",
    };
}
