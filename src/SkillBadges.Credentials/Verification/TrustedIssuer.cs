using System.Collections.Immutable;
using SkillBadges.Credentials.Dids;

namespace SkillBadges.Credentials.Verification;

/// <summary>An issuer whom whoever runs the verifier knows.</summary>
/// <param name="Keys">
/// Keys of the issuer that are known here, and count as if the issuer published them: for issuers whose document is out of reach,
/// and for word of a compromise (<see cref="VerificationMethod.Revoked"/>), which outranks what the document says of the same key.
/// </param>
public sealed record TrustedIssuer(string Id, ImmutableArray<VerificationMethod> Keys);

/// <summary>Looks an issuer up on the local list; null when it is not there.</summary>
public delegate ValueTask<TrustedIssuer?> TrustList(string issuerId, CancellationToken cancellationToken);
