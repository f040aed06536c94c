using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
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

    // Member by member: the serializer would go over the long texts three times, to find where the object ends, to pass over what its constructor does not take, and to read them.
    public override SignedCredential Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        (CredentialId? credential, DateTimeOffset? signedAt) = (null, null);
        ImmutableArray<SignedForm> forms = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("credential"u8))
            {
                reader.Read();
                credential = JsonSerializer.Deserialize<CredentialId>(ref reader, options);
            }
            else if (reader.ValueTextEquals("forms"u8))
            {
                forms = ReadForms(ref reader);
            }
            else if (reader.ValueTextEquals("signedAt"u8))
            {
                reader.Read();
                signedAt = JsonSerializer.Deserialize<DateTimeOffset>(ref reader, options);
            }
            else
            {
                reader.Skip();
            }
        }

        return credential is { } known && signedAt is { } at ? new(known, forms, at) : throw new JsonException("A signed credential has an id and the instant of signing.");
    }

    private static ImmutableArray<SignedForm> ReadForms(ref Utf8JsonReader reader)
    {
        reader.Read();
        var (forms, payload) = (ImmutableArray.CreateBuilder<SignedForm>(), "");
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var form = ReadForm(ref reader);
            payload = form.Payload ?? payload;
            forms.Add(new(form.Name, form.KeyId, form.Text ?? Whole(form, payload)));
        }

        return forms.DrainToImmutable();
    }

    private static KeptForm ReadForm(ref Utf8JsonReader reader)
    {
        var form = new KeptForm();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "name":
                    form.Name = reader.GetString()!;
                    break;
                case "keyId":
                    form.KeyId = reader.GetString()!;
                    break;
                case "text":
                    form.Text = reader.GetString();
                    break;
                case "header":
                    form.Header = reader.GetString();
                    break;
                case "payload":
                    form.Payload = reader.GetString();
                    break;
                case "signature":
                    form.Signature = reader.GetString();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return form;
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

    /// <summary>Either <see cref="Text"/>, or the parts of a token.</summary>
    private record struct KeptForm
    {
        public string Name { get; set; }

        public string KeyId { get; set; }

        public string? Text { get; set; }

        public string? Header { get; set; }

        /// <summary>Absent where it is that of the form before.</summary>
        public string? Payload { get; set; }

        public string? Signature { get; set; }
    }
}
