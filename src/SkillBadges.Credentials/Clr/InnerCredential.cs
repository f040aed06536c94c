using System.Runtime.InteropServices;
using System.Text.Json;
using SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.Credentials.Clr;

/// <summary>
/// A credential inside a record, as its own issuer signed it: the exact bytes of a JSON object, or a JWT in an envelope
/// (VCDM 2.0, REC 2025-05-15, 4.13). It is verified by itself; the record's proof says only that it was put there.
/// </summary>
public sealed class InnerCredential : IJsonObject
{
    private const string Envelope = "EnvelopedVerifiableCredential";

    private readonly VerbatimJson? signedJson;

    private InnerCredential(VerbatimJson json) => signedJson = json;

    private InnerCredential(string jwt) => Jwt = jwt;

    /// <summary>The JWT, null when the credential is a JSON object.</summary>
    public string? Jwt { get; }

    /// <summary>The JSON object's bytes, empty when the credential is a JWT.</summary>
    public ReadOnlySpan<byte> Json => signedJson is null ? [] : signedJson.Utf8;

    /// <exception cref="MalformedException">Not one JSON object as <see cref="StrictJson"/> reads it.</exception>
    public static InnerCredential OfJson(ReadOnlySpan<byte> utf8) => new(new VerbatimJson(utf8));

    /// <exception cref="MalformedException"><c>clr.inner-jwt</c>: not a JWS in compact form.</exception>
    public static InnerCredential OfJwt(string jwt) => ValueForms.IsCompactJws(jwt)
        ? new InnerCredential(jwt)
        : throw new MalformedException("clr.inner-jwt", "A credential in an envelope is a JWS in compact form.");

    /// <summary>The credentials of a record's <c>credentialSubject.verifiableCredential</c>, in order.</summary>
    /// <param name="record">The record, from <see cref="StrictJson"/>.</param>
    /// <exception cref="MalformedException"><c>clr.inner-kind</c> or <c>clr.inner-jwt</c>: an entry that is no credential and no envelope of a JWT.</exception>
    public static IReadOnlyList<InnerCredential> Of(JsonElement record)
    {
        var subject = CredentialMembers.Values(record, "credentialSubject").FirstOrDefault();
        return [.. CredentialMembers.Values(subject, "verifiableCredential").Select(One)];
    }

    public void Write(Utf8JsonWriter json)
    {
        if (signedJson is not null)
        {
            signedJson.Write(json);
            return;
        }

        json.WriteStartObject();
        json.Members("@context", [OpenBadgeTerms.CredentialsContext]);
        json.Member("id", "data:application/vc+jwt," + Jwt);
        json.Members("type", [Envelope]);
        json.WriteEndObject();
    }

    private static InnerCredential One(JsonElement entry)
    {
        if (entry.ValueKind == JsonValueKind.String)
        {
            return OfJwt(entry.GetString()!);
        }

        if (entry.ValueKind != JsonValueKind.Object)
        {
            throw new MalformedException("clr.inner-kind", "A record holds credentials only.");
        }

        if (!CredentialMembers.HasType(entry, Envelope))
        {
            return OfJson(JsonMarshal.GetRawUtf8Value(entry));
        }

        // RFC 2397: what comes before the first comma is the media type. Other media types are credentials that nobody here can verify.
        var id = CredentialMembers.Text(entry, "id") ?? "";
        var comma = id.IndexOf(',', StringComparison.Ordinal);
        return comma > 0 && id[..comma].ToLowerInvariant() is "data:application/vc+jwt" or "data:application/vc-ld+jwt" or "data:application/jwt"
            ? OfJwt(id[(comma + 1)..])
            : throw new MalformedException("clr.inner-kind", "The envelope holds something else than a JWT credential.");
    }
}
