namespace SkillBadges.Credentials.OpenBadges;

/// <summary>Which model a document was checked against.</summary>
public enum CredentialModel
{
    /// <summary>Not recognized; the report says why.</summary>
    Unknown,

    AchievementCredential,

    EndorsementCredential,

    ClrCredential,
}

/// <summary>One thing wrong with a document.</summary>
/// <param name="Path">JSON Pointer (RFC 6901); empty for the whole document.</param>
/// <param name="Code">Stable, such as <c>model.missing</c>; docs/standards.md lists them.</param>
/// <param name="Message">A plain sentence that quotes names of the standard, never values of the document.</param>
public sealed record ValidationFault(string Path, string Code, string Message);

/// <summary>What was found. Faults break a rule; notes are forms that the text discourages and verifiers in use accept.</summary>
/// <param name="OlderDataModel">The document follows VCDM 1.1 (<c>issuanceDate</c>), which is read and never written.</param>
public sealed record ValidationReport(
    CredentialModel Model,
    bool OlderDataModel,
    IReadOnlyList<ValidationFault> Faults,
    IReadOnlyList<ValidationFault> Notes)
{
    /// <summary>After this many faults the rest is not looked for.</summary>
    public const int MaximumFaults = 100;

    public bool IsValid => Faults.Count == 0;
}
