using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Graduation;

/// <summary>A school's rules of graduation, version by version.</summary>
public sealed class GraduationWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>The first version; for the office of a school or district.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>, and those of <see cref="GraduationTerms.Checked"/>.</exception>
    public Task<Read<GraduationRules>> AddAsync(Actor actor, OrganizationId organization, GraduationTerms terms, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken => Version(
            new(NewId.Ordered(clock.Now()), 1, organization, terms.Checked(), actor.Person, clock.Now()), await authority.RequireAsync(actor, organization, Offices.Registry, attemptToken)),
        Replay,
        cancellationToken);

    /// <summary>The next version; audits by earlier ones stay what they were.</summary>
    /// <exception cref="RefusedException"><c>graduation-rules.not-found</c>, and those of <see cref="GraduationTerms.Checked"/>.</exception>
    public Task<Read<GraduationRules>> ReviseAsync(Actor actor, string rulesKey, GraduationTerms terms, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var last = (await store.FirstAsync(GraduationDocuments.Rules, GraduationDocuments.ByKey.Where(rulesKey).Descending(), attemptToken))?.Document ?? throw Refused.NotFound("graduation-rules");
            var office = await authority.FindAsync(actor, last.Organization, Offices.Registry, attemptToken) ?? throw Refused.NotFound("graduation-rules");
            return Version(last with { Version = last.Version + 1, Terms = terms.Checked(), By = actor.Person, At = clock.Now() }, office);
        },
        Replay,
        cancellationToken);

    /// <summary>Rules are public within the instance: learners see what they work towards.</summary>
    /// <exception cref="RefusedException"><c>organization.not-found</c>.</exception>
    public async Task<Page<GraduationRules>> ListAsync(OrganizationId organization, Func<DocumentQuery<GraduationRules>, DocumentQuery<GraduationRules>> page, CancellationToken cancellationToken)
    {
        await store.GetAsync(OrganizationDocuments.Kind, organization.Value, "organization", cancellationToken);
        return await store.QueryAsync(GraduationDocuments.Rules, page(GraduationDocuments.ByOrganization.Where(organization.Value).Descending()), cancellationToken);
    }

    private Task<Read<GraduationRules>> Replay(string id, CancellationToken cancellationToken) => store.GetAsync(GraduationDocuments.Rules, id, "graduation-rules", cancellationToken);

    private static Outcome<Read<GraduationRules>> Version(GraduationRules rules, Read<Membership> office) =>
        new(new Changes().Add(GraduationDocuments.Rules, rules).Require(MembershipDocuments.Kind, office).Audit(rules.Organization, new(rules.By), ActKind.GraduationRulesWritten, rules.Id, rules.At), new(rules, rules.Id, 1), rules.Id);
}
