using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Ledger;

namespace SkillBadges.Core.Review;

/// <summary>The entries of a learner's record that together are a whole badge: one that stands and suffices for each competency.</summary>
public sealed record BadgeCompletion(BadgeDefinition Badge, ImmutableArray<MasteryEntry> Rests)
{
    /// <summary>The badge, whole, from what the record says by now; or null.</summary>
    /// <param name="badge">The version that is asked about; entries of other versions do not count.</param>
    /// <param name="chain">The learner's record at one record-keeper, in its order.</param>
    /// <param name="now">Entries that are no longer recent do not count.</param>
    public static BadgeCompletion? Of(BadgeDefinition badge, IReadOnlyCollection<MasteryEntry> chain, DateTimeOffset now)
    {
        var rests = ImmutableArray.CreateBuilder<MasteryEntry>();
        foreach (var competency in badge.Competencies)
        {
            var standing = SkillStanding.Of(badge, competency.Id, chain, now);
            if (standing.Level is not { } level || !badge.Satisfies(competency.Id, level.Code))
            {
                return null;
            }

            rests.Add(standing.Entries.Last(entry => entry.Facts.Level.Code == level.Code));
        }

        return new(badge, rests.DrainToImmutable());
    }

    /// <summary>The decision that it comes to: one record that names every entry it rests on.</summary>
    public Decision Decide(string id, Assignment assignment, DateTimeOffset at) => new()
    {
        Id = id,
        Outcome = DecisionOutcome.Approved,
        Ratings = [.. Rests.Select(entry => new CompetencyRating(entry.Facts.Competency.CompetencyId, entry.Facts.Level.Code, null))],
        Assessor = assignment.Assessor,
        Context = assignment.Context,
        DecidedAt = at,
        RestsOn = [.. Rests.Select(entry => entry.Id)],
    };

    /// <summary>The try that it counts as: its proof is that of the entries, by digest. A draft of the learner's stays theirs and unread.</summary>
    public Submission Complete(Submission work, int attempt, Decision decision)
    {
        var proof = Rests.Select(entry => new CompetencyWork(entry.Facts.Competency.CompetencyId)
        {
            Items =
            [
                .. entry.Facts.Evidence.Select((digest, number) => new EvidenceItem
                {
                    Id = $"{entry.Id}-{number}",
                    Kind = digest.Kind,
                    Title = digest.Kind == EvidenceKind.Observation ? "Observation" : "Proof of an earlier try",
                    Digest = digest.Sha256,
                    MediaType = digest.MediaType,
                    Bytes = digest.Bytes,
                    AddedAt = entry.Facts.DecidedAt,
                    Context = digest.Context,
                }),
            ],
        });
        return work with
        {
            State = SubmissionState.Approved,
            Attempts = work.Attempts.Add(Attempt.Freeze(attempt, [.. proof], decision.DecidedAt) with { Decisions = [decision] }),
            UpdatedAt = decision.DecidedAt,
        };
    }
}
