using SkillBadges.Core.Organizations;
using SkillBadges.Core.Organizations.Agreements;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions.Articulations;

/// <summary>A school and a college agree what a badge or stack counts for; each side's office speaks for it.</summary>
public sealed class ArticulationWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>Proposes an agreement; the side that proposes says yes to its wording.</summary>
    /// <param name="actor">Of the office of one side.</param>
    /// <param name="organization">That side.</param>
    /// <param name="kind">Whether <paramref name="slug"/> names a badge or a stack.</param>
    /// <param name="slug">What counts.</param>
    /// <param name="school">The school, district or state office whose learners earn it.</param>
    /// <param name="college">Who writes the credit down.</param>
    /// <param name="terms">The wording.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException">
    /// <c>role.missing</c>, <c>organization.not-found</c>, <c>badge.not-found</c>, <c>stack.not-found</c>, <c>articulation.sides</c>, <c>articulation.not-a-party</c>, <c>articulation.terms</c>, <c>definition.unknown-competency</c>, <c>scale.unknown-level</c>.
    /// </exception>
    public Task<Read<Articulation>> ProposeAsync(
        Actor actor, OrganizationId organization, ArticulatedKind kind, string slug, OrganizationId school, OrganizationId college, ArticulationTerms terms, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var now = clock.Now();
            var changes = new Changes();
            var by = await AgreementApproval.OfAsync(authority, actor, organization, now, changes, attemptToken);
            var (from, to) = (await OrganizationAsync(school, attemptToken), await OrganizationAsync(college, attemptToken));
            if (to.Kind != OrganizationKind.College || school == college || from.Kind is OrganizationKind.Employer or OrganizationKind.IndustryBody)
            {
                throw Refused.Invalid("articulation.sides", "An agreement is between a college, which writes the credit down, and a school, district, other college or state office.");
            }

            var articulation = new Articulation(ArticulationId.New(now), kind, slug, school, college);
            await RequireLevelsAsync(articulation, terms, attemptToken);
            return changes.Audit(organization, actor, ActKind.AgreementProposed, articulation.Id.Value, now).Adding(ArticulationDocuments.Kind, articulation.Propose(terms, by));
        },
        ReplayAsync,
        cancellationToken);

    /// <summary>Proposes another wording; the one that holds goes on until both sides said yes to it.</summary>
    /// <exception cref="RefusedException"><c>articulation.not-found</c>, <c>role.missing</c>, <c>request.stale</c>, and those of <see cref="Articulation.Propose"/>.</exception>
    public Task<Read<Articulation>> ReviseAsync(Actor actor, ArticulationId id, OrganizationId organization, ArticulationTerms terms, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, organization, ActKind.AgreementProposed, ifMatch, key, async (articulation, by, attemptToken) =>
        {
            await RequireLevelsAsync(articulation, terms, attemptToken);
            return articulation.Propose(terms, by);
        }, cancellationToken);

    /// <exception cref="RefusedException"><c>articulation.not-found</c>, <c>role.missing</c>, <c>request.stale</c>, and those of <see cref="Articulation.Approve"/>.</exception>
    public Task<Read<Articulation>> ApproveAsync(Actor actor, ArticulationId id, OrganizationId organization, int revision, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, organization, ActKind.AgreementMade, ifMatch, key, async (articulation, by, attemptToken) => articulation.Approve(revision, by, await TodayAsync(articulation, attemptToken)), cancellationToken);

    /// <exception cref="RefusedException"><c>articulation.not-found</c>, <c>role.missing</c>, <c>request.stale</c>, and those of <see cref="Articulation.End"/>.</exception>
    public Task<Read<Articulation>> EndAsync(Actor actor, ArticulationId id, OrganizationId organization, DateOnly lastDay, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, organization, ActKind.AgreementEnded, ifMatch, key, async (articulation, by, attemptToken) => articulation.End(lastDay, by, await TodayAsync(articulation, attemptToken)), cancellationToken);

    /// <summary>One agreement: what was agreed is for everybody, what is only proposed for both sides' offices.</summary>
    /// <exception cref="RefusedException"><c>articulation.not-found</c>.</exception>
    public async Task<Read<Articulation>> ReadAsync(Actor? actor, ArticulationId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(ArticulationDocuments.Kind, id.Value, "articulation", cancellationToken);
        return read.Document.WasAgreed || (actor is not null && await IsPartyAsync(actor, read.Document, cancellationToken)) ? read : throw Refused.NotFound("articulation");
    }

    /// <summary>All agreements of an organization, proposed ones too. For its office.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<Articulation>> ListAsync(Actor actor, OrganizationId organization, Func<DocumentQuery<Articulation>, DocumentQuery<Articulation>> page, CancellationToken cancellationToken)
    {
        await authority.RequireOrStateAsync(actor, organization, Offices.Registry, cancellationToken);
        return await store.QueryAsync(ArticulationDocuments.Kind, page(ArticulationDocuments.ByOrganization.Where(organization.Value)), cancellationToken);
    }

    /// <summary>The day at the college, where promises are counted by days.</summary>
    public async Task<DateOnly> TodayAsync(Articulation articulation, CancellationToken cancellationToken) => (await OrganizationAsync(articulation.College, cancellationToken)).DayOf(clock.Now());

    /// <summary>As <see cref="TodayAsync"/>, by college.</summary>
    public Task<IReadOnlyDictionary<OrganizationId, DateOnly>> TodaysAsync(IEnumerable<Articulation> articulations, CancellationToken cancellationToken) =>
        store.DaysAsync(articulations.Select(articulation => articulation.College), clock.Now(), cancellationToken);

    private Task<Read<Articulation>> ChangeAsync(
        Actor actor, ArticulationId id, OrganizationId organization, ActKind kind, long? ifMatch, RequestKey? key, Func<Articulation, AgreementApproval, CancellationToken, Task<Articulation>> change, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = await ReadAsync(actor, id, attemptToken);
            var changes = new Changes();
            var by = await AgreementApproval.OfAsync(authority, actor, organization, clock.Now(), changes, attemptToken);
            var changed = await change(read.MustBe(ifMatch).Document, by, attemptToken);
            return (ReferenceEquals(changed, read.Document) ? changes : changes.Audit(organization, actor, kind, id.Value, by.At)).Replacing(ArticulationDocuments.Kind, read, changed);
        },
        ReplayAsync,
        cancellationToken);

    private async Task<bool> IsPartyAsync(Actor actor, Articulation articulation, CancellationToken cancellationToken) =>
        await authority.FindAsync(actor, articulation.School, Offices.Registry, cancellationToken) is not null
        || await authority.FindOrStateAsync(actor, articulation.College, Offices.Registry, cancellationToken) is not null;

    private async Task<Organization> OrganizationAsync(OrganizationId id, CancellationToken cancellationToken) =>
        (await store.GetAsync(OrganizationDocuments.Kind, id.Value, "organization", cancellationToken)).Document;

    // A level that the badge does not have could be reached by nobody: better told now than to a student.
    private async Task RequireLevelsAsync(Articulation articulation, ArticulationTerms terms, CancellationToken cancellationToken)
    {
        if (articulation.Kind == ArticulatedKind.Stack)
        {
            await RequireLevelOfStackAsync(articulation.Slug, terms.MinimumLevel, cancellationToken);
            return;
        }

        var badge = await store.CurrentVersionAsync(articulation.Slug, cancellationToken);
        foreach (var competency in terms.CompetencyLevels.Keys)
        {
            badge.Competency(competency);
        }

        foreach (var level in terms.CompetencyLevels.Values.Append(terms.MinimumLevel).OfType<string>())
        {
            badge.Scale.Level(level);
        }
    }

    // Every badge of a stack has to reach it. One that is in no catalogue yet is nobody's to earn either way.
    private async Task RequireLevelOfStackAsync(string slug, string? level, CancellationToken cancellationToken)
    {
        var stack = await store.CurrentStackAsync(slug, new Changes(), cancellationToken);
        if (level is not null)
        {
            var heads = await store.FindAllAsync(DefinitionDocuments.Heads, stack.Badges.Select(badge => badge.Slug), cancellationToken);
            foreach (var badge in (await store.VersionsAsync(heads.Select(head => new BadgeVersionId(head.Slug, head.CurrentVersion)), cancellationToken)).Values)
            {
                badge.Scale.Level(level);
            }
        }
    }

    private Task<Read<Articulation>> ReplayAsync(string id, CancellationToken cancellationToken) => store.GetAsync(ArticulationDocuments.Kind, id, "articulation", cancellationToken);
}
