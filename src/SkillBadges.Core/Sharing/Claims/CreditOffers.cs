using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Articulations;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Claims;

/// <summary>Finds what counts where for a learner: standing badges against what colleges promised on the days on which they were earned.</summary>
public sealed class CreditOffers(IDocumentStore store, CreditReading credits)
{
    private sealed record Held(Read<Award> Award, BadgeDefinition Badge)
    {
        public EarnedBadge At(Organization college) => new(Badge, Award.Document.Levels.ToDictionary(level => level.Competency, level => level.Level, StringComparer.Ordinal), college.DayOf(Award.Document.AwardedAt));
    }

    /// <param name="people">Everyone who is the same learner here.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<IReadOnlyList<CreditOffer>> OfAsync(IReadOnlyCollection<PersonId> people, CancellationToken cancellationToken)
    {
        var held = await HeldAsync(people, cancellationToken);
        var offers = new List<CreditOffer>();
        foreach (var one in held)
        {
            foreach (var (agreement, college) in await credits.AgreementsAsync(ArticulatedKind.Badge, one.Badge.Slug, one.Award.Document.Organization, cancellationToken))
            {
                if (ArticulationCredit.ForBadge(agreement, one.At(college)) is { } credit)
                {
                    offers.Add(new(credit, one.Badge.Id, one.Badge.Name, college, [one.Award], []));
                }
            }
        }

        // Of two awards of one version, the first that was good enough is claimed.
        return [.. offers.OrderBy(offer => offer.Credit.EarnedOn).Concat(await OfStacksAsync(held, cancellationToken)).DistinctBy(offer => (offer.Articulation.Id, offer.Subject))];
    }

    private async Task<IReadOnlyList<CreditOffer>> OfStacksAsync(IReadOnlyList<Held> held, CancellationToken cancellationToken)
    {
        var offers = new List<CreditOffer>();
        var slugs = held.Select(one => one.Badge.Slug).ToHashSet(StringComparer.Ordinal);
        foreach (var stack in (await store.CurrentStacksAsync(cancellationToken)).Where(stack => stack.Badges.Length > 0 && stack.Badges.All(badge => slugs.Contains(badge.Slug))))
        {
            var agreements = new Dictionary<ArticulationId, (Articulation Agreement, Organization College, List<Held> Held)>();
            foreach (var one in held)
            {
                foreach (var (agreement, college) in await credits.AgreementsAsync(ArticulatedKind.Stack, stack.Slug, one.Award.Document.Organization, cancellationToken))
                {
                    agreements.TryAdd(agreement.Id, (agreement, college, []));
                    agreements[agreement.Id].Held.Add(one);
                }
            }

            offers.AddRange(agreements.Values.Select(found => OfStack(stack, found.Agreement, found.College, found.Held)).OfType<CreditOffer>());
        }

        return offers;
    }

    private static CreditOffer? OfStack(BadgeStack stack, Articulation agreement, Organization college, IEnumerable<Held> held)
    {
        var earned = held.Select(one => (one.Award, Earned: one.At(college))).ToList();
        return ArticulationCredit.ForStack(agreement, stack, [.. earned.Select(pair => pair.Earned)]) is { } credit
            ? new(credit, stack.Id, stack.Name, college, [.. credit.By.Select(by => earned.First(pair => ReferenceEquals(pair.Earned, by)).Award).DistinctBy(award => award.Id)], [.. stack.Certificates.Select(needed => needed.Name)])
            : null;
    }

    private async Task<IReadOnlyList<Held>> HeldAsync(IReadOnlyCollection<PersonId> people, CancellationToken cancellationToken)
    {
        var page = await store.WholeAsync(AwardDocuments.Kind, AwardDocuments.ByLearner.WhereAny([.. people.Select(person => person.Value)]), cancellationToken);
        var issued = page.Items.Where(read => read.Document.State == AwardState.Issued).ToList();
        var statuses = (await store.FindAllAsync(CredentialStatusDocuments.Kind, issued.Select(read => read.Document.Credential.Value), cancellationToken)).ToDictionary(status => status.Credential);
        var good = issued.Where(read => statuses.GetValueOrDefault(read.Document.Credential)?.IsGood == true).ToList();
        var badges = await store.VersionsAsync(good.Select(read => read.Document.Badge), cancellationToken);
        return [.. good.Select(read => new Held(read, badges[read.Document.Badge]))];
    }
}
