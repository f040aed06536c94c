using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Gradebook.Classes;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Cycles;

/// <summary>A school opens cycles, freezes them, and looks what became of them.</summary>
public sealed class CycleWorkflow(Commits commits, Authority authority, ClassReading reading, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;
    private readonly EffectiveSettings settings = new(commits.Store);

    /// <param name="actor">Keeps the school's books.</param>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>stage.reporting-off</c>, <c>cycle.name</c>, <c>cycle.days</c>, <c>cycle.badges</c>, <c>badge.not-found</c>.</exception>
    public Task<Read<Cycle>> OpenAsync(Actor actor, OrganizationId organization, string name, DateOnly from, DateOnly to, ImmutableArray<string> badges, RequestKey? key, CancellationToken cancellationToken) =>
        commits.OnceAsync(
            key,
            async attemptToken =>
            {
                var office = await authority.RequireAsync(actor, organization, Offices.Registry, attemptToken);
                await settings.RequireReportingAsync(organization, attemptToken);
                var cycle = Cycle.Open(NewId.Ordered(clock.Now()), organization, name, from, to, badges, actor.Person, clock.Now());
                if ((await store.FindManyAsync(DefinitionDocuments.Heads, badges, attemptToken)).Count < badges.Length)
                {
                    throw Refused.NotFound("badge");
                }

                return new Changes().Require(MembershipDocuments.Kind, office).Audit(organization, actor, ActKind.CycleOpened, cycle.Id, cycle.OpenedAt).Adding(CycleDocuments.Kind, cycle);
            },
            (id, token) => store.GetAsync(CycleDocuments.Kind, id, "cycle", token),
            cancellationToken);

    /// <summary>The cycles of a school, latest first.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>stage.reporting-off</c>.</exception>
    public async Task<Page<Cycle>> ListAsync(Actor actor, OrganizationId organization, Func<DocumentQuery<Cycle>, DocumentQuery<Cycle>> page, CancellationToken cancellationToken)
    {
        await authority.RequireAsync(actor, organization, Offices.Records, cancellationToken);
        await settings.RequireReportingAsync(organization, cancellationToken);
        return await store.QueryAsync(CycleDocuments.Kind, page(CycleDocuments.ByOrganization.Where(organization.Value).Descending()), cancellationToken);
    }

    /// <summary>For the school's records office.</summary>
    /// <exception cref="RefusedException"><c>cycle.not-found</c>, <c>stage.reporting-off</c>.</exception>
    public async Task<Read<Cycle>> ReadAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(CycleDocuments.Kind, id, "cycle", cancellationToken);
        _ = await authority.FindAsync(actor, read.Document.Organization, Offices.Records, cancellationToken) ?? throw Refused.NotFound("cycle");
        await settings.RequireReportingAsync(read.Document.Organization, cancellationToken);
        return read;
    }

    /// <summary>
    /// Keeps every class as it stands, for good. A freezing that was cut off is gone on with when it is asked for again, with what was recorded until it first began;
    /// a cycle that is frozen stays as it is.
    /// </summary>
    /// <exception cref="RefusedException"><c>cycle.not-found</c>, <c>stage.reporting-off</c>, <c>cycle.not-begun</c>.</exception>
    public async Task<Read<Cycle>> FreezeAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        var cycle = await ReadAsync(actor, id, cancellationToken);
        var office = await authority.FindAsync(actor, cycle.Document.Organization, Offices.Registry, cancellationToken) ?? throw Refused.NotFound("cycle");
        if (cycle.Document.IsFrozen)
        {
            return cycle;
        }

        var school = (await store.GetAsync(OrganizationDocuments.Kind, cycle.Document.Organization.Value, "organization", cancellationToken)).Document;
        var (start, end) = (school.StartOf(cycle.Document.From), school.StartOf(cycle.Document.To.AddDays(1)));
        var begun = cycle.Document.BeginFreezing(start, end, clock.Now());
        if (cycle.Document.AsOf is null)
        {
            await store.CommitAsync(new Changes().Replace(CycleDocuments.Kind, cycle, begun).Require(MembershipDocuments.Kind, office), cancellationToken);
            cycle = cycle.Became(begun);
        }

        var classes = new List<FrozenClass>();
        await foreach (var section in store.AllAsync(ClassSectionDocuments.Kind, ClassSectionDocuments.ByOrganization.Where(school.Id.Value), cancellationToken))
        {
            if (section.Document.From < begun.AsOf && (section.Document.To is null || section.Document.To > start))
            {
                classes.Add(await KeepAsync(cycle, section.Document, start, cancellationToken));
            }
        }

        var now = clock.Now();
        var frozen = begun.Freeze(classes, actor.Person, now);
        await store.CommitAsync(new Changes().Replace(CycleDocuments.Kind, cycle, frozen).Require(MembershipDocuments.Kind, office).Audit(school.Id, actor, ActKind.CycleFrozen, id, now), cancellationToken);
        return cycle.Became(frozen);
    }

    /// <summary>A class as the cycle has it: its snapshot once frozen, and until then as it stands now.</summary>
    public async Task<CycleContent?> ContentAsync(Cycle cycle, ClassSection section, CancellationToken cancellationToken)
    {
        if (cycle.IsFrozen)
        {
            return (await store.FindAsync(CycleDocuments.Snapshots, CycleSnapshot.IdOf(cycle.Id, section.Id), cancellationToken))?.Document.Content;
        }

        var school = (await store.GetAsync(OrganizationDocuments.Kind, cycle.Organization.Value, "organization", cancellationToken)).Document;
        return await LookAsync(cycle, section, school.StartOf(cycle.From), clock.Now(), cancellationToken);
    }

    /// <summary>A class as it stands at an instant, over the badges of the cycle.</summary>
    public async Task<CycleContent> LookAsync(Cycle cycle, ClassSection section, DateTimeOffset from, DateTimeOffset asOf, CancellationToken cancellationToken) =>
        CycleContent.Of(cycle.Id, await reading.ReadAsync(section, new(cycle.Badges, []) { IsBounded = false, Before = asOf }, cancellationToken), from, asOf, everyColumn: !cycle.Badges.IsEmpty);

    private async Task<FrozenClass> KeepAsync(Read<Cycle> cycle, ClassSection section, DateTimeOffset start, CancellationToken cancellationToken)
    {
        var earlier = await store.FindAsync(CycleDocuments.Snapshots, CycleSnapshot.IdOf(cycle.Id, section.Id), cancellationToken);
        if (earlier is null || earlier.Document.Content.AsOf != cycle.Document.AsOf)
        {
            var snapshot = CycleSnapshot.Of(await LookAsync(cycle.Document, section, start, cycle.Document.AsOf!.Value, cancellationToken));

            // The cycle is not frozen yet, or the commit fails: nobody writes into a frozen one.
            var changes = new Changes().Require(CycleDocuments.Kind, cycle);
            await store.CommitAsync(earlier is null ? changes.Add(CycleDocuments.Snapshots, snapshot) : changes.Replace(CycleDocuments.Snapshots, earlier, snapshot), cancellationToken);
            return new(section.Id, section.Name, snapshot.Hash);
        }

        return new(section.Id, earlier.Document.Content.Name, earlier.Document.Hash);
    }
}
