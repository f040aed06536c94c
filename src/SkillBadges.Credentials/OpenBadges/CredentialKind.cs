using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>Which model, of which data model version, a credential says it follows.</summary>
internal sealed record CredentialKind(CredentialModel Model, bool Older, ObjectRule? Rule)
{
    private static readonly (string Type, CredentialModel Model, string Rule)[] kinds =
    [
        ("ClrCredential", CredentialModel.ClrCredential, "ClrCredential"),
        ("OpenBadgeCredential", CredentialModel.AchievementCredential, "AchievementCredential"),
        ("AchievementCredential", CredentialModel.AchievementCredential, "AchievementCredential"),
        ("EndorsementCredential", CredentialModel.EndorsementCredential, "EndorsementCredential"),
        ("EnvelopedVerifiableCredential", CredentialModel.Unknown, "EnvelopedVerifiableCredential"),
    ];

    public static CredentialKind Of(JsonElement credential)
    {
        var older = IsOlder(credential);
        foreach (var (type, model, rule) in kinds)
        {
            if (CredentialMembers.HasType(credential, type))
            {
                return new CredentialKind(model, older, OpenBadgeRules.Named(older && type != "EnvelopedVerifiableCredential" ? rule + "v1p1" : rule));
            }
        }

        return new CredentialKind(CredentialModel.Unknown, older, older ? OpenBadgeRules.Named("VerifiableCredentialv1p1") : null);
    }

    public static bool IsOlder(JsonElement credential)
    {
        if (credential.ValueKind != JsonValueKind.Object || !credential.TryGetProperty("@context", out var context))
        {
            return false;
        }

        var first = context.ValueKind == JsonValueKind.Array && context.GetArrayLength() > 0 ? context[0] : context;
        return first.ValueKind == JsonValueKind.String && first.ValueEquals(OpenBadgeTerms.CredentialsContextV1);
    }
}
