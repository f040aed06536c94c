using FsCheck;
using FsCheck.Fluent;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Gradebook.Classes;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Tests.Mastery;

namespace SkillBadges.Core.Tests.Gradebook;

/// <summary>What is stored beside the ledger for reading classes quickly is what the ledger says, and can be made again from it.</summary>
public sealed class StoredClassTests : IAsyncLifetime
{
    private District district = null!;
    private ClassReading reading = null!;

    public async Task InitializeAsync()
    {
        district = await District.OpenAsync();
        reading = new(district.Store, district.Clock);
        var changes = new Changes().Add(DefinitionDocuments.Versions, ClassViewProperties.TwoBadges[1]).Add(DefinitionDocuments.Heads, BadgeHead.Of(ClassViewProperties.TwoBadges[1]));
        await district.Store.CommitAsync(changes, default);
    }

    public Task DisposeAsync()
    {
        district.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public void What_is_read_of_a_class_is_what_the_ledger_alone_says()
    {
        var school = 0;
        Prop.ForAll(RandomLedger.Histories.ToArbitrary(), history => PlayAsync(OrganizationId.From($"school-{++school}"), history).Result).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    [Fact]
    public async Task Sheets_that_were_lost_or_altered_are_made_again_from_the_ledger()
    {
        await district.ApproveAsync(district.Teacher, await district.TurnInAsync());
        var rebuild = new BadgeSheetRebuild(district.Commits);
        Assert.Equal(0, await rebuild.RunAsync(district.West, district.Student.Person, default));
        var sheet = await SheetAsync();
        await district.Store.CommitAsync(
            new Changes().Replace(BadgeSheetDocuments.Kind, sheet, sheet.Document with { Facts = [.. sheet.Document.Facts.Skip(1)] })
                .Add(BadgeSheetDocuments.Kind, new(district.West, district.Student.Person, "no-such", [])),
            default);

        Assert.Equal(2, await rebuild.RunAsync(district.West, district.Student.Person, default));

        Assert.Equal(sheet.Document.Facts.AsEnumerable(), (await SheetAsync()).Document.Facts.AsEnumerable());
        await district.Store.CommitAsync(new Changes().Remove(BadgeSheetDocuments.Kind, await SheetAsync()), default);
        Assert.Equal(1, await rebuild.RunAsync(district.West, district.Student.Person, default));
        Assert.Equal(sheet.Document.Facts.AsEnumerable(), (await SheetAsync()).Document.Facts.AsEnumerable());
    }

    [Fact]
    public async Task Who_left_the_school_is_not_in_its_classes_record()
    {
        await district.ApproveAsync(district.Teacher, await district.TurnInAsync());
        var section = new ClassSection(ClassSectionId.From("class-1"), district.West, "Shop 1", district.Clock.Now()) { Students = [district.Student.Person] };
        Assert.NotEmpty(Assert.Single((await reading.ReadAsync(section, ClassQuestion.Everything, default)).Cells));
        var roles = await district.Store.QueryAsync(MembershipDocuments.Kind, MembershipDocuments.ByPersonAt.Where(district.Student.Person.Value, district.West.Value).Take(10), default);
        await district.Store.CommitAsync(new Changes().Replace(MembershipDocuments.Kind, roles.Items[0], roles.Items[0].Document.End(district.Clock.Now())), default);

        Assert.Empty((await reading.ReadAsync(section, ClassQuestion.Everything, default)).Learners);
    }

    private Task<Read<BadgeSheet>> SheetAsync() =>
        district.Store.GetAsync(BadgeSheetDocuments.Kind, BadgeSheet.IdOf(district.West, district.Student.Person, District.Badge.Slug), "sheet", default);

    private async Task<bool> PlayAsync(OrganizationId school, LedgerStep[] history)
    {
        var writer = new LedgerWriter(district.Store, district.Clock);
        var founded = new Changes().Add(OrganizationDocuments.Kind, Organization.Found(school, school.Value, "A school", OrganizationKind.HighSchool, null));
        for (var number = 0; number < RandomLedger.Learners; number++)
        {
            var learner = RandomLedger.Learner(number);
            founded.Add(MembershipDocuments.Kind, new(MembershipId.New(district.Clock.Now()), learner, school, Role.Student, district.Clock.Now()));
            if (await district.Store.FindAsync(PersonDocuments.Kind, learner.Value, default) is null)
            {
                founded.Add(PersonDocuments.Kind, Person.Named(learner, $"Name {number}"));
            }
        }

        await district.Store.CommitAsync(founded, default);
        var ledger = await RandomLedger.RecordAsync(history, Scales.FourLevel(), async (learner, facts) =>
        {
            var changes = new Changes();
            var entries = await writer.AppendAsync(changes, school, learner, Scales.FourLevel(), [new(facts, new("Pat Teacher", null, null, []), "Shows it.")], default);
            await district.Store.CommitAsync(changes, default);
            return entries[0];
        });

        var section = new ClassSection(ClassSectionId.From("class-1"), school, "Shop 1", district.Clock.Now()) { Students = [.. Enumerable.Range(0, RandomLedger.Learners).Select(RandomLedger.Learner)] };
        var asked = await reading.ReadAsync(section, new(RandomLedger.Badges, []), default);
        var alone = ClassRecord.Of(
            section,
            asked.Learners,
            asked.Badges,
            asked.Columns,
            BadgeSheet.Of(ledger),
            new Dictionary<Sha256Digest, Core.Mastery.MasteryScale> { [Scales.FourLevel().SnapshotHash] = Scales.FourLevel() },
            ScoringChoices.None);
        var everything = await reading.ReadAsync(section, ClassQuestion.Everything, default);
        return asked.Columns.Length == 8 && asked.Learners.Length == RandomLedger.Learners
            && Levels(asked).SequenceEqual(Levels(alone))
            && Levels(everything).SequenceEqual(Levels(alone).Where(level => everything.Badges.Any(badge => badge.Slug == level.Badge)));
    }

    private static IEnumerable<(PersonId, string Badge, string, string?, DateTimeOffset?, int)> Levels(ClassRecord record) =>
        record.Learners.SelectMany((learner, row) => record.Columns.Select((column, at) => (
            learner.Id, column.Badge, column.CompetencyId, record.Cells[row][at]?.Progression.Standing?.EntryId, record.Cells[row][at]?.Progression.LastRise, record.Cells[row][at]?.Progression.NotYets ?? 0)));
}
