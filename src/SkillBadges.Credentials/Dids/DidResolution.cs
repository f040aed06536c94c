namespace SkillBadges.Credentials.Dids;

/// <summary>How a resolution ended.</summary>
public enum DidResolutionStatus
{
    Resolved,

    /// <summary>The host says that there is no such identifier.</summary>
    NotFound,

    /// <summary>The host could not be asked just now.</summary>
    Unreachable,

    /// <summary>Our policy does not let us ask that host.</summary>
    NotAllowed,

    /// <summary>The method is not one of did:key and did:web.</summary>
    MethodNotSupported,

    /// <summary>The name, or the document that was found under it, breaks the rules; <see cref="DidResolution.Code"/> says which.</summary>
    Malformed,
}

/// <summary>A document, or why there is none.</summary>
/// <param name="Code">The code of the fault when Malformed, such as <c>did.document-of-another</c>.</param>
public sealed record DidResolution(DidResolutionStatus Status, DidDocument? Document, string? Code)
{
    public static DidResolution Resolved(DidDocument document) => new(DidResolutionStatus.Resolved, document, null);

    public static DidResolution Failed(DidResolutionStatus status) => new(status, null, null);

    public static DidResolution Malformed(string code) => new(DidResolutionStatus.Malformed, null, code);
}
