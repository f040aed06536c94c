using System.Collections.Immutable;
using System.Text.Json;

namespace SkillBadges.Credentials.StatusLists;

/// <summary>
/// 1EdTech Revocation List Status Method 1.0 (2024-04-05): a plain JSON list of the ids that an issuer has revoked. It is signed by nobody; what makes
/// it count is that the credential, which is signed, names its URL, and that it was fetched from there over https.
/// </summary>
/// <param name="Id">The URL under which it is served.</param>
public sealed record RevokedIdList(string Id, string IssuerId, ImmutableArray<string> Revoked)
{
    public const string TypeName = "1EdTechRevocationList";

    /// <exception cref="MalformedException"><c>status.list-malformed</c>, or the codes of <see cref="StrictJson.Parse"/>.</exception>
    public static RevokedIdList Read(ReadOnlyMemory<byte> json)
    {
        using var document = StrictJson.ParseObject(json);
        var root = document.RootElement;
        return new RevokedIdList(
            CredentialMembers.Text(root, "id") ?? throw Malformed("it has no id"),
            CredentialMembers.IssuerId(root) ?? throw Malformed("it has no issuer"),
            [.. CredentialMembers.Values(root, "revokedCredential").Select(Entry).OfType<string>()]);
    }

    /// <summary>Ids are compared without escapes and outer space, as the standard compares credentials: a spelling must not save one from its revocation.</summary>
    public bool Holds(string credentialId) => Revoked.Contains(Plain(credentialId), StringComparer.Ordinal);

    /// <summary>The id of a revoked credential; null when the entry says that it is not.</summary>
    private static string? Entry(JsonElement entry)
    {
        var id = CredentialMembers.Text(entry, "id") ?? throw Malformed("an entry has no id");
        var isRevoked = !entry.TryGetProperty("revoked", out var revoked) || revoked.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Malformed("an entry says neither that it is revoked nor that it is not"),
        };
        return isRevoked ? Plain(id) : null;
    }

    private static string Plain(string id) => Uri.UnescapeDataString(id).Trim();

    private static MalformedException Malformed(string why) => new("status.list-malformed", $"The list of revoked credentials cannot be used: {why}.");
}
