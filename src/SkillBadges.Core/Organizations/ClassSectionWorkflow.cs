using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Organizations;

/// <summary>A school's office keeps its classes; a class assigns its teachers to its students' work.</summary>
public sealed class ClassSectionWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException"><c>role.missing</c>, <c>class-section.name</c>.</exception>
    public Task<Read<ClassSection>> OpenAsync(Actor actor, OrganizationId organization, string name, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var now = clock.Now();
            var office = await authority.RequireAsync(actor, organization, Offices.Registry, attemptToken);
            var section = ClassSection.Open(ClassSectionId.New(now), organization, name, now);
            return new Changes().Require(MembershipDocuments.Kind, office).Adding(ClassSectionDocuments.Kind, section);
        },
        Replay,
        cancellationToken);

    /// <exception cref="RefusedException"><c>class-section.not-found</c>, <c>class-section.not-a-teacher</c>, <c>class-section.too-many-teachers</c>, <c>request.stale</c>.</exception>
    public Task<Read<ClassSection>> AddTeacherAsync(Actor actor, ClassSectionId id, PersonId teacher, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, ifMatch, key, async (section, changes, attemptToken) =>
        {
            var role = await authority.FindAsync(new(teacher), section.Organization, [Role.Teacher], attemptToken)
                ?? throw Refused.Invalid("class-section.not-a-teacher", "This person is not a teacher of this school.");
            changes.Require(MembershipDocuments.Kind, role);
            return section.AddTeacher(teacher);
        }, cancellationToken);

    /// <exception cref="RefusedException"><c>class-section.not-found</c>, <c>class-section.not-a-student</c>, <c>class-section.full</c>, <c>request.stale</c>.</exception>
    public Task<Read<ClassSection>> AddStudentAsync(Actor actor, ClassSectionId id, PersonId student, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, ifMatch, key, async (section, changes, attemptToken) =>
        {
            var role = await authority.FindAsync(new(student), section.Organization, Offices.Learners, attemptToken)
                ?? throw Refused.Invalid("class-section.not-a-student", "This person neither studies nor works at this school.");
            changes.Require(MembershipDocuments.Kind, role);
            return section.AddStudent(student);
        }, cancellationToken);

    /// <exception cref="RefusedException"><c>class-section.not-found</c>, <c>request.stale</c>.</exception>
    public Task<Read<ClassSection>> RemoveTeacherAsync(Actor actor, ClassSectionId id, PersonId teacher, long? ifMatch, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, ifMatch, null, (section, _, _) => Task.FromResult(section.RemoveTeacher(teacher)), cancellationToken);

    /// <exception cref="RefusedException"><c>class-section.not-found</c>, <c>request.stale</c>.</exception>
    public Task<Read<ClassSection>> RemoveStudentAsync(Actor actor, ClassSectionId id, PersonId student, long? ifMatch, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, ifMatch, null, (section, _, _) => Task.FromResult(section.RemoveStudent(student)), cancellationToken);

    /// <exception cref="RefusedException"><c>class-section.not-found</c>, <c>class-section.ended</c>, <c>request.stale</c>.</exception>
    public Task<Read<ClassSection>> EndAsync(Actor actor, ClassSectionId id, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, ifMatch, key, (section, _, _) => Task.FromResult(section.End(clock.Now())), cancellationToken);

    /// <summary>The office sees every class, a teacher their own.</summary>
    /// <exception cref="RefusedException"><c>class-section.not-found</c>.</exception>
    public async Task<Read<ClassSection>> ReadAsync(Actor actor, ClassSectionId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(ClassSectionDocuments.Kind, id.Value, "class-section", cancellationToken);
        var section = read.Document;
        var isTheirs = await authority.FindAsync(actor, section.Organization, Offices.Registry, cancellationToken) is not null
            || (section.Teachers.Contains(actor.Person) && await authority.FindAsync(actor, section.Organization, [Role.Teacher], cancellationToken) is not null);
        return isTheirs ? read : throw Refused.NotFound("class-section");
    }

    /// <summary>The classes of a school, by name.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<ClassSection>> ListAsync(Actor actor, OrganizationId organization, Func<DocumentQuery<ClassSection>, DocumentQuery<ClassSection>> page, CancellationToken cancellationToken)
    {
        await authority.RequireAsync(actor, organization, Offices.Registry, cancellationToken);
        return await store.QueryAsync(ClassSectionDocuments.Kind, page(ClassSectionDocuments.ByOrganization.Where(organization.Value)), cancellationToken);
    }

    /// <summary>The classes that the actor teaches, while they are a teacher there.</summary>
    public async Task<Page<ClassSection>> TaughtAsync(Actor actor, Func<DocumentQuery<ClassSection>, DocumentQuery<ClassSection>> page, CancellationToken cancellationToken)
    {
        var found = await store.QueryAsync(ClassSectionDocuments.Kind, page(ClassSectionDocuments.ByTeacher.Where(actor.Person.Value)), cancellationToken);
        var schools = new HashSet<OrganizationId>();
        foreach (var school in found.Documents.Select(section => section.Organization).Distinct())
        {
            if (await authority.FindAsync(actor, school, [Role.Teacher], cancellationToken) is not null)
            {
                schools.Add(school);
            }
        }

        return new([.. found.Items.Where(item => schools.Contains(item.Document.Organization))], found.Next);
    }

    private Task<Read<ClassSection>> ChangeAsync(
        Actor actor, ClassSectionId id, long? ifMatch, RequestKey? key, Func<ClassSection, Changes, CancellationToken, Task<ClassSection>> change, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = await store.GetAsync(ClassSectionDocuments.Kind, id.Value, "class-section", attemptToken);
            var office = await authority.FindAsync(actor, read.Document.Organization, Offices.Registry, attemptToken) ?? throw Refused.NotFound("class-section");
            var changes = new Changes().Require(MembershipDocuments.Kind, office);
            var changed = await change(read.MustBe(ifMatch).Document, changes, attemptToken);
            foreach (var person in Affected(read.Document, changed))
            {
                changes.Send(OrganizationTopics.AssignmentsOf(person, clock.Now()));
            }

            return changes.Replacing(ClassSectionDocuments.Kind, read, changed);
        },
        Replay,
        cancellationToken);

    // Whose waiting work moves: students who came or went; or, when who teaches changed, everybody's through the teachers.
    private static IEnumerable<PersonId> Affected(ClassSection before, ClassSection after)
    {
        var students = before.Students.Except(after.Students).Union(after.Students.Except(before.Students));
        return before.To == after.To && before.Teachers.SequenceEqual(after.Teachers) ? students : students.Union(before.Teachers).Union(after.Teachers);
    }

    private Task<Read<ClassSection>> Replay(string id, CancellationToken cancellationToken) => store.GetAsync(ClassSectionDocuments.Kind, id, "class-section", cancellationToken);
}
