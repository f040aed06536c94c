using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>A teacher's say over a learner, and the documents that give it; a commit requires them to be as they were read.</summary>
public sealed record Teaching(Read<Membership> Membership, Read<ClassSection> Section)
{
    public Changes RequireIn(Changes changes) => changes.Require(MembershipDocuments.Kind, Membership).Require(ClassSectionDocuments.Kind, Section);
}

/// <summary>Who teaches whom now: the say over a learner's way of working, whoever decides on the badge in the end.</summary>
public sealed class ClassTeaching(IDocumentStore store, Authority authority, TimeProvider clock)
{
    /// <summary>The actor's class with this learner at the organization, or null; nobody teaches themselves.</summary>
    public async Task<Teaching?> FindAsync(Actor teacher, PersonId learner, OrganizationId organization, CancellationToken cancellationToken)
    {
        if (teacher.Person == learner || await authority.FindAsync(teacher, organization, [Role.Teacher], cancellationToken) is not { } membership)
        {
            return null;
        }

        var now = clock.Now();
        var sections = await store.WholeAsync(ClassSectionDocuments.Kind, ClassSectionDocuments.ByTeacher.Where(teacher.Person.Value).Descending(), cancellationToken);
        var section = sections.Items.FirstOrDefault(read => read.Document.Organization == organization && read.Document.Assigns(teacher.Person, learner, now));
        return section is null ? null : new(membership, section);
    }

    /// <summary>The learner's teachers at the organization now, to be told of something; their roles are checked when they act.</summary>
    public async Task<IReadOnlyList<PersonId>> TeachersOfAsync(PersonId learner, OrganizationId organization, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var sections = await store.WholeAsync(ClassSectionDocuments.Kind, ClassSectionDocuments.ByStudent.Where(learner.Value).Descending(), cancellationToken);
        return
        [
            .. sections.Documents.Where(section => section.Organization == organization)
                .SelectMany(section => section.Teachers.Where(teacher => teacher != learner && section.Assigns(teacher, learner, now))).Distinct(),
        ];
    }

    /// <summary>A class of the actor's, to ask what its students wait for.</summary>
    /// <exception cref="RefusedException"><c>class-section.not-found</c>.</exception>
    public async Task<ClassSection> TaughtAsync(Actor teacher, ClassSectionId id, CancellationToken cancellationToken)
    {
        var section = (await store.GetAsync(ClassSectionDocuments.Kind, id.Value, "class-section", cancellationToken)).Document;
        var isTheirs = section.Teachers.Contains(teacher.Person) && await authority.FindAsync(teacher, section.Organization, [Role.Teacher], cancellationToken) is not null;
        return isTheirs ? section : throw Refused.NotFound("class-section");
    }
}
