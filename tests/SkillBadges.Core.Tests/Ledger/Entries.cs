using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Tests.Evidence;
using SkillBadges.Core.Tests.Mastery;

namespace SkillBadges.Core.Tests.Ledger;

/// <summary>Entries that the tests of the record speak about.</summary>
internal static class Entries
{
    public static readonly OrganizationId School = OrganizationId.From("school-1");

    public static readonly PersonId Learner = PersonId.From("learner-1");

    public static MasteryFacts Facts(string level = "proficient", string competency = "filing", string? corrects = null, int minute = 0)
    {
        var scale = Scales.FourLevel();
        var found = scale.Level(level);
        return new()
        {
            Effect = corrects is null ? EntryEffect.Asserted : EntryEffect.Superseded,
            Corrects = corrects,
            Competency = new($"http://localhost:5080/achievements/bench-work/1#{competency}", new("bench-work", 1), competency, competency, Sha256Digest.Of("statement"u8)),
            Scale = new(scale.Id, scale.Version, scale.SnapshotHash),
            Level = new(found.Code, found.Ordinal, found.Label, found.Descriptor, scale.IsProficient(level), scale.IsProficient(level)),
            Attempt = 1,
            Evidence = [new(Sha256Digest.Of("photo"u8), "image/png", 5, EvidenceKind.File, LearningContext.Class)],
            Assessor = Works.Teacher,
            Issuer = new(School, "did:web:localhost%3A5080:orgs:school-1"),
            SubmittedAt = Works.Monday,
            DecidedAt = Works.Monday.AddMinutes(minute),
            RecordedAt = Works.Monday.AddMinutes(minute),
            Provenance = new("decision", SubmissionId.From("submission-1"), "decision-1"),
        };
    }

    /// <summary>A chain of one entry a minute.</summary>
    public static IReadOnlyList<MasteryEntry> Chain(params MasteryFacts[] facts)
    {
        var chain = new List<MasteryEntry>();
        foreach (var fact in facts)
        {
            chain.Add(MasteryEntry.Append(
                chain.LastOrDefault(), $"entry-{chain.Count + 1}", School, Learner, fact, new("Pat Teacher", "Neat work.", null, ["Photo"]), $"salt-{chain.Count}"));
        }

        return chain;
    }
}
