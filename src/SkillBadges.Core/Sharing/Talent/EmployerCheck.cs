using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Talent;

/// <summary>Somebody of the state office looked at an employer, and it is the one that it says it is.</summary>
/// <param name="Reference">What was looked at, such as the number in the state's register of businesses.</param>
public sealed record EmployerCheck(OrganizationId Employer, string Reference, PersonId By, DateTimeOffset At)
{
    public const int MaxReferenceLength = 200;

    /// <summary>From then on it may search no more; absent while it may.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

public static class EmployerCheckDocuments
{
    public static readonly AccessPath<EmployerCheck> ByTime = new AccessPath<EmployerCheck>("at").OrderBy("at", c => c.At);

    public static readonly DocumentKind<EmployerCheck> Kind = new("employer_check", c => c.Employer.Value) { Paths = [ByTime] };
}

/// <summary>The state office lets employers search for people with skills, and ends it at once.</summary>
public sealed class EmployerCheckWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>Enters that an employer was looked at, or looks at it anew.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>organization.not-found</c>, <c>employer.kind</c>, <c>employer.reference</c>.</exception>
    public Task<Read<EmployerCheck>> EnterAsync(Actor actor, OrganizationId employer, string reference, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async token =>
        {
            var changes = new Changes().Require(MembershipDocuments.Kind, await RequireStateAsync(actor, token));
            var organization = await store.GetAsync(OrganizationDocuments.Kind, employer.Value, "organization", token);
            if (organization.Document.Kind is not OrganizationKind.Employer)
            {
                throw Refused.Invalid("employer.kind", "Employers alone search for people with skills.");
            }

            var check = new EmployerCheck(employer, DisplayText.Require(reference, EmployerCheck.MaxReferenceLength, "employer.reference"), actor.Person, clock.Now());
            changes.Require(OrganizationDocuments.Kind, organization);
            return await store.FindAsync(EmployerCheckDocuments.Kind, employer.Value, token) is { } known
                ? changes.Replacing(EmployerCheckDocuments.Kind, known, check)
                : changes.Adding(EmployerCheckDocuments.Kind, check);
        },
        ReplayAsync,
        cancellationToken);

    /// <summary>Ends it; again is harmless.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>employer.not-found</c>.</exception>
    public Task<Read<EmployerCheck>> EndAsync(Actor actor, OrganizationId employer, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async token =>
        {
            var changes = new Changes().Require(MembershipDocuments.Kind, await RequireStateAsync(actor, token));
            var read = await store.GetAsync(EmployerCheckDocuments.Kind, employer.Value, "employer", token);
            return changes.Replacing(EmployerCheckDocuments.Kind, read, read.Document.EndedAt is null ? read.Document with { EndedAt = clock.Now() } : read.Document);
        },
        ReplayAsync,
        cancellationToken);

    /// <summary>Every employer that was looked at, latest first.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<EmployerCheck>> ListAsync(Actor actor, Func<DocumentQuery<EmployerCheck>, DocumentQuery<EmployerCheck>> page, CancellationToken cancellationToken)
    {
        await RequireStateAsync(actor, cancellationToken);
        return await store.QueryAsync(EmployerCheckDocuments.Kind, page(EmployerCheckDocuments.ByTime.Where().Descending()), cancellationToken);
    }

    private async Task<Read<Membership>> RequireStateAsync(Actor actor, CancellationToken cancellationToken) =>
        await authority.FindStateAdminAsync(actor, cancellationToken) ?? throw Refused.Forbidden("role.missing", "The state office looks at employers.");

    private Task<Read<EmployerCheck>> ReplayAsync(string id, CancellationToken cancellationToken) => store.GetAsync(EmployerCheckDocuments.Kind, id, "employer", cancellationToken);
}
