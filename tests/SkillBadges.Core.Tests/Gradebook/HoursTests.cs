using SkillBadges.Core.Evidence.Logs;
using SkillBadges.Core.Gradebook.Hours;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Tests.Gradebook;

public sealed class HoursTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly Person Learner = Person.Named(PersonId.From("leo"), "Leo Park");
    private static readonly Organization School = Organization.Found(OrganizationId.From("west"), "west", "West", OrganizationKind.HighSchool, null);

    [Fact]
    public void Sums_hold_confirmed_hours_by_kind_and_school_year()
    {
        var record = Of(
            Entry(LogKind.Service, new(2026, 6, 30), 60),
            Entry(LogKind.Service, new(2026, 7, 1), 90),
            Entry(LogKind.Service, new(2026, 10, 3), 30),
            Entry(LogKind.WorkBased, new(2026, 10, 3), 240));

        Assert.Equal([(LogKind.WorkBased, 2026, 1, 240), (LogKind.Service, 2025, 1, 60), (LogKind.Service, 2026, 2, 120)], record.Sums.Select(sum => (sum.Kind, sum.Year, sum.Entries, sum.Minutes)));
        Assert.Equal(420, record.ConfirmedMinutes);
    }

    [Fact]
    public void Hours_that_nobody_stands_by_are_apart_and_in_no_sum()
    {
        var record = Of(Entry(LogKind.Service, new(2026, 10, 3), 60), Entry(LogKind.Service, new(2026, 10, 4), 600, by: null));

        Assert.Equal(60, Assert.Single(record.Sums).Minutes);
        Assert.Equal(600, Assert.Single(record.Unconfirmed).Words.Minutes);
        Assert.Equal((60, 600), (record.ConfirmedMinutes, record.UnconfirmedMinutes));
    }

    [Fact]
    public void Personal_days_are_no_hours_of_service() => Assert.Empty(Of(Entry(LogKind.PersonalDay, new(2026, 10, 3), 60)).Lines);

    [Fact]
    public void One_school_year_can_be_asked_for() =>
        Assert.Equal([90], Of(2026, Entry(LogKind.Service, new(2026, 6, 30), 60), Entry(LogKind.Service, new(2027, 6, 30), 90)).Lines.Select(line => line.Words.Minutes));

    [Fact]
    public void A_document_does_not_grow_without_end() => Assert.Equal(
        "hours.too-many",
        Assert.Throws<RefusedException>(() => Of([.. Enumerable.Range(0, HoursRecord.MaxLines + 1).Select(_ => Entry(LogKind.Service, new(2026, 10, 3), 1))])).Code);

    private static HoursRecord Of(params LogEntry[] entries) => Of(null, entries);

    private static HoursRecord Of(int? year, params LogEntry[] entries) => HoursRecord.Of(entries, new Dictionary<LogEntryId, string>(), Learner, School, year, new(2026, 11, 22));

    private static LogEntry Entry(LogKind kind, DateOnly on, int minutes, LogSigner? by = LogSigner.Teacher) =>
        new(LogEntryId.New(At), Learner.Id, School.Id, new(kind, on, minutes, "Food bank", "Sorted cans.", "Older people wait longest."), At) { Signature = by is { } signer ? new(signer, null, At, null) : null };
}
