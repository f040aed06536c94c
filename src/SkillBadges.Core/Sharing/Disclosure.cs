using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing;

/// <summary>The ground on which somebody outside the record-keeper may read a learner's record.</summary>
public enum DisclosureBasis
{
    /// <summary>The learner attends or enters the reader's school (34 CFR 99.31(a)(2), 99.34).</summary>
    Enrollment,

    /// <summary>Whoever holds the rights agreed in writing (99.30).</summary>
    Consent,

    /// <summary>The learner, who holds the rights, showed it; not the school's doing (99.5), written down all the same.</summary>
    LearnersOwn,

    /// <summary>Audit or evaluation of a program under a written agreement (99.31(a)(3), 99.35).</summary>
    AuditOrEvaluation,

    /// <summary>A study for the school under a written agreement (99.31(a)(6)).</summary>
    Study,

    /// <summary>Financial aid that the learner applied for or received (99.31(a)(4)).</summary>
    FinancialAid,

    /// <summary>A court's order or a subpoena (99.31(a)(9)).</summary>
    CourtOrder,

    /// <summary>The record-keeper's own agency or a system that works for it under its direct control (99.31(a)(1)); the law asks for no row, and the family is told all the same.</summary>
    SchoolOfficial,
}

/// <summary>The way by which something left.</summary>
public enum DisclosureDoor
{
    /// <summary>Staff of another school looked at the record here.</summary>
    Gradebook,

    /// <summary>A share link was opened.</summary>
    ShareLink,

    /// <summary>A signed badge was handed to somebody else than the learner, the family and the school.</summary>
    CredentialDownload,

    /// <summary>A transfer pack was sent to another school.</summary>
    Transfer,

    /// <summary>A transcript was sent.</summary>
    Transcript,

    /// <summary>A file with many learners was handed over.</summary>
    Export,

    /// <summary>A college looked at a claim of credit.</summary>
    CreditClaim,

    /// <summary>An employer searched for people with skills.</summary>
    TalentSearch,
}

/// <summary>
/// A row of "who has seen this" (34 CFR 99.32): written before the bytes leave, kept as long as the record, readable by the
/// learner and the family.
/// </summary>
/// <param name="RecordKeeper">Whose record was read.</param>
/// <param name="Reader">Null where nobody signed in: a share link.</param>
/// <param name="ReaderOrganization">Null where the reader acts for none that is known here.</param>
/// <param name="Entries">How many entries of the record were shown.</param>
public sealed record Disclosure(
    string Id,
    PersonId Learner,
    OrganizationId RecordKeeper,
    PersonId? Reader,
    OrganizationId? ReaderOrganization,
    DisclosureBasis Basis,
    int Entries,
    DateTimeOffset At)
{
    public DisclosureDoor Door { get; init; }

    /// <summary>How many badges were shown or handed over.</summary>
    public int Credentials { get; init; }

    /// <summary>The id of the share, transfer or agreement through which it left; null for a look at the gradebook.</summary>
    public string? Through { get; init; }

    /// <summary>The consent that allowed it, where one was needed.</summary>
    public string? Consent { get; init; }

    /// <summary>A receiver that is not an organization here, as it calls itself.</summary>
    public string? Recipient { get; init; }
}

public static class DisclosureDocuments
{
    public static readonly AccessPath<Disclosure> ByLearner = new AccessPath<Disclosure>("learner").Equal("learner", d => d.Learner.Value).OrderBy("at", d => d.At);

    public static readonly AccessPath<Disclosure> ByRecordKeeper = new AccessPath<Disclosure>("record_keeper").Equal("record_keeper", d => d.RecordKeeper.Value).OrderBy("at", d => d.At);

    public static readonly DocumentKind<Disclosure> Kind = new("disclosure", d => d.Id) { Paths = [ByLearner, ByRecordKeeper] };

    /// <summary>The one way out: every door adds its rows to the commit that comes before the bytes.</summary>
    public static Changes Disclose(this Changes changes, Disclosure row) => changes.Add(Kind, row);
}
