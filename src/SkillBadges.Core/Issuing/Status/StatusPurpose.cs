namespace SkillBadges.Core.Issuing.Status;

/// <summary>What a bit of a list says; each purpose has a list of its own (Bitstring Status List, REC 2025-05-15, 2.1).</summary>
public enum StatusPurpose
{
    /// <summary>Cannot be undone.</summary>
    Revocation,

    /// <summary>Can be undone.</summary>
    Suspension,
}

public static class StatusPurposes
{
    public static readonly IReadOnlyList<StatusPurpose> All = [StatusPurpose.Revocation, StatusPurpose.Suspension];

    /// <summary>The word in credentials and addresses.</summary>
    public static string Term(this StatusPurpose purpose) => purpose switch
    {
        StatusPurpose.Revocation => "revocation",
        StatusPurpose.Suspension => "suspension",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
    };

    public static StatusPurpose? FromTerm(string? term) => term switch
    {
        "revocation" => StatusPurpose.Revocation,
        "suspension" => StatusPurpose.Suspension,
        _ => null,
    };
}
