using SkillBadges.Credentials.Verification;

namespace SkillBadges.Credentials.Tests.Verification.Vectors;

/// <summary>One input and what must come of it: the verdict, and the check that decides with its code (<c>ok</c> decides nothing).</summary>
/// <param name="Make">Arranges the world and gives the bytes as text.</param>
internal sealed record VerifierVector(string Name, Verdict Verdict, CheckName Check, string Code, Func<VerifierWorld, string> Make)
{
    internal static VerifierVector Accepted(string name, Func<VerifierWorld, string> make) =>
        new(name, Verdict.Valid, CheckName.Signature, VerificationCheck.Ok, make);

    internal static VerifierVector Invalid(string name, CheckName check, string code, Func<VerifierWorld, string> make) =>
        new(name, Verdict.Invalid, check, code, make);

    internal static VerifierVector Unsettled(string name, CheckName check, string code, Func<VerifierWorld, string> make) =>
        new(name, Verdict.CouldNotBeChecked, check, code, make);
}
