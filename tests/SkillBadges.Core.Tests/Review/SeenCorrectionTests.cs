using SkillBadges.Core.Evidence;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Review;

public sealed class SeenCorrectionTests : IAsyncLifetime
{
    private static readonly string[] Skills = [.. District.Badge.Competencies.Select(competency => competency.Id)];

    private District district = null!;

    public async Task InitializeAsync()
    {
        district = await District.OpenAsync();
        await district.LetUndoAsync(10);
    }

    public Task DisposeAsync()
    {
        district.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_slip_is_taken_back_by_one_more_entry_and_counts_no_more()
    {
        var seen = (await SeeAsync("filing")).Observation;

        await RetractAsync(seen);

        var chain = await district.ChainAsync(district.Student);
        Assert.Empty(LedgerChain.Check(chain));
        Assert.Equal([EntryEffect.Asserted, EntryEffect.Retracted], chain.Select(entry => entry.Facts.Effect));
        Assert.Equal((chain[0].Id, "Another student."), (chain[1].Facts.Corrects, chain[1].Notes!.Reason));
        Assert.Null(SkillStanding.Of(District.Badge, "filing", chain, district.Clock.Now()).Level);
        Assert.Equal("observation.corrected", await Refusal.CodeOf(() => RetractAsync(seen)));
        Assert.Equal("observation.corrected", await Refusal.CodeOf(() => CorrectAsync(seen, "developing")));
    }

    [Fact]
    public async Task Only_who_saw_it_takes_it_back_and_only_for_so_long()
    {
        var seen = (await SeeAsync("filing")).Observation;
        var colleague = new Actor(PersonId.From("colleague"));
        await district.AppointAsync(colleague, district.West, Role.Teacher);
        Assert.Equal("decision.not-assigned", await Refusal.CodeOf(() => RetractAsync(seen, colleague)));
        await district.TeachAsync(colleague, district.Student);

        Assert.Equal("observation.not-yours", await Refusal.CodeOf(() => RetractAsync(seen, colleague)));
        Assert.Equal("observation.reason", await Refusal.CodeOf(() => RetractAsync(seen, reason: " ")));
        district.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("observation.retract-too-late", await Refusal.CodeOf(() => RetractAsync(seen)));
        var elsewhere = new Actor(PersonId.From("elsewhere"));
        await district.AppointAsync(elsewhere, district.East, Role.Teacher);
        Assert.Equal("observation.not-found", await Refusal.CodeOf(() => RetractAsync(seen, elsewhere)));
        Assert.Single(await district.ChainAsync(district.Student));
    }

    [Fact]
    public async Task Later_another_takes_its_place_and_nothing_is_rewritten()
    {
        var seen = (await SeeAsync("filing")).Observation;
        district.Clock.Advance(TimeSpan.FromDays(2));

        var correction = (await CorrectAsync(seen, "developing")).Observation;

        var chain = await district.ChainAsync(district.Student);
        Assert.Empty(LedgerChain.Check(chain));
        Assert.Equal([EntryEffect.Asserted, EntryEffect.Superseded], chain.Select(entry => entry.Facts.Effect));
        Assert.Equal(("proficient", "developing", chain[0].Id), (chain[0].Facts.Level.Code, chain[1].Facts.Level.Code, chain[1].Facts.Corrects));
        Assert.Equal(seen.ObservedAt, correction.ObservedAt);
        var stored = (await district.Store.GetAsync(ObservationDocuments.Kind, seen.Id.Value, "observation", default)).Document;
        Assert.Equal((correction.Id, "proficient"), (stored.CorrectedBy!.Value, stored.Level));
        Assert.Equal("developing", SkillStanding.Of(District.Badge, "filing", chain, district.Clock.Now()).Level!.Code);
        Assert.Equal("observation.corrected", await Refusal.CodeOf(() => CorrectAsync(seen, "advanced")));
        Assert.Equal("advanced", (await CorrectAsync(correction, "advanced")).Observation.Level);
    }

    [Fact]
    public async Task A_correction_that_makes_the_badge_whole_awards_it()
    {
        var low = (await SeeAsync(Skills[0], "beginning")).Observation;
        foreach (var skill in Skills[1..])
        {
            Assert.Null((await SeeAsync(skill)).Award);
        }

        Assert.NotNull((await CorrectAsync(low, "proficient")).Award);
        Assert.Single(await district.AwardsAsync(district.Student));
    }

    [Fact]
    public async Task What_a_badge_rests_on_is_corrected_in_its_decision()
    {
        SeenResult last = null!;
        foreach (var skill in Skills)
        {
            last = await SeeAsync(skill);
        }

        Assert.Equal("observation.in-a-badge", await Refusal.CodeOf(() => RetractAsync(last.Observation)));
        Assert.Equal("observation.in-a-badge", await Refusal.CodeOf(() => CorrectAsync(last.Observation, "developing")));
        await district.Corrections.CorrectAsync(
            district.Teacher, last.Award!.Submission, last.Award.Decision, new(1, DecisionOutcome.Returned, [], "It was another student."), "I took one for the other.", null, null, default);
        Assert.Equal("observation.corrected", await Refusal.CodeOf(() => RetractAsync(last.Observation)));
    }

    [Fact]
    public async Task A_badge_made_at_the_same_moment_keeps_what_it_rests_on()
    {
        var first = (await SeeAsync(Skills[0])).Observation;
        foreach (var skill in Skills[1..^1])
        {
            await SeeAsync(skill);
        }

        district.BeforeNextCommit(() => SeeAsync(Skills[^1]));

        Assert.Equal("observation.in-a-badge", await Refusal.CodeOf(() => RetractAsync(first)));
        Assert.Single(await district.AwardsAsync(district.Student));
    }

    [Fact]
    public async Task Whoever_dates_back_was_the_assessor_then_and_not_longer_ago_than_the_school_allows()
    {
        var now = district.Clock.Now();

        // Role and class of the district began a day ago.
        Assert.Equal("observation.not-assigned-then", await Refusal.CodeOf(() => SeeAsync("filing", at: now.AddDays(-2))));
        Assert.True((await SeeAsync("filing", at: now.AddHours(-3))).IsNew);
        district.Clock.Advance(TimeSpan.FromDays(40));
        now = district.Clock.Now();
        Assert.Equal("observation.when", await Refusal.CodeOf(() => SeeAsync("filing", at: now.AddDays(-31), device: "late")));
        Assert.True((await SeeAsync("filing", at: now.AddDays(-29), device: "late")).IsNew);
        await AllowAsync(0);
        Assert.Equal("observation.when", await Refusal.CodeOf(() => SeeAsync("filing", at: now.AddDays(-2), device: "later")));
        Assert.True((await SeeAsync("filing", at: now.AddHours(-23), device: "later")).IsNew);
    }

    private async Task AllowAsync(int days)
    {
        var read = await district.Store.GetAsync(OrganizationSettingsDocuments.Kind, district.West.Value, "settings", default);
        await district.Store.CommitAsync(
            new Changes().Replace(OrganizationSettingsDocuments.Kind, read, read.Document with { Values = read.Document.Values with { ObservationDays = days } }), default);
    }

    private Task<SeenResult> SeeAsync(string skill, string level = "proficient", DateTimeOffset? at = null, string? device = null) => district.Observations.RecordAsync(
        district.Teacher, new(district.West, District.Badge.Slug, skill, at), new(device ?? $"sheet-{skill}", district.Student.Person, level, "Seen at the bench."), default);

    private Task RetractAsync(Observation seen, Actor? by = null, string reason = "Another student.") => district.SeenCorrections.RetractAsync(by ?? district.Teacher, seen.Id, reason, null, default);

    private Task<SeenResult> CorrectAsync(Observation seen, string level) => district.SeenCorrections.CorrectAsync(district.Teacher, seen.Id, level, null, "I looked again.", null, default);
}
