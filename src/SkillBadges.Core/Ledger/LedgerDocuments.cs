using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Ledger;

public static class LedgerDocuments
{
    /// <summary>A chain in its order; that a place is taken once makes the chain one.</summary>
    public static readonly AccessPath<MasteryEntry> Chain = new AccessPath<MasteryEntry>("chain")
        .Equal("chain", e => MasteryEntry.ChainOf(e.RecordKeeper, e.Learner)).OrderBy("sequence", e => e.Sequence).Unique();

    /// <summary>All that is recorded of a learner here, at any school, in the order in which it was recorded.</summary>
    public static readonly AccessPath<MasteryEntry> ByLearner = new AccessPath<MasteryEntry>("learner").Equal("learner", e => e.Learner.Value).OrderBy("recorded", e => e.Facts.RecordedAt);

    public static readonly AccessPath<MasteryEntry> ByDecision =
        new AccessPath<MasteryEntry>("decision").Equal("decision", e => e.Facts.Provenance.DecisionId).OrderBy("sequence", e => e.Sequence);

    /// <summary>What a record-keeper recorded, in the order in which it did.</summary>
    public static readonly AccessPath<MasteryEntry> ByRecordKeeper =
        new AccessPath<MasteryEntry>("record_keeper").Equal("record_keeper", e => e.RecordKeeper.Value).OrderBy("recorded", e => e.Facts.RecordedAt);

    /// <summary>What one school's record says of a learner's skill: a class is one question.</summary>
    public static readonly AccessPath<MasteryEntry> BySkill = new AccessPath<MasteryEntry>("skill")
        .Equal("learner", e => e.Learner.Value).Equal("skill", e => SkillOf(e.RecordKeeper, e.Facts.Competency.Badge.Slug, e.Facts.Competency.CompetencyId)).OrderBy("sequence", e => e.Sequence);

    /// <summary>Rows of a learner lie together on disk, since they are read together.</summary>
    public static readonly DocumentKind<MasteryEntry> Kind = new("mastery_entry", e => e.Id) { Paths = [Chain, ByLearner, ByDecision, ByRecordKeeper, BySkill], ClusteredBy = ByLearner };

    public static string SkillOf(OrganizationId recordKeeper, string badge, string competencyId) => $"{recordKeeper.Value}/{badge}#{competencyId}";

    public static DocumentQuery<MasteryEntry> ChainOf(OrganizationId recordKeeper, PersonId learner) => Chain.Where(MasteryEntry.ChainOf(recordKeeper, learner));
}

/// <summary>A scale as it was, under its digest; entries point here.</summary>
public sealed record ScaleSnapshot(Sha256Digest Digest, MasteryScale Scale);

public static class ScaleSnapshotDocuments
{
    public static readonly DocumentKind<ScaleSnapshot> Kind = new("scale_snapshot", s => s.Digest.Hex);
}

/// <summary>A competency's statement as it was, under its digest; entries point here.</summary>
public sealed record CompetencyText(Sha256Digest Digest, string Statement, string Language);

public static class CompetencyTextDocuments
{
    public static readonly DocumentKind<CompetencyText> Kind = new("competency_text", t => t.Digest.Hex);
}
