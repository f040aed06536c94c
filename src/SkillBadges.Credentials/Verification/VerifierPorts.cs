using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.JsonLd;

namespace SkillBadges.Credentials.Verification;

/// <summary>
/// Everything a verifier reaches out through. Before a signature holds only <paramref name="Dids"/> is asked, and only for the
/// identifier of the credential's own issuer; <paramref name="FetchStatusList"/> is asked after it.
/// </summary>
public sealed record VerifierPorts(IDidResolver Dids, Fetch FetchStatusList, TrustList Trust, TimeProvider Clock)
{
    /// <summary>The contexts that proofs over RDF may use: those that come with us, or more of an operator's. None is ever fetched.</summary>
    public ContextLibrary Contexts { get; init; } = KnownContexts.Library;

    /// <summary>
    /// For interoperability suites, whose credentials name issuers that have no keys: a key then counts if the identifier that the
    /// signature names publishes it, whoever the issuer is. Such a verifier says nothing about issuers, so it never answers Valid,
    /// at best <see cref="Verdict.ValidIssuerUnknown"/>. Not for people.
    /// </summary>
    public bool KeysNeedNotBeTheIssuers { get; init; }

    /// <summary>
    /// VC Data Integrity 1.0 (REC 2025-05-15) 4.5 has every proof of a set hold; Open Badges 3.0 9.1 is content with one, and says nothing of the others, which
    /// is the usual rule here.
    /// </summary>
    public bool EveryProofMustHold { get; init; }

    /// <summary>Larger credentials are refused unread.</summary>
    public int MaxInputBytes { get; init; } = 1024 * 1024;

    /// <summary>A learner record holds many credentials and may have more; larger ones, and those of more than <see cref="MaxRecordTokens"/>, are refused before they are taken apart.</summary>
    public int MaxRecordBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Members, values and brackets of a record beyond <see cref="MaxInputBytes"/>: what is built in memory grows with these.</summary>
    public int MaxRecordTokens { get; init; } = 500_000;

    /// <summary>Larger images are refused unread, whatever the credential in them.</summary>
    public int MaxImageBytes { get; init; } = 4 * 1024 * 1024;
}
