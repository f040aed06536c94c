using System.Text.Json;
using SkillBadges.Credentials;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.App.Conformance;

/// <summary>The body of a suite's request: one thing to sign or check, and options, of which those that nobody here knows are left alone.</summary>
internal sealed class SuiteRequest : IDisposable
{
    private readonly JsonDocument body;

    private SuiteRequest(JsonDocument body, JsonElement subject)
    {
        this.body = body;
        Subject = subject;
        Options = body.RootElement.TryGetProperty("options", out var options) ? options : default;
        if (Options.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined))
        {
            throw ConformanceProfile.Refused("request", "The options are no object.");
        }

        (Challenge, Domain, ExpectedProofPurpose) = (Text("challenge"), Text("domain"), Text("expectedProofPurpose"));
    }

    /// <summary>The credential or presentation; a text is a token.</summary>
    public JsonElement Subject { get; }

    private JsonElement Options { get; }

    public string? Challenge { get; }

    public string? Domain { get; }

    public string? ExpectedProofPurpose { get; }

    /// <summary>What a presentation has to answer; null when nothing was asked.</summary>
    public PresentationExpectation? Expectation => Challenge is { } challenge ? new(challenge, Domain) : null;

    /// <exception cref="MalformedException">Not JSON as everybody reads it alike.</exception>
    /// <exception cref="Http.RequestRefusedException"><c>conformance.refused</c>: the member is not there, or the options are not what they have to be.</exception>
    public static SuiteRequest Read(ReadOnlyMemory<byte> bytes, string member, bool takesTokens)
    {
        var body = StrictJson.ParseObject(bytes);
        try
        {
            return body.RootElement.TryGetProperty(member, out var subject) && (subject.ValueKind == JsonValueKind.Object || (takesTokens && subject.ValueKind == JsonValueKind.String))
                ? new(body, subject)
                : throw ConformanceProfile.Refused("request", $"The body needs the member {member}.");
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public bool Flag(string name) => Options.ValueKind == JsonValueKind.Object && Options.TryGetProperty(name, out var flag) && flag.ValueKind == JsonValueKind.True;

    public void Dispose() => body.Dispose();

    /// <summary>What an expectation says; one that is not a text would otherwise be none, and everything would meet it.</summary>
    private string? Text(string name)
    {
        if (Options.ValueKind != JsonValueKind.Object || !Options.TryGetProperty(name, out var member))
        {
            return null;
        }

        return member.ValueKind == JsonValueKind.String ? member.GetString() : throw ConformanceProfile.Refused("request", $"The option {name} is not a text.");
    }
}
