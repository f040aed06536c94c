using System.Collections.Immutable;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Reporting.Teachers;

/// <summary>From where the teachers of an entry are known.</summary>
public enum TeachersBasis
{
    /// <summary>The class in which it was decided.</summary>
    ClassSection,

    /// <summary>There is no class, or the learner was not in it on that day: the teachers who judged.</summary>
    Assessors,

    /// <summary>The office entered them for the class.</summary>
    CorrectedClass,

    /// <summary>The office entered them for this entry.</summary>
    CorrectedEntry,
}

/// <summary>Who answers for one entry, on the day on which it was decided.</summary>
public sealed record EntryTeachers(TeachersBasis Basis, LearnerTeachers Line)
{
    /// <summary>From those who judged, where no class says it: teachers share evenly; a supervisor at work is no teacher of record.</summary>
    public static EntryTeachers OfAssessors(MasteryEntry entry, DateOnly day)
    {
        ImmutableArray<PersonId> teachers =
        [
            .. entry.Facts.Beside.GetValueOrDefault([]).Prepend(entry.Facts.Assessor).Where(one => one.Role == Role.Teacher && one.Relation != AssessorRelation.AcceptsTheIssuer)
                .Select(one => one.For ?? one.Person).Distinct(),
        ];
        return new(TeachersBasis.Assessors, LineOf(entry.Learner, day, teachers.Zip(EvenShares.Among(teachers.Length), (teacher, share) => new TeacherPart(teacher, day, day.AddDays(1), share))));
    }

    /// <summary>From the lines of a class, or null where the learner was not in it on that day.</summary>
    public static EntryTeachers? OfClass(MasteryEntry entry, DateOnly day, IEnumerable<LearnerTeachers> lines, bool isCorrected) =>
        lines.FirstOrDefault(line => line.Learner == entry.Learner && line.HoldsOn(day)) is { } found
            ? new(isCorrected ? TeachersBasis.CorrectedClass : TeachersBasis.ClassSection, LineOf(entry.Learner, day, found.On(day)))
            : null;

    private static LearnerTeachers LineOf(PersonId learner, DateOnly day, IEnumerable<TeacherPart> parts) => new(learner, day, day.AddDays(1), [.. parts.Select(part => part with { From = day, Until = day.AddDays(1) })]);
}
