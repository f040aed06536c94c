using FsCheck;
using FsCheck.Fluent;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Reporting.Teachers;

namespace SkillBadges.Core.Tests.Reporting;

public sealed class TeacherShareTests
{
    private static readonly PersonId Ana = PersonId.From("ana");
    private static readonly PersonId Rita = PersonId.From("rita");
    private static readonly PersonId Omar = PersonId.From("omar");
    private static readonly DateOnly First = new(2026, 9, 1);

    private static readonly Organization School = Organization.Found(OrganizationId.From("west"), "west", "West High", OrganizationKind.HighSchool, null);

    private static readonly Gen<TeacherPart> Parts =
        from teacher in Gen.Elements("rita", "omar", "pat")
        from begin in Gen.Choose(-1, 8)
        from length in Gen.Choose(0, 8)
        from open in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from share in Gen.Frequency((6, Gen.Elements(100m, 50m, 60m, 40m)), (1, Gen.Elements(0m, 101m, 33.333m)))
        select new TeacherPart(PersonId.From(teacher), First.AddDays(begin), open ? null : First.AddDays(begin + length), share);

    [Fact]
    public void Shares_are_sound_exactly_when_each_day_comes_to_100_with_nobody_twice() => Prop.ForAll(
        (from count in Gen.Choose(0, 5)
         from parts in Parts.ArrayOf(count)
         from open in Gen.Elements(true, false)
         select (parts, open)).ToArbitrary(),
        drawn =>
        {
            DateOnly? until = drawn.open ? null : First.AddDays(7);
            var line = new LearnerTeachers(Ana, First, until, [.. drawn.parts]);
            var days = Enumerable.Range(-3, 40).Select(First.AddDays).ToList();
            var sound = drawn.parts.All(part => part.Share is > 0 and <= 100 && part.Share * 100 % 1 == 0 && !(part.Until <= part.From))
                && days.All(day =>
                {
                    var holding = drawn.parts.Where(part => part.HoldsOn(day)).ToList();
                    return line.HoldsOn(day) ? holding.Sum(part => part.Share) == 100 && holding.DistinctBy(part => part.Teacher).Count() == holding.Count : holding.Count == 0;
                });
            return (line.Faults().Count == 0) == sound;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void Even_shares_come_to_100_and_differ_by_less_than_their_number_of_hundredths() => Assert.All(
        Enumerable.Range(1, 60),
        count =>
        {
            var shares = EvenShares.Among(count);
            Assert.Equal(100m, shares.Sum());
            Assert.All(shares, share => Assert.InRange(share, shares[^1], shares[^1] + (count / 100m)));
        });

    [Fact]
    public void A_gap_an_excess_and_a_teacher_counted_twice_are_each_named_with_their_days()
    {
        var line = new LearnerTeachers(Ana, First, First.AddDays(30), [new(Rita, First, First.AddDays(10), 60), new(Rita, First, First.AddDays(5), 60), new(Omar, First.AddDays(20), First.AddDays(30), 90)]);

        Assert.Equal(
            [("shares.overlap", 0, 5), ("shares.above", 0, 5), ("shares.below", 5, 10), ("shares.gap", 10, 20), ("shares.below", 20, 30)],
            line.Faults().Select(fault => (fault.Code, fault.From.DayNumber - First.DayNumber, fault.Until!.Value.DayNumber - First.DayNumber)));
    }

    [Fact]
    public void What_a_roster_says_has_no_fault_but_days_without_a_teacher() => Prop.ForAll(
        (from teachers in Enrollments("teacher")
         from students in Enrollments("student")
         from begins in Gen.Choose(0, 3)
         from ends in Gen.Frequency((1, Gen.Constant(-1)), (4, Gen.Choose(5, 15)))
         select (teachers, students, begins, ends)).ToArbitrary(),
        drawn =>
        {
            var section = new ClassSection(ClassSectionId.From("s"), School.Id, "Welding", At(drawn.begins)) { To = drawn.ends < 0 ? null : At(drawn.ends) };
            var roster = new RosterClass("d/sis", "k1", section.Id, School.Id, "Welding", "c1", "scheduled", "s1") { Enrollments = [.. drawn.teachers, .. drawn.students] };
            var lines = RosterAdoption.Of(roster, section, School);
            return lines.All(line => line.Faults().All(fault => fault.Code == "shares.gap")
                && line.Faults().All(gap => !drawn.teachers.Any(teacher => teacher.HoldsOn(gap.From))))
                && lines.All(line => line.Parts.All(part => drawn.teachers.Any(teacher => teacher.Person == part.Teacher && teacher.HoldsOn(part.From))));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void While_a_roster_names_who_is_primary_the_others_are_not_of_record()
    {
        var section = new ClassSection(ClassSectionId.From("s"), School.Id, "Welding", At(0));
        var roster = new RosterClass("d/sis", "k1", section.Id, School.Id, "Welding", "c1", "scheduled", "s1")
        {
            Enrollments = [new("e1", "t1", Rita, "teacher", "s1") { IsPrimary = true, End = First.AddDays(10) }, new("e2", "t2", Omar, "teacher", "s1"), new("e3", "a", Ana, "student", "s1")],
        };

        var line = Assert.Single(RosterAdoption.Of(roster, section, School));

        Assert.Equal<TeacherPart>([new(Rita, First, First.AddDays(10), 100), new(Omar, First.AddDays(10), null, 100)], line.Parts);
    }

    [Fact]
    public void A_change_of_the_lines_makes_earlier_sign_offs_count_no_more()
    {
        LearnerTeachers[] adopted = [new(Ana, First, null, [new(Rita, First, null, 50), new(Omar, First, null, 50)])];
        var record = new TeachersOfRecord("s", TeachingSubject.ClassSection, School.Id, At(0));
        var signed = record.Sign(Rita, [.. adopted], TeachersOfRecord.DigestOf([.. adopted]), At(1));
        Assert.Equal([Omar], signed.AwaitedOver(signed.LinesOver(adopted)));

        var corrected = signed.Correct(Ana, [new(Ana, First, null, [new(Rita, First, null, 75), new(Omar, First, null, 25)])], "They share it three to one.", PersonId.From("office"), At(2));

        Assert.Equal([Rita, Omar], corrected.AwaitedOver(corrected.LinesOver(adopted)));
        var back = corrected.Correct(Ana, [], "The roster is right after all.", PersonId.From("office"), At(3));
        Assert.Equal(adopted, back.LinesOver(adopted));
        Assert.Equal(2, back.Corrections.Length);
    }

    [Theory]
    [InlineData(60, 30, "teachers-of-record.shares")]
    [InlineData(60, 50, "teachers-of-record.shares")]
    public void A_correction_whose_shares_do_not_come_to_100_is_refused_by_the_name_of_the_fault(int one, int other, string code)
    {
        var record = new TeachersOfRecord("s", TeachingSubject.ClassSection, School.Id, At(0));

        var refused = Assert.Throws<RefusedException>(() => record.Correct(Ana, [new(Ana, First, null, [new(Rita, First, null, one), new(Omar, First, null, other)])], "Because.", Rita, At(1)));

        Assert.Equal(code, refused.Code);
        Assert.Contains(one + other > 100 ? "shares.above" : "shares.below", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_with_faults_are_not_signed()
    {
        LearnerTeachers[] adopted = [new(Ana, First, null, [])];
        var record = new TeachersOfRecord("s", TeachingSubject.ClassSection, School.Id, At(0));

        Assert.Equal("teachers-of-record.faulty", Assert.Throws<RefusedException>(() => record.Sign(Rita, [.. adopted], TeachersOfRecord.DigestOf([.. adopted]), At(1))).Code);
        Assert.Equal("teachers-of-record.changed", Assert.Throws<RefusedException>(() => record.Sign(Rita, [.. adopted], Sha256Digest.Of("other"u8), At(1))).Code);
    }

    private static Gen<RosterEnrollment[]> Enrollments(string role) => Gen.Choose(0, 4).SelectMany(count => (
        from person in Gen.Choose(1, 3)
        from begin in Gen.Frequency((1, Gen.Constant(-1)), (3, Gen.Choose(0, 10)))
        from length in Gen.Frequency((1, Gen.Constant(-1)), (3, Gen.Choose(1, 10)))
        from primary in Gen.Elements<bool?>(true, false, null)
        select new RosterEnrollment($"{role}-{person}-{begin}-{length}", $"{role}-{person}", PersonId.From($"{role}-{person}"), role, "s1")
        {
            Begin = begin < 0 ? null : First.AddDays(begin),
            End = length < 0 ? null : First.AddDays(Math.Max(begin, 0) + length),
            IsPrimary = primary,
        }).ArrayOf(count));

    private static DateTimeOffset At(int day) => new DateTimeOffset(First, new(12, 0), TimeSpan.Zero).AddDays(day);
}
