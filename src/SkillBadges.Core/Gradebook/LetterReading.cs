using System.Collections.Immutable;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Mastery.Crosswalks;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook;

/// <summary>
/// Puts letters beside the levels of a transcript, by what the school that hands it out, or an office above it, agreed on for that purpose with the school that
/// decided or with an office above that one. Without an agreement there are no letters. No entry changes.
/// </summary>
public sealed class LetterReading(IDocumentStore store)
{
    private readonly EffectiveSettings settings = new(store);

    public async Task<Transcript> ConvertAsync(Transcript transcript, CancellationToken cancellationToken)
    {
        var agreed = await AgreedAsync(transcript, cancellationToken);
        var policies = new Dictionary<(OrganizationId, Sha256Digest), LetterPolicy>();
        foreach (var part in agreed.Count == 0 ? [] : transcript.Parts)
        {
            var givers = (await LineAsync(part.RecordKeeper, cancellationToken)).Select(organization => organization.Id).ToHashSet();
            foreach (var digest in part.Badges.Select(badge => badge.Scale).Distinct())
            {
                var scale = transcript.Legend[digest.Hex];
                var found = agreed.FirstOrDefault(known => known.Crosswalk.From == ScaleDocuments.VersionId(scale.Id, scale.Version) && givers.Contains(known.Crosswalk.Giver));
                if (found.Crosswalk is { } crosswalk && crosswalk.HoldingOn(transcript.On) is { } revision
                    && await store.FindAsync(ScaleDocuments.Versions, crosswalk.To, cancellationToken) is { } to)
                {
                    policies[(part.RecordKeeper, digest)] = new(crosswalk, revision, await AuthorityAsync(crosswalk, found.Receiver, cancellationToken), scale, to.Document, transcript.On);
                }
            }
        }

        return transcript.WithLetters(policies);
    }

    // The nearest to the school first.
    private async Task<IReadOnlyList<(Crosswalk Crosswalk, Organization Receiver)>> AgreedAsync(Transcript transcript, CancellationToken cancellationToken)
    {
        var agreed = new List<(Crosswalk, Organization)>();
        foreach (var receiver in await LineAsync(transcript.Issuer.Id, cancellationToken))
        {
            var page = await store.WholeAsync(CrosswalkDocuments.Kind, CrosswalkDocuments.ByOrganization.Where(receiver.Id.Value), cancellationToken);
            agreed.AddRange(page.Documents
                .Where(crosswalk => crosswalk.Purpose == CrosswalkPurpose.TranscriptLetter && crosswalk.Receiver == receiver.Id && crosswalk.HoldingOn(transcript.On) is not null)
                .Select(crosswalk => (crosswalk, receiver)));
        }

        return agreed;
    }

    private async Task<string> AuthorityAsync(Crosswalk crosswalk, Organization receiver, CancellationToken cancellationToken) => crosswalk.Giver == receiver.Id
        ? receiver.Name
        : $"{(await store.GetAsync(OrganizationDocuments.Kind, crosswalk.Giver.Value, "organization", cancellationToken)).Document.Name} and {receiver.Name}";

    private async Task<ImmutableArray<Organization>> LineAsync(OrganizationId organization, CancellationToken cancellationToken) =>
        [.. (await settings.LayersAsync(organization, cancellationToken)).Select(layer => layer.Origin).OfType<Organization>()];
}
