using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Peers;

/// <summary>That somebody learns in one class with a learner now, and the documents that say so; a commit requires them to be as they were read.</summary>
public sealed record SharedClass(Read<Membership> Membership, Read<ClassSection> Section)
{
    public Changes RequireIn(Changes changes) => changes.Require(MembershipDocuments.Kind, Membership).Require(ClassSectionDocuments.Kind, Section);
}

/// <summary>A class as one of its students sees it.</summary>
/// <param name="Others">The other students.</param>
public sealed record OwnClass(ClassSection Section, IReadOnlyList<Person> Others);

/// <summary>Who is in a class with whom now.</summary>
public sealed class Classmates(IDocumentStore store, Authority authority, EffectiveSettings settings, TimeProvider clock)
{
    /// <summary>The class that this person is in with the learner at the school now, or null.</summary>
    public async Task<SharedClass?> FindAsync(PersonId person, PersonId learner, OrganizationId school, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var sections = await store.WholeAsync(ClassSectionDocuments.Kind, ClassSectionDocuments.ByStudent.Where(person.Value).Descending(), cancellationToken);
        return sections.Items.FirstOrDefault(read => read.Document.Organization == school && read.Document.Unites(person, learner, now)) is { } section
            && await authority.FindAsync(new(person), school, Offices.Learners, cancellationToken) is { } role
            ? new(role, section)
            : null;
    }

    /// <summary>The actor's classes at a school with those whom they may ask, so that they can choose.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>peer-review.off</c>.</exception>
    public async Task<Page<OwnClass>> ListAsync(Actor actor, OrganizationId school, Func<DocumentQuery<ClassSection>, DocumentQuery<ClassSection>> page, CancellationToken cancellationToken)
    {
        await authority.RequireAsync(actor, school, Offices.Learners, cancellationToken);
        await settings.RequirePeerFeedbackAsync(school, cancellationToken);
        var now = clock.Now();
        var found = await store.QueryAsync(ClassSectionDocuments.Kind, page(ClassSectionDocuments.ByStudent.Where(actor.Person.Value).Descending()), cancellationToken);
        var classes = new List<Read<OwnClass>>();
        foreach (var read in found.Items.Where(read => read.Document.Organization == school && read.Document.IsHeldAt(now)))
        {
            var others = await store.FindManyAsync(PersonDocuments.Kind, [.. read.Document.Students.Where(student => student != actor.Person).Select(student => student.Value)], cancellationToken);
            classes.Add(new(new(read.Document, [.. others.Select(one => one.Document).OrderBy(person => person.DisplayName, StringComparer.Ordinal)]), read.Id, read.Version));
        }

        return new(classes, found.Next);
    }
}
