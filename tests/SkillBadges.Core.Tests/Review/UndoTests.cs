using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Tests.Evidence;

namespace SkillBadges.Core.Tests.Review;

public sealed class UndoTests : IAsyncLifetime
{
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
    public async Task Nothing_is_signed_while_the_decision_can_be_undone()
    {
        var result = await district.ApproveAsync(district.Teacher, await district.TurnInAsync());

        var award = await district.Finisher.FinishAsync(result.Award!.Credential, default);

        Assert.Equal((AwardState.Signing, result.Decision.DecidedAt.AddMinutes(10)), (award.State, award.UndoableUntil));
        Assert.Equal(0, (await district.Finisher.FinishOpenAsync(default)).Settled);
        district.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(1, (await district.Finisher.FinishOpenAsync(default)).Settled);
        Assert.Equal(AwardState.Issued, Assert.Single(await district.AwardsAsync(district.Student)).State);
    }

    [Fact]
    public async Task Undone_work_waits_again_and_the_record_keeps_what_was_decided_and_that_it_was_retracted()
    {
        var submission = await district.TurnInAsync();
        var slip = await district.ApproveAsync(district.Teacher, submission);

        var undone = await district.Undo.UndoAsync(district.Teacher, submission.Id, slip.Decision.Id, null, default);

        Assert.Equal((SubmissionState.Submitted, AwardState.Cancelled), (undone.Submission.State, undone.Award!.State));
        Assert.Equal([DecisionOutcome.Approved, DecisionOutcome.Undone], undone.Submission.LastAttempt!.Decisions.Select(decision => decision.Outcome));
        Assert.NotNull(await district.Store.FindAsync(ReviewTaskDocuments.Kind, submission.Id.Value, default));
        var chain = await district.ChainAsync(district.Student);
        Assert.Empty(LedgerChain.Check(chain));
        Assert.Equal([.. Enumerable.Repeat(EntryEffect.Asserted, 4), .. Enumerable.Repeat(EntryEffect.Retracted, 4)], chain.Select(entry => entry.Facts.Effect));
        district.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(AwardState.Cancelled, (await district.Finisher.FinishAsync(slip.Award!.Credential, default)).State);

        var again = await district.ApproveAsync(district.Teacher, undone.Submission);
        Assert.NotEqual(slip.Award.Credential, again.Award!.Credential);
    }

    [Fact]
    public async Task A_return_is_undone_too_unless_the_learner_has_gone_on()
    {
        var submission = await district.TurnInAsync();
        var slip = await ReturnAsync(submission);
        Assert.Equal(SubmissionState.Submitted, (await district.Undo.UndoAsync(district.Teacher, submission.Id, slip.Decision.Id, null, default)).Submission.State);

        var second = await ReturnAsync(submission);
        await district.Submissions.AddEvidenceAsync(district.Student, submission.Id, "filing", Works.Note("more"), null, null, default);
        Assert.Equal("decision.undo-overtaken", await Refusal.CodeOf(() => district.Undo.UndoAsync(district.Teacher, submission.Id, second.Decision.Id, null, default)));
    }

    [Fact]
    public async Task Undoing_is_for_who_decided_in_time_and_once()
    {
        var colleague = new Actor(PersonId.From("colleague"));
        await district.AppointAsync(colleague, district.West, Role.Teacher);
        await district.TeachAsync(colleague, district.Student);
        var submission = await district.TurnInAsync();
        var made = await district.ApproveAsync(district.Teacher, submission);

        Assert.Equal("decision.not-yours", await CodeAsync(colleague));
        var key = new RequestKey("teacher", "undo", "k", Sha256Digest.Of("x"u8));
        var undone = await district.Undo.UndoAsync(district.Teacher, submission.Id, made.Decision.Id, key, default);
        Assert.Equal(undone.Decision.Id, (await district.Undo.UndoAsync(district.Teacher, submission.Id, made.Decision.Id, key, default)).Decision.Id);
        Assert.Equal("decision.nothing-to-undo", await CodeAsync(district.Teacher));

        made = await district.ApproveAsync(district.Teacher, undone.Submission);
        district.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("decision.undo-too-late", await CodeAsync(district.Teacher));

        Task<string?> CodeAsync(Actor actor) => Refusal.CodeOf(() => district.Undo.UndoAsync(actor, submission.Id, made.Decision.Id, null, default));
    }

    [Fact]
    public async Task What_was_signed_in_time_is_not_undone_by_a_window_that_grew()
    {
        await district.LetUndoAsync(0);
        var submission = await district.TurnInAsync();
        var made = await district.ApproveAsync(district.Teacher, submission);
        await district.Finisher.FinishAsync(made.Award!.Credential, default);
        await district.LetUndoAsync(60);

        Assert.Equal("decision.undo-too-late", await Refusal.CodeOf(() => district.Undo.UndoAsync(district.Teacher, submission.Id, made.Decision.Id, null, default)));
        Assert.Equal(AwardState.Issued, Assert.Single(await district.AwardsAsync(district.Student)).State);
    }

    [Fact]
    public async Task A_first_rating_of_two_is_taken_back_in_time_until_the_second_comes()
    {
        var second = new Actor(PersonId.From("second"));
        await district.AppointAsync(second, district.West, Role.Teacher);
        await district.TeachAsync(second, district.Student);
        await district.AskAsync(rule => rule with { Roles = [ReviewerRole.Teacher], Supervisor = SupervisorMode.NotAllowed, Raters = RaterDisagreement.ThirdRater });
        var submission = await district.TurnInAsync();
        var slip = await district.ApproveAsync(district.Teacher, submission);
        Assert.Equal("decision.not-yours", await CodeAsync(second, slip));
        var key = new RequestKey("teacher", "undo", "k", Sha256Digest.Of("x"u8));

        var undone = await district.Undo.UndoAsync(district.Teacher, submission.Id, slip.Decision.Id, key, default);

        Assert.Equal((SubmissionState.Submitted, DecisionOutcome.Undone), (undone.Submission.State, undone.Decision.Outcome));
        Assert.Empty(undone.Submission.LastAttempt!.Ratings);
        Assert.Equal([slip.Decision.Id, undone.Decision.Id], undone.Submission.LastAttempt.TakenBack.Select(kept => kept.Id));
        Assert.Equal(undone.Decision.Id, (await district.Undo.UndoAsync(district.Teacher, submission.Id, slip.Decision.Id, key, default)).Decision.Id);
        Assert.Contains(district.Teacher.Person, (await district.Store.FindAsync(ReviewTaskDocuments.Kind, submission.Id.Value, default))!.Document.Assignees);
        Assert.Empty(await district.ChainAsync(district.Student));

        var again = await district.ApproveAsync(district.Teacher, undone.Submission);
        district.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("decision.undo-too-late", await CodeAsync(district.Teacher, again));
        Assert.NotNull((await district.ApproveAsync(second, undone.Submission)).Award);
        Assert.Equal("decision.nothing-to-undo", await CodeAsync(district.Teacher, again));

        Task<string?> CodeAsync(Actor actor, DecisionResult made) => Refusal.CodeOf(() => district.Undo.UndoAsync(actor, submission.Id, made.Decision.Id, null, default));
    }

    [Fact]
    public async Task A_supervisors_word_that_waits_for_a_teachers_is_taken_back_in_time_by_the_link_of_the_internship_too()
    {
        var (supervisor, pass) = await district.SuperviseByPassAsync();
        await district.AskAsync(rule => rule with { Supervisor = SupervisorMode.CoSign, Raters = null });
        var limited = supervisor with { OnlyPlacements = [pass.Placement.Value] };
        var submission = await district.TurnInAsync();
        var slip = await district.ApproveAsync(limited, submission);
        Assert.Equal("decision.not-yours", await CodeAsync(district.Teacher, slip));

        var undone = await district.Undo.UndoAsync(limited, submission.Id, slip.Decision.Id, null, default);

        Assert.Equal((SubmissionState.Submitted, null), (undone.Submission.State, undone.Submission.LastAttempt!.CoSignature));
        Assert.Equal([slip.Decision.Id, undone.Decision.Id], undone.Submission.LastAttempt.TakenBack.Select(kept => kept.Id));
        Assert.Empty(await district.ChainAsync(district.Student));

        var again = await district.ApproveAsync(limited, undone.Submission);
        district.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("decision.undo-too-late", await CodeAsync(limited, again));
        Assert.NotNull((await district.ApproveAsync(district.Teacher, undone.Submission)).Award);
        Assert.Equal("decision.nothing-to-undo", await CodeAsync(limited, again));

        Task<string?> CodeAsync(Actor actor, DecisionResult made) => Refusal.CodeOf(() => district.Undo.UndoAsync(actor, submission.Id, made.Decision.Id, null, default));
    }

    [Fact]
    public async Task Nobody_asks_for_undone_as_a_decision() => Assert.Equal(
        "decision.outcome",
        await Refusal.CodeOf(async () => await district.Decisions.DecideAsync(district.Teacher, (await district.TurnInAsync()).Id, new(1, DecisionOutcome.Undone, [], null), null, null, default)));

    private Task<DecisionResult> ReturnAsync(Submission submission) =>
        district.Decisions.DecideAsync(district.Teacher, submission.Id, new(1, DecisionOutcome.Returned, [], "Not yet."), null, null, default);
}
