using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Logs;
using SkillBadges.Core.Evidence.Passes;
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
        var reading = Reading(district);

        var found = await reading.SupervisedAsync(supervisor, district.Student.Person, district.West, default);

        Assert.Equal(district.Student.Person, found?.Placement.Document.Learner);
        Assert.Null(await reading.SupervisedAsync(supervisor, district.Student.Person, district.East, default));

        Placement Of(PersonId learner, DateTimeOffset to) =>
            new(PlacementId.From($"placement-{learner}"), learner, district.West, district.Employer, supervisor.Person, now.AddDays(-1), to) { Badges = [District.Badge.Slug] };
    }

    [Fact]
    public async Task A_pass_that_is_taken_back_while_its_holder_confirms_hours_confirms_nothing()
    {
        using var district = await District.OpenAsync();
        var (supervisor, pass) = await district.SuperviseByPassAsync();
        var now = district.Clock.Now();
        var entry = new LogEntry(LogEntryId.New(now), district.Student.Person, district.West, new(LogKind.WorkBased, new(2026, 3, 2), 240, "Northside Market", "Took in the delivery.", "Cold goods first."), now);
        await district.Store.CommitAsync(new Changes().Add(LogDocuments.Kind, entry), default);
        var limited = supervisor with { OnlyPlacements = [pass.Placement.Value] };
        var read = (await district.Store.FindAsync(PassDocuments.Kind, pass.Placement.Value, default))!;
        district.BeforeNextCommit(() => district.Store.CommitAsync(new Changes().Replace(PassDocuments.Kind, read, pass.Revoke(now)), default));
        var workflow = new LogWorkflow(district.Commits, district.Authority, Teaching(district), Reading(district), district.Submissions, district.Clock);

        Assert.Equal("log.not-found", await Refusal.CodeOf(() => workflow.SignAsync(limited, entry.Id, null, null, null, default)));

        Assert.Null((await district.Store.FindAsync(LogDocuments.Kind, entry.Id.Value, default))!.Document.Signature);
        Assert.NotNull((await workflow.SignAsync(supervisor, entry.Id, null, null, null, default)).Document.Signature);
    }

    private static ClassTeaching Teaching(District district) => new(district.Store, district.Authority, district.Clock);

    private static LogReading Reading(District district) => new(district.Store, district.Authority, Teaching(district), new FamilyRights(district.Store, district.Clock), district.Clock);
}
