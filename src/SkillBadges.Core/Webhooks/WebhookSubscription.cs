using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.Core.Webhooks;

/// <summary>Where another system wants to be told of what happens at an organization.</summary>
/// <param name="Types">Of <see cref="WebhookTypes.All"/>.</param>
/// <param name="SealedSecret">Signs what is sent; shown once.</param>
public sealed record WebhookSubscription(string Id, OrganizationId Organization, string Url, ImmutableArray<string> Types, string SealedSecret, DateTimeOffset CreatedAt)
{
    public const int MaxPerOrganization = 20;
    public const int SecretBytes = 32;
    private const int MaxUrl = 500;

    public DateTimeOffset? EndedAt { get; init; }

    public static string PurposeOf(string id) => $"webhook:{id}";

    /// <summary>Who may be reached: public https; or, while our own address is loopback, http there.</summary>
    public static EgressPolicy Policy(InstanceAddress address, Uri url) =>
        new(address.IsLoopback && url is { Scheme: "http", IsLoopback: true } ? [url.GetLeftPart(UriPartial.Authority)] : [], onlyHosts: null);

    /// <exception cref="RefusedException"><c>webhook.url</c> or <c>webhook.types</c>.</exception>
    public static WebhookSubscription Make(OrganizationId organization, string url, IReadOnlyCollection<string> types, byte[] secret, KeyEncryptionKey vault, InstanceAddress address, DateTimeOffset now)
    {
        if (url.Length > MaxUrl || !StorableText.IsStorable(url) || !Uri.TryCreate(url, UriKind.Absolute, out var where) || Policy(address, where).Refuses(where) is not null)
        {
            throw Refused.Invalid("webhook.url", "A webhook is told at an https address of the public Internet, without a user name.");
        }

        if (types.Count == 0 || types.Distinct(StringComparer.Ordinal).Count() != types.Count || !types.All(WebhookTypes.All.Contains))
        {
            throw Refused.Invalid("webhook.types", $"A webhook is told of one or more of {string.Join(", ", WebhookTypes.All)}.");
        }

        var id = NewId.Ordered(now);
        return new(id, organization, where.AbsoluteUri, [.. types], vault.Seal(secret, PurposeOf(id)), now);
    }
}

public static class WebhookTypes
{
    public const string AwardIssued = "award.issued";

    /// <summary>Taken back, put on hold or released.</summary>
    public const string AwardStatusChanged = "award.status-changed";

    /// <summary>A badge from elsewhere that a school recognized fell, was put on hold or stands again.</summary>
    public const string RecognitionChanged = "recognition.changed";

    /// <summary>A badge behind a claim of college credit was taken back, put on hold or stands again.</summary>
    public const string ClaimChanged = "claim.changed";

    public static readonly ImmutableArray<string> All = [AwardIssued, AwardStatusChanged, RecognitionChanged, ClaimChanged];
}

/// <summary>Standard Webhooks 1.0.0: <c>v1,</c> and the base64 of HMAC-SHA256 over <c>{id}.{timestamp}.{body}</c>.</summary>
public static class WebhookSignature
{
    public static string Of(byte[] secret, string id, long timestamp, string body) =>
        $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{id}.{timestamp}.{body}"))))}";

    /// <summary>As the receiver's library takes it.</summary>
    public static string Shown(byte[] secret) => $"whsec_{Convert.ToBase64String(secret)}";
}
