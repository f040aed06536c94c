using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Review;

public sealed class ObservationTests : IAsyncLifetime
{
    private static readonly string[] Skills = [.. District.Badge.Competencies.Select(competency => competency.Id)];

    private District district = null!;

    public async Task InitializeAsync() => district = await District.OpenAsync();

    public Task DisposeAsync()
    {
        district.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("image/jpeg", 60_000_000, null)]
    [InlineData("audio/mp4", Observation.MaxSoundBytes, null)]
    [InlineData("audio/mp4", Observation.MaxSoundBytes + 1, "observation.sound")]
    [InlineData("video/mp4", 1, "observation.photo")]
    [InlineData("application/pdf", 1, "observation.photo")]
    public void What_was_seen_is_shown_by_photos_and_a_spoken_note(string mediaType, long bytes, string? code)
    {
        var refused = Record.Exception(() => Observation.RequirePiece(mediaType, bytes));

        Assert.Equal(code, (refused as RefusedException)?.Code);
    }

    [Theory]
    [InlineData(5, 1, null)]
    [InlineData(6, 0, "observation.photo")]
    [InlineData(0, 2, "observation.sound")]
    public async Task An_observation_has_five_photos_and_one_spoken_note(int photos, int sounds, string? code)
    {
        var seen = (await SeeAsync("filing")).Observation;
        EvidenceItem[] pieces = [.. Enumerable.Range(0, photos + sounds).Select(number => EvidenceItem.OfFile($"{number}", "Piece", "piece", new(Sha256Digest.Of([(byte)number]), 1), number < photos ? "image/png" : "audio/mpeg", seen.RecordedAt))];

        var refused = Record.Exception(() => Assert.Equal(pieces, seen.Showing([.. pieces]).Photos));

        Assert.Equal(code, (refused as RefusedException)?.Code);
        Assert.True(code is not null || refused is null, refused?.Message);
    }

    [Fact]
    public async Task What_was_seen_is_in_the_record_at_once_and_a_phone_that_sends_twice_records_once()
    {
        var first = await SeeAsync("filing", "developing");
        var again = await SeeAsync("filing", "developing");

        Assert.Equal((true, false), (first.IsNew, again.IsNew));
        var entry = Assert.Single(await district.ChainAsync(district.Student));
        Assert.Equal((Observation.Source, "developing", EvidenceKind.Observation), (entry.Facts.Provenance.Source, entry.Facts.Level.Code, entry.Facts.Evidence[0].Kind));
        Assert.Equal("observation.id-reused", await Refusal.CodeOf(() => SeeAsync("filing", "proficient")));
    }

    [Fact]
    public async Task The_last_skill_seen_makes_the_badge_and_one_decision_names_all_that_it_rests_on()
    {
        foreach (var skill in Skills[..^1])
        {
            Assert.Null((await SeeAsync(skill)).Award);
        }

        var award = (await SeeAsync(Skills[^1])).Award!;

        var chain = await district.ChainAsync(district.Student);
        Assert.Empty(LedgerChain.Check(chain));
        var work = (await district.Store.GetAsync(SubmissionDocuments.Kind, award.Submission.Value, "submission", default)).Document;
        Assert.Equal(chain.Select(entry => entry.Id), work.LastAttempt!.Standing!.RestsOn!.Value);
        Assert.Equal((SubmissionState.Approved, 1, AwardState.Issued), (work.State, award.Attempt, (await district.Finisher.FinishAsync(award.Credential, default)).State));
        Assert.Null((await SeeAsync("filing", "advanced", device: "later")).Award);
        Assert.Single(await district.AwardsAsync(district.Student));
    }

    [Fact]
    public async Task Skills_that_an_earlier_try_has_shown_and_skills_that_were_seen_make_one_badge_and_the_draft_stays_the_learners()
    {
        var submission = await district.TurnInAsync();
        await district.Decisions.DecideAsync(
            district.Teacher, submission.Id, new(1, DecisionOutcome.Returned, [.. Skills[..2].Select(skill => new CompetencyRating(skill, "proficient", null))], "Show the rest."), null, null, default);
        await SeeAsync(Skills[2]);

        var award = (await SeeAsync(Skills[3])).Award!;

        Assert.Equal((submission.Id, 2), (award.Submission, award.Attempt));
        Assert.Equal("submission.not-editable", await Refusal.CodeOf(() => district.Submissions.SubmitAsync(district.Student, submission.Id, null, null, default)));
        Assert.DoesNotContain(Skills, skill => award.Levels.All(level => level.Competency != skill));
    }

    [Fact]
    public async Task Work_that_waits_is_decided_first()
    {
        var submission = await district.TurnInAsync();
        foreach (var skill in Skills[..^1])
        {
            await SeeAsync(skill);
        }

        var last = await SeeAsync(Skills[^1]);

        Assert.Equal((null, submission.Id), (last.Award, last.Waiting!.Value));
        Assert.NotNull((await district.ApproveAsync(district.Teacher, submission)).Award);
        Assert.Single(await district.AwardsAsync(district.Student));
    }

    [Fact]
    public async Task A_level_too_low_or_later_found_lower_makes_no_badge()
    {
        foreach (var skill in Skills[..^1])
        {
            await SeeAsync(skill);
        }

        await SeeAsync("filing", "beginning", device: "a bad day");

        Assert.Null((await SeeAsync(Skills[^1])).Award);
    }

    [Fact]
    public async Task Four_phones_at_once_make_one_badge()
    {
        foreach (var skill in Skills[..^1])
        {
            await SeeAsync(skill);
        }

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => SeeAsync(Skills[^1], device: $"phone-{number}")));

        Assert.Single(results, result => result.Award is not null);
        Assert.Single(await district.AwardsAsync(district.Student));
        Assert.Empty(LedgerChain.Check(await district.ChainAsync(district.Student)));
    }

    [Fact]
    public async Task The_same_rules_hold_as_for_a_decision()
    {
        var stranger = new Actor(PersonId.From("stranger"));
        await district.AppointAsync(stranger, district.West, Role.Teacher);

        Assert.Equal("decision.not-assigned", await Refusal.CodeOf(() => SeeAsync("filing", by: stranger)));
        Assert.Equal("decision.own-work", await Refusal.CodeOf(() => SeeAsync("filing", by: district.Student)));
        Assert.Equal("scale.unknown-level", await Refusal.CodeOf(() => SeeAsync("filing", "superb")));
        Assert.Equal("observation.when", await Refusal.CodeOf(() => SeeAsync("filing", at: district.Clock.Now().AddDays(1))));
        await district.AskAsync(rule => rule with { QualificationCode = "registered-nurse", QualificationNote = "A nurse." });
        Assert.Equal("decision.not-qualified", await Refusal.CodeOf(() => SeeAsync("filing")));
        await district.AskAsync(rule => rule with { Raters = RaterDisagreement.Talk, Supervisor = SupervisorMode.CoSign });
        Assert.Equal("observation.needs-two-raters", await Refusal.CodeOf(() => SeeAsync("filing")));
        Assert.Empty(await district.ChainAsync(district.Student));
    }

    [Fact]
    public async Task A_supervisor_records_the_skills_that_the_internship_names_and_no_others()
    {
        var supervisor = new Actor(PersonId.From("supervisor"));
        await district.AppointAsync(supervisor, district.Employer, Role.Supervisor);
        var now = district.Clock.Now();
        await district.Store.CommitAsync(
            new Changes().Add(PlacementDocuments.Kind, new Placement(PlacementId.New(now), district.Student.Person, district.West, district.Employer, supervisor.Person, now.AddDays(-1), now.AddDays(30))
            {
                Badges = [District.Badge.Slug],
                Skills = [new(District.Badge.Slug, Skills[0])],
            }),
            default);

        Assert.True((await SeeAsync(Skills[0], by: supervisor)).IsNew);
        Assert.Equal("decision.skill-not-named", await Refusal.CodeOf(() => SeeAsync(Skills[1], by: supervisor)));
    }

    [Fact]
    public async Task Where_a_supervisor_signs_beside_a_teacher_the_levels_of_work_they_sent_back_make_no_badge()
    {
        await district.AskAsync(rule => rule with { Supervisor = SupervisorMode.CoSign });
        var supervisor = new Actor(PersonId.From("supervisor"));
        await district.AppointAsync(supervisor, district.Employer, Role.Supervisor);
        var now = district.Clock.Now();
        await district.Store.CommitAsync(
            new Changes().Add(PlacementDocuments.Kind, new Placement(PlacementId.New(now), district.Student.Person, district.West, district.Employer, supervisor.Person, now.AddDays(-1), now.AddDays(30)) { Badges = [District.Badge.Slug] }),
            default);
        var submission = await district.TurnInAsync();
        await district.Decisions.DecideAsync(
            supervisor, submission.Id, new(1, DecisionOutcome.Returned, [.. Skills.Select(skill => new CompetencyRating(skill, "proficient", null))], "Again."), null, null, default);

        Assert.Null((await SeeAsync(Skills[0])).Award);
        Assert.Empty(await district.AwardsAsync(district.Student));
    }

    [Fact]
    public async Task A_badge_made_of_observations_is_corrected_in_their_entries()
    {
        SeenResult last = null!;
        foreach (var skill in Skills)
        {
            last = await SeeAsync(skill);
        }

        await district.Corrections.CorrectAsync(
            district.Teacher, last.Award!.Submission, last.Award.Decision, new(1, DecisionOutcome.Returned, [], "It was another student."), "I took one for the other.", null, null, default);

        Assert.All(
            (await district.Gradebook.ForFamilyAsync(district.Student, district.Student.Person, default)).Lines, line => Assert.Null(line.Standing));
        Assert.DoesNotContain(await district.AwardsAsync(district.Student), award => award.IsLive);
    }

    private Task<SeenResult> SeeAsync(string skill, string level = "proficient", string? device = null, Actor? by = null, DateTimeOffset? at = null) => district.Observations.RecordAsync(
        by ?? district.Teacher, new(district.West, District.Badge.Slug, skill, at), new(device ?? $"sheet-{skill}", district.Student.Person, level, "Seen at the bench."), default);
}
