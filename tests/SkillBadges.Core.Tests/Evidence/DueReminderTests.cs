using SkillBadges.Core.Evidence;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Tests.Evidence;

public sealed class DueReminderTests : IAsyncLifetime
{
    private District district = null!;
    private DueReminder reminder = null!;

    public async Task InitializeAsync()
    {
        district = await District.OpenAsync();
        reminder = new(district.Commits, district.Clock);
    }

    public Task DisposeAsync()
    {
        district.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Work_that_is_due_tomorrow_is_told_of_once()
    {
        var work = await district.TurnInAsync();

        await reminder.RemindAsync(work.Id, default);
        Assert.Empty(await ToldAsync(district.Teacher, NoticeKind.DueSoon));

        district.Clock.Advance(TimeSpan.FromDays(6));
        await reminder.RemindAsync(work.Id, default);
        await reminder.RemindAsync(work.Id, default);
        Assert.Equal([work.Id.Value], await ToldAsync(district.Teacher, NoticeKind.DueSoon));
        Assert.Empty(await ToldAsync(district.Student, NoticeKind.DueSoon));
    }

    [Fact]
    public async Task Nobody_is_told_of_work_that_is_decided()
    {
        var work = await district.TurnInAsync();
        await district.ApproveAsync(district.Teacher, work);
        district.Clock.Advance(TimeSpan.FromDays(6.5));

        await reminder.RemindAsync(work.Id, default);

        Assert.Empty(await ToldAsync(district.Teacher, NoticeKind.DueSoon));
    }

    [Fact]
    public void The_message_waits_until_a_day_before_or_half_way()
    {
        var at = district.Clock.GetUtcNow();
        var task = new ReviewTask(SubmissionId.From("s"), district.Student.Person, district.West, new("bench-work", 1), 1, at);

        Assert.Equal(at.AddDays(6), DueReminder.For(task with { DueAt = at.AddDays(7) }, at).NotBefore);
        Assert.Equal(at.AddHours(12), DueReminder.For(task with { DueAt = at.AddDays(1) }, at).NotBefore);
    }

    [Fact]
    public async Task Who_comes_to_waiting_work_later_is_told_of_it_once_and_nobody_else_again()
    {
        var work = await district.TurnInAsync();
        var substitute = new Actor(PersonId.From("substitute"));
        await district.AppointAsync(substitute, district.West, Role.Teacher);
        await district.TeachAsync(substitute, district.Student);
        var reassignment = new QueueReassignment(district.Commits, district.Clock);

        await reassignment.ReassignAsync(substitute.Person, default);
        await reassignment.ReassignAsync(substitute.Person, default);

        Assert.Equal([work.Id.Value], await ToldAsync(substitute, NoticeKind.WorkTurnedIn));
        Assert.Equal([work.Id.Value], await ToldAsync(district.Teacher, NoticeKind.WorkTurnedIn));
    }

    private async Task<string[]> ToldAsync(Actor person, NoticeKind kind)
    {
        var page = await district.Store.QueryAsync(NoticeDocuments.Kind, NoticeDocuments.Unread.Where(person.Person.Value).Take(100), default);
        return [.. page.Documents.Where(notice => notice.Kind == kind).Select(notice => notice.About)];
    }
}
