using Microsoft.Extensions.DependencyInjection;
using SkillBadges.Core;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Organizations;

[Collection(DistrictCollection.Name)]
public sealed class ClassListTests(TestDistrict district)
{
    private ClassListWorkflow Lists => district.App.Services.GetRequiredService<ClassListWorkflow>();

    private ClassSignIn Letting => district.App.Services.GetRequiredService<ClassSignIn>();

    private Actor Teacher => new(district.Teacher);

    [Fact]
    public async Task A_teacher_finds_students_of_the_school_by_a_pasted_list_and_takes_them_in()
    {
        var section = await ClassAsync();
        var late = await NamedAsync("Zora Neale Hurston");
        await NamedAsync("Zora Two Names", district.East);

        var looks = await Lists.LookAsync(Teacher, section, ["Hurston, Zora Neale", "zora", "Nobody Here"], default);
        await Lists.AddAsync(Teacher, section, [late], default);

        Assert.Equal([late], looks[0].Found.Select(person => person.Id));
        Assert.Equal([late], looks[1].Found.Select(person => person.Id));
        Assert.Empty(looks[2].Found);
        Assert.True((await Lists.LookAsync(Teacher, section, ["Zora Neale Hurston"], default))[0].IsIn);
    }

    [Fact]
    public async Task Who_studies_elsewhere_or_teaches_another_class_changes_nothing()
    {
        var section = await ClassAsync();
        var elsewhere = await district.App.PersonAsync(district.East, Role.Student);

        Assert.Equal("class-section.not-a-student", (await Assert.ThrowsAsync<RefusedException>(() => Lists.AddAsync(Teacher, section, [elsewhere], default))).Code);
        Assert.Equal("class-section.not-found", (await Assert.ThrowsAsync<RefusedException>(() => Lists.LookAsync(new(district.UnassignedTeacher), section, ["Ada"], default))).Code);
        Assert.Equal("class-section.not-found", (await Assert.ThrowsAsync<RefusedException>(() => Letting.MakeAsync(new(district.UnassignedTeacher), section, elsewhere, default))).Code);
        Assert.Equal("learner.not-found", (await Assert.ThrowsAsync<RefusedException>(() => Letting.MakeAsync(Teacher, section, elsewhere, default))).Code);
    }

    [Fact]
    public async Task A_code_lets_in_who_studies_at_the_school_until_it_ends()
    {
        var section = await ClassAsync();
        var (student, other) = (await district.App.PersonAsync(district.West, Role.Student), await district.App.PersonAsync(district.East, Role.Student));
        var code = (await Lists.MakeCodeAsync(Teacher, section, default)).Document.Code!;

        var joined = await Lists.JoinAsync(new(student), $" {code.Spelled.ToLowerInvariant()} ", default);

        Assert.Contains(student, joined.Document.Students);
        Assert.Equal("class-code.unknown", (await Assert.ThrowsAsync<RefusedException>(() => Lists.JoinAsync(new(other), code.Text, default))).Code);
        await Lists.EndCodeAsync(Teacher, section, default);
        Assert.Equal("class-code.unknown", (await Assert.ThrowsAsync<RefusedException>(() => Lists.JoinAsync(new(student), code.Text, default))).Code);
    }

    [Fact]
    public async Task A_link_of_the_teacher_gives_an_account_once_and_then_a_new_password()
    {
        var student = await NewcomerAsync();
        var section = await ClassAsync(student);
        var invitations = district.App.Services.GetRequiredService<InvitationWorkflow>();

        var join = await Letting.MakeAsync(Teacher, section, student, default);
        await invitations.AcceptAsync(join.Secret, new NewAccount($"zora-{NewId.Random()}", "a long password of hers", null), default);
        var reset = await Letting.MakeAsync(Teacher, section, student, default);

        Assert.Equal((LinkPurpose.Invitation, LinkPurpose.PasswordReset), (join.Purpose, reset.Purpose));
        Assert.Equal(student, (await district.Store.GetAsync(AccountDocuments.Kind, student.Value, "account", default)).Document.Person);
        await district.App.Services.GetRequiredService<PasswordResetWorkflow>().LookAsync(reset.Secret, default);
    }

    [Fact]
    public async Task A_link_gives_nothing_once_the_teacher_has_the_class_no_more()
    {
        var student = await NewcomerAsync();
        var section = await ClassAsync(student);
        var join = await Letting.MakeAsync(Teacher, section, student, default);

        await Lists.RemoveAsync(Teacher, section, student, default);

        var accept = () => district.App.Services.GetRequiredService<InvitationWorkflow>().AcceptAsync(join.Secret, new NewAccount($"zora-{NewId.Random()}", "a long password of hers", null), default);
        Assert.Equal("link.gone", (await Assert.ThrowsAsync<RefusedException>(accept)).Code);
    }

    [Fact]
    public async Task Nobody_gets_a_teachers_link_whose_account_opens_more_than_this_school()
    {
        var student = await district.App.PersonAsync(district.West, Role.Student);
        await district.Store.CommitAsync(new Changes().Add(MembershipDocuments.Kind, new(MembershipId.New(district.App.Clock.Now()), student, district.East, Role.Student, district.App.Clock.Now())), default);
        var section = await ClassAsync(student);

        Assert.Equal("account.also-elsewhere", (await Assert.ThrowsAsync<RefusedException>(() => Letting.MakeAsync(Teacher, section, student, default))).Code);
    }

    [Fact]
    public async Task A_school_may_leave_classes_to_its_office()
    {
        var own = await district.App.OrganizationAsync(OrganizationKind.HighSchool);
        await district.Store.CommitAsync(new Changes().Add(OrganizationSettingsDocuments.Kind, new(own.Id, new() { TeachersKeepClasses = false })), default);
        var teacher = await district.App.PersonAsync(own.Id, Role.Teacher);
        var section = new ClassSection(ClassSectionId.New(district.App.Clock.Now()), own.Id, "Shop", district.App.Clock.Now()) { Teachers = [teacher] };
        await district.Store.CommitAsync(new Changes().Add(ClassSectionDocuments.Kind, section), default);

        Assert.Equal("class-section.office-keeps", (await Assert.ThrowsAsync<RefusedException>(() => Lists.MakeCodeAsync(new(teacher), section.Id, default))).Code);
    }

    private async Task<ClassSectionId> ClassAsync(params PersonId[] students)
    {
        var section = new ClassSection(ClassSectionId.New(district.App.Clock.Now()), district.West, "First day", district.App.Clock.Now()) { Teachers = [district.Teacher], Students = [.. students] };
        await district.Store.CommitAsync(new Changes().Add(ClassSectionDocuments.Kind, section), default);
        return section.Id;
    }

    // Entered by the school, and not signed in yet.
    private async Task<PersonId> NewcomerAsync()
    {
        var student = await district.App.PersonAsync(district.West, Role.Student);
        await district.Store.CommitAsync(new Changes().Remove(AccountDocuments.Kind, await district.Store.GetAsync(AccountDocuments.Kind, student.Value, "account", default)), default);
        return student;
    }

    private async Task<PersonId> NamedAsync(string name, OrganizationId? school = null)
    {
        var id = await district.App.PersonAsync(school ?? district.West, Role.Student);
        var read = await district.Store.GetAsync(PersonDocuments.Kind, id.Value, "person", default);
        await district.Store.CommitAsync(new Changes().Replace(PersonDocuments.Kind, read, read.Document with { DisplayName = name }), default);
        return id;
    }
}
