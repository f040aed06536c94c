using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Assessors;
using SkillBadges.Core.Evidence.Papers;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Evidence.Assessors;

/// <summary>Who may judge besides the class's teachers, and who may not although they are assigned; each also when it changes at the last moment.</summary>
public sealed class AssessorTests : IAsyncLifetime
{
    private readonly Actor panelist = new(PersonId.From("panelist"));
    private readonly Actor office = new(PersonId.From("office"));
    private District district = null!;

    public async Task InitializeAsync()
    {
        district = await District.OpenAsync();
        await district.AppointAsync(panelist, district.West, Role.Teacher);
        await district.AppointAsync(office, district.West, Role.Registrar);
    }

    public Task DisposeAsync()
    {
        district.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("Panel", AssessorRelation.InThePool)]
    [InlineData(null, AssessorRelation.NamedForTheBadge)]
    public async Task Whoever_the_school_names_for_a_badge_decides_on_it_without_teaching_the_learner(string? name, AssessorRelation relation)
    {
        var submission = await district.TurnInAsync();
        Assert.Equal("decision.not-assigned", await Refusal.CodeOf(() => district.ApproveAsync(panelist, submission)));
        await PoolAsync(name);

        Assert.Equal(relation, (await district.ApproveAsync(panelist, submission)).Decision.Assessor.Relation);
    }

    [Fact]
    public async Task A_pool_that_ends_while_one_of_it_decides_ends_the_decision()
    {
        var submission = await district.TurnInAsync();
        var pool = await PoolAsync("Panel");
        district.BeforeNextCommit(() => district.Assignments.EndAsync(office, pool.Document.Id, null, null, default));

        Assert.Equal("decision.not-assigned", await Refusal.CodeOf(() => district.ApproveAsync(panelist, submission)));
        Assert.Empty(await district.AwardsAsync(district.Student));
    }

    [Fact]
    public async Task A_pools_work_is_in_every_members_queue_and_is_one_members_share()
    {
        await PoolAsync("Panel");
        await RemoveFromClassAsync();

        var task = (await district.Store.GetAsync(ReviewTaskDocuments.Kind, (await district.TurnInAsync()).Id.Value, "task", default)).Document;

        Assert.Equal((panelist.Person, task.SubmittedAt.AddDays(7)), (task.ShareOf, task.DueAt));
        Assert.Equal(panelist.Person, Assert.Single(task.Assignees));
    }

    [Fact]
    public async Task Who_stands_in_decides_what_the_absent_one_would_have_and_says_for_whom()
    {
        var submission = await district.TurnInAsync();
        var delegation = await StandInAsync(panelist);

        var decision = (await district.ApproveAsync(panelist, submission)).Decision;

        Assert.Equal((panelist.Person, district.Teacher.Person, AssessorRelation.TeachesTheClass), (decision.Assessor.Person, decision.Assessor.For, decision.Assessor.Relation));
        var entry = (await district.ChainAsync(district.Student))[0];
        Assert.Equal(district.Teacher.Person, entry.Facts.Assessor.For);
        Assert.NotNull(delegation);
    }

    [Fact]
    public async Task A_delegation_that_ends_or_whose_giver_leaves_allows_nothing()
    {
        var delegation = await StandInAsync(panelist);
        var submission = await district.TurnInAsync();
        district.BeforeNextCommit(() => district.Delegations.EndAsync(district.Teacher, delegation.Document.Id, null, null, default));
        Assert.Equal("decision.not-assigned", await Refusal.CodeOf(() => district.ApproveAsync(panelist, submission)));

        await StandInAsync(panelist);
        var membership = (await district.Authority.FindAsync(district.Teacher, district.West, [Role.Teacher], default))!;
        district.BeforeNextCommit(() => district.Store.CommitAsync(new Changes().Replace(MembershipDocuments.Kind, membership, membership.Document.End(district.Clock.Now())), default));
        Assert.Equal("decision.not-assigned", await Refusal.CodeOf(() => district.ApproveAsync(panelist, submission)));
    }

    [Fact]
    public async Task A_learner_who_stands_in_for_their_own_teacher_does_not_decide_on_themselves()
    {
        await district.AppointAsync(district.Student, district.West, Role.Teacher);
        await StandInAsync(district.Student);

        Assert.Equal("decision.own-work", await Refusal.CodeOf(async () => await district.ApproveAsync(district.Student, await district.TurnInAsync())));
    }

    [Fact]
    public async Task Only_colleagues_in_the_same_role_stand_in()
    {
        var now = district.Clock.Now();
        var asked = new Delegation(default, district.West, Role.Teacher, district.Teacher.Person, office.Person, now, now.AddDays(3));

        Assert.Equal("delegation.other-role", await Refusal.CodeOf(() => district.Delegations.MakeAsync(district.Teacher, asked, null, default)));
        Assert.Equal("role.missing", await Refusal.CodeOf(() => district.Delegations.MakeAsync(panelist, asked with { Delegate = panelist.Person, For = district.Teacher.Person }, null, default)));
    }

    [Fact]
    public async Task A_badge_for_nurses_is_decided_by_a_nurse_whose_license_holds_and_by_nobody_else()
    {
        await district.AskAsync(badge => badge with { QualificationCode = "registered-nurse", QualificationNote = "A registered nurse decides." });
        var submission = await district.TurnInAsync();
        Assert.Equal("decision.not-qualified", await Refusal.CodeOf(() => district.ApproveAsync(district.Teacher, submission)));

        // Two days, since the day at the school may still be yesterday's.
        await LicenseAsync("registered-nurse", -2);
        await LicenseAsync("electrician", 10);
        Assert.Equal("decision.not-qualified", await Refusal.CodeOf(() => district.ApproveAsync(district.Teacher, submission)));

        var license = await LicenseAsync("registered-nurse", 10);
        Assert.Equal(license.Document.Id, (await district.ApproveAsync(district.Teacher, submission)).Decision.Assessor.Qualification);
    }

    [Fact]
    public async Task A_license_that_is_revoked_while_its_holder_decides_ends_the_decision_and_not_what_was_decided_before()
    {
        await district.AskAsync(badge => badge with { QualificationCode = "registered-nurse", QualificationNote = "A registered nurse decides." });
        var license = await LicenseAsync("registered-nurse", 10);
        var earlier = await district.ApproveAsync(district.Teacher, await district.TurnInAsync());
        var submission = await district.TurnInAsync();
        district.BeforeNextCommit(() => district.Qualifications.RevokeAsync(office, license.Document.Id, "The board says so.", null, null, default));

        Assert.Equal("decision.not-qualified", await Refusal.CodeOf(() => district.ApproveAsync(district.Teacher, submission)));

        Assert.Equal(AwardState.Issued, (await district.Finisher.FinishAsync(earlier.Award!.Credential, default)).State);
        Assert.NotNull((await district.Store.GetAsync(QualificationDocuments.Kind, license.Id, "qualification", default)).Document.RevokedAt);
    }

    [Fact]
    public async Task Nobody_checks_their_own_license()
    {
        var seen = new Qualification(default, office.Person, "registered-nurse", "1", "Board", null, district.West, "Seen.", office.Person, default);

        Assert.Equal("qualification.own", await Refusal.CodeOf(() => district.Qualifications.VerifyAsync(office, seen, null, default)));
    }

    [Fact]
    public async Task A_guardian_does_not_decide_even_when_it_is_recorded_while_they_do()
    {
        var submission = await district.TurnInAsync();
        await district.AppointAsync(district.Teacher, district.West, Role.Guardian);
        district.BeforeNextCommit(() => district.Guardianships.RecordAsync(
            office, district.Teacher.Person, district.Student.Person, district.West, GuardianshipProof.SchoolRecord, null, default));

        Assert.Equal("decision.conflict-of-interest", await Refusal.CodeOf(() => district.ApproveAsync(district.Teacher, submission)));
        Assert.Empty(await district.ChainAsync(district.Student));
    }

    [Fact]
    public async Task Who_declares_a_relation_does_not_decide_and_neither_does_their_stand_in_for_them()
    {
        var submission = await district.TurnInAsync();
        await StandInAsync(panelist);
        var relation = new DeclaredRelation(default, district.West, district.Teacher.Person, district.Student.Person, RelationKind.Family, default, default);
        district.BeforeNextCommit(() => district.Relations.DeclareAsync(district.Teacher, relation, null, default));

        Assert.Equal("decision.conflict-of-interest", await Refusal.CodeOf(() => district.ApproveAsync(district.Teacher, submission)));
        Assert.Equal("decision.conflict-of-interest", await Refusal.CodeOf(() => district.ApproveAsync(panelist, submission)));
    }

    [Fact]
    public async Task A_relation_to_one_of_a_learners_joined_records_counts_for_the_other()
    {
        var registrar = new Actor(PersonId.From("registrar"));
        var twin = new Actor(PersonId.From("twin"));
        await district.AppointAsync(registrar, district.East, Role.Registrar);
        await district.EnrollAsync(twin, district.East);
        await district.Joins.JoinByCodeAsync(registrar, district.East, twin.Person, await district.Joins.IssueCodeAsync(district.Student, default), null, default);
        var relation = new DeclaredRelation(default, district.West, district.Teacher.Person, twin.Person, RelationKind.Family, default, default);
        await district.Relations.DeclareAsync(district.Teacher, relation, null, default);

        Assert.Equal("decision.conflict-of-interest", await Refusal.CodeOf(async () => await district.ApproveAsync(district.Teacher, await district.TurnInAsync())));
    }

    [Fact]
    public async Task Whoever_declares_hundreds_of_relations_hides_none()
    {
        var submission = await district.TurnInAsync();
        var now = district.Clock.Now();
        var declared = Enumerable.Range(0, 600).Select(number => new DeclaredRelation(
            DeclaredRelationId.From($"relation-{number:D4}"), district.West, district.Teacher.Person, number == 300 ? district.Student.Person : PersonId.From($"somebody-{number}"), RelationKind.Family, district.Teacher.Person, now));
        await district.Store.CommitAsync(declared.Aggregate(new Changes(), (all, one) => all.Add(DeclaredRelationDocuments.Kind, one with { From = now.AddSeconds(one.Second == district.Student.Person ? 0 : -1) })), default);

        Assert.Equal("decision.conflict-of-interest", await Refusal.CodeOf(() => district.ApproveAsync(district.Teacher, submission)));
    }

    [Fact]
    public async Task Two_joined_records_of_one_person_are_one_rater()
    {
        await PoolAsync("Panel");
        await district.AskAsync(rule => rule with { Raters = Core.Definitions.RaterDisagreement.Talk, Roles = [Core.Definitions.ReviewerRole.Teacher] });
        var submission = await district.TurnInAsync();
        foreach (var id in new[] { panelist.Person, district.Teacher.Person })
        {
            var person = await district.Store.GetAsync(PersonDocuments.Kind, id.Value, "person", default);
            await district.Store.CommitAsync(new Changes().Replace(PersonDocuments.Kind, person, person.Document with { LearnerIdentity = "one" }), default);
        }

        Assert.Null((await district.ApproveAsync(district.Teacher, submission)).Award);
        Assert.Equal("submission.already-decided", await Refusal.CodeOf(() => district.ApproveAsync(panelist, submission)));
        Assert.Empty(await district.AwardsAsync(district.Student));
    }

    [Fact]
    public async Task Who_loses_the_role_while_they_sign_an_internships_agreement_has_not_signed()
    {
        var employer = new Actor(PersonId.From("boss"));
        var role = await district.AppointAsync(employer, district.Employer, Role.Employer);
        var now = district.Clock.Now();
        var placement = new Placement(PlacementId.New(now), district.Student.Person, district.West, district.Employer, PersonId.From("sam"), now, now.AddDays(9)) { Badges = [District.Badge.Slug] };
        await district.Store.CommitAsync(
            new Changes().Add(PlacementDocuments.Kind, placement).Add(PaperDocuments.Kind, new(placement.Id, null) { Agreement = new("Agreement", null) }), default);
        var papers = new PapersWorkflow(district.Commits, district.Authority, new(district.Store, district.Clock), district.Clock);
        district.BeforeNextCommit(() => district.Store.CommitAsync(new Changes().Replace(MembershipDocuments.Kind, role, role.Document.End(district.Clock.Now())), default));

        Assert.Equal("placement.not-found", await Refusal.CodeOf(() => papers.SignAsync(employer, placement.Id, null, default)));
    }

    private Task<Read<StandingAssignment>> PoolAsync(string? name) => district.Assignments.MakeAsync(
        office, new(default, district.West, name, default) { Assessors = [panelist.Person], Badges = [District.Badge.Slug] }, null, default);

    private Task<Read<Delegation>> StandInAsync(Actor person)
    {
        var now = district.Clock.Now();
        return district.Delegations.MakeAsync(district.Teacher, new(default, district.West, Role.Teacher, district.Teacher.Person, person.Person, now, now.AddDays(7)), null, default);
    }

    private Task<Read<Qualification>> LicenseAsync(string code, int daysLeft) => district.Qualifications.VerifyAsync(
        office,
        new(default, district.Teacher.Person, code, "N-1", "Board", DateOnly.FromDateTime(district.Clock.Now().DateTime).AddDays(daysLeft), district.West, "The register says active.", default, default),
        null,
        default);

    private async Task RemoveFromClassAsync()
    {
        var section = (await district.Store.FirstAsync(ClassSectionDocuments.Kind, ClassSectionDocuments.ByTeacher.Where(district.Teacher.Person.Value), default))!;
        await district.Store.CommitAsync(new Changes().Replace(ClassSectionDocuments.Kind, section, section.Document.RemoveStudent(district.Student.Person)), default);
    }
}
