using System.Collections.Immutable;
using System.Text.Json;
using SkillBadges.Credentials.Keys;

namespace SkillBadges.Credentials.Dids;

/// <summary>Reads one document. A key that cannot be used is set aside; a document that could be read two ways is refused.</summary>
internal sealed class DidDocumentReader(string did)
{
    private const int MaxMethods = 64;

    private readonly List<VerificationMethod> methods = [];
    private readonly List<(string Id, string Code)> unusable = [];
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    internal DidDocument Read(JsonElement root)
    {
        if (CredentialMembers.Text(root, "id") is not { } id)
        {
            throw Malformed("it has no id");
        }

        if (id != did)
        {
            throw new MalformedException("did.document-of-another", "The DID document is that of another identifier.");
        }

        foreach (var method in Items(root, "verificationMethod"))
        {
            Add(method);
        }

        var assertion = ReadPurpose(root, "assertionMethod");
        var authentication = ReadPurpose(root, "authentication");
        return new DidDocument(did, [.. methods], assertion, authentication) { Unusable = [.. unusable] };
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var value))
        {
            return default;
        }

        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw Malformed($"its {name} is not an array");
    }

    private static MalformedException Malformed(string why) => new("did.document-malformed", $"The DID document cannot be used: {why}.");

    private ImmutableHashSet<string> ReadPurpose(JsonElement root, string name)
    {
        var ids = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var item in Items(root, name))
        {
            ids.Add(item.ValueKind switch
            {
                JsonValueKind.String => Absolute(item.GetString()!),
                JsonValueKind.Object => Add(item),
                _ => throw Malformed($"an entry of its {name} is neither an id nor a key"),
            });
        }

        return ids.ToImmutable();
    }

    /// <summary>Reads a method that stands in the list or in a purpose, and gives its absolute id.</summary>
    private string Add(JsonElement method)
    {
        var id = Absolute(CredentialMembers.Text(method, "id") ?? throw Malformed("a key has no id"));
        if (!seen.Add(id))
        {
            throw Malformed("two of its keys have the same id");
        }

        if (seen.Count > MaxMethods)
        {
            throw Malformed($"it has more than {MaxMethods} keys");
        }

        try
        {
            methods.Add(ReadMethod(id, method));
        }
        catch (MalformedException fault)
        {
            unusable.Add((id, fault.Code));
        }

        return id;
    }

    private VerificationMethod ReadMethod(string id, JsonElement method)
    {
        if (CredentialMembers.Text(method, "controller") != did)
        {
            throw new MalformedException("did.controlled-by-another", "The key is controlled by another identifier.");
        }

        if (!id.StartsWith(did + "#", StringComparison.Ordinal))
        {
            throw new MalformedException("did.id-of-another", "The key's id lies under another identifier.");
        }

        var (key, form) = ReadKey(method);
        return new VerificationMethod(id, key, form, Instant(method, "expires"), Instant(method, "revoked"));
    }

    private static (PublicKey Key, KeyForm Form) ReadKey(JsonElement method)
    {
        var hasMultibase = method.TryGetProperty("publicKeyMultibase", out var multibase);
        var hasJwk = method.TryGetProperty("publicKeyJwk", out var jwk);
        if (hasMultibase && hasJwk)
        {
            throw new MalformedException("key.malformed", "The key is given twice, in two forms.");
        }

        return CredentialMembers.Text(method, "type") switch
        {
            "Multikey" or "Ed25519VerificationKey2020" when hasMultibase && multibase.ValueKind == JsonValueKind.String =>
                (PublicKey.FromMultikey(multibase.GetString()!), KeyForm.Multikey),
            "JsonWebKey" or "JsonWebKey2020" when hasJwk => (PublicKey.FromJwk(jwk), KeyForm.JsonWebKey),
            _ => throw new MalformedException("key.unsupported", "The key is of a kind that is not supported."),
        };
    }

    private static DateTimeOffset? Instant(JsonElement method, string name)
    {
        if (!method.TryGetProperty(name, out _))
        {
            return null;
        }

        // An unreadable end of a key's life must not turn into a key that lives for ever.
        return CredentialMembers.Instant(method, name)
            ?? throw new MalformedException("key.malformed", $"The key's {name} is not a date and time with a time zone.");
    }

    private string Absolute(string id) => id.StartsWith('#') ? did + id : id;
}
