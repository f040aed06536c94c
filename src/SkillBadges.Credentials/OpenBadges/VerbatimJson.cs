using System.Text.Json;
using SkillBadges.Credentials.Json;

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
        var tape = TokenTape.Take();
        tape.ReadObject(this.utf8, StrictJson.MaxDepth);
        tape.GiveBack();
    }

    public ReadOnlySpan<byte> Utf8 => utf8;

    // It was looked through when it was taken in.
    public void Write(Utf8JsonWriter json) => json.WriteRawValue(utf8, skipInputValidation: true);
}
