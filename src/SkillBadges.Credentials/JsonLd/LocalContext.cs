namespace SkillBadges.Credentials.JsonLd;

/// <summary>A context as it is written: a value on a tape, and the IRI that what it refers to is relative to.</summary>
/// <param name="Shared">It belongs to a <see cref="ContextLibrary"/>, so that what is compiled from it may be kept.</param>
internal sealed record LocalContext(TokenTape Tape, int Token, byte[] BaseIri, bool Shared);
