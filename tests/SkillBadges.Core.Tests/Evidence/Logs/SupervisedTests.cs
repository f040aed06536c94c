using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Logs;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Evidence.Logs;

public sealed class SupervisedTests
{
    [Fact]
    public async Task A_supervisor_of_many_is_known_to_supervise_the_one_whose_internship_ends_last()
    {
        using var district = await District.OpenAsync();
        var now = district.Clock.GetUtcNow();
        var supervisor = new Actor(PersonId.From("foreman"));
        await district.AppointAsync(supervisor, district.Employer, Role.Supervisor);
        var changes = new Changes();
        for (var number = 0; number < 501; number++)
        {
            changes.Add(PlacementDocuments.Kind, Of(PersonId.From($"intern-{number}"), now.AddDays(30)));
        }

        await district.Store.CommitAsync(changes.Add(PlacementDocuments.Kind, Of(district.Student.Person, now.AddDays(60))), default);
        var reading = new LogReading(
            district.Store, district.Authority, new ClassTeaching(district.Store, district.Authority, district.Clock), new FamilyRights(district.Store, district.Clock), district.Clock);

        var found = await reading.SupervisedAsync(supervisor, district.Student.Person, district.West, default);

        Assert.Equal(district.Student.Person, found?.Placement.Document.Learner);
        Assert.Null(await reading.SupervisedAsync(supervisor, district.Student.Person, district.East, default));

        Placement Of(PersonId learner, DateTimeOffset to) =>
            new(PlacementId.From($"placement-{learner}"), learner, district.West, district.Employer, supervisor.Person, now.AddDays(-1), to) { Badges = [District.Badge.Slug] };
    }
}
