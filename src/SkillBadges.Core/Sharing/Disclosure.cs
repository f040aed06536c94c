using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing;

/// <summary>The ground on which somebody outside the record-keeper may read a learner's record.</summary>
public enum DisclosureBasis
{
    /// <summary>The learner attends or enters the reader's school (34 CFR 99.31(a)(2), 99.34).</summary>
    Enrollment,
}

/// <summary>
/// A row of "who has seen this" (34 CFR 99.32): written before the bytes leave, kept as long as the record, readable by the
/// learner and the family.
/// </summary>
/// <param name="RecordKeeper">Whose record was read.</param>
/// <param name="Entries">How many entries were shown.</param>
public sealed record Disclosure(
    string Id,
    PersonId Learner,
    OrganizationId RecordKeeper,
    PersonId Reader,
    OrganizationId ReaderOrganization,
    DisclosureBasis Basis,
    int Entries,
    DateTimeOffset At);

public static class DisclosureDocuments
{
    public static readonly AccessPath<Disclosure> ByLearner = new AccessPath<Disclosure>("learner").Equal("learner", d => d.Learner.Value).OrderBy("at", d => d.At);

    public static readonly AccessPath<Disclosure> ByRecordKeeper = new AccessPath<Disclosure>("record_keeper").Equal("record_keeper", d => d.RecordKeeper.Value).OrderBy("at", d => d.At);

    public static readonly DocumentKind<Disclosure> Kind = new("disclosure", d => d.Id) { Paths = [ByLearner, ByRecordKeeper] };
}
