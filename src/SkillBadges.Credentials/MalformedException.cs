namespace SkillBadges.Credentials;

/// <summary>
/// Bytes that are not what a standard says they must be. <see cref="Code"/> is stable, such as <c>jwt.alg-refused</c>, and is
/// what a verification report shows as the reason; the message is for people and never repeats hostile input at length.
/// </summary>
public sealed class MalformedException(string code, string message, Exception? cause = null) : FormatException(message, cause)
{
    public string Code { get; } = code;
}
