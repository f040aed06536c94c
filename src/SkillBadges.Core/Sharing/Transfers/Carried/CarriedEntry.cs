using System.Collections.Immutable;
using System.Text;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Statements;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Transfers.Carried;

/// <summary>
/// An entry of another school's record, field by field as that school wrote it, kept beside the student's record here. It is not the school's own
/// decision and never enters its ledger; what it counts for is a person's to say.
/// </summary>
/// <param name="School">The school that took it in.</param>
/// <param name="Learner">Its student.</param>
/// <param name="IsIssuerConfirmed">Whether the other school's keys were found elsewhere than in the pack.</param>
/// <param name="Statements">What the learner or the family says about it.</param>
public sealed record CarriedEntry(
    string Id,
    OrganizationId School,
    PersonId Learner,
    string FromDid,
    string FromName,
    bool IsIssuerConfirmed,
    MasteryEntry Entry,
    ImmutableArray<Statement> Statements,
    PersonId ImportedBy,
    DateTimeOffset ImportedAt)
{
    /// <summary>The same entry of the same school for the same student has the same id.</summary>
    public static string IdOf(PersonId learner, string did, string entry) => Sha256Digest.Of(Encoding.UTF8.GetBytes($"{learner.Value}\n{did}\n{entry}")).Hex;
}

public static class CarriedEntryDocuments
{
    public static readonly AccessPath<CarriedEntry> ByLearner = new AccessPath<CarriedEntry>("learner").Equal("learner", c => c.Learner.Value).OrderBy("recorded", c => c.Entry.Facts.RecordedAt);

    public static readonly DocumentKind<CarriedEntry> Kind = new("carried_entry", c => c.Id) { Paths = [ByLearner] };
}
