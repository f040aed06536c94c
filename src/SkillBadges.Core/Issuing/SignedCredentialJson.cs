using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing;

/// <summary>
/// How a signed credential is kept: what its tokens say as text instead of base64, and where they say the same, once. That deflates to a quarter, and gives back each token character for character; what would not is
/// kept as it is.
/// </summary>
internal sealed class SignedCredentialJson : JsonConverter<SignedCredential>
{
    private static readonly UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public override SignedCredential Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var kept = JsonSerializer.Deserialize<Kept>(ref reader, options)!;
        var forms = new List<SignedForm>(kept.Forms.Count);
        var payload = "";
        foreach (var form in kept.Forms)
        {
            payload = form.Payload ?? payload;
            forms.Add(new(form.Name, form.KeyId, form.Text ?? Whole(form, payload)));
        }

        return new(kept.Credential, [.. forms], kept.SignedAt);
    }

    public override void Write(Utf8JsonWriter writer, SignedCredential value, JsonSerializerOptions options)
    {
        var forms = new List<KeptForm>(value.Forms.Length);
        var payload = "";
        foreach (var form in value.Forms)
        {
            var kept = Apart(form) ?? new KeptForm(form.Name, form.KeyId) { Text = form.Text };
            forms.Add(kept.Payload == payload ? kept with { Payload = null } : kept);
            payload = kept.Payload ?? payload;
        }

        JsonSerializer.Serialize(writer, new Kept(value.Credential, forms, value.SignedAt), options);
    }

    private static KeptForm? Apart(SignedForm form) =>
        form.Text.Split('.') is [var header, var payload, var signature] && TextOf(header) is { } head && TextOf(payload) is { } body
            ? new(form.Name, form.KeyId) { Header = head, Payload = body, Signature = signature }
            : null;

    private static string Whole(KeptForm form, string payload) => $"{Encoded(form.Header!)}.{Encoded(payload)}.{form.Signature}";

    private static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    // Null when it does not come back the same: no base64url, of another spelling, or no text.
    private static string? TextOf(string segment)
    {
        try
        {
            var text = strict.GetString(Base64Url.DecodeFromChars(segment));
            return StorableText.IsStorable(text) && Encoded(text) == segment ? text : null;
        }
        catch (Exception other) when (other is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }

    private sealed record Kept(CredentialId Credential, IReadOnlyList<KeptForm> Forms, DateTimeOffset SignedAt);

    /// <summary>Either <see cref="Text"/>, or the parts of a token.</summary>
    private sealed record KeptForm(string Name, string KeyId)
    {
        [JsonConverter(typeof(QuotedText))]
        public string? Text { get; init; }

        [JsonConverter(typeof(QuotedText))]
        public string? Header { get; init; }

        /// <summary>Absent where it is that of the form before.</summary>
        [JsonConverter(typeof(QuotedText))]
        public string? Payload { get; init; }

        public string? Signature { get; init; }
    }
}
