using System.Text.Json;
using SkillBadges.Credentials;

namespace SkillBadges.App.Conformance;

/// <summary>A suite's wish to set a status: <c>{credentialId, credentialStatus: {type, statusPurpose}, status}</c>; without <c>status</c> it is set.</summary>
internal sealed record StatusChange(string CredentialId, string Purpose, bool IsSet)
{
    /// <exception cref="Http.RequestRefusedException"><c>conformance.refused</c>, 400.</exception>
    public static StatusChange Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var body = StrictJson.ParseObject(bytes);
            var root = body.RootElement;
            var purpose = root.TryGetProperty("credentialStatus", out var status) ? Text(status, "statusPurpose") : null;
            var isSet = !root.TryGetProperty("status", out var wish) || wish.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => throw ConformanceProfile.Refused("request", "status is true or false."),
            };
            return Text(root, "credentialId") is { } id && SuiteStatusLists.Purposes.Contains(purpose)
                ? new(id, purpose!, isSet)
                : throw ConformanceProfile.Refused("request", "The body needs credentialId, and credentialStatus with a statusPurpose of revocation or suspension.");
        }
        catch (MalformedException fault)
        {
            throw ConformanceProfile.Refused(fault.Code, fault.Message);
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
