using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Gradebook;

public sealed class GradebookReadingTests : IAsyncLifetime
{
    private readonly Actor movedIn = new(PersonId.From("student-at-east"));
    private readonly Actor eastTeacher = new(PersonId.From("east-teacher"));
    private readonly Actor eastRegistrar = new(PersonId.From("east-registrar"));
    private readonly Actor westRegistrar = new(PersonId.From("west-registrar"));
    private District district = null!;

    public async Task InitializeAsync()
    {
        district = await District.OpenAsync();
        await district.EnrollAsync(movedIn, district.East);
        await district.AppointAsync(eastTeacher, district.East, Role.Teacher);
        await district.AppointAsync(eastRegistrar, district.East, Role.Registrar);
        await district.AppointAsync(westRegistrar, district.West, Role.Registrar);
        await district.ApproveAsync(district.Teacher, await district.TurnInAsync());
    }

    public Task DisposeAsync()
    {
        district.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Before_the_records_are_joined_the_second_school_sees_nothing_of_the_first() =>
        Assert.Empty((await AtEastAsync(DisclosureBasis.Enrollment)).Lines);

    [Fact]
    public async Task After_the_learners_code_the_second_school_counts_the_first_ones_decision_without_assessing_again()
    {
        await JoinByCodeAsync();

        var view = await AtEastAsync(DisclosureBasis.Enrollment);

        Assert.Equal(4, view.Lines.Length);
        Assert.All(view.Lines, line => Assert.Contains("West High", line.Satisfied!.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_basis_nothing_of_another_school_is_shown_and_nothing_is_logged()
    {
        await JoinByCodeAsync();

        var view = await AtEastAsync(null);

        Assert.Empty(view.Lines);
        Assert.Equal(4, view.Withheld);
        Assert.Empty(await DisclosuresAsync(district.Student));
    }

    [Fact]
    public async Task Each_read_of_another_schools_entries_leaves_a_row_that_the_learner_can_read()
    {
        await JoinByCodeAsync();
        await AtEastAsync(DisclosureBasis.Enrollment);
        await AtEastAsync(DisclosureBasis.Enrollment);

        var rows = await DisclosuresAsync(district.Student);

        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.Equal((district.West, eastTeacher.Person, district.East, 4), (row.RecordKeeper, row.Reader, row.ReaderOrganization, row.Entries)));
        Assert.Equal(rows, await DisclosuresAsync(movedIn));
    }

    [Fact]
    public async Task Two_registrars_of_two_schools_join_records_and_one_alone_does_not()
    {
        var proposal = await district.Joins.ProposeAsync(westRegistrar, district.West, district.Student.Person, district.East, movedIn.Person, null, default);

        Assert.Equal("join.not-found", await Refusal.CodeOf(() => district.Joins.ConfirmAsync(westRegistrar, proposal.Id, null, default)));
        var joined = await district.Joins.ConfirmAsync(eastRegistrar, proposal.Id, null, default);

        Assert.Equal(new[] { district.Student.Person, movedIn.Person }, joined.People.AsEnumerable());
        Assert.Equal("join.not-found", await Refusal.CodeOf(() => district.Joins.ConfirmAsync(eastRegistrar, proposal.Id, null, default)));
    }

    [Fact]
    public async Task A_registrar_of_both_schools_is_still_one_person()
    {
        await district.AppointAsync(westRegistrar, district.East, Role.Registrar);
        var proposal = await district.Joins.ProposeAsync(westRegistrar, district.West, district.Student.Person, district.East, movedIn.Person, null, default);

        Assert.Equal("join.second-registrar", await Refusal.CodeOf(() => district.Joins.ConfirmAsync(westRegistrar, proposal.Id, null, default)));
    }

    [Fact]
    public async Task A_code_works_once()
    {
        var code = await district.Joins.IssueCodeAsync(district.Student, default);
        await district.Joins.JoinByCodeAsync(eastRegistrar, district.East, movedIn.Person, code, null, default);

        Assert.Equal("join.code", await Refusal.CodeOf(() => district.Joins.JoinByCodeAsync(eastRegistrar, district.East, movedIn.Person, code, null, default)));
        Assert.Equal("join.code", await Refusal.CodeOf(() => district.Joins.JoinByCodeAsync(eastRegistrar, district.East, movedIn.Person, "AAAA-BBBB-CCCC", null, default)));
    }

    [Fact]
    public async Task Staff_of_a_school_the_learner_does_not_attend_find_no_such_learner()
    {
        Assert.Equal("learner.not-found", await Refusal.CodeOf(() => district.Gradebook.ForSchoolAsync(eastTeacher, district.East, district.Student.Person, DisclosureBasis.Enrollment, default)));
        Assert.Equal("learner.not-found", await Refusal.CodeOf(() => district.Gradebook.ForSchoolAsync(eastTeacher, district.West, district.Student.Person, null, default)));
        Assert.Equal("learner.not-found", await Refusal.CodeOf(() => district.Gradebook.ForFamilyAsync(movedIn, district.Student.Person, default)));
        Assert.Equal("learner.not-found", await Refusal.CodeOf(() => district.Gradebook.DisclosuresAsync(eastTeacher, district.Student.Person, 10, null, default)));
    }

    [Fact]
    public async Task A_guardian_sees_what_the_record_keepers_of_the_guardianship_hold_until_the_rights_pass()
    {
        var parent = new Actor(PersonId.From("parent"));
        await district.AppointAsync(parent, district.West, Role.Guardian);
        await district.Store.CommitAsync(
            new Changes().Add(
                GuardianshipDocuments.Kind,
                new(GuardianshipId.New(district.Clock.Now()), parent.Person, district.Student.Person, district.West, GuardianshipProof.SchoolRecord, district.Clock.Now().AddDays(-1))),
            default);

        Assert.Equal(4, (await district.Gradebook.ForFamilyAsync(parent, district.Student.Person, default)).Lines.Length);

        var learner = (await district.Store.FindAsync(PersonDocuments.Kind, district.Student.Person.Value, default))!;
        var ofAge = learner.Document with { RightsPassOn = DateOnly.FromDateTime(district.Clock.GetUtcNow().UtcDateTime.AddDays(-1)) };
        await district.Store.CommitAsync(new Changes().Replace(PersonDocuments.Kind, learner, ofAge), default);

        Assert.Equal("learner.not-found", await Refusal.CodeOf(() => district.Gradebook.ForFamilyAsync(parent, district.Student.Person, default)));
    }

    private async Task JoinByCodeAsync()
    {
        var code = await district.Joins.IssueCodeAsync(district.Student, default);
        await district.Joins.JoinByCodeAsync(eastRegistrar, district.East, movedIn.Person, code.ToLowerInvariant(), null, default);
    }

    private Task<GradebookView> AtEastAsync(DisclosureBasis? basis) => district.Gradebook.ForSchoolAsync(eastTeacher, district.East, movedIn.Person, basis, default);

    private async Task<IReadOnlyList<Disclosure>> DisclosuresAsync(Actor learner) =>
        [.. (await district.Gradebook.DisclosuresAsync(learner, learner.Person, 50, null, default)).Documents];
}
