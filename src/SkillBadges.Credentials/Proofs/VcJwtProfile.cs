namespace SkillBadges.Credentials.Proofs;

/// <summary>The ways in which a credential, or a presentation of some, becomes a JWT.</summary>
public enum VcJwtProfile
{
    /// <summary>
    /// Open Badges 3.0 8.2: <c>typ</c> is JWT or absent, the payload is the credential plus iss, jti, sub, nbf and exp, each of
    /// which repeats a member of the credential.
    /// </summary>
    OpenBadges,

    /// <summary>
    /// Securing VCs using JOSE and COSE (REC 2025-05-15) 3.1: <c>typ</c> is vc+jwt, the payload is the credential. Claims, where
    /// present, must agree; nbf and exp limit the signature.
    /// </summary>
    VcJose,

    /// <summary>A presentation in the same way (3.2): <c>typ</c> is vp+jwt, the payload is the presentation.</summary>
    VpJose,
}
