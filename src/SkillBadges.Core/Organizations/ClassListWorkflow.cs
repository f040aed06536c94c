using System.Collections.Immutable;
using System.Security.Cryptography;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Organizations;

/// <summary>A line of a list that a teacher pasted.</summary>
/// <param name="Found">Students of the school whose names are like that; none, one, or several to choose from.</param>
/// <param name="IsIn">The one that was found is in the class already.</param>
public sealed record ListedName(string Name, ImmutableArray<Person> Found, bool IsIn);

/// <summary>
/// What a teacher does on the first day, where the school lets teachers: students whom the school has entered come into the class by a pasted list, one by one, or by a code that they type. Nobody is
/// entered at the school by it; a roster that says otherwise later has the last word.
/// </summary>
public sealed class ClassListWorkflow(Commits commits, Authority authority, PeopleSearch search, EffectiveSettings settings, TimeProvider clock)
{
    public const int MaxNames = 100;

    private readonly IDocumentStore store = commits.Store;

    /// <summary>Who of the school is meant by each name; changes nothing.</summary>
    /// <exception cref="RefusedException"><c>class-section.not-found</c>, <c>class-section.office-keeps</c>, <c>class-list.names</c>.</exception>
    public async Task<IReadOnlyList<ListedName>> LookAsync(Actor actor, ClassSectionId id, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var (read, _) = await OwnAsync(actor, id, cancellationToken);
        if (names.Count is 0 or > MaxNames)
        {
            throw Refused.Invalid("class-list.names", $"A list has 1 to {MaxNames} names, one a line.");
        }

        var students = await search.HoldersAsync(read.Document.Organization, Role.Student, cancellationToken);
        return [.. names.Select(name =>
        {
            ImmutableArray<Person> found = [.. PeopleSearch.Named(students, name)];
            return new ListedName(name, found, found is [var one] && read.Document.Students.Contains(one.Id));
        })];
    }

    /// <exception cref="RefusedException"><c>class-section.not-found</c>, <c>class-section.office-keeps</c>, <c>class-section.not-a-student</c>, <c>class-section.full</c>.</exception>
    public Task<Read<ClassSection>> AddAsync(Actor actor, ClassSectionId id, IReadOnlyCollection<PersonId> students, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var (read, changes) = await OwnAsync(actor, id, attemptToken);
            var section = read.Document;
            foreach (var student in students.Distinct().Where(student => !section.Students.Contains(student)))
            {
                section = await WithAsync(section, student, changes, attemptToken);
            }

            return changes.Audit(section.Organization, actor, ActKind.ClassChanged, id.Value, clock.Now()).Replacing(ClassSectionDocuments.Kind, read, section);
        },
        cancellationToken);

    /// <summary>Out of the class; what was decided and earned in it stays.</summary>
    /// <exception cref="RefusedException"><c>class-section.not-found</c>, <c>class-section.office-keeps</c>.</exception>
    public Task<Read<ClassSection>> RemoveAsync(Actor actor, ClassSectionId id, PersonId student, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var (read, changes) = await OwnAsync(actor, id, attemptToken);
            var now = clock.Now();
            return changes.Audit(read.Document.Organization, actor, ActKind.ClassChanged, id.Value, now).Send(OrganizationTopics.AssignmentsOf(student, now))
                .Replacing(ClassSectionDocuments.Kind, read, read.Document.RemoveStudent(student));
        },
        cancellationToken);

    /// <summary>A new code in place of the one before.</summary>
    /// <exception cref="RefusedException"><c>class-section.not-found</c>, <c>class-section.office-keeps</c>.</exception>
    public Task<Read<ClassSection>> MakeCodeAsync(Actor actor, ClassSectionId id, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var (read, changes) = await OwnAsync(actor, id, attemptToken);
            var code = new ClassCode(RandomNumberGenerator.GetString(ClassCode.Alphabet, ClassCode.Length), clock.Now() + ClassCode.Lifetime);
            return changes.Replacing(ClassSectionDocuments.Kind, read, read.Document with { Code = code });
        },
        cancellationToken);

    /// <exception cref="RefusedException"><c>class-section.not-found</c>, <c>class-section.office-keeps</c>.</exception>
    public Task<Read<ClassSection>> EndCodeAsync(Actor actor, ClassSectionId id, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var (read, changes) = await OwnAsync(actor, id, attemptToken);
            return changes.Replacing(ClassSectionDocuments.Kind, read, read.Document with { Code = null });
        },
        cancellationToken);

    /// <summary>A student of the school comes into the class by its code.</summary>
    /// <exception cref="RefusedException"><c>class-code.unknown</c> for a code that does not work or is another school's, <c>class-section.full</c>.</exception>
    public Task<Read<ClassSection>> JoinAsync(Actor student, string typed, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var now = clock.Now();
            var code = ClassCode.Read(typed);
            var read = code is null ? null : await store.FirstAsync(ClassSectionDocuments.Kind, ClassSectionDocuments.ByCode.Where(code), attemptToken);
            if (read is null || !read.Document.IsHeldAt(now) || read.Document.Code!.Until <= now
                || await authority.FindAsync(student, read.Document.Organization, [Role.Student], attemptToken) is null)
            {
                throw Refused.Invalid("class-code.unknown", "This code opens no class of your school now. Please ask your teacher for the one of today.");
            }

            var changes = new Changes();
            return changes.Replacing(ClassSectionDocuments.Kind, read, await WithAsync(read.Document, student.Person, changes, attemptToken));
        },
        cancellationToken);

    /// <summary>The class, and the commit with what the teacher's permission rests on.</summary>
    /// <exception cref="RefusedException"><c>class-section.not-found</c>, <c>class-section.office-keeps</c>.</exception>
    internal async Task<(Read<ClassSection> Section, Changes Changes)> OwnAsync(Actor actor, ClassSectionId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(ClassSectionDocuments.Kind, id.Value, "class-section", cancellationToken);
        var role = read.Document.IsHeldAt(clock.Now()) && read.Document.Teachers.Contains(actor.Person)
            ? await authority.FindAsync(actor, read.Document.Organization, [Role.Teacher], cancellationToken)
            : null;
        var changes = new Changes().Require(MembershipDocuments.Kind, role ?? throw Refused.NotFound("class-section"));
        return await LetsTeachersAsync(read.Document.Organization, cancellationToken)
            ? (read, changes)
            : throw Refused.Forbidden("class-section.office-keeps", "At this school the office keeps the classes; please ask there.");
    }

    /// <summary>Whether the school lets teachers keep their classes.</summary>
    public async Task<bool> LetsTeachersAsync(OrganizationId school, CancellationToken cancellationToken) => (await settings.ReadAsync(school, values => values.TeachersKeepClasses, cancellationToken)).Value;

    private async Task<ClassSection> WithAsync(ClassSection section, PersonId student, Changes changes, CancellationToken cancellationToken)
    {
        var role = await authority.FindAsync(new(student), section.Organization, [Role.Student], cancellationToken)
            ?? throw Refused.Invalid("class-section.not-a-student", "This person neither studies nor works at this school.");
        changes.Require(MembershipDocuments.Kind, role).Send(OrganizationTopics.AssignmentsOf(student, clock.Now()));
        return section.AddStudent(student);
    }
}
