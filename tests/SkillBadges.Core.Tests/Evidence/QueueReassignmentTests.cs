using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Evidence;

public sealed class QueueReassignmentTests : IAsyncLifetime
{
    private readonly Actor substitute = new(PersonId.From("substitute"));
    private District district = null!;
    private QueueReassignment reassignment = null!;

    public async Task InitializeAsync()
    {
        district = await District.OpenAsync();
        reassignment = new(district.Commits, district.Clock);
        await district.AppointAsync(substitute, district.West, Role.Teacher);
        await district.TurnInAsync();
    }

    public Task DisposeAsync()
    {
        district.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Waiting_work_comes_to_a_teacher_who_joins_the_class_later()
    {
        await ChangeClassAsync(section => section.AddTeacher(substitute.Person));

        await reassignment.ReassignAsync(substitute.Person, default);

        Assert.Equal((1, 1), (await QueueAsync(district.Teacher), await QueueAsync(substitute)));
    }

    [Fact]
    public async Task Waiting_work_leaves_the_queue_when_the_student_leaves_the_class()
    {
        await ChangeClassAsync(section => section.RemoveStudent(district.Student.Person));

        await reassignment.ReassignAsync(district.Student.Person, default);

        Assert.Equal(0, await QueueAsync(district.Teacher));
    }

    [Fact]
    public async Task Doing_it_again_changes_nothing()
    {
        var before = await district.Store.QueryAsync(ReviewTaskDocuments.Kind, ReviewTaskDocuments.ByAssignee.Where("teacher"), default);

        await reassignment.ReassignAsync(district.Teacher.Person, default);

        var after = await district.Store.QueryAsync(ReviewTaskDocuments.Kind, ReviewTaskDocuments.ByAssignee.Where("teacher"), default);
        Assert.Equal(before.Items.Select(item => item.Version), after.Items.Select(item => item.Version));
    }

    private async Task ChangeClassAsync(Func<ClassSection, ClassSection> change)
    {
        var section = (await district.Store.FirstAsync(ClassSectionDocuments.Kind, ClassSectionDocuments.ByTeacher.Where(district.Teacher.Person.Value), default))!;
        await district.Store.CommitAsync(new Changes().Replace(ClassSectionDocuments.Kind, section, change(section.Document)), default);
    }

    private Task<int> QueueAsync(Actor teacher) =>
        district.Store.CountAsync(ReviewTaskDocuments.Kind, ReviewTaskDocuments.ByAssignee.Where(teacher.Person.Value), 100, default);
}
