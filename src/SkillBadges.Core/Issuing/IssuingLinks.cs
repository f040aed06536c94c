using System.Globalization;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Issuing;

/// <summary>The addresses that stand inside credentials. They are part of what is signed, so they never change.</summary>
public static class IssuingLinks
{
    private const string Credentials = "/credentials/";
    private const string StatusLists = "/status/";

    public static string Credential(this InstanceAddress address, CredentialId credential) => address.Link(Credentials + credential.Value);

    /// <summary>The page where anybody checks the credential who holds its opaque id, as a certificate's QR code does.</summary>
    public static string CheckPage(this InstanceAddress address, CredentialId credential) => address.Link($"/verify?id={Uri.EscapeDataString(credential.Value)}");

    /// <summary>The opaque part of a credential's id; null when the id is not of this instance.</summary>
    public static CredentialId? CredentialOf(this InstanceAddress address, string url)
    {
        var prefix = address.Link(Credentials);
        return url.StartsWith(prefix, StringComparison.Ordinal) && url[prefix.Length..] is { Length: > 0 and <= 64 } opaque && !opaque.Contains('/', StringComparison.Ordinal)
            ? CredentialId.From(opaque)
            : null;
    }

    /// <summary>The same at every organization that issues this version.</summary>
    public static string Achievement(this InstanceAddress address, BadgeVersionId badge) =>
        address.Link(string.Create(CultureInfo.InvariantCulture, $"/achievements/{badge.Slug}/{badge.Version}"));

    /// <summary>What a stack's own award means; the same at every organization.</summary>
    public static string StackAchievement(this InstanceAddress address, BadgeVersionId stack) =>
        address.Link(string.Create(CultureInfo.InvariantCulture, $"/achievements/stacks/{stack.Slug}/{stack.Version}"));

    public static string AchievementImage(this InstanceAddress address, BadgeVersionId badge) => $"{address.Achievement(badge)}/image.png";

    /// <summary>The page of an organization; its DID document lies below it at <c>did.json</c> (did:web, path form).</summary>
    public static string Organization(this InstanceAddress address, string slug) => address.Link($"/orgs/{slug}");

    /// <summary>The list and purpose of a status list's address; null for any other text.</summary>
    public static (StatusListId List, StatusPurpose Purpose)? StatusListOf(this InstanceAddress address, string url)
    {
        var prefix = address.Link(StatusLists);
        return url.StartsWith(prefix, StringComparison.Ordinal)
            && url[prefix.Length..].Split('/') is [{ Length: > 0 and <= 64 } list, var term]
            && StatusPurposes.FromTerm(term) is { } purpose
                ? (StatusListId.From(list), purpose)
                : null;
    }

    public static string StatusList(this InstanceAddress address, StatusListId list, StatusPurpose purpose) =>
        address.Link($"{StatusLists}{list.Value}/{purpose.Term()}");
}
