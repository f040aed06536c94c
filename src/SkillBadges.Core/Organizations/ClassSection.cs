using System.Collections.Immutable;

namespace SkillBadges.Core.Organizations;

/// <summary>A class as a school schedules it: who teaches whom. It assigns its teachers to its students' work.</summary>
public sealed record ClassSection(ClassSectionId Id, OrganizationId Organization, string Name, DateTimeOffset From)
{
    public const int MaxStudents = 500;
    public const int MaxTeachers = 20;
    public const int MaxNameLength = 200;

    public DateTimeOffset? To { get; init; }

    public ImmutableArray<PersonId> Teachers { get; init; } = [];

    public ImmutableArray<PersonId> Students { get; init; } = [];

    /// <summary>By which students of the school come into it themselves; null while there is none.</summary>
    public ClassCode? Code { get; init; }

    public bool IsHeldAt(DateTimeOffset at) => From <= at && (To is null || at < To);

    public bool Assigns(PersonId teacher, PersonId student, DateTimeOffset at) => IsHeldAt(at) && Teachers.Contains(teacher) && Students.Contains(student);

    /// <summary>Whether two different students learn in it together.</summary>
    public bool Unites(PersonId one, PersonId other, DateTimeOffset at) => one != other && IsHeldAt(at) && Students.Contains(one) && Students.Contains(other);

    /// <exception cref="RefusedException"><c>class-section.name</c>.</exception>
    public static ClassSection Open(ClassSectionId id, OrganizationId organization, string name, DateTimeOffset from) =>
        new(id, organization, DisplayText.Require(name, MaxNameLength, "class-section.name"), from);

    /// <exception cref="RefusedException"><c>class-section.too-many-teachers</c>.</exception>
    public ClassSection AddTeacher(PersonId teacher)
    {
        if (Teachers.Contains(teacher))
        {
            return this;
        }

        return Teachers.Length < MaxTeachers
            ? this with { Teachers = Teachers.Add(teacher) }
            : throw Refused.Invalid("class-section.too-many-teachers", $"A class has at most {MaxTeachers} teachers.");
    }

    public ClassSection RemoveTeacher(PersonId teacher) => this with { Teachers = Teachers.Remove(teacher) };

    /// <exception cref="RefusedException"><c>class-section.ended</c>.</exception>
    public ClassSection End(DateTimeOffset at) => To is null || at < To
        ? this with { To = at }
        : throw Refused.Conflict("class-section.ended", "This class has ended already.");

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
