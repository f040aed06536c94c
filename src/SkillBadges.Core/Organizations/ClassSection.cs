using System.Collections.Immutable;

namespace SkillBadges.Core.Organizations;

/// <summary>A class as a school schedules it: who teaches whom. It assigns its teachers to its students' work.</summary>
public sealed record ClassSection(ClassSectionId Id, OrganizationId Organization, string Name, DateTimeOffset From)
{
    public const int MaxStudents = 500;

    public DateTimeOffset? To { get; init; }

    public ImmutableArray<PersonId> Teachers { get; init; } = [];

    public ImmutableArray<PersonId> Students { get; init; } = [];

    public bool Assigns(PersonId teacher, PersonId student, DateTimeOffset at) =>
        From <= at && (To is null || at < To) && Teachers.Contains(teacher) && Students.Contains(student);

    public ClassSection AddTeacher(PersonId teacher) => Teachers.Contains(teacher) ? this : this with { Teachers = Teachers.Add(teacher) };

    /// <exception cref="RefusedException"><c>class-section.full</c>.</exception>
    public ClassSection AddStudent(PersonId student)
    {
        if (Students.Contains(student))
        {
            return this;
        }

        return Students.Length < MaxStudents
            ? this with { Students = Students.Add(student) }
            : throw Refused.Invalid("class-section.full", $"A class holds at most {MaxStudents} students.");
    }

    public ClassSection RemoveStudent(PersonId student) => this with { Students = Students.Remove(student) };
}
