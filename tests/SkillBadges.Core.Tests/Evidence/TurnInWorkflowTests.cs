using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Evidence;

public sealed class TurnInWorkflowTests : IAsyncLifetime
{
    private District district = null!;

    public async Task InitializeAsync() => district = await District.OpenAsync();

    public Task DisposeAsync()
    {
        district.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Tries_at_two_schools_at_once_do_not_pass_a_limit_together()
    {
        await district.EnrollAsync(district.Student, district.East);
        foreach (var school in new[] { district.West, district.East })
        {
            var policies = ImmutableSortedDictionary<string, AttemptPolicy>.Empty.Add(SettingValues.EveryBadge, new(Limit: 1));
            await SetAsync(school, policies);
        }

        var (west, east) = (await PrepareAsync(district.West), await PrepareAsync(district.East));
        string? other = null;
        district.BeforeNextCommit(async () => other = await Refusal.CodeOf(() => district.Submissions.SubmitAsync(district.Student, east, null, null, default)));

        var one = await Refusal.CodeOf(() => district.Submissions.SubmitAsync(district.Student, west, null, null, default));

        Assert.Equal((null, "attempt.limit-reached"), (other, one));
    }

    [Fact]
    public async Task Tries_under_a_joined_record_count_as_the_same_learners()
    {
        var (movedIn, registrar) = (new Actor(PersonId.From("moved-in")), new Actor(PersonId.From("east-registrar")));
        await district.EnrollAsync(movedIn, district.East);
        await district.AppointAsync(registrar, district.East, Role.Registrar);
        await SetAsync(district.East, ImmutableSortedDictionary<string, AttemptPolicy>.Empty.Add(SettingValues.EveryBadge, new(Limit: 1)));
        var work = await PrepareAsync(district.East, movedIn);
        var west = await district.TurnInAsync();
        await district.Decisions.DecideAsync(district.Teacher, west.Id, new(1, DecisionOutcome.Returned, [], "Not yet."), null, null, default);

        // The records are joined in the very moment of turning in.
        var code = await district.Joins.IssueCodeAsync(district.Student, default);
        district.BeforeNextCommit(() => district.Joins.JoinByCodeAsync(registrar, district.East, movedIn.Person, code, null, default));

        Assert.Equal("attempt.limit-reached", await Refusal.CodeOf(() => district.Submissions.SubmitAsync(movedIn, work, null, null, default)));
        Assert.Equal(1, await district.Store.LastAttemptAsync(movedIn.Person, District.Badge.Slug, default));
    }

    [Fact]
    public async Task A_badge_that_was_revoked_opens_no_other()
    {
        var next = District.Badge with { Slug = "bench-two", Prerequisites = [District.Badge.Slug] };
        await district.Store.CommitAsync(new Changes().Add(DefinitionDocuments.Versions, next).Add(DefinitionDocuments.Heads, new(next.Slug, 1, next.Name, next.Field)), default);
        var registrar = new Actor(PersonId.From("west-registrar"));
        await district.AppointAsync(registrar, district.West, Role.Registrar);
        var work = await PrepareAsync(district.West, badge: next.Slug);
        Assert.Equal("submission.prerequisite-missing", await Refusal.CodeOf(() => district.Submissions.SubmitAsync(district.Student, work, null, null, default)));
        var award = (await district.ApproveAsync(district.Teacher, await district.TurnInAsync())).Award!;

        // Revoked in the very moment of turning in.
        var statuses = new StatusWorkflow(district.Commits, district.Authority, new(district.Store), district.Clock);
        district.BeforeNextCommit(() => statuses.RevokeAsync(registrar, award.Id, "The photos were another learner's.", null, default));

        Assert.Equal("submission.prerequisite-missing", await Refusal.CodeOf(() => district.Submissions.SubmitAsync(district.Student, work, null, null, default)));
        await district.ApproveAsync(district.Teacher, await district.TurnInAsync());
        Assert.Equal(SubmissionState.Submitted, (await district.Submissions.SubmitAsync(district.Student, work, null, null, default)).Document.State);
    }

    [Fact]
    public async Task A_policy_is_the_nearest_one_up_from_the_school_else_the_badges_own()
    {
        var own = await district.TurnIns.PolicyAsync(district.West, District.Badge with { Attempts = new(Limit: 7) }, default);
        await SetAsync(district.West, ImmutableSortedDictionary<string, AttemptPolicy>.Empty.Add(SettingValues.EveryBadge, new(Limit: 3)).Add("bench-work", new(Limit: 2)));

        var named = await district.TurnIns.PolicyAsync(district.West, District.Badge, default);
        var others = await district.TurnIns.PolicyAsync(district.West, District.Badge with { Slug = "other" }, default);

        Assert.Equal((7, null), (own.Value.Limit, own.Origin));
        Assert.Equal((2, district.West), (named.Value.Limit, named.Origin));
        Assert.Equal((3, district.West), (others.Value.Limit, others.Origin));
    }

    [Theory]
    [InlineData("Smaw Fillet", 1, "setting.attempts")]
    [InlineData("smaw-fillet", 0, "attempt.policy")]
    [InlineData("*", 51, "attempt.policy")]
    public void A_schools_policies_are_possible_ones(string badge, int limit, string code) => Assert.Equal(
        code, Assert.Throws<RefusedException>(() => new SettingValues { Attempts = ImmutableSortedDictionary<string, AttemptPolicy>.Empty.Add(badge, new(limit)) }.Checked()).Code);

    [Fact]
    public void Where_something_was_learned_never_changes_a_level() => Prop.ForAll(
        Gen.Elements(Enum.GetValues<LearningContext>()).ListOf(4).ToArbitrary(),
        contexts =>
        {
            var there = contexts.Zip(Works.Badge.Competencies).Aggregate(
                Works.Started(), (work, pair) => work.AddEvidence(pair.Second.Id, Works.Note(pair.Second.Id) with { Context = pair.First }, Works.Monday));
            return Levels(there).SequenceEqual(Levels(Works.Filled()));
        }).Check(Config.QuickThrowOnFailure);

    private static IEnumerable<(string, string, bool)> Levels(Submission work)
    {
        var approved = work.Submit(Works.TurningIn(Works.Monday)).Decide(Works.Badge, 1, Works.Approval());
        var drafts = new LedgerDrafts(
            Organization.Found(OrganizationId.From("school-1"), "west-high", "West High", OrganizationKind.HighSchool, null), Works.Badge, approved.LastAttempt!, approved.Id, approved.LastAttempt!.Standing!, Person.Named(Works.Teacher.Person, "T"), InstanceAddress.Parse("http://localhost:5080"));
        return drafts.Create([], Works.Monday).Select(draft => (draft.Facts.Competency.CompetencyId, draft.Facts.Level.Code, draft.Facts.Level.IsProficient));
    }

    private async Task SetAsync(OrganizationId school, ImmutableSortedDictionary<string, AttemptPolicy> policies)
    {
        var read = await district.Store.FindAsync(OrganizationSettingsDocuments.Kind, school.Value, default);
        await district.Store.CommitAsync(
            read is null
                ? new Changes().Add(OrganizationSettingsDocuments.Kind, new(school, new SettingValues { Attempts = policies }))
                : new Changes().Replace(OrganizationSettingsDocuments.Kind, read, read.Document with { Values = read.Document.Values with { Attempts = policies } }),
            default);
    }

    private async Task<SubmissionId> PrepareAsync(OrganizationId school, Actor? learner = null, string? badge = null)
    {
        var started = await district.Submissions.StartAsync(learner ?? district.Student, school, badge ?? District.Badge.Slug, null, default);
        foreach (var competency in District.Badge.Competencies)
        {
            await district.Submissions.AddEvidenceAsync(learner ?? district.Student, started.Document.Id, competency.Id, Works.Note(competency.Id), null, null, default);
        }

        return started.Document.Id;
    }
}
