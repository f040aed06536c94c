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
    }

    /// <summary>The credential or presentation; a text is a token.</summary>
    public JsonElement Subject { get; }

    private JsonElement Options { get; }

    public string? Challenge => Text("challenge");

    public string? Domain => Text("domain");

    public string? ExpectedProofPurpose => Text("expectedProofPurpose");

    /// <summary>What a presentation has to answer; null when nothing was asked.</summary>
    public PresentationExpectation? Expectation => Challenge is { } challenge ? new(challenge, Domain) : null;

    /// <exception cref="MalformedException">Not JSON as everybody reads it alike.</exception>
    /// <exception cref="Http.RequestRefusedException"><c>conformance.refused</c>: the member is not there.</exception>
    public static SuiteRequest Read(ReadOnlyMemory<byte> bytes, string member, bool takesTokens)
    {
        var body = StrictJson.ParseObject(bytes);
        if (body.RootElement.TryGetProperty(member, out var subject) && (subject.ValueKind == JsonValueKind.Object || (takesTokens && subject.ValueKind == JsonValueKind.String)))
        {
            return new(body, subject);
        }

        body.Dispose();
        throw ConformanceProfile.Refused("request", $"The body needs the member {member}.");
    }

    public bool Flag(string name) => Options.ValueKind == JsonValueKind.Object && Options.TryGetProperty(name, out var flag) && flag.ValueKind == JsonValueKind.True;

    public void Dispose() => body.Dispose();

    private string? Text(string name) =>
        Options.ValueKind == JsonValueKind.Object && Options.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
