using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Grades;

/// <summary>Finds the version of a policy that is asked for and puts its letters beside the levels of a transcript.</summary>
public sealed class GradeReading(IDocumentStore store)
{
    private readonly EffectiveSettings settings = new(store);

    /// <param name="transcript">In native levels.</param>
    /// <param name="named">A policy of the school that hands it out or of an organization above it: <c>key@2</c> for exactly that version, as an older document names it, or <c>key</c> for the one that holds on the day.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="RefusedException"><c>grade-policy.not-found</c>, <c>grade-policy.not-in-force</c>.</exception>
    public async Task<Transcript> ApplyAsync(Transcript transcript, string named, CancellationToken cancellationToken)
    {
        var policy = await FindAsync(transcript.Issuer.Id, named, transcript.On, cancellationToken);
        var covered = new HashSet<OrganizationId>();
        foreach (var keeper in transcript.Parts.Select(part => part.RecordKeeper).Distinct())
        {
            if (await IsAboveAsync(policy.Organization, keeper, cancellationToken))
            {
                covered.Add(keeper);
            }
        }

        var organization = (await store.GetAsync(OrganizationDocuments.Kind, policy.Organization.Value, "organization", cancellationToken)).Document;
        return TranscriptGrades.Of(transcript, policy, organization.Name, covered);
    }

    /// <summary>The policies that hold at a school on a day, its own first, each in the version that holds.</summary>
    public async Task<IReadOnlyList<GradePolicy>> HoldingAsync(OrganizationId school, DateOnly day, CancellationToken cancellationToken)
    {
        var holding = new List<GradePolicy>();
        foreach (var organization in (await settings.LayersAsync(school, cancellationToken)).Select(layer => layer.Origin).OfType<Organization>())
        {
            var page = await store.WholeAsync(GradePolicyDocuments.Kind, GradePolicyDocuments.ByOrganization.Where(organization.Id.Value).Descending(), cancellationToken);
            holding.AddRange(page.Documents.Where(policy => policy.Terms.HoldsOn(day)).GroupBy(policy => policy.Key).Select(versions => versions.MaxBy(policy => policy.Version)!));
        }

        return holding;
    }

    private async Task<GradePolicy> FindAsync(OrganizationId school, string named, DateOnly day, CancellationToken cancellationToken)
    {
        var key = named.Split('@')[0];
        var versions = (await store.WholeAsync(GradePolicyDocuments.Kind, GradePolicyDocuments.ByKey.Where(key).Descending(), cancellationToken)).Documents.ToList();
        if (versions.Count == 0 || !await IsAboveAsync(versions[0].Organization, school, cancellationToken))
        {
            throw Refused.NotFound("grade-policy");
        }

        if (named == key)
        {
            return versions.Find(policy => policy.Terms.HoldsOn(day)) ?? throw NotInForce();
        }

        // A version whose days are over may be named, so that an older document can be made again.
        var version = versions.Find(policy => policy.Id == named) ?? throw Refused.NotFound("grade-policy");
        return version.Terms.EffectiveFrom <= day ? version : throw NotInForce();
    }

    private static RefusedException NotInForce() => Refused.Conflict("grade-policy.not-in-force", "No version of this policy holds on this day.");

    private async Task<bool> IsAboveAsync(OrganizationId organization, OrganizationId school, CancellationToken cancellationToken) =>
        (await settings.LayersAsync(school, cancellationToken)).Any(layer => layer.Origin?.Id == organization);
}
