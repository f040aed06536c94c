namespace SkillBadges.Credentials.JsonLd;

/// <summary>A document or context that JSON-LD cannot process.</summary>
/// <param name="code">One of <see cref="JsonLdError"/>: the error codes of JSON-LD 1.1 API (REC 2020-07-16) 9.6, and our own.</param>
/// <param name="message">What is wrong, in plain words; it may quote the document.</param>
/// <param name="path">Where in the document, as in <c>$.credentialSubject.achievement</c>; null when it is not in the document itself.</param>
public sealed class JsonLdException(string code, string message, string? path = null)
    : Exception(path is null ? message : $"{message} (at {path})")
{
    public string Code { get; } = code;

    public string? Path { get; } = path;
}
