using SkillBadges.Credentials.Json;

namespace SkillBadges.Credentials.JsonLd;

/// <summary>A context as it is written: a value on a tape, and the IRI that what it refers to is relative to.</summary>
internal sealed class LocalContext(TokenTape tape, int token, byte[] baseIri, bool shared)
{
    private Derivation? last;

    public TokenTape Tape => tape;

    public int Token => token;

    public byte[] BaseIri => baseIri;

    /// <summary>It belongs to a <see cref="ContextLibrary"/>, so that what is compiled from it may be kept.</summary>
    public bool Shared => shared;

    /// <summary>Another value of the same tape.</summary>
    public LocalContext At(int other) => new(tape, other, baseIri, shared);

    /// <summary>What came of it the last time, if that was in the same place: nearly always the same is asked again.</summary>
    public ActiveContext? LastResult(ActiveContext active, ContextUse use) =>
        last is { } known && ReferenceEquals(known.From, active) && known.Use == use ? known.Result : null;

    public void RememberLast(ActiveContext active, ContextUse use, ActiveContext result) => last = new Derivation(active, use, result);

    private sealed record Derivation(ActiveContext From, ContextUse Use, ActiveContext Result);
}
