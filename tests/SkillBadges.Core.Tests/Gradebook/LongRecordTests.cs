using SkillBadges.Core.Definitions.Articulations;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Logs;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Gradebook.Courses;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Gradebook;

/// <summary>However much there is of somebody, nothing that is theirs is left out, and nobody loses a say for it.</summary>
public sealed class LongRecordTests
{
    [Fact]
    public async Task A_transcript_shows_a_badge_that_was_earned_after_a_thousand_that_were_taken_back()
    {
        using var district = await District.OpenAsync();
        await district.ApproveAsync(district.Teacher, await district.TurnInAsync());
        var earned = Assert.Single(await district.AwardsAsync(district.Student));
        await district.Finisher.FinishAnyAsync(earned.Credential, default);
        var changes = new Changes();
        for (var number = 0; number < 1_001; number++)
        {
            var id = $"old-{number}";
            changes.Add(AwardDocuments.Kind, earned with { Id = AwardId.From(id), Credential = CredentialId.From(id), Attempt = 2 + number, AwardedAt = earned.AwardedAt.AddDays(-1), State = AwardState.Revoked });
        }

        await district.Store.CommitAsync(changes, default);

        var transcript = await Transcripts(district).ForFamilyAsync(district.Student, district.Student.Person, null, default);

        Assert.Equal(earned.Credential, Assert.Single(transcript.Credentials));
    }

    [Fact]
    public async Task A_teacher_of_many_classes_still_teaches_in_the_one_that_began_first()
    {
        using var district = await District.OpenAsync();
        var changes = new Changes();
        for (var number = 0; number < 501; number++)
        {
            changes.Add(ClassSectionDocuments.Kind, new(ClassSectionId.From($"later-{number}"), district.West, "Shop", district.Clock.Now()) { Teachers = [district.Teacher.Person], Students = [PersonId.From("other")] });
        }

        await district.Store.CommitAsync(changes, default);

        Assert.NotNull(await Teaching(district).FindAsync(district.Teacher, district.Student.Person, district.West, default));
        Assert.NotNull(await new Assignments(district.Store, district.Authority, district.Clock).FindAsync(district.Teacher, await district.TurnInAsync(), default));
    }

    [Fact]
    public async Task Somebody_who_held_a_role_hundreds_of_times_holds_it_again()
    {
        using var district = await District.OpenAsync();
        var (person, now, changes) = (new Actor(PersonId.From("seasonal")), district.Clock.Now(), new Changes());
        for (var number = 0; number < 510; number++)
        {
            changes.Add(MembershipDocuments.Kind, new(MembershipId.From($"season-{number}"), person.Person, district.West, Role.Teacher, now.AddDays(number - 600)) { To = now.AddDays(number - 599) });
        }

        await district.Store.CommitAsync(changes, default);
        Assert.Equal("role.missing", await Refusal.CodeOf(() => district.Authority.RequireAsync(person, district.West, [Role.Teacher], default)));

        await district.AppointAsync(person, district.West, Role.Teacher);

        Assert.NotNull(await district.Authority.FindAsync(person, district.West, [Role.Teacher], default));
        Assert.NotNull(await district.Authority.FindAnywhereAsync(person, Role.Teacher, default));
        Assert.Equal(Role.Teacher, Assert.Single(await district.Store.RolesHeldAsync(person.Person, now, default)).Role);
    }

    [Fact]
    public async Task A_day_that_is_logged_minute_by_minute_has_24_hours_and_no_more()
    {
        using var district = await District.OpenAsync();
        var (now, changes) = (district.Clock.Now(), new Changes());
        var minute = new LogWords(LogKind.Service, DateOnly.FromDateTime(now.UtcDateTime).AddDays(-2), 1, "Food bank", "Sorted cans.", "Slowly.");
        for (var number = 0; number < LogWords.MinutesOfDay - 1; number++)
        {
            changes.Add(LogDocuments.Kind, new(LogEntryId.From($"minute-{number}"), district.Student.Person, district.West, minute, now));
        }

        await district.Store.CommitAsync(changes, default);
        var workflow = new LogWorkflow(district.Commits, district.Authority, Teaching(district), Logs(district), district.Submissions, district.Clock);

        Assert.Equal("log.day-full", await Refusal.CodeOf(() => workflow.WriteAsync(district.Student, district.West, minute with { Minutes = 2 }, null, default)));
        Assert.Equal(1, (await workflow.WriteAsync(district.Student, district.West, minute, null, default)).Document.Words.Minutes);
    }

    [Fact]
    public async Task Hours_of_the_first_weeks_wait_for_the_supervisor_although_hundreds_of_later_ones_are_confirmed()
    {
        using var district = await District.OpenAsync();
        var (supervisor, _) = await district.SuperviseByPassAsync();
        var now = district.Clock.Now();
        var words = new LogWords(LogKind.WorkBased, DateOnly.FromDateTime(now.UtcDateTime).AddDays(-1), 1, "Northside Market", "Took in the delivery.", "Cold goods first.");
        var changes = new Changes().Add(LogDocuments.Kind, new(LogEntryId.From("first"), district.Student.Person, district.West, words, now));
        for (var number = 0; number < 510; number++)
        {
            changes.Add(LogDocuments.Kind, new(LogEntryId.From($"later-{number}"), district.Student.Person, district.West, words with { On = words.On.AddDays(1) }, now) { Signature = new(LogSigner.Supervisor, supervisor.Person, now, null) });
        }

        await district.Store.CommitAsync(changes, default);

        Assert.Equal("first", Assert.Single(await Logs(district).AwaitedAsync(supervisor, default)).Id.Value);
    }

    private static ClassTeaching Teaching(District district) => new(district.Store, district.Authority, district.Clock);

    private static LogReading Logs(District district) => new(district.Store, district.Authority, Teaching(district), new FamilyRights(district.Store, district.Clock), district.Clock);

    private static TranscriptReading Transcripts(District district) => new(
        district.Store, district.Gradebook, new CreditReading(district.Store), new CourseReading(district.Store, district.Authority, Teaching(district), new FamilyRights(district.Store, district.Clock)), district.Clock);
}
