using SkillBadges.Core.Evidence.Passes;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Review;

public sealed class DecisionWorkflowTests : IAsyncLifetime
{
    private District district = null!;

    public async Task InitializeAsync() => district = await District.OpenAsync();

    public Task DisposeAsync()
    {
        district.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Approving_complete_work_takes_one_request_and_leaves_record_award_and_intent()
    {
        var submission = await district.TurnInAsync();

        var result = await district.ApproveAsync(district.Teacher, submission);

        Assert.Equal(SubmissionState.Approved, result.Submission.State);
        Assert.Equal(AwardState.Signing, result.Award!.State);
        var chain = await district.ChainAsync(district.Student);
        Assert.Equal(District.Badge.Competencies.Select(competency => competency.Id), chain.Select(entry => entry.Facts.Competency.CompetencyId));
        Assert.Empty(LedgerChain.Check(chain));
        Assert.Equal(AwardState.Issued, (await district.Finisher.FinishAsync(result.Award.Credential, default)).State);
    }

    [Fact]
    public async Task The_queue_line_goes_with_the_decision()
    {
        var submission = await district.TurnInAsync();
        Assert.Single(await QueueAsync());

        await district.ApproveAsync(district.Teacher, submission);

        Assert.Empty(await QueueAsync());
    }

    [Fact]
    public async Task Fifty_parallel_approvals_make_exactly_one_credential()
    {
        var submission = await district.TurnInAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Refusal.CodeOf(() => district.ApproveAsync(district.Teacher, submission))));

        Assert.Single(answers, code => code is null);
        Assert.Equal(["submission.already-decided"], answers.OfType<string>().Distinct());
        Assert.Single(await district.AwardsAsync(district.Student));
        Assert.Equal(District.Badge.Competencies.Length, (await district.ChainAsync(district.Student)).Count);
    }

    [Fact]
    public async Task The_same_request_a_hundred_times_in_parallel_is_one_decision_and_a_hundred_equal_answers()
    {
        var submission = await district.TurnInAsync();
        var key = new RequestKey("teacher", "decide", "k-1", Sha256Digest.Of("body"u8));

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => district.ApproveAsync(district.Teacher, submission, key)));

        Assert.Single(answers.Select(answer => (answer.Decision.Id, answer.Award!.Id)).Distinct());
        Assert.Single(await district.AwardsAsync(district.Student));
    }

    [Fact]
    public async Task Of_two_reviewers_at_once_one_decides()
    {
        var second = new Actor(PersonId.From("teacher-2"));
        await district.AppointAsync(second, district.West, Role.Teacher);
        await district.TeachAsync(second, district.Student);
        var submission = await district.TurnInAsync();

        var answers = await Task.WhenAll(
            Refusal.CodeOf(() => district.ApproveAsync(district.Teacher, submission)),
            Refusal.CodeOf(() => district.Decisions.DecideAsync(second, submission.Id, new(1, DecisionOutcome.Returned, [], "Not yet."), null, null, default)));

        Assert.Single(answers, code => code is null);
        Assert.Single(answers, "submission.already-decided");
    }

    [Fact]
    public async Task A_membership_that_ends_while_its_holder_approves_never_leaves_both()
    {
        var membership = (await district.Authority.FindAsync(district.Teacher, district.West, [Role.Teacher], default))!;
        var submission = await district.TurnInAsync();
        district.BeforeNextCommit(() => district.Store.CommitAsync(
            new Changes().Replace(MembershipDocuments.Kind, membership, membership.Document.End(district.Clock.Now())), default));

        Assert.Equal("submission.not-found", await Refusal.CodeOf(() => district.ApproveAsync(district.Teacher, submission)));

        Assert.Empty(await district.AwardsAsync(district.Student));
        Assert.Empty(await district.ChainAsync(district.Student));
    }

    [Fact]
    public async Task A_pass_that_is_taken_back_while_its_holder_approves_never_leaves_both()
    {
        var (supervisor, pass) = await district.SuperviseByPassAsync();
        var submission = await district.TurnInAsync();
        var limited = supervisor with { OnlyPlacements = [pass.Placement.Value] };
        var read = (await district.Store.FindAsync(PassDocuments.Kind, pass.Placement.Value, default))!;
        district.BeforeNextCommit(() => district.Store.CommitAsync(new Changes().Replace(PassDocuments.Kind, read, pass.Revoke(district.Clock.Now())), default));

        Assert.Equal("submission.not-found", await Refusal.CodeOf(() => district.ApproveAsync(limited, submission)));

        Assert.Empty(await district.AwardsAsync(district.Student));
        Assert.NotNull((await district.ApproveAsync(supervisor, submission)).Award);
    }

    [Fact]
    public async Task Who_was_dismissed_does_not_read_a_result_by_asking_again()
    {
        var submission = await district.TurnInAsync();
        var membership = (await district.Authority.FindAsync(district.Teacher, district.West, [Role.Teacher], default))!;
        var key = new RequestKey("teacher", "decide", "k-1", Sha256Digest.Of("body"u8)) { RequireStill = (since, token) => district.Authority.RequireNoneEndedAsync(district.Teacher, since, token) };
        var made = await district.ApproveAsync(district.Teacher, submission, key);
        Assert.Equal(made.Decision.Id, (await district.ApproveAsync(district.Teacher, submission, key)).Decision.Id);
        district.Clock.Advance(TimeSpan.FromMinutes(1));
        await district.Store.CommitAsync(new Changes().Replace(MembershipDocuments.Kind, membership, membership.Document.End(district.Clock.Now())), default);

        Assert.Equal("request.role-ended", await Refusal.CodeOf(() => district.ApproveAsync(district.Teacher, submission, key)));

        await district.AppointAsync(district.Teacher, district.West, Role.Teacher);
        Assert.Equal(made.Decision.Id, (await district.ApproveAsync(district.Teacher, submission, key)).Decision.Id);
    }

    [Fact]
    public async Task A_student_who_leaves_the_class_while_the_teacher_approves_is_not_decided_on()
    {
        var submission = await district.TurnInAsync();
        var section = (await district.Store.FirstAsync(ClassSectionDocuments.Kind, ClassSectionDocuments.ByTeacher.Where(district.Teacher.Person.Value), default))!;
        district.BeforeNextCommit(() => district.Store.CommitAsync(
            new Changes().Replace(ClassSectionDocuments.Kind, section, section.Document.RemoveStudent(district.Student.Person)), default));

        Assert.Equal("decision.not-assigned", await Refusal.CodeOf(() => district.ApproveAsync(district.Teacher, submission)));
    }

    [Fact]
    public async Task An_internship_that_ends_while_the_supervisor_signs_ends_the_signature_too()
    {
        var supervisor = new Actor(PersonId.From("supervisor"));
        await district.AppointAsync(supervisor, district.Employer, Role.Supervisor);
        await PlaceAsync(supervisor, district.Student, district.Clock.Now().AddDays(30));
        var submission = await district.TurnInAsync();
        var placement = (await district.Store.FirstAsync(PlacementDocuments.Kind, PlacementDocuments.BySupervisor.Where("supervisor"), default))!;
        district.BeforeNextCommit(() => district.Store.CommitAsync(
            new Changes().Replace(PlacementDocuments.Kind, placement, placement.Document.End(district.Clock.Now())), default));

        Assert.Equal("submission.not-found", await Refusal.CodeOf(() => district.ApproveAsync(supervisor, submission)));
    }

    [Fact]
    public async Task Whoever_turns_out_to_be_the_learner_while_deciding_does_not_decide()
    {
        var registrar = new Actor(PersonId.From("registrar"));
        await district.EnrollAsync(district.Teacher, district.East);
        await district.AppointAsync(registrar, district.East, Role.Registrar);
        var submission = await district.TurnInAsync();
        var code = await district.Joins.IssueCodeAsync(district.Student, default);
        district.BeforeNextCommit(() => district.Joins.JoinByCodeAsync(registrar, district.East, district.Teacher.Person, code, null, default));

        Assert.Equal("decision.own-work", await Refusal.CodeOf(() => district.ApproveAsync(district.Teacher, submission)));

        Assert.Empty(await district.AwardsAsync(district.Student));
    }

    [Fact]
    public async Task A_teacher_of_another_class_is_told_so_and_one_of_another_school_sees_nothing()
    {
        var colleague = new Actor(PersonId.From("colleague"));
        var stranger = new Actor(PersonId.From("stranger"));
        await district.AppointAsync(colleague, district.West, Role.Teacher);
        await district.AppointAsync(stranger, district.East, Role.Teacher);
        var submission = await district.TurnInAsync();

        Assert.Equal("decision.not-assigned", await Refusal.CodeOf(() => district.ApproveAsync(colleague, submission)));
        Assert.Equal("submission.not-found", await Refusal.CodeOf(() => district.ApproveAsync(stranger, submission)));
        Assert.Equal("submission.not-found", await Refusal.CodeOf(() => district.Reading.ReadAsync(stranger, submission.Id, default)));
        Assert.Equal("decision.own-work", await Refusal.CodeOf(() => district.ApproveAsync(district.Student, submission)));
    }

    [Fact]
    public async Task A_supervisor_decides_for_the_student_placed_with_them_and_for_no_other()
    {
        var supervisor = new Actor(PersonId.From("supervisor"));
        var other = new Actor(PersonId.From("other-student"));
        await district.AppointAsync(supervisor, district.Employer, Role.Supervisor);
        await district.EnrollAsync(other, district.West);
        await PlaceAsync(supervisor, district.Student, district.Clock.Now().AddDays(30));
        await PlaceAsync(supervisor, other, district.Clock.Now().AddHours(-1));
        var theirs = await district.TurnInAsync();
        var over = await district.TurnInAsync(other);

        var result = await district.ApproveAsync(supervisor, theirs);

        Assert.Equal(AssessorRelation.SupervisesThePlacement, result.Decision.Assessor.Relation);
        Assert.Equal("submission.not-found", await Refusal.CodeOf(() => district.ApproveAsync(supervisor, over)));
        Assert.Equal("submission.not-found", await Refusal.CodeOf(() => district.Reading.ReadAsync(supervisor, over.Id, default)));
    }

    [Fact]
    public async Task A_correction_supersedes_the_record_takes_the_badge_back_and_frees_the_slot()
    {
        var submission = await district.TurnInAsync();
        var first = await district.ApproveAsync(district.Teacher, submission);
        await district.Finisher.FinishAsync(first.Award!.Credential, default);

        var second = await district.Corrections.CorrectAsync(
            district.Teacher, submission.Id, first.Decision.Id, new(1, DecisionOutcome.Approved, [new("filing", "advanced", null)], null), "I read the wrong row.", null, null, default);

        var awards = await district.AwardsAsync(district.Student);
        Assert.Equal([AwardState.Revoked, AwardState.Signing], awards.Select(award => award.State));
        Assert.NotEqual(first.Award.Credential, second.Award!.Credential);
        var chain = await district.ChainAsync(district.Student);
        Assert.Empty(LedgerChain.Check(chain));
        Assert.Equal(8, chain.Count);
        Assert.All(chain.Skip(4), entry => Assert.Equal(EntryEffect.Superseded, entry.Facts.Effect));
    }

    [Fact]
    public async Task A_correction_to_not_yet_retracts_what_it_does_not_rate()
    {
        var submission = await district.TurnInAsync();
        var first = await district.ApproveAsync(district.Teacher, submission);

        await district.Corrections.CorrectAsync(
            district.Teacher, submission.Id, first.Decision.Id, new(1, DecisionOutcome.Returned, [new("filing", "developing", null)], "Please show the taps."), "Photos of another part.", null, null, default);

        Assert.Equal(AwardState.Cancelled, Assert.Single(await district.AwardsAsync(district.Student)).State);
        var view = await district.Gradebook.ForFamilyAsync(district.Student, district.Student.Person, default);
        Assert.Equal("developing", view.Lines.Single(line => line.Competency.CompetencyId == "filing").Standing!.Code);
        Assert.All(view.Lines.Where(line => line.Competency.CompetencyId != "filing"), line => Assert.Null(line.Standing));
    }

    [Fact]
    public async Task A_returned_try_is_kept_and_the_next_one_can_be_approved()
    {
        var submission = await district.TurnInAsync();
        await district.Decisions.DecideAsync(district.Teacher, submission.Id, new(1, DecisionOutcome.Returned, [new("filing", "developing", null)], "Not yet."), null, null, default);
        var again = await district.TryAgainAsync(submission);

        var result = await district.ApproveAsync(district.Teacher, again);

        Assert.Equal(2, result.Award!.Attempt);
        var filing = (await district.Gradebook.ForFamilyAsync(district.Student, district.Student.Person, default)).Lines.Single(line => line.Competency.CompetencyId == "filing");
        Assert.Equal(["developing", "proficient"], filing.History.Select(decided => decided.Level.Code));
    }

    [Fact]
    public async Task A_renewal_is_another_attempt_at_the_badge()
    {
        var first = await district.ApproveAsync(district.Teacher, await district.TurnInAsync());

        var renewal = await district.ApproveAsync(district.Teacher, await district.TurnInAsync());

        Assert.Equal((1, 2), (first.Award!.Attempt, renewal.Award!.Attempt));
    }

    private async Task<IReadOnlyList<ReviewTask>> QueueAsync() =>
        [.. (await district.Store.QueryAsync(ReviewTaskDocuments.Kind, ReviewTaskDocuments.ByAssignee.Where(district.Teacher.Person.Value), default)).Documents];

    private Task PlaceAsync(Actor supervisor, Actor learner, DateTimeOffset until)
    {
        var now = district.Clock.Now();
        var placement = new Placement(PlacementId.New(now), learner.Person, district.West, district.Employer, supervisor.Person, now.AddDays(-10), until) { Badges = [District.Badge.Slug] };
        return district.Store.CommitAsync(new Changes().Add(PlacementDocuments.Kind, placement), default);
    }
}
