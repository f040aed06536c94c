using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.OneRoster.Clients;

/// <summary>What a client may read; the names of OneRoster 1.2 (security framework, final 2022-09-19).</summary>
public static class RosterScopes
{
    public const string Roster = "https://purl.imsglobal.org/spec/or/v1p2/scope/roster.readonly";
    public const string RosterCore = "https://purl.imsglobal.org/spec/or/v1p2/scope/roster-core.readonly";
    public const string Gradebook = "https://purl.imsglobal.org/spec/or/v1p2/scope/gradebook.readonly";

    public static readonly ImmutableArray<string> All = [Roster, RosterCore, Gradebook];
}

/// <summary>
/// Another system that may read one source of one organization. Its secret has 256 random bits, is shown once and kept as its SHA-256.
/// </summary>
/// <param name="Id">The OAuth <c>client_id</c>.</param>
public sealed record RosterClient(string Id, OrganizationId Organization, string SourceName, string Name, ImmutableArray<string> Scopes, string SecretHash, PersonId CreatedBy, DateTimeOffset CreatedAt)
{
    public const int MaxNameLength = 200;

    public DateTimeOffset? RevokedAt { get; init; }

    public RosterSource Source => new(Organization, SourceName);

    /// <exception cref="RefusedException"><c>roster-client.name</c>, <c>roster-client.scopes</c>, <c>oneroster.source</c>.</exception>
    public static RosterClient Register(OrganizationId organization, string sourceName, string name, ImmutableArray<string> scopes, string secret, PersonId by, DateTimeOffset at)
    {
        RosterSource.Of(organization, sourceName);
        return scopes.Length > 0 && scopes.All(scope => RosterScopes.All.Contains(scope)) && scopes.Distinct().Count() == scopes.Length
            ? new(NewId.Random(), organization, sourceName, DisplayText.Require(name, MaxNameLength, "roster-client.name"), scopes, HashOf(secret), by, at)
            : throw Refused.Invalid("roster-client.scopes", $"Name one or more of these scopes, each once: {string.Join(", ", RosterScopes.All)}.");
    }

    public bool Knows(string secret) => RevokedAt is null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(HashOf(secret)), Encoding.ASCII.GetBytes(SecretHash));

    public RosterClient Revoke(DateTimeOffset at) => RevokedAt is null ? this with { RevokedAt = at } : this;

    private static string HashOf(string secret) => Sha256Digest.Of(Encoding.UTF8.GetBytes(secret)).Hex;
}

public static class RosterClientDocuments
{
    public static readonly AccessPath<RosterClient> ByOrganization = new AccessPath<RosterClient>("organization").Equal("organization", c => c.Organization.Value).OrderBy("created", c => c.CreatedAt);

    public static readonly DocumentKind<RosterClient> Kind = new("roster_client", c => c.Id) { Paths = [ByOrganization] };
}
