namespace SkillBadges.Credentials;

/// <summary>
/// Bytes that cannot be processed as what they claim to be. <see cref="Code"/> is stable, such as
/// <c>json.duplicate-member</c>; the message is for people and quotes nothing of the document's values.
/// </summary>
public class CredentialFormatException(string code, string message, Exception? cause = null) : FormatException(message, cause)
{
    public string Code { get; } = code;
}
