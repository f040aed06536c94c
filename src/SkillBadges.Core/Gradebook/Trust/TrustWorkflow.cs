using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Trust;

public static class TrustDocuments
{
    /// <summary>One for each organization that says something, by its id.</summary>
    public static readonly DocumentKind<TrustList> Kind = new("trust_list", list => list.Organization.Value);

    /// <summary>What holds at an organization: its own list first, then those above it. Whom a school accepts is no secret.</summary>
    /// <exception cref="RefusedException"><c>organization.not-found</c>.</exception>
    public static async Task<IReadOnlyList<TrustLayer>> TrustLayersAsync(this IDocumentStore store, EffectiveSettings settings, OrganizationId organization, CancellationToken cancellationToken)
    {
        var line = (await settings.LayersAsync(organization, cancellationToken)).Select(layer => layer.Origin).OfType<Organization>().ToList();
        var lists = (await store.FindManyAsync(Kind, [.. line.Select(at => at.Id.Value)], cancellationToken)).ToDictionary(read => read.Document.Organization, read => read.Document);
        return [.. line.Select(at => new TrustLayer(at, lists.GetValueOrDefault(at.Id)))];
    }
}

/// <summary>An organization's administrator says whose decisions count there, and below it.</summary>
public sealed class TrustWorkflow(Commits commits, Authority authority, EffectiveSettings settings, InstanceAddress address, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <param name="actor">Administers the organization, or the state.</param>
    /// <param name="organization">Whose list it is.</param>
    /// <param name="issuer">An organization here, in place of the DID in <paramref name="terms"/>; null to use that.</param>
    /// <param name="terms">The line.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException"><c>organization.not-found</c>, <c>role.missing</c>, and those of <see cref="TrustList.Add"/>.</exception>
    public Task<Read<TrustList>> AddAsync(Actor actor, OrganizationId organization, OrganizationId? issuer, TrustTerms terms, RequestKey? key, CancellationToken cancellationToken) =>
        ChangeAsync(actor, organization, ActKind.IssuerTrusted, null, key, async (list, _, attemptToken) =>
        {
            var named = issuer is { } here ? terms with { Issuer = address.DidOf((await OrganizationAsync(here, attemptToken)).Document.Slug) } : terms;
            return list.Add(new(NewId.Ordered(clock.Now()), named, actor.Person, clock.Now()));
        }, cancellationToken);

    /// <exception cref="RefusedException"><c>organization.not-found</c>, <c>role.missing</c>, <c>request.stale</c>, and those of <see cref="TrustList.End"/>.</exception>
    public Task<Read<TrustList>> EndAsync(Actor actor, OrganizationId organization, string entry, DateOnly lastDay, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) =>
        ChangeAsync(actor, organization, ActKind.IssuerDistrusted, ifMatch, key, (list, at, _) => Task.FromResult(list.End(entry, lastDay, actor.Person, at.DayOf(clock.Now()))), cancellationToken);

    /// <summary>What holds at an organization: its own list first, then those above it. Whom a school accepts is no secret.</summary>
    /// <exception cref="RefusedException"><c>organization.not-found</c>.</exception>
    public Task<IReadOnlyList<TrustLayer>> LayersAsync(OrganizationId organization, CancellationToken cancellationToken) => store.TrustLayersAsync(settings, organization, cancellationToken);

    private Task<Read<TrustList>> ChangeAsync(
        Actor actor, OrganizationId organization, ActKind kind, long? ifMatch, RequestKey? key, Func<TrustList, Organization, CancellationToken, Task<TrustList>> change, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var at = await OrganizationAsync(organization, attemptToken);
            var admin = await authority.RequireOrStateAsync(actor, organization, Offices.Administrators, attemptToken);
            var changes = new Changes().Require(OrganizationDocuments.Kind, at).Require(MembershipDocuments.Kind, admin);
            var read = await store.FindAsync(TrustDocuments.Kind, organization.Value, attemptToken) ?? new(new(organization), organization.Value, 0);
            var changed = await change(read.MustBe(ifMatch).Document, at.Document, attemptToken);
            if (ReferenceEquals(changed, read.Document))
            {
                return new Outcome<Read<TrustList>>(changes, read, organization.Value);
            }

            changes.Audit(organization, actor, kind, null, clock.Now());
            changes = read.Version == 0 ? changes.Add(TrustDocuments.Kind, changed) : changes.Replace(TrustDocuments.Kind, read, changed);
            return new Outcome<Read<TrustList>>(changes, read.Became(changed), organization.Value);
        },
        (id, replayToken) => store.GetAsync(TrustDocuments.Kind, id, "organization", replayToken),
        cancellationToken);

    private Task<Read<Organization>> OrganizationAsync(OrganizationId id, CancellationToken cancellationToken) => store.GetAsync(OrganizationDocuments.Kind, id.Value, "organization", cancellationToken);
}
