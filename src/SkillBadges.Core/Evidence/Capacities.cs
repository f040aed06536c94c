using System.Runtime.CompilerServices;
using SkillBadges.Core.Evidence.Assessors;
using SkillBadges.Core.Evidence.Passes;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>In which capacities somebody may judge work now: by class, pool, badge or internship, or for a colleague who is away.</summary>
public sealed class Capacities(IDocumentStore store, Authority authority, TimeProvider clock)
{
    public async IAsyncEnumerable<Assignment> OfAsync(Actor actor, AssessedWork work, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var own in OwnAsync(actor, work, cancellationToken))
        {
            yield return own;
        }

        foreach (var delegation in await DelegationsAsync(actor, cancellationToken))
        {
            if (await authority.FindAsync(actor, delegation.Document.Organization, [delegation.Document.Role], cancellationToken) is not { } role)
            {
                continue;
            }

            await foreach (var absent in OwnAsync(new(delegation.Document.For), work, cancellationToken))
            {
                if (absent.Assessor.Organization == delegation.Document.Organization && absent.Assessor.Role == delegation.Document.Role)
                {
                    yield return (absent with { Assessor = absent.Assessor with { Person = actor.Person, For = delegation.Document.For } })
                        .On(DelegationDocuments.Kind, delegation)
                        .On(MembershipDocuments.Kind, role);
                }
            }
        }
    }

    /// <summary>The delegations to this person that hold now.</summary>
    public async Task<IReadOnlyList<Read<Delegation>>> DelegationsAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.IsLimited)
        {
            return [];
        }

        var now = clock.Now();
        var page = await store.WholeAsync(DelegationDocuments.Kind, DelegationDocuments.ByDelegate.Where(actor.Person.Value).From(now), cancellationToken);
        return [.. page.Items.Where(read => read.Document.HoldsAt(now))];
    }

    private async IAsyncEnumerable<Assignment> OwnAsync(Actor actor, AssessedWork work, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var now = clock.Now();
        if (await authority.FindAsync(actor, work.Organization, [Role.Teacher], cancellationToken) is { } teacher)
        {
            var sections = await SectionsAsync(actor.Person, cancellationToken);
            if (sections.Items.FirstOrDefault(read => read.Document.Organization == work.Organization && read.Document.Assigns(actor.Person, work.Learner, now)) is { } section)
            {
                yield return As(actor, teacher, AssessorRelation.TeachesTheClass, new(section.Document.Id, null, null)).On(ClassSectionDocuments.Kind, section);
            }

            var standing = await StandingAsync(actor.Person, cancellationToken);
            foreach (var read in standing.Items.Where(read => read.Document.Assigns(actor.Person, work.Organization, work.Badge, now)))
            {
                yield return As(actor, teacher, read.Document.IsPool ? AssessorRelation.InThePool : AssessorRelation.NamedForTheBadge, new(null, null, null)).On(StandingAssignmentDocuments.Kind, read);
            }
        }

        await foreach (var held in store.SupervisedAsync(authority, actor, now, AsksFor, cancellationToken))
        {
            var placement = held.Placement.Document;
            var assignment = As(actor, held.Role, AssessorRelation.SupervisesThePlacement, new(null, placement.Id, placement.Employer)).On(PlacementDocuments.Kind, held.Placement);
            yield return held.Pass is { } pass ? assignment.On(PassDocuments.Kind, pass) : assignment;
        }

        bool AsksFor(Placement placement) => placement.School == work.Organization && placement.Assigns(actor.Person, work.Learner, work.Badge, now);
    }

    internal Task<Page<ClassSection>> SectionsAsync(PersonId teacher, CancellationToken cancellationToken) =>
        store.WholeAsync(ClassSectionDocuments.Kind, ClassSectionDocuments.ByTeacher.Where(teacher.Value).Descending(), cancellationToken);

    internal Task<Page<StandingAssignment>> StandingAsync(PersonId assessor, CancellationToken cancellationToken) =>
        store.WholeAsync(StandingAssignmentDocuments.Kind, StandingAssignmentDocuments.ByAssessor.Where(assessor.Value).Descending(), cancellationToken);

    internal Task<Page<Placement>> PlacementsAsync(PersonId supervisor, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.WholeAsync(PlacementDocuments.Kind, PlacementDocuments.BySupervisor.Where(supervisor.Value).From(now), cancellationToken);

    private static Assignment As(Actor actor, Read<Membership> role, AssessorRelation relation, DecisionContext context) =>
        new Assignment(new(actor.Person, role.Document.Role, role.Document.Organization, relation), context).On(MembershipDocuments.Kind, role);
}
