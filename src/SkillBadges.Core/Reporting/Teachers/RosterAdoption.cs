using System.Collections.Immutable;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Reporting.Teachers;

/// <summary>
/// Takes the teachers of record over from a class, as they stand before anybody corrects them; pure. Where the roster names who is primary (OneRoster 1.2, 2022-09-19, enrollments.csv),
/// the primary teachers are of record while there is one; else all share evenly.
/// </summary>
public static class RosterAdoption
{
    /// <summary>From a class that the school's office keeps here: all of its teachers for all of its time.</summary>
    public static ImmutableArray<LearnerTeachers> Of(ClassSection section, Organization school)
    {
        var (from, until) = SpanOf(section, school);
        var parts = Evenly(section.Teachers, from, until);
        return [.. section.Students.OrderBy(student => student.Value, StringComparer.Ordinal).Select(student => new LearnerTeachers(student, from, until, parts))];
    }

    /// <summary>From a class of a roster: each learner and each teacher for the days on which the roster has them there.</summary>
    public static ImmutableArray<LearnerTeachers> Of(RosterClass roster, ClassSection section, Organization school)
    {
        var (from, until) = SpanOf(section, school);
        var teachers = roster.Enrollments.Where(one => one.Role == "teacher").ToList();
        return
        [
            .. roster.Enrollments.Where(one => one.Role == "student").Select(one => (one.Person, From: Later(one.Begin, from), Until: Earlier(one.Over, until)))
                .Where(one => one.Until is null || one.From < one.Until).Distinct().OrderBy(one => one.Person.Value, StringComparer.Ordinal).ThenBy(one => one.From)
                .Select(one => new LearnerTeachers(one.Person, one.From, one.Until, PartsOf(teachers, one.From, one.Until))),
        ];
    }

    private static (DateOnly From, DateOnly? Until) SpanOf(ClassSection section, Organization school) =>
        (school.DayOf(section.From), section.To is { } end && end > section.From ? school.DayOf(end.AddTicks(-1)).AddDays(1) : section.To is null ? null : school.DayOf(section.From).AddDays(1));

    private static ImmutableArray<TeacherPart> PartsOf(List<RosterEnrollment> teachers, DateOnly from, DateOnly? until)
    {
        DateOnly[] days = [.. teachers.SelectMany(one => new[] { one.Begin, one.Over }).OfType<DateOnly>().Where(day => from < day && (until is null || day < until)).Append(from).Distinct().Order()];
        var parts = new List<TeacherPart>();
        for (var i = 0; i < days.Length; i++)
        {
            var holding = teachers.Where(one => one.HoldsOn(days[i])).ToList();
            var primary = holding.Where(one => one.IsPrimary == true).ToList();
            ImmutableArray<PersonId> people = [.. (primary.Count > 0 ? primary : holding).Select(one => one.Person).Distinct().OrderBy(person => person.Value, StringComparer.Ordinal)];
            foreach (var part in Evenly(people, days[i], i + 1 < days.Length ? days[i + 1] : until))
            {
                // One part where nothing changed.
                var before = parts.FindIndex(one => one.Teacher == part.Teacher && one.Share == part.Share && one.Until == part.From);
                if (before < 0)
                {
                    parts.Add(part);
                }
                else
                {
                    parts[before] = parts[before] with { Until = part.Until };
                }
            }
        }

        return [.. parts];
    }

    private static ImmutableArray<TeacherPart> Evenly(ImmutableArray<PersonId> teachers, DateOnly from, DateOnly? until) =>
        [.. teachers.Zip(EvenShares.Among(teachers.Length), (teacher, share) => new TeacherPart(teacher, from, until, share))];

    private static DateOnly Later(DateOnly? one, DateOnly other) => one > other ? one.Value : other;

    private static DateOnly? Earlier(DateOnly? one, DateOnly? other) => one is null || other < one ? other : one;
}
