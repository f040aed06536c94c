using System.Text;
using SkillBadges.Credentials.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>Which model, of which data model version, a credential says it follows.</summary>
internal sealed record CredentialKind(CredentialModel Model, bool Older, ObjectRule? Rule)
{
    private static readonly byte[] olderContext = Encoding.UTF8.GetBytes(OpenBadgeTerms.CredentialsContextV1);

    private static readonly (byte[] Type, CredentialModel Model, string Rule)[] kinds =
    [
        ([.. "ClrCredential"u8], CredentialModel.ClrCredential, "ClrCredential"),
        ([.. "OpenBadgeCredential"u8], CredentialModel.AchievementCredential, "AchievementCredential"),
        ([.. "AchievementCredential"u8], CredentialModel.AchievementCredential, "AchievementCredential"),
        ([.. "EndorsementCredential"u8], CredentialModel.EndorsementCredential, "EndorsementCredential"),
        ([.. "EnvelopedVerifiableCredential"u8], CredentialModel.Unknown, "EnvelopedVerifiableCredential"),
    ];

    public static CredentialKind Of(TapeValue credential)
    {
        var older = IsOlder(credential);
        var types = credential.Find("type"u8);
        foreach (var (type, model, rule) in kinds)
        {
            if (types.Holds(type))
            {
                return new CredentialKind(model, older, OpenBadgeRules.Named(older && rule != "EnvelopedVerifiableCredential" ? rule + "v1p1" : rule));
            }
        }

        return new CredentialKind(CredentialModel.Unknown, older, older ? OpenBadgeRules.Named("VerifiableCredentialv1p1") : null);
    }

    public static bool IsOlder(TapeValue credential)
    {
        foreach (var context in credential.Find("@context"u8).Items)
        {
            // The first tells the version.
            return context.Is(olderContext);
        }

        return false;
    }
}
