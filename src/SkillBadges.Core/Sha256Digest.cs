using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SkillBadges.Core;

/// <summary>A SHA-256 digest as 64 lower-case hexadecimal digits.</summary>
[JsonConverter(typeof(JsonText))]
public readonly record struct Sha256Digest
{
    private readonly string? hex;

    private Sha256Digest(string hex) => this.hex = hex;

    public string Hex => hex ?? throw new InvalidOperationException("An empty digest was read.");

    public static Sha256Digest Of(ReadOnlySpan<byte> bytes) => FromBytes(SHA256.HashData(bytes));

    public static Sha256Digest FromBytes(ReadOnlySpan<byte> digest) =>
        digest.Length == SHA256.HashSizeInBytes
            ? new(Convert.ToHexStringLower(digest))
            : throw new ArgumentException("A SHA-256 digest has 32 bytes.", nameof(digest));

    /// <summary>Reads 64 lower-case hexadecimal digits; false for anything else.</summary>
    public static bool TryParse(string? text, out Sha256Digest digest)
    {
        var valid = text is { Length: 64 } && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
        digest = valid ? new(text!) : default;
        return valid;
    }

    public byte[] ToBytes() => Convert.FromHexString(Hex);

    public override string ToString() => Hex;

    private sealed class JsonText : JsonConverter<Sha256Digest>
    {
        public override Sha256Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var digest) ? digest : throw new JsonException("Not a SHA-256 digest.");

        public override void Write(Utf8JsonWriter writer, Sha256Digest value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Hex);
    }
}
