using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Yearly;

/// <summary>A state office counts the badges of a school year.</summary>
public sealed class BadgeCountWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    /// <summary>Of a badge that is in the catalogue no more.</summary>
    public const string OtherPrograms = "other";

    private readonly IDocumentStore store = commits.Store;

    /// <summary>Counts, and keeps what is not kept back in place of an earlier count of the year. Badges that were taken back do not count.</summary>
    /// <param name="actor">State admin of the office.</param>
    /// <param name="office">The state office; the schools are those below it.</param>
    /// <param name="year">In which the school year ends.</param>
    /// <param name="cancellationToken">Stops the counting.</param>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>yearly-report.year</c>, <c>badge-count.too-soon</c>.</exception>
    public Task<Read<BadgeCount>> CountAsync(Actor actor, OrganizationId office, int year, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var admin = await authority.RequireAsync(actor, office, [Role.StateAdmin], attemptToken);
            var now = clock.Now();
            var state = (await store.GetAsync(OrganizationDocuments.Kind, office.Value, "organization", attemptToken)).Document;
            var counted = SchoolYear.Require(year, state.DayOf(now));
            var known = await store.FindAsync(BadgeCountDocuments.Kind, BadgeCount.IdOf(office, year), attemptToken);
            if (known is not null && now < known.Document.At + BadgeCount.Rest)
            {
                throw Refused.Conflict("badge-count.too-soon", $"This year was counted in the last {BadgeCount.Rest.Days} days; two counts would tell by their difference what each keeps back.");
            }

            var count = new BadgeCount(office, year, Suppression.Of(await TableAsync(state, counted, attemptToken)), actor.Person, now);
            var changes = new Changes().Require(MembershipDocuments.Kind, admin);
            return known is null ? changes.Adding(BadgeCountDocuments.Kind, count) : changes.Replacing(BadgeCountDocuments.Kind, known, count);
        },
        cancellationToken);

    /// <summary>What was counted, latest year first.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<BadgeCount>> ListAsync(Actor actor, OrganizationId office, Func<DocumentQuery<BadgeCount>, DocumentQuery<BadgeCount>> page, CancellationToken cancellationToken)
    {
        await authority.RequireAsync(actor, office, [Role.StateAdmin], cancellationToken);
        return await store.QueryAsync(BadgeCountDocuments.Kind, page(BadgeCountDocuments.ByOrganization.Where(office.Value).Descending()), cancellationToken);
    }

    private async Task<CountTable> TableAsync(Organization state, SchoolYear year, CancellationToken cancellationToken)
    {
        var below = await SchoolsBelow.TreeAsync(store, state, cancellationToken);
        var counted = new Dictionary<OrganizationId, Dictionary<string, int>>();
        foreach (var school in below.Where(one => one.KeepsRecords))
        {
            counted[school.Id] = await BadgesAsync(school, year, cancellationToken);
        }

        var slugs = counted.Values.SelectMany(badges => badges.Keys).Distinct(StringComparer.Ordinal).ToArray();
        var fields = (await store.FindAllAsync(DefinitionDocuments.Heads, slugs, cancellationToken)).ToDictionary(head => head.Slug, head => head.Field, StringComparer.Ordinal);
        ImmutableArray<string> columns = [.. slugs.Select(slug => fields.GetValueOrDefault(slug, OtherPrograms)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var rows = new List<(string Id, string Name, int Above, IReadOnlyList<int> Counts)>();
        foreach (var one in Downwards(state, below.ToLookup(one => one.Parent)).Where(one => one.Id == state.Id || one.KeepsRecords || below.Any(other => other.Parent == one.Id && other.KeepsRecords)))
        {
            var badges = counted.GetValueOrDefault(one.Id, []);
            rows.Add((one.Id.Value, one.Name, rows.FindIndex(row => row.Id == one.Parent?.Value), [.. columns.Select(column => badges.Where(badge => fields.GetValueOrDefault(badge.Key, OtherPrograms) == column).Sum(badge => badge.Value))]));
        }

        return CountTable.Of("badges-awarded", columns, rows);
    }

    // Each with those below it right after it.
    private static IEnumerable<Organization> Downwards(Organization one, ILookup<OrganizationId?, Organization> below) => below[one.Id].SelectMany(under => Downwards(under, below)).Prepend(one);

    private async Task<Dictionary<string, int>> BadgesAsync(Organization school, SchoolYear year, CancellationToken cancellationToken)
    {
        var badges = new Dictionary<string, int>(StringComparer.Ordinal);
        var query = AwardDocuments.ByOrganization.Where(school.Id.Value).From(school.StartOf(year.From)).To(school.StartOf(year.Until));
        await foreach (var award in store.AllAsync(AwardDocuments.Kind, query, cancellationToken))
        {
            if (award.Document.State == AwardState.Issued)
            {
                badges[award.Document.Badge.Slug] = badges.GetValueOrDefault(award.Document.Badge.Slug) + 1;
            }
        }

        return badges;
    }
}
