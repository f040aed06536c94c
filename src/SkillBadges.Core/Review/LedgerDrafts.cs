using System.Collections.Immutable;
using System.Text;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Review;

/// <summary>What a decision says in the record: one entry for each competency that was given a level.</summary>
/// <param name="Submission">Null for an observation.</param>
public sealed record LedgerDrafts(Organization Organization, BadgeDefinition Badge, Attempt Attempt, SubmissionId? Submission, Decision Decision, Person Assessor, InstanceAddress Address)
{
    /// <param name="corrected">The entries of the decision that this one takes the place of; empty for a first decision.</param>
    /// <param name="recordedAt">When the commit is made.</param>
    public IReadOnlyList<EntryDraft> Create(IReadOnlyCollection<MasteryEntry> corrected, DateTimeOffset recordedAt)
    {
        var earlier = corrected.ToDictionary(entry => entry.Facts.Competency.CompetencyId, StringComparer.Ordinal);
        var drafts = Decision.Ratings.Select(rating => Draft(
            rating,
            earlier.TryGetValue(rating.CompetencyId, out var replaced) ? EntryEffect.Superseded : EntryEffect.Asserted,
            replaced?.Id,
            recordedAt)).ToList();

        // What the correction does not rate again was a mistake and counts no more.
        foreach (var retracted in corrected.Where(entry => Decision.Ratings.All(rating => rating.CompetencyId != entry.Facts.Competency.CompetencyId)))
        {
            drafts.Add(new(
                retracted.Facts with
                {
                    Effect = EntryEffect.Retracted,
                    Corrects = retracted.Id,
                    Assessor = Decision.Assessor,
                    Context = Decision.Context,
                    DecidedAt = Decision.DecidedAt,
                    RecordedAt = recordedAt,
                    Provenance = retracted.Facts.Provenance with { DecisionId = Decision.Id },
                },
                new(Assessor.DisplayName, null, Decision.CorrectionReason, []),
                Badge.Competency(retracted.Facts.Competency.CompetencyId).Statement));
        }

        return drafts;
    }

    private EntryDraft Draft(CompetencyRating rating, EntryEffect effect, string? corrects, DateTimeOffset recordedAt)
    {
        var competency = Badge.Competency(rating.CompetencyId);
        var level = Badge.Scale.Level(rating.Level);
        var items = Attempt.Work.FirstOrDefault(work => work.CompetencyId == rating.CompetencyId)?.Items ?? [];
        return new(
            new MasteryFacts
            {
                Effect = effect,
                Corrects = corrects,
                Competency = new(
                    $"{Address.Achievement(Badge.Id)}#{competency.Id}", Badge.Id, competency.Id, competency.Name, Sha256Digest.Of(Encoding.UTF8.GetBytes(competency.Statement))),
                Scale = new(Badge.Scale.Id, Badge.Scale.Version, Badge.Scale.SnapshotHash),
                Level = new(level.Code, level.Ordinal, level.Label, competency.LevelDescriptors.GetValueOrDefault(level.Code, level.Descriptor), Badge.Scale.IsProficient(level.Code), Badge.Satisfies(competency.Id, level.Code)),
                Attempt = Attempt.Number,
                Evidence = [.. items.Select(item => new EvidenceDigest(item.Digest, item.MediaType, item.Bytes, item.Kind, item.Context))],
                Assessor = Decision.Assessor,
                Beside = Beside(),
                Context = Decision.Context,
                Issuer = new(Organization.Id, Address.DidOf(Organization.Slug)),
                SubmittedAt = Attempt.SubmittedAt,
                DecidedAt = Decision.DecidedAt,
                RecordedAt = recordedAt,
                ValidUntil = Badge.RecencyMonths is { } months ? Decision.DecidedAt.AddMonths(months) : null,
                Provenance = new(Submission is null ? Observation.Source : "decision", Submission, Decision.Id),
            },
            new(Assessor.DisplayName, rating.Comment, Decision.CorrectionReason, [.. items.Select(item => item.Title)]),
            competency.Statement);
    }

    private ImmutableArray<Assessor>? Beside()
    {
        var signed = Decision.Outcome == DecisionOutcome.Approved && Attempt.CoSignature is { } supervisor ? [supervisor] : Attempt.Ratings.Where(rating => Decision.RestsOn?.Contains(rating.Id) == true);
        ImmutableArray<Assessor> others = [.. signed.Select(one => one.Assessor).Where(one => one.Person != Decision.Assessor.Person)];
        return others.IsEmpty ? null : others;
    }
}
