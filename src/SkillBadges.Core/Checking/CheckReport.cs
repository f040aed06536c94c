namespace SkillBadges.Core.Checking;

/// <summary>What must hold in every store, whatever was pulled out of the wall (docs/operations.md says each in a sentence).</summary>
public enum Invariant
{
    /// <summary>Every document can be read.</summary>
    Readable,

    /// <summary>I1: every decision is there once, with what it entails.</summary>
    Decisions,

    /// <summary>I2: at most one live badge for a learner, badge version and attempt.</summary>
    LiveAwards,

    /// <summary>I3: every signed credential was recorded before it was signed and has one status index of its own.</summary>
    Credentials,

    /// <summary>I4: every ledger chain holds, and what is made from it says the same.</summary>
    Ledger,

    /// <summary>I5: a credential says what the record says.</summary>
    Agreement,

    /// <summary>I6: every file holds the bytes that its digest names, and every named file is there.</summary>
    Files,

    /// <summary>I7: a record that left has its row of disclosure.</summary>
    Disclosures,

    /// <summary>I8: what was revoked or suspended shows so in the public list, or is about to.</summary>
    Statuses,

    /// <summary>I9: an act of office names who did it, and why.</summary>
    Acts,

    /// <summary>I10: what entries point to (scales, statements) is as it was.</summary>
    Snapshots,
}

/// <summary>A place where an invariant does not hold.</summary>
/// <param name="Document">Kind and id, or the digest of a file.</param>
/// <param name="What">What is wrong, in words without personal data.</param>
public sealed record Broken(Invariant Invariant, string Document, string What);

/// <param name="Documents">How many were read.</param>
/// <param name="Files">How many were read to their end.</param>
/// <param name="Found">The first thousand.</param>
public sealed record CheckReport(long Documents, long Files, long LedgerEntries, long Credentials, IReadOnlyList<Broken> Found)
{
    public bool Holds => Found.Count == 0;
}
