using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Gradebook.Recognitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Stacks;

/// <summary>Reads what a learner holds at one organization: its own badges that stand, and what it recognized.</summary>
internal sealed class StackHolding(IDocumentStore store)
{
    /// <param name="people">Everyone who is the learner here.</param>
    /// <param name="organization">Where.</param>
    /// <param name="badges">Slugs of badges; null for all.</param>
    /// <param name="changes">What was found is required in these.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyList<HeldBadge>> ReadAsync(ImmutableArray<PersonId> people, OrganizationId organization, IReadOnlySet<string>? badges, Changes changes, CancellationToken cancellationToken)
    {
        string[] ids = [.. people.Select(person => person.Value)];
        var awards = (await store.WholeAsync(AwardDocuments.Kind, AwardDocuments.ByLearner.WhereAny(ids), cancellationToken)).Items
            .Where(read => read.Document.State == AwardState.Issued && read.Document.Organization == organization && badges?.Contains(read.Document.Badge.Slug) != false).ToList();
        var recognized = (await store.WholeAsync(RecognitionDocuments.Kind, RecognitionDocuments.ByLearner.WhereAny(ids), cancellationToken)).Items
            .Where(read => read.Document is { State: RecognitionState.Recognized, Badge: not null } && read.Document.School == organization && badges?.Contains(read.Document.Badge!.Value.Slug) != false).ToList();
        var statuses = new Dictionary<string, Read<CredentialStatus>>(StringComparer.Ordinal);
        foreach (var some in awards.Select(read => read.Document.Credential.Value).Chunk(DocumentQuery<CredentialStatus>.MaxFirstValues))
        {
            foreach (var status in await store.FindManyAsync(CredentialStatusDocuments.Kind, some, cancellationToken))
            {
                statuses[status.Id] = status;
            }
        }

        var versions = await store.VersionsAsync(awards.Select(read => read.Document.Badge).Concat(recognized.Select(read => read.Document.Badge!.Value)), cancellationToken);
        var held = new List<HeldBadge>();
        foreach (var read in awards)
        {
            var (award, status) = (read.Document, statuses[read.Document.Credential.Value]);
            if (status.Document.IsGood)
            {
                changes.Require(AwardDocuments.Kind, read).Require(CredentialStatusDocuments.Kind, status);
                var badge = versions[award.Badge];
                held.Add(new(badge, award.Levels, award.AwardedAt, badge.RecencyMonths is { } months ? award.AwardedAt.AddMonths(months) : null, award.Credential) { Holder = award.Learner });
            }
        }

        foreach (var read in recognized)
        {
            changes.Require(RecognitionDocuments.Kind, read);
            held.Add(OfRecognition(read.Document, versions[read.Document.Badge!.Value]));
        }

        return held;
    }

    /// <summary>Where the learner has badges or had badges recognized.</summary>
    public async Task<IReadOnlyCollection<OrganizationId>> OrganizationsAsync(ImmutableArray<PersonId> people, CancellationToken cancellationToken)
    {
        string[] ids = [.. people.Select(person => person.Value)];
        var awards = await store.WholeAsync(AwardDocuments.Kind, AwardDocuments.ByLearner.WhereAny(ids), cancellationToken);
        var recognized = await store.WholeAsync(RecognitionDocuments.Kind, RecognitionDocuments.ByLearner.WhereAny(ids), cancellationToken);
        return [.. awards.Documents.Select(award => award.Organization).Concat(recognized.Documents.Select(known => known.School)).Distinct()];
    }

    private static HeldBadge OfRecognition(RecognitionCase known, BadgeDefinition badge) => new(
        badge,
        [.. known.Skills.Where(skill => (skill.Derived ?? skill.Native) is not null).Select(skill => new AwardedLevel(skill.CompetencyId, (skill.Derived ?? skill.Native)!))],
        known.Source.EarnedAt,
        known.Source.ValidUntil,
        null,
        known.Id.Value,
        known.Source.From)
    {
        Holder = known.Learner,
    };
}
