using System.Text.Json;

namespace SkillBadges.Credentials.Dids;

/// <summary>The same keys as a JWK set (RFC 7517 5), for verifiers that know no DIDs; each <c>kid</c> is the DID URL of the key.</summary>
public static class JwkSet
{
    public static byte[] Write(IEnumerable<VerificationMethod> methods)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("keys");
            foreach (var method in methods)
            {
                method.Key.WriteJwk(writer, method.Id);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
