namespace SkillBadges.Credentials.Verification;

/// <summary>What it comes to. Anything that could not be settled is never "valid".</summary>
public enum Verdict
{
    /// <summary>Signed by its issuer, who is known; in force.</summary>
    Valid,

    /// <summary>Signed by the issuer that it names and in force, but nobody here knows that issuer.</summary>
    ValidIssuerUnknown,

    /// <summary>Was valid until a date that has passed.</summary>
    Expired,

    RevokedOrSuspended,

    /// <summary>The issuer's key, or the status, is out of reach. Trying again may help.</summary>
    CouldNotBeChecked,

    /// <summary>Not what its issuer signed, not yet in force, or no credential at all.</summary>
    Invalid,
}

/// <summary>Whether whoever showed the credential proved to be its subject.</summary>
public enum HolderProof
{
    NotProven,
    Proven,
}
