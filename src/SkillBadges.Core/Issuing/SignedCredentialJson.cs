using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing;

/// <summary>
/// How a signed credential is kept: what its tokens say as text instead of base64, and where they say the same, once. That deflates to a quarter, and gives back each token character for character; what would not is
/// kept as it is.
/// </summary>
internal sealed class SignedCredentialJson : JsonConverter<SignedCredential>
{
    private static readonly QuotedText quoted = new();

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
        writer.WriteStartObject();
        writer.WritePropertyName("credential"u8);
        JsonSerializer.Serialize(writer, value.Credential, options);
        writer.WriteStartArray("forms"u8);
        byte[] payload = [];
        foreach (var form in value.Forms)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, StorableText.Require(form.Name));
            writer.WriteString("keyId"u8, StorableText.Require(form.KeyId));
            WriteText(writer, form.Text, options, ref payload);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WritePropertyName("signedAt"u8);
        JsonSerializer.Serialize(writer, value.SignedAt, options);
        writer.WriteEndObject();
    }

    // As the parts of a token where those come back the same, else whole.
    private static void WriteText(Utf8JsonWriter writer, string text, JsonSerializerOptions options, ref byte[] payload)
    {
        var (first, last) = (text.IndexOf('.', StringComparison.Ordinal), text.LastIndexOf('.'));
        if (first < 0 || text.AsSpan(0, last).LastIndexOf('.') != first || TextOf(text.AsSpan(0, first)) is not { } header || TextOf(text.AsSpan(first + 1, last - first - 1)) is not { } body)
        {
            writer.WritePropertyName("text"u8);
            quoted.Write(writer, text, options);
            return;
        }

        writer.WritePropertyName("header"u8);
        QuotedText.Write(writer, header);
        if (!body.AsSpan().SequenceEqual(payload))
        {
            writer.WritePropertyName("payload"u8);
            QuotedText.Write(writer, body);
            payload = body;
        }

        writer.WriteString("signature"u8, StorableText.Require(text[(last + 1)..]));
    }

    private static string Whole(KeptForm form, string payload) => $"{Encoded(form.Header!)}.{Encoded(payload)}.{form.Signature}";

    private static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    // Null when it does not come back the same: no base64url, of another spelling, or no text.
    private static byte[]? TextOf(ReadOnlySpan<char> segment)
    {
        if (!Base64Url.IsValid(segment))
        {
            return null;
        }

        var text = Base64Url.DecodeFromChars(segment);
        var again = ArrayPool<char>.Shared.Rent(segment.Length);
        var isSame = Base64Url.TryEncodeToChars(text, again, out var length) && segment.SequenceEqual(again.AsSpan(0, length));
        ArrayPool<char>.Shared.Return(again);
        return isSame && Utf8.IsValid(text) && !text.Contains((byte)0) ? text : null;
    }

    private sealed record Kept(CredentialId Credential, IReadOnlyList<KeptForm> Forms, DateTimeOffset SignedAt);

    /// <summary>Either <see cref="Text"/>, or the parts of a token.</summary>
    private sealed record KeptForm(string Name, string KeyId)
    {
        public string? Text { get; init; }

        public string? Header { get; init; }

        /// <summary>Absent where it is that of the form before.</summary>
        public string? Payload { get; init; }

        public string? Signature { get; init; }
    }
}
