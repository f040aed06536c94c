using System.Collections.Immutable;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Gradebook.Courses;
using SkillBadges.Core.Gradebook.Grades;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Tests.Gradebook;

/// <summary>Courses with letters beside skills with levels.</summary>
public sealed class CourseTests
{
    private static readonly DateOnly today = new(2026, 11, 22);
    private static readonly CourseWords algebra = new("Algebra 2", "MAT-220", "B", 1, "Spring 2026", new(2026, 6, 12));
    private static readonly Organization west = Organization.Found(OrganizationId.From("west"), "west", "West", OrganizationKind.HighSchool, null);
    private static readonly OrganizationId east = OrganizationId.From("east");
    private static readonly PersonId office = PersonId.From("office");

    [Fact]
    public void A_course_is_recorded_once_it_is_over_with_a_letter_or_credits()
    {
        var cases = new (string Code, CourseWords Words)[]
        {
            ("course.letter", algebra with { Letter = null, Credits = null }),
            ("course.letter", algebra with { Letter = " " }),
            ("course.title", algebra with { Title = "" }),
            ("course.code", algebra with { Code = new('x', 41) }),
            ("course.credits", algebra with { Credits = 0 }),
            ("course.credits", algebra with { Credits = 0.0001m }),
            ("course.term", algebra with { Term = "" }),
            ("course.day", algebra with { CompletedOn = today.AddDays(1) }),
            ("course.source", algebra with { Source = " " }),
        };

        Assert.All(cases, one => Assert.Equal(one.Code, Assert.Throws<RefusedException>(() => one.Words.Checked(today)).Code));
        Assert.Equal(algebra, algebra.Checked(today));
        Assert.Null((algebra with { Letter = null }).Checked(today).Letter);
    }

    [Fact]
    public void A_course_is_taken_back_once_with_a_reason()
    {
        var course = Course(algebra);

        Assert.Equal("course.reason", Assert.Throws<RefusedException>(() => course.Retract(new(" ", office, default))).Code);
        var retracted = course.Retract(new("Typed for the wrong student.", office, default));
        Assert.False(retracted.Stands);
        Assert.Equal(course.Words, retracted.Words);
        Assert.Equal("course.retracted", Assert.Throws<RefusedException>(() => retracted.Retract(new("Again.", office, default))).Code);
    }

    [Fact]
    public void A_school_that_recorded_courses_alone_has_a_part_of_its_own()
    {
        var transcript = Transcript(Course(algebra), Course(algebra with { Title = "Art" }, east));

        Assert.Equal(["West", "East"], transcript.Parts.Select(part => part.School));
        Assert.Equal(["Algebra 2", "Art"], transcript.Courses.Select(course => course.Course.Words.Title));
        Assert.Equal("The office", transcript.Courses.First().RecordedBy);
        Assert.Equal(["West"], transcript.AtIssuerAlone().Parts.Select(part => part.School));
    }

    [Theory]
    [InlineData(CountedCourses.None, null)]
    [InlineData(CountedCourses.Own, "3.0")]
    [InlineData(CountedCourses.All, "3.8")]
    public void Courses_count_as_the_policy_says_by_their_own_letter(CountedCourses counted, string? average)
    {
        var terms = new GradeTerms("Letters", "The board", [new("B", 3), new("A", 4)], [], CountedSkills.None, counted, WeighsByCredit: true, 1, GradeRounding.HalfUp, new(2026, 7, 1));
        var transcript = Transcript(Course(algebra), Course(algebra with { Letter = "A", Credits = 3, Source = "East" }), Course(algebra with { Letter = "P" }), Course(algebra with { Letter = null }));

        var graded = TranscriptGrades.Of(transcript, new("key", 1, west.Id, terms, office, default), "West", new HashSet<OrganizationId> { west.Id });

        Assert.Equal(average, graded.Grades!.Average?.Text);
        Assert.Equal([null, "A", "B", "P"], graded.Courses.Select(course => course.Course.Words.Letter));
    }

    private static CourseRecord Course(CourseWords words, OrganizationId? keeper = null) => new(CourseRecordId.From($"course-{words.Letter}"), PersonId.From("ada"), keeper ?? west.Id, words, office, default);

    private static Transcript Transcript(params CourseRecord[] courses) =>
        new Transcript(PersonId.From("ada"), "Ada", west, today, [], ImmutableSortedDictionary<string, MasteryScale>.Empty, 0)
            .WithCourses(courses, new Dictionary<OrganizationId, string> { [west.Id] = "West", [east] = "East" }, new Dictionary<PersonId, string> { [office] = "The office" });
}
