using System.Net;
using SkillBadges.App.Organizations;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Organizations;

public sealed class RolesTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_role_at_another_school_gives_nothing()
    {
        var (here, there) = (await SchoolAsync(), await SchoolAsync());
        var student = await app.PersonAsync(here.Id, Role.Student);
        using var stranger = await app.AsAsync(await app.PersonAsync(there.Id, Role.OrganizationAdmin));

        using var enter = await stranger.PostAsync("/api/people", new { displayName = "x", organizationId = here.Id.Value, role = "student" });
        await enter.RefusesAsync(403, "role.missing");
        using var person = await stranger.GetAsync(new Uri($"/api/people/{student.Value}", UriKind.Relative));
        await person.RefusesAsync(404, "person.not-found");
        using var list = await stranger.GetAsync(new Uri($"/api/organizations/{here.Id.Value}/memberships?role=student", UriKind.Relative));
        await list.RefusesAsync(403, "role.missing");
        using var trust = await stranger.PostAsync($"/api/organizations/{here.Id.Value}/trusted-issuers", new { issuer = "did:web:x.example" });
        await trust.RefusesAsync(403, "role.missing");
        using var section = await stranger.PostAsync("/api/class-sections", new { organizationId = here.Id.Value, name = "Welding" });
        await section.RefusesAsync(403, "role.missing");
        using var join = await stranger.PostAsync("/api/memberships", new { personId = student.Value, organizationId = there.Id.Value, role = "student" });
        await join.RefusesAsync(404, "person.not-found");
        using var close = await stranger.PostAsync($"/api/people/{student.Value}/close", new { });
        await close.RefusesAsync(404, "person.not-found");
    }

    [Fact]
    public async Task A_registrar_enrolls_students_and_makes_no_staff()
    {
        var school = await SchoolAsync();
        using var registrar = await app.AsAsync(await app.PersonAsync(school.Id, Role.Registrar));

        using var student = await registrar.PostAsync("/api/people", new { displayName = "Ada Lovelace", organizationId = school.Id.Value, role = "student", rightsPassOn = "2028-12-10" });
        using var teacher = await registrar.PostAsync("/api/people", new { displayName = "Ada Lovelace", organizationId = school.Id.Value, role = "teacher" });

        Assert.Equal(HttpStatusCode.Created, student.StatusCode);
        Assert.DoesNotContain("2028", await student.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await teacher.RefusesAsync(403, "role.missing");
        using var list = await registrar.GetAsync(new Uri($"/api/organizations/{school.Id.Value}/memberships?role=student", UriKind.Relative));
        Assert.Equal((await student.ReadAsync<PersonView>()).Id, Assert.Single((await list.ReadAsync<SkillBadges.App.Http.PageOf<MembershipView>>()).Items).PersonId);
    }

    [Theory]
    [InlineData("stateAdmin", 403, "role.missing")]
    [InlineData("supervisor", 422, "role.not-here")]
    [InlineData("employer", 422, "role.not-here")]
    public async Task A_school_has_its_own_roles_to_give(string role, int status, string code)
    {
        var school = await SchoolAsync();
        using var admin = await app.AsAsync(await app.PersonAsync(school.Id, Role.OrganizationAdmin));

        using var answer = await admin.PostAsync("/api/people", new { displayName = "x", organizationId = school.Id.Value, role });
        using var invited = await admin.PostAsync("/api/invitations", new { organizationId = school.Id.Value, role });

        await answer.RefusesAsync(status, code);
        Assert.True(invited.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_role_that_ended_gives_nothing_from_the_next_request_on()
    {
        var school = await SchoolAsync();
        using var admin = await app.AsAsync(await app.PersonAsync(school.Id, Role.OrganizationAdmin));
        var person = await app.PersonAsync();
        var membership = await app.JoinAsync(person, school.Id, Role.Registrar);
        using var registrar = await app.AsAsync(person);
        using (var before = await registrar.PostAsync("/api/class-sections", new { organizationId = school.Id.Value, name = "Welding" }))
        {
            Assert.Equal(HttpStatusCode.Created, before.StatusCode);
        }

        using var ended = await admin.PostAsync($"/api/memberships/{membership.Value}/end", new { });
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);

        using var after = await registrar.PostAsync("/api/class-sections", new { organizationId = school.Id.Value, name = "Welding" });
        await after.RefusesAsync(403, "role.missing");
        using var again = await admin.PostAsync($"/api/memberships/{membership.Value}/end", new { });
        await again.RefusesAsync(409, "membership.ended");
    }

    [Fact]
    public async Task A_role_that_ends_while_it_is_used_ends_the_use()
    {
        var school = await SchoolAsync();
        using var admin = await app.AsAsync(await app.PersonAsync(school.Id, Role.OrganizationAdmin));
        var person = await app.PersonAsync();
        var membership = await app.JoinAsync(person, school.Id, Role.Registrar);
        using var registrar = await app.AsAsync(person);

        var opened = Enumerable.Range(0, 30).Select(i => registrar.PostAsync("/api/class-sections", new { organizationId = school.Id.Value, name = $"Class {i}" })).ToArray();
        using var ended = await admin.PostAsync($"/api/memberships/{membership.Value}/end", new { });
        var told = app.Clock.Now();
        var answers = await Task.WhenAll(opened);

        var kept = (await app.Store.QueryAsync(ClassSectionDocuments.Kind, ClassSectionDocuments.ByOrganization.Where(school.Id.Value).Take(100), CancellationToken.None)).Documents.ToArray();
        Assert.Equal(answers.Count(answer => answer.StatusCode == HttpStatusCode.Created), kept.Length);

        // What was committed before the end was may carry an instant after the one that the end had read; nothing comes after the end was told.
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.All(kept, section => Assert.True(section.From <= told));
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Forbidden, answer.StatusCode.ToString()));
    }

    [Fact]
    public async Task The_last_state_admin_stays()
    {
        var office = await app.OrganizationAsync(OrganizationKind.StateOffice);
        var person = await app.PersonAsync();
        var membership = await app.JoinAsync(person, office.Id, Role.StateAdmin);
        using var admin = await app.AsAsync(person);

        using var refused = await admin.PostAsync($"/api/memberships/{membership.Value}/end", new { });
        await refused.RefusesAsync(409, "membership.last-admin");

        await app.PersonAsync(office.Id, Role.StateAdmin);
        using var ended = await admin.PostAsync($"/api/memberships/{membership.Value}/end", new { });
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
    }

    [Fact]
    public async Task A_teacher_sees_their_own_classes_and_no_others()
    {
        var school = await SchoolAsync();
        using var registrar = await app.AsAsync(await app.PersonAsync(school.Id, Role.Registrar));
        var (teacher, colleague, student) = (await app.PersonAsync(school.Id, Role.Teacher), await app.PersonAsync(school.Id, Role.Teacher), await app.PersonAsync(school.Id, Role.Student));
        using var made = await registrar.PostAsync("/api/class-sections", new { organizationId = school.Id.Value, name = "Welding" });
        var section = $"/api/class-sections/{(await made.ReadAsync<ClassSectionView>()).Id}";

        using var withTeacher = await registrar.PostAsync($"{section}/teachers", new { personId = teacher.Value }, ("If-Match", "\"v1\""));
        using var withStudent = await registrar.PostAsync($"{section}/students", new { personId = student.Value }, ("If-Match", "\"v2\""));
        Assert.Equal([student.Value], (await withStudent.ReadAsync<ClassSectionView>()).Students);

        using var theirs = await app.AsAsync(teacher);
        using var others = await app.AsAsync(colleague);
        using var learner = await app.AsAsync(student);
        Assert.Equal(200, (int)(await theirs.GetAsync(new Uri(section, UriKind.Relative))).StatusCode);
        using var hidden = await others.GetAsync(new Uri(section, UriKind.Relative));
        await hidden.RefusesAsync(404, "class-section.not-found");
        using var alsoHidden = await learner.GetAsync(new Uri(section, UriKind.Relative));
        await alsoHidden.RefusesAsync(404, "class-section.not-found");
        using var byTeacher = await theirs.PostAsync($"{section}/students", new { personId = student.Value });
        await byTeacher.RefusesAsync(404, "class-section.not-found");
        using var wrong = await registrar.PostAsync($"{section}/teachers", new { personId = student.Value });
        await wrong.RefusesAsync(422, "class-section.not-a-teacher");
        using var foreign = await registrar.PostAsync($"{section}/students", new { personId = (await app.PersonAsync((await SchoolAsync()).Id, Role.Student)).Value });
        await foreign.RefusesAsync(422, "class-section.not-a-student");
    }

    [Fact]
    public async Task A_guardian_is_recorded_for_one_schools_records()
    {
        var school = await SchoolAsync();
        using var registrar = await app.AsAsync(await app.PersonAsync(school.Id, Role.Registrar));
        var (guardian, learner) = (await app.PersonAsync(school.Id, Role.Guardian), await app.PersonAsync(school.Id, Role.Student));

        using var made = await registrar.PostAsync("/api/guardianships", new { guardianId = guardian.Value, learnerId = learner.Value, recordKeeperId = school.Id.Value, proof = "signedForm" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);

        using var family = await app.AsAsync(guardian);
        using var mine = await family.GetAsync(new Uri("/api/guardianships", UriKind.Relative));
        Assert.Equal(learner.Value, Assert.Single((await mine.ReadAsync<SkillBadges.App.Http.PageOf<GuardianshipView>>()).Items).LearnerId);
        using var notTheirs = await family.PostAsync($"/api/guardianships/{(await made.ReadAsync<GuardianshipView>()).Id}/end", new { });
        await notTheirs.RefusesAsync(404, "guardianship.not-found");
        using var wrong = await registrar.PostAsync("/api/guardianships", new { guardianId = learner.Value, learnerId = learner.Value, recordKeeperId = school.Id.Value, proof = "signedForm" });
        await wrong.RefusesAsync(422, "guardianship.not-a-guardian");
    }

    [Fact]
    public async Task A_closed_account_is_out_at_once()
    {
        var school = await SchoolAsync();
        var teacher = await app.PersonAsync(school.Id, Role.Teacher);
        using var admin = await app.AsAsync(await app.PersonAsync(school.Id, Role.OrganizationAdmin));
        using var theirs = await app.AsAsync(teacher);

        using var closed = await admin.PostAsync($"/api/people/{teacher.Value}/close", new { });

        Assert.True((await closed.ReadAsync<PersonView>()).IsClosed);
        using var after = await theirs.GetAsync(new Uri("/api/me", UriKind.Relative));
        await after.RefusesAsync(401, "session.required");
        Assert.DoesNotContain((await app.Store.QueryAsync(MembershipDocuments.Kind, MembershipDocuments.ByPerson.Where(teacher.Value), CancellationToken.None)).Documents, membership => membership.HoldsAt(app.Clock.Now()));
    }

    [Fact]
    public async Task An_administrator_of_one_school_does_not_take_over_an_account_that_opens_another()
    {
        var (here, there) = (await SchoolAsync(), await SchoolAsync());
        var teacher = await app.PersonAsync(here.Id, Role.Teacher);
        await app.JoinAsync(teacher, there.Id, Role.OrganizationAdmin);
        using var admin = await app.AsAsync(await app.PersonAsync(here.Id, Role.OrganizationAdmin));

        foreach (var act in (string[])["close", "password-reset"])
        {
            using var answer = await admin.PostAsync($"/api/people/{teacher.Value}/{act}", new { });
            await answer.RefusesAsync(403, "account.also-elsewhere");
        }

        using var link = await admin.PostAsync($"/api/people/{teacher.Value}/identities", new { issuer = "https://idp.example", subject = "1" });
        await link.RefusesAsync(403, "account.also-elsewhere");
    }

    private Task<Organization> SchoolAsync() => app.OrganizationAsync(OrganizationKind.HighSchool);
}
