using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.Keys;

namespace SkillBadges.Core.Issuing.Keys;

public enum IssuerKeyState
{
    /// <summary>Signs what is issued now; one for each algorithm of an organization.</summary>
    Active,

    /// <summary>Signs nothing any more and stays published: what it signed stays valid.</summary>
    Retired,

    /// <summary>Somebody else may have it: counts for nothing but what this instance knows that it issued.</summary>
    Compromised,
}

/// <summary>
/// A key of an organization. Its id is derived from the key itself (JWK thumbprint, or the Multikey of an Ed25519 key), so it is never used again for
/// another key.
/// </summary>
/// <param name="Id">The fragment of the verification method.</param>
/// <param name="PublicJwk">The public JWK as JSON text.</param>
/// <param name="SealedPrivateKey">PKCS#8, sealed under the key-encryption key for this id.</param>
public sealed record IssuerKey(
    string Id,
    OrganizationId Organization,
    SignatureAlgorithm Algorithm,
    string PublicJwk,
    string SealedPrivateKey,
    DateTimeOffset CreatedAt)
{
    public IssuerKeyState State { get; init; } = IssuerKeyState.Active;

    /// <summary>From then on it signed nothing more.</summary>
    public DateTimeOffset? RetiredAt { get; init; }

    /// <summary>From then on others may have signed with it.</summary>
    public DateTimeOffset? CompromisedSince { get; init; }

    [JsonIgnore]
    public bool IsActive => State == IssuerKeyState.Active;

    public static IssuerKey Seal(PrivateKey key, OrganizationId organization, KeyEncryptionKey vault, DateTimeOffset now)
    {
        var id = key.Public.Fragment;
        var pkcs8 = key.ExportPkcs8();
        try
        {
            return new(id, organization, key.Algorithm, Jwk(key.Public), vault.Seal(pkcs8, Purpose(id)), now);
        }
        finally
        {
            Array.Clear(pkcs8);
        }
    }

    public PublicKey Public()
    {
        using var jwk = JsonDocument.Parse(PublicJwk);
        return PublicKey.FromJwk(jwk.RootElement);
    }

    /// <exception cref="System.Security.Cryptography.CryptographicException">Sealed under another key, or changed since.</exception>
    public PrivateKey Open(KeyEncryptionKey vault)
    {
        var pkcs8 = vault.Open(SealedPrivateKey, Purpose(Id));
        try
        {
            return PrivateKey.ImportPkcs8(pkcs8);
        }
        finally
        {
            Array.Clear(pkcs8);
        }
    }

    public IssuerKey Retire(DateTimeOffset at) => IsActive ? this with { State = IssuerKeyState.Retired, RetiredAt = at } : this;

    /// <summary>An earlier instant than the one known moves it back; a later one does not move it forward.</summary>
    public IssuerKey Compromise(DateTimeOffset since, DateTimeOffset at) => this with
    {
        State = IssuerKeyState.Compromised,
        RetiredAt = RetiredAt ?? at,
        CompromisedSince = CompromisedSince is { } known && known < since ? known : since,
    };

    private static string Purpose(string id) => $"issuer-key:{id}";

    private static string Jwk(PublicKey key)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            key.WriteJwk(json, keyId: null);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}

public static class IssuerKeyDocuments
{
    /// <summary>One active key for each algorithm: two nodes that need the first key at once make one.</summary>
    public static readonly AccessPath<IssuerKey> Active = new AccessPath<IssuerKey>("active")
        .Equal("organization", k => k.IsActive ? k.Organization.Value : null).Equal("algorithm", k => k.Algorithm.JoseName()).Unique();

    public static readonly AccessPath<IssuerKey> ByOrganization =
        new AccessPath<IssuerKey>("organization").Equal("organization", k => k.Organization.Value).OrderBy("created", k => k.CreatedAt);

    public static readonly DocumentKind<IssuerKey> Kind = new("issuer_key", k => k.Id) { Paths = [Active, ByOrganization] };
}
