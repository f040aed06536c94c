using SkillBadges.Credentials.Json;

namespace SkillBadges.Credentials.JsonLd;

/// <summary>What of a tape is a document of its own: all of it, or one object, without one of its members if need be.</summary>
/// <param name="Root">The value's token.</param>
/// <param name="LeftOut">The name token of a member of the root that does not belong to it; -1 when all do.</param>
/// <param name="Context">What applies in place of the root's own <c>@context</c>; null when its own does.</param>
internal readonly record struct DocumentPart(TokenTape Tape, int Root, int LeftOut, LocalContext? Context)
{
    public DocumentPart(TokenTape tape)
        : this(tape, 0, -1, null)
    {
    }

    /// <summary>Reads a whole document as JSON-LD does.</summary>
    /// <exception cref="JsonLdException"><c>loading document failed</c>, <c>document too deep</c> or <c>document too large</c>.</exception>
    public static DocumentPart Read(TokenTape tape, ReadOnlySpan<byte> json, int depthLimit, int byteLimit)
    {
        try
        {
            tape.Read(json, depthLimit, byteLimit);
        }
        catch (MalformedException fault)
        {
            var code = fault.Code switch
            {
                TokenTape.TooDeep => JsonLdError.TooDeep,
                TokenTape.TooLarge => JsonLdError.TooLarge,
                _ => JsonLdError.LoadingDocumentFailed,
            };
            throw new JsonLdException(code, fault.Message);
        }

        return new DocumentPart(tape);
    }
}
