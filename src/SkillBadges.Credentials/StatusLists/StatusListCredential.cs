using System.Collections.Immutable;
using System.Text.Json;

namespace SkillBadges.Credentials.StatusLists;

/// <summary>
/// A credential whose subject is a status list (Bitstring Status List 1.0, 2.2). Written unsigned, to be signed like any other;
/// read from a payload whose signature was checked by whoever calls.
/// </summary>
/// <param name="Id">The URL under which the list is served.</param>
/// <param name="TimeToLive">How long a reader may keep it; does not outlast <paramref name="ValidUntil"/>.</param>
public sealed record StatusListCredential(
    string Id,
    string IssuerId,
    ImmutableArray<string> Purposes,
    string EncodedList,
    DateTimeOffset? ValidFrom,
    DateTimeOffset? ValidUntil,
    TimeSpan? TimeToLive)
{
    public const string TypeName = "BitstringStatusListCredential";

    private const string SubjectTypeName = "BitstringStatusList";

    /// <summary>The unsigned credential as JSON.</summary>
    public byte[] Write()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("@context");
            writer.WriteStringValue("https://www.w3.org/ns/credentials/v2");
            writer.WriteEndArray();
            writer.WriteString("id", Id);
            writer.WriteStartArray("type");
            writer.WriteStringValue("VerifiableCredential");
            writer.WriteStringValue(TypeName);
            writer.WriteEndArray();
            writer.WriteString("issuer", IssuerId);
            WriteInstant(writer, "validFrom", ValidFrom);
            WriteInstant(writer, "validUntil", ValidUntil);
            WriteSubject(writer);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Reads the list credential; what a verifier must compare with the entry is left to it.</summary>
    /// <exception cref="MalformedException"><c>status.list-malformed</c>.</exception>
    public static StatusListCredential Read(JsonElement credential)
    {
        if (!CredentialMembers.HasType(credential, TypeName) || !CredentialMembers.HasType(credential, "VerifiableCredential"))
        {
            throw Malformed("it is not a status list credential");
        }

        if (!credential.TryGetProperty("credentialSubject", out var subject) || !CredentialMembers.HasType(subject, SubjectTypeName))
        {
            throw Malformed("its subject is not a status list");
        }

        ImmutableArray<string> purposes = [.. CredentialMembers.Values(subject, "statusPurpose").Select(purpose =>
            purpose.ValueKind == JsonValueKind.String ? purpose.GetString()! : throw Malformed("a purpose is not text"))];
        if (purposes.Length == 0)
        {
            throw Malformed("it has no purpose");
        }

        return new StatusListCredential(
            CredentialMembers.Text(credential, "id") ?? throw Malformed("it has no id"),
            CredentialMembers.IssuerId(credential) ?? throw Malformed("it has no issuer"),
            purposes,
            CredentialMembers.Text(subject, "encodedList") ?? throw Malformed("it has no list"),
            ReadInstant(credential, "validFrom"),
            ReadInstant(credential, "validUntil"),
            ReadTimeToLive(subject));
    }

    private void WriteSubject(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("credentialSubject");
        writer.WriteString("id", $"{Id}#list");
        writer.WriteString("type", SubjectTypeName);
        if (Purposes.Length == 1)
        {
            writer.WriteString("statusPurpose", Purposes[0]);
        }
        else
        {
            writer.WriteStartArray("statusPurpose");
            foreach (var purpose in Purposes)
            {
                writer.WriteStringValue(purpose);
            }

            writer.WriteEndArray();
        }

        writer.WriteString("encodedList", EncodedList);
        if (TimeToLive is { } timeToLive)
        {
            writer.WriteNumber("ttl", (long)timeToLive.TotalMilliseconds);
        }

        writer.WriteEndObject();
    }

    private static void WriteInstant(Utf8JsonWriter writer, string name, DateTimeOffset? instant)
    {
        if (instant is { } known)
        {
            writer.WriteString(name, DateTimeStamp.Format(known));
        }
    }

    private static DateTimeOffset? ReadInstant(JsonElement credential, string name)
    {
        if (!credential.TryGetProperty(name, out _))
        {
            return null;
        }

        return CredentialMembers.Instant(credential, name) ?? throw Malformed($"its {name} is not a date and time with a time zone");
    }

    private static TimeSpan? ReadTimeToLive(JsonElement subject)
    {
        if (!subject.TryGetProperty("ttl", out var ttl))
        {
            return null;
        }

        return ttl.ValueKind == JsonValueKind.Number && ttl.TryGetInt64(out var milliseconds) && milliseconds is >= 0 and <= uint.MaxValue
            ? TimeSpan.FromMilliseconds(milliseconds)
            : throw Malformed("its time to live is not a number of milliseconds");
    }

    private static MalformedException Malformed(string why) => new("status.list-malformed", $"The status list cannot be used: {why}.");
}
