using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Organizations;

/// <summary>Which lines of "who did what" are asked for.</summary>
/// <param name="By">Null for everybody's.</param>
/// <param name="Before">The first instant that is not asked for; null for up to now.</param>
public sealed record ActQuestion(PersonId? By, DateTimeOffset? From, DateTimeOffset? Before);

/// <summary>An organization's administrators read what its office did.</summary>
public sealed class ActReading(IDocumentStore store, Authority authority)
{
    /// <summary>Latest first.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<Act>> ListAsync(Actor actor, OrganizationId organization, ActQuestion question, Func<DocumentQuery<Act>, DocumentQuery<Act>> page, CancellationToken cancellationToken)
    {
        await authority.RequireOrStateAsync(actor, organization, Offices.Administrators, cancellationToken);
        var query = question.By is { } by ? ActDocuments.ByActor.Where(by.Value, organization.Value) : ActDocuments.ByOrganization.Where(organization.Value);
        query = question.From is { } from ? query.From(from) : query;
        query = question.Before is { } before ? query.To(before) : query;
        return await store.QueryAsync(ActDocuments.Kind, page(query.Descending()), cancellationToken);
    }
}
