namespace SkillBadges.Credentials.Verification;

/// <summary>The checks, in the order in which they are made.</summary>
public enum CheckName
{
    /// <summary>The bytes are one credential in a form that is known.</summary>
    Parse,

    /// <summary>The members are what the standard demands.</summary>
    Shape,

    /// <summary>The key belongs to the issuer that the credential names.</summary>
    IssuerKey,

    /// <summary>The signature holds over these very bytes.</summary>
    Signature,

    /// <summary>The token's claims say what the credential says.</summary>
    Claims,

    /// <summary>Today lies between validFrom and validUntil.</summary>
    Validity,

    /// <summary>Neither revoked nor suspended.</summary>
    Status,

    /// <summary>The issuer is on a list of known issuers.</summary>
    IssuerKnown,

    /// <summary>The credentials inside a record or a presentation hold by themselves.</summary>
    Inner,

    /// <summary>What others say of the credential holds by itself.</summary>
    Endorsements,

    /// <summary>The presenter proved to be the subject.</summary>
    Holder,
}

/// <summary>How a check ended.</summary>
public enum CheckOutcome
{
    Passed,
    Failed,

    /// <summary>Could not be settled: something was out of reach or is not understood.</summary>
    Unknown,

    /// <summary>Does not apply, or an earlier check ended the matter.</summary>
    Skipped,
}

/// <summary>One check, its outcome, and why.</summary>
/// <param name="Code">Stable: <c>ok</c>, or the reason, such as <c>issuer-key-mismatch</c>; docs/verification.md explains each.</param>
/// <param name="Sentence">The reason in plain words.</param>
public sealed record VerificationCheck(CheckName Name, CheckOutcome Outcome, string Code, string Sentence)
{
    public const string Ok = "ok";
}
