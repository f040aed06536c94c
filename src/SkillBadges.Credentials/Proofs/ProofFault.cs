namespace SkillBadges.Credentials.Proofs;

/// <summary>Why a proof does not hold: a stable code, such as <c>proof.signature-wrong</c>, and a sentence for people.</summary>
public sealed record ProofFault(string Code, string Message)
{
    /// <summary>A member is missing, of the wrong JSON type or not spelled as its standard says.</summary>
    public const string Malformed = "proof.malformed";

    public const string SuiteUnknown = "proof.suite-unknown";
    public const string PurposeMismatch = "proof.purpose-mismatch";
    public const string Expired = "proof.expired";
    public const string DomainMismatch = "proof.domain-mismatch";
    public const string ChallengeMismatch = "proof.challenge-mismatch";
    public const string KeyUnresolved = "proof.key-unresolved";

    /// <summary>The key is of a kind that the cryptosuite does not sign with.</summary>
    public const string KeyMismatch = "proof.key-mismatch";

    /// <summary>The proof names a context that the document does not have.</summary>
    public const string ContextMismatch = "proof.context-mismatch";

    /// <summary>The proof builds on one that the document does not hold, or on itself.</summary>
    public const string PreviousMissing = "proof.previous-missing";

    /// <summary>The proof builds on one that does not hold.</summary>
    public const string PreviousFailed = "proof.previous-failed";

    /// <summary>The document cannot be brought into canonical form; the message tells why.</summary>
    public const string DocumentUnprocessable = "proof.document-unprocessable";

    public const string SignatureWrong = "proof.signature-wrong";
}
