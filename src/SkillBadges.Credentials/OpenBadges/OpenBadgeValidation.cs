using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>
/// Checks a badge, an endorsement or a learner record against what the published JSON Schemas say and what the text says beyond them.
/// Signatures, status and dates against a clock are not looked at. Bounds: the depth of <see cref="StrictJson"/>, 100 faults; the caller bounds the size.
/// </summary>
public static class OpenBadgeValidation
{
    public static ValidationReport Check(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = StrictJson.Parse(utf8);
            return Check(document.RootElement);
        }
        catch (MalformedException fault)
        {
            return Only(fault.Code, fault.Message);
        }
    }

    /// <param name="credential">From <see cref="StrictJson"/>.</param>
    public static ValidationReport Check(JsonElement credential)
    {
        if (credential.ValueKind != JsonValueKind.Object)
        {
            return Only("model.wrong-kind", "A credential is a JSON object.");
        }

        var kind = CredentialKind.Of(credential);
        if (kind.Model == CredentialModel.Unknown)
        {
            var code = !credential.TryGetProperty("type", out var type) ? "model.missing" : type.ValueKind == JsonValueKind.Null ? "model.null" : "model.type";
            return Only(code, "The type is none of OpenBadgeCredential, EndorsementCredential and ClrCredential.", "/type") with { OlderDataModel = kind.Older };
        }

        var log = new FaultLog();
        new ShapeCheck(log).Object(credential, kind.Rule!);
        SafeModeNotes(log, credential);
        return new ValidationReport(kind.Model, kind.Older, log.Faults, log.Notes);
    }

    // Terms that the named contexts do not define make signing and verifying in safe mode fail, though no schema objects.
    private static void SafeModeNotes(FaultLog log, JsonElement credential)
    {
        var extended = CredentialMembers.Values(credential, "credentialSchema")
            .Concat(CredentialMembers.Values(credential, "credentialStatus"))
            .Concat(CredentialMembers.Values(credential, "refreshService"))
            .Any(value => CredentialMembers.Text(value, "type")?.StartsWith("1EdTech", StringComparison.Ordinal) == true);
        if (extended && !CredentialMembers.Values(credential, "@context").Any(context => CredentialMembers.HasText(context, OpenBadgeTerms.ExtensionsContext)))
        {
            log.Note("model.context-lacks-extensions", $"Types that start with 1EdTech are defined in {OpenBadgeTerms.ExtensionsContext} only.");
        }

        if (credential.TryGetProperty("proof", out _) && credential.TryGetProperty("endorsementJwt", out _))
        {
            log.Note("model.endorsement-jwt-embedded", "Most verifiers do not know endorsementJwt in a credential with an embedded proof.");
        }
    }

    private static ValidationReport Only(string code, string message, string path = "") =>
        new(CredentialModel.Unknown, OlderDataModel: false, [new ValidationFault(path, code, message)], []);
}
