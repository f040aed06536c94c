using System.Text.Json.Serialization;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing.Endorsements;

[JsonConverter(typeof(JsonStringEnumConverter<EndorsementState>))]
public enum EndorsementState
{
    /// <summary>Recorded; it is being signed.</summary>
    [JsonStringEnumMemberName("signing")]
    Signing,

    [JsonStringEnumMemberName("issued")]
    Issued,

    /// <summary>The organization took its sign-off back; what was signed is revoked.</summary>
    [JsonStringEnumMemberName("withdrawn")]
    Withdrawn,
}

/// <summary>
/// An organization's sign-off of one badge version as a credential of its own, signed with its keys, so that it travels with awards. Like an award it is
/// recorded before it is signed.
/// </summary>
/// <param name="SignOff">Id of the sign-off; each becomes one endorsement of a version.</param>
/// <param name="SignedOffAt">When the organization gave its word.</param>
/// <param name="Payload">The unsigned credential as JSON text.</param>
public sealed record Endorsement(
    CredentialId Credential, BadgeVersionId Badge, OrganizationId Organization, string SignOff, DateTimeOffset SignedOffAt, string Payload, DateTimeOffset PreparedAt)
{
    public EndorsementState State { get; init; }

    public DateTimeOffset? WithdrawnAt { get; init; }

    [JsonIgnore]
    public RecordedPayload Recorded => new(Credential, Organization, Payload, PreparedAt);

    public Endorsement Issue() => State == EndorsementState.Signing
        ? this with { State = EndorsementState.Issued }
        : throw new InvalidOperationException($"The endorsement {Credential} is {State} already.");

    public Endorsement Withdraw(DateTimeOffset at) => State != EndorsementState.Withdrawn
        ? this with { State = EndorsementState.Withdrawn, WithdrawnAt = at }
        : throw new InvalidOperationException($"The endorsement {Credential} is withdrawn already.");
}

public static class EndorsementDocuments
{
    public static readonly AccessPath<Endorsement> ByBadge = new AccessPath<Endorsement>("badge").Equal("badge", e => e.Badge.ToString()).OrderBy("prepared", e => e.PreparedAt);

    /// <summary>A sign-off becomes one endorsement of a version, however often it is tried.</summary>
    public static readonly AccessPath<Endorsement> BySignOff = new AccessPath<Endorsement>("sign_off").Equal("badge", e => e.Badge.ToString()).Equal("sign_off", e => e.SignOff).Unique();

    public static readonly DocumentKind<Endorsement> Kind = new("endorsement", e => e.Credential.Value) { Paths = [ByBadge, BySignOff] };

    /// <summary>The endorsements of a version, as they came.</summary>
    public static async Task<IReadOnlyList<Read<Endorsement>>> EndorsementsAsync(this IDocumentStore store, BadgeVersionId badge, CancellationToken cancellationToken) =>
        (await store.QueryAsync(Kind, ByBadge.Where(badge.ToString()).Take(BadgeEndorsements.Most), cancellationToken)).Items;
}
