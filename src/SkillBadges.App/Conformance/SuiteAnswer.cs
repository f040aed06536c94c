using System.Text.Json;
using System.Text.Json.Serialization;
using SkillBadges.App.Verification;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.App.Conformance;

/// <summary>What a verifying address answers when all is well: the words that suites read, and the whole report.</summary>
/// <param name="Checks">The names of the checks that passed.</param>
/// <param name="Warnings">The codes of what could not be settled, such as an issuer that nobody here knows.</param>
/// <param name="Errors">Always empty: what is wrong is a 400.</param>
internal sealed record SuiteAnswer(bool Verified, IReadOnlyList<string> Checks, IReadOnlyList<string> Warnings, IReadOnlyList<string> Errors, VerificationAnswer Report)
{
    /// <summary>What was sent, when the options ask for it back.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? VerifiableCredential { get; init; }

    /// <inheritdoc cref="VerifiableCredential"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? VerifiablePresentation { get; init; }

    public static SuiteAnswer Of(VerificationReport report)
    {
        var answer = VerificationAnswer.Of(report);
        return new(true, [.. answer.Checks.Where(check => check.Outcome == "passed").Select(check => check.Name)], [.. answer.Checks.Where(check => check.Outcome == "unknown").Select(check => check.Code)], [], answer);
    }
}
