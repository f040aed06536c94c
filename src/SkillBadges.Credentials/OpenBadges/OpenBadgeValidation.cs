using System.Text;
using SkillBadges.Credentials.Json;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>
/// Checks a badge, an endorsement or a learner record against what the published JSON Schemas say and what the text says beyond them.
/// Signatures, status and dates against a clock are not looked at. Bounds: the depth of <see cref="StrictJson"/>, 100 faults; the caller bounds the size.
/// </summary>
public static class OpenBadgeValidation
{
    private static readonly byte[] extensionsContext = Encoding.UTF8.GetBytes(OpenBadgeTerms.ExtensionsContext);

    public static ValidationReport Check(ReadOnlyMemory<byte> utf8)
    {
        var tape = TokenTape.Take();
        try
        {
            tape.Read(utf8.Span, StrictJson.MaxDepth, int.MaxValue);
            return Check(tape);
        }
        catch (MalformedException fault)
        {
            return Only(fault.Code, fault.Message);
        }
        finally
        {
            tape.GiveBack();
        }
    }

    /// <summary>The same for a document that has been read for its proofs.</summary>
    public static ValidationReport Check(SecuredDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Check(document.Tape);
    }

    internal static ValidationReport Check(TokenTape tape)
    {
        if (tape.Depth > StrictJson.MaxDepth)
        {
            return Only(TokenTape.TooDeep, $"The JSON is nested more than {StrictJson.MaxDepth} levels deep.");
        }

        var credential = new TapeValue(tape, 0);
        if (!credential.IsObject)
        {
            return Only("model.wrong-kind", "A credential is a JSON object.");
        }

        var kind = CredentialKind.Of(credential);
        if (kind.Model == CredentialModel.Unknown)
        {
            var type = credential.Find("type"u8);
            var code = !type.Exists ? "model.missing" : type.Kind == TokenKind.Null ? "model.null" : "model.type";
            return Only(code, "The type is none of OpenBadgeCredential, EndorsementCredential and ClrCredential.", "/type") with { OlderDataModel = kind.Older };
        }

        var log = new FaultLog();
        new ShapeCheck(log).Object(credential, kind.Rule!);
        SafeModeNotes(log, credential);
        return new ValidationReport(kind.Model, kind.Older, log.Faults, log.Notes);
    }

    // Terms that the named contexts do not define make signing and verifying in safe mode fail, though no schema objects.
    private static void SafeModeNotes(FaultLog log, TapeValue credential)
    {
        var isExtended = IsExtended(credential.Find("credentialSchema"u8)) || IsExtended(credential.Find("credentialStatus"u8))
            || IsExtended(credential.Find("refreshService"u8));
        if (isExtended && !credential.Find("@context"u8).Holds(extensionsContext))
        {
            log.Note("model.context-lacks-extensions", $"Types that start with 1EdTech are defined in {OpenBadgeTerms.ExtensionsContext} only.");
        }

        if (credential.Find("proof"u8).Exists && credential.Find("endorsementJwt"u8).Exists)
        {
            log.Note("model.endorsement-jwt-embedded", "Most verifiers do not know endorsementJwt in a credential with an embedded proof.");
        }
    }

    private static bool IsExtended(TapeValue oneOrMany)
    {
        foreach (var value in oneOrMany.Items)
        {
            if (value.Find("type"u8) is { IsString: true } type && type.Text.StartsWith("1EdTech"u8))
            {
                return true;
            }
        }

        return false;
    }

    private static ValidationReport Only(string code, string message, string path = "") =>
        new(CredentialModel.Unknown, OlderDataModel: false, [new ValidationFault(path, code, message)], []);
}
