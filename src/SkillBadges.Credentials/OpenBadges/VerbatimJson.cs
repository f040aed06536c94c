using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>
/// A JSON object carried byte for byte, such as a credential that somebody else has signed: writing it anew could change what its proof covers.
/// </summary>
public sealed class VerbatimJson : IJsonObject
{
    private readonly byte[] utf8;

    /// <exception cref="MalformedException">Not one JSON object as <see cref="StrictJson"/> reads it.</exception>
    public VerbatimJson(ReadOnlySpan<byte> utf8)
    {
        this.utf8 = utf8.ToArray();
        StrictJson.ParseObject(this.utf8).Dispose();
    }

    public ReadOnlySpan<byte> Utf8 => utf8;

    // It was looked through when it was taken in.
    public void Write(Utf8JsonWriter json) => json.WriteRawValue(utf8, skipInputValidation: true);
}
