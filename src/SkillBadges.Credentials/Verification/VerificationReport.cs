using System.Collections.Immutable;

namespace SkillBadges.Credentials.Verification;

/// <summary>In which form the credential came.</summary>
public enum CredentialFormat
{
    Unknown,

    /// <summary>JSON with embedded Data Integrity proofs.</summary>
    Json,

    /// <summary>A compact JWS.</summary>
    Jwt,

    /// <summary>A JSON envelope around a JWT.</summary>
    Enveloped,

    Png,
    Svg,

    /// <summary>A presentation that holds credentials.</summary>
    Presentation,
}

/// <summary>
/// What was checked and how it ended: every check once, in order. <see cref="Verdict"/> sums it up; a caller that shows only the
/// verdict shows the truth.
/// </summary>
/// <param name="Credential">What the credential says, read from its own bytes; only to be believed when <see cref="SignatureHolds"/>.</param>
/// <param name="Inner">Reports on credentials within this one: of a learner record or a presentation, and endorsements.</param>
public sealed record VerificationReport(
    Verdict Verdict,
    HolderProof Holder,
    CredentialFormat Format,
    ImmutableArray<VerificationCheck> Checks,
    CredentialSummary? Credential,
    ImmutableArray<InnerReport> Inner)
{
    /// <summary>The bytes are what the issuer that they name has signed.</summary>
    public bool SignatureHolds => Outcome(CheckName.Signature) == CheckOutcome.Passed;

    /// <summary>The code of the check that decided the verdict; <c>ok</c> when it is Valid.</summary>
    public string Code => Format == CredentialFormat.Presentation && this[CheckName.Inner] is { Code: not VerificationCheck.Ok, Outcome: not CheckOutcome.Skipped } inner
        ? inner.Code
        : CodeOfVerdict;

    private string CodeOfVerdict => Verdict switch
    {
        Verdict.Valid => VerificationCheck.Ok,
        Verdict.ValidIssuerUnknown => this[CheckName.IssuerKnown].Code,
        Verdict.Expired => this[CheckName.Validity].Code,
        Verdict.RevokedOrSuspended => this[CheckName.Status].Code,
        Verdict.CouldNotBeChecked => Checks.First(check => check.Outcome == CheckOutcome.Unknown).Code,
        _ => Checks.First(check => check.Outcome == CheckOutcome.Failed).Code,
    };

    /// <summary>The outcome of a check; they are all there, in the order of <see cref="CheckName"/>.</summary>
    public VerificationCheck this[CheckName name] => Checks[(int)name];

    private CheckOutcome Outcome(CheckName name) => this[name].Outcome;
}

/// <summary>The report on a credential inside another.</summary>
/// <param name="Place">A JSON Pointer (RFC 6901) into the outer credential, such as <c>/endorsement/0</c>.</param>
public sealed record InnerReport(string Place, VerificationReport Report);
