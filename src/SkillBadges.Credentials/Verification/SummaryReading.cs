using System.Collections.Immutable;
using System.Text.Json;

namespace SkillBadges.Credentials.Verification;

/// <summary>Reads a summary out of a credential of any model; what is absent or misshapen stays empty.</summary>
internal static class SummaryReading
{
    // A summary is for people; a hostile credential must not make it long.
    private const int MostItems = 100;

    internal static CredentialSummary Read(JsonElement credential)
    {
        var issuer = Member(credential, "issuer");
        var subject = First(credential, "credentialSubject");
        var achievement = First(subject, "achievement");
        return new CredentialSummary(
            CredentialMembers.Text(credential, "id"),
            Texts(CredentialMembers.Values(credential, "type")),
            Text(credential, "name"),
            CredentialMembers.IssuerId(credential),
            Text(issuer, "name"),
            CredentialMembers.SubjectId(credential),
            CredentialMembers.Text(achievement, "id"),
            Text(achievement, "name"),
            CredentialMembers.Text(achievement, "version"),
            Text(achievement, "description"),
            [.. CredentialMembers.Values(subject, "result").Take(MostItems).Select(result => Result(result, achievement))],
            CredentialDates.ValidFrom(credential),
            CredentialDates.ValidUntil(credential),
            CredentialMembers.Instant(credential, "awardedDate"),
            Texts(CredentialMembers.Values(credential, "evidence").Select(evidence => Member(evidence, "id"))));
    }

    private static ResultSummary Result(JsonElement result, JsonElement achievement)
    {
        var description = WithId(CredentialMembers.Values(achievement, "resultDescription"), CredentialMembers.Text(result, "resultDescription"));
        var levelId = CredentialMembers.Text(result, "achievedLevel");
        var level = WithId(CredentialMembers.Values(description, "rubricCriterionLevel"), levelId);
        return new ResultSummary(
            Text(description, "name"),
            levelId,
            Text(level, "name"),
            Text(level, "description"),
            CredentialMembers.Text(result, "value"),
            CredentialMembers.Text(result, "status"));
    }

    private static JsonElement WithId(IEnumerable<JsonElement> items, string? id) =>
        id is null ? default : items.FirstOrDefault(item => CredentialMembers.Text(item, "id") == id);

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    private static JsonElement First(JsonElement element, string name) => CredentialMembers.Values(element, name).FirstOrDefault();

    /// <summary>A text, or the first text of a language map, which is what other issuers write.</summary>
    private static string? Text(JsonElement element, string name)
    {
        var value = Member(element, name);
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Object => CredentialMembers.Text(value, "@value"),
            JsonValueKind.Array => CredentialMembers.Text(First(element, name), "@value"),
            _ => null,
        };
    }

    private static ImmutableArray<string> Texts(IEnumerable<JsonElement> values) =>
        [.. values.Where(value => value.ValueKind == JsonValueKind.String).Take(MostItems).Select(value => value.GetString()!)];
}
