using SkillBadges.Core.OneRoster.Importing;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.OneRoster;

public sealed class RosterImportTests
{
    [Fact]
    public async Task A_bulk_pack_makes_people_roles_classes_and_guardianships()
    {
        using var school = await RosterSchool.OpenAsync();

        var import = await school.TakeAsync(SamplePack.Bulk());

        Assert.Equal(ImportState.Applied, import.State);
        var (ana, teacher) = (await school.UserAsync("u-a"), await school.UserAsync("u-t1"));
        Assert.Equal("Ana Silva", (await school.Store.GetAsync(PersonDocuments.Kind, ana.Person.Value, "person", CancellationToken.None)).Document.DisplayName);
        var membership = Assert.Single(await school.MembershipsAsync(ana.Person));
        Assert.Equal((school.West, Role.Student, null), (membership.Organization, membership.Role, membership.To));
        var section = await school.SectionAsync("k1");
        Assert.Equal([teacher.Person], [.. section.Teachers]);
        Assert.Equal([ana.Person, (await school.UserAsync("u-b")).Person], [.. section.Students]);
        Assert.Equal(("Welding 1 A", school.West), (section.Name, section.Organization));
        var guardianship = (await school.Store.FirstAsync(GuardianshipDocuments.Kind, GuardianshipDocuments.ByLearner.Where(ana.Person.Value), CancellationToken.None))!.Document;
        Assert.Equal(((await school.UserAsync("u-p")).Person, school.West), (guardianship.Guardian, guardianship.RecordKeeper));
    }

    [Fact]
    public async Task A_principal_of_a_roster_becomes_no_administrator()
    {
        using var school = await RosterSchool.OpenAsync();

        await school.TakeAsync(SamplePack.Bulk());

        Assert.Empty(await school.MembershipsAsync((await school.UserAsync("u-h")).Person));
    }

    [Fact]
    public async Task The_same_pack_again_writes_no_record()
    {
        using var school = await RosterSchool.OpenAsync();
        await school.TakeAsync(SamplePack.Bulk());
        var before = await Snapshot.OfAsync(school, withVersions: true);
        school.Clock.Advance(TimeSpan.FromDays(1));

        await school.TakeAsync(SamplePack.Bulk());

        Assert.Equal(before, await Snapshot.OfAsync(school, withVersions: true));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_import_killed_at_any_commit_and_run_again_ends_as_if_it_had_run_through(bool afterwards)
    {
        using var whole = await RosterSchool.OpenAsync();
        var begun = whole.Store.Commits;
        await whole.TakeAsync(SamplePack.Bulk());
        var (expected, commits) = (await Snapshot.OfAsync(whole, withVersions: false), whole.Store.Commits - begun);

        for (var commit = 1; commit <= commits; commit++)
        {
            using var school = await RosterSchool.OpenAsync();
            var received = await school.Workflow.ReceiveAsync(school.Admin, new(school.District, "sis", false, null), SamplePack.Bulk().Zip(), _ => null, CancellationToken.None);
            school.Store.StopAt(commit, afterwards);
            await RunAsync(school, received.Id);
            await RunAsync(school, received.Id);

            Assert.Equal(ImportState.Applied, (await school.Workflow.ReadAsync(school.Admin, received.Id, CancellationToken.None)).Document.State);
            Assert.Equal(expected, await Snapshot.OfAsync(school, withVersions: false));
        }
    }

    [Fact]
    public async Task A_delta_ends_what_was_taken_back_by_date_and_deletes_nothing()
    {
        using var school = await RosterSchool.OpenAsync();
        await school.TakeAsync(SamplePack.Bulk());
        var (ana, ben) = (await school.UserAsync("u-a"), await school.UserAsync("u-b"));
        school.Clock.Advance(TimeSpan.FromDays(30));
        var delta = new SamplePack()
            .Set("users", SamplePack.User("u-b", "Ben", "Okafor", status: "tobedeleted,2026-10-01T08:00:00Z"), SamplePack.User("u-c", "Cleo", "Park", status: "active,2026-10-01T08:00:00Z"))
            .Set("roles", SamplePack.Role("r9", "u-c", "student", status: "active,2026-10-01T08:00:00Z"))
            .Set("enrollments", SamplePack.Enrollment("e2", "k1", "u-a", "student", status: "tobedeleted,2026-10-01T08:00:00Z"), SamplePack.Enrollment("e9", "k1", "u-c", "student", status: "active,2026-10-01T08:00:00Z"))
            .Manifest("delta");

        await school.TakeAsync(delta);

        Assert.Equal(school.Clock.Now(), Assert.Single(await school.MembershipsAsync(ben.Person)).To);
        Assert.NotNull(await school.Store.FindAsync(PersonDocuments.Kind, ben.Person.Value, CancellationToken.None));
        Assert.Null(Assert.Single(await school.MembershipsAsync(ana.Person)).To);
        Assert.Equal([ben.Person, (await school.UserAsync("u-c")).Person], [.. (await school.SectionAsync("k1")).Students]);
        Assert.Equal(new DateOnly(2026, 10, 1), (await school.ClassAsync("k1")).Enrollments.Single(one => one.SourcedId == "e2").EndedOn);
        Assert.Contains(ana.Person, (await school.SectionAsync("k2")).Students);
    }

    [Fact]
    public async Task What_a_later_bulk_pack_does_not_name_ends()
    {
        using var school = await RosterSchool.OpenAsync();
        await school.TakeAsync(SamplePack.Bulk());
        var paula = await school.UserAsync("u-p");
        school.Clock.Advance(TimeSpan.FromDays(1));
        var later = SamplePack.Bulk();
        later.Replace("users", SamplePack.User("u-p", "Paula", "Silva") + "\r\n", "").Replace("users", "u-p", "").Replace("roles", SamplePack.Role("r5", "u-p", "parent") + "\r\n", "");
        later.Files["classes"] = later.Files["classes"].Split("k2,")[0];
        later.Files["enrollments"] = later.Files["enrollments"].Split("e4,")[0];

        await school.TakeAsync(later);

        Assert.Equal(school.Clock.Now(), Assert.Single(await school.MembershipsAsync(paula.Person)).To);
        Assert.Equal(school.Clock.Now(), (await school.UserAsync("u-p")).EndedAt);
        Assert.NotNull((await school.Store.FirstAsync(GuardianshipDocuments.Kind, GuardianshipDocuments.ByGuardian.Where(paula.Person.Value), CancellationToken.None))!.Document.To);
        Assert.Equal(school.Clock.Now(), (await school.SectionAsync("k2")).To);
        Assert.Empty((await school.SectionAsync("k2")).Students);
    }

    [Fact]
    public async Task Dates_of_a_role_and_of_a_part_in_a_class_hold()
    {
        using var school = await RosterSchool.OpenAsync();
        var today = DateOnly.FromDateTime(school.Clock.Now().UtcDateTime);
        var (past, soon) = (today.AddDays(-10).ToString("yyyy-MM-dd"), today.AddDays(10).ToString("yyyy-MM-dd"));
        var pack = SamplePack.Bulk()
            .Replace("roles", SamplePack.Role("r4", "u-b", "student"), SamplePack.Role("r4", "u-b", "student", past, soon))
            .Replace("enrollments", SamplePack.Enrollment("e3", "k1", "u-b", "student"), SamplePack.Enrollment("e3", "k1", "u-b", "student", begin: soon));

        await school.TakeAsync(pack);

        var membership = Assert.Single(await school.MembershipsAsync((await school.UserAsync("u-b")).Person));
        Assert.True(membership.HoldsAt(school.Clock.Now()) && !membership.HoldsAt(school.Clock.Now().AddDays(11)) && membership.HoldsAt(school.Clock.Now().AddDays(-9)));
        Assert.DoesNotContain(membership.Person, (await school.SectionAsync("k1")).Students);
        Assert.Equal(today.AddDays(10), (await school.ClassAsync("k1")).NextChange);
    }

    [Fact]
    public async Task Somebody_here_already_is_found_by_what_their_authority_calls_them_and_never_by_name()
    {
        using var school = await RosterSchool.OpenAsync();
        var (here, stranger) = (PersonId.From("here"), PersonId.From("stranger"));
        await school.Store.CommitAsync(
            new Changes()
                .Add(PersonDocuments.Kind, Person.Named(here, "Ana Silva")).Add(PersonDocuments.Kind, Person.Named(stranger, "Ben Okafor"))
                .Add(MembershipDocuments.Kind, new(MembershipId.From("m-here"), here, school.West, Role.Student, school.Clock.Now()))
                .Add(MembershipDocuments.Kind, new(MembershipId.From("m-stranger"), stranger, OrganizationId.From("east"), Role.Student, school.Clock.Now()))
                .Add(AccountDocuments.Kind, new Account(here, "here", "") { External = [new("https://idp.example", "sub-a")] })
                .Add(AccountDocuments.Kind, new Account(stranger, "stranger", "") { External = [new("https://idp.example", "sub-b")] }),
            CancellationToken.None);
        var pack = SamplePack.Bulk()
            .Replace("users", SamplePack.User("u-a", "Ana", "Silva", "u-p"), SamplePack.User("u-a", "Ana", "Silva", "u-p", ids: "{Fed:sub-a}"))
            .Replace("users", SamplePack.User("u-b", "Ben", "Okafor"), SamplePack.User("u-b", "Ben", "Okafor", ids: "{Fed:sub-b}"));

        await school.TakeAsync(pack, identity: RosterIdentity.Of("Fed", "https://idp.example"));

        Assert.Equal(here, (await school.UserAsync("u-a")).Person);
        Assert.Equal(MembershipId.From("m-here"), Assert.Single(await school.MembershipsAsync(here)).Id);
        Assert.NotEqual(stranger, (await school.UserAsync("u-b")).Person);
        Assert.Single(await school.MembershipsAsync(stranger));
    }

    [Fact]
    public async Task The_state_office_founds_schools_and_nobody_else_does()
    {
        using var school = await RosterSchool.OpenAsync();
        var pack = SamplePack.Bulk().Replace("orgs", "West High,school,west,d1", "North High,school,,d1");

        var faults = await school.FaultsAsync(await school.CheckAsync(pack));
        await school.TakeAsync(pack, school.State, founds: true);

        Assert.Equal(("orgs.csv", 3, "row.school-unknown"), faults.Select(fault => (fault.File, fault.Row, fault.Code)).Single());
        Assert.Equal("North High", (await school.Store.GetAsync(OrganizationDocuments.Kind, (await school.ClassAsync("k1")).Organization.Value, "organization", CancellationToken.None)).Document.Name);
        await Assert.ThrowsAsync<RefusedException>(() => school.CheckAsync(pack, school.Admin, founds: true));
    }

    [Fact]
    public async Task A_school_of_another_district_cannot_be_claimed_by_its_short_name()
    {
        using var school = await RosterSchool.OpenAsync();

        var import = await school.CheckAsync(SamplePack.Bulk().Replace("orgs", "school,west,d1", "school,east,d1"));

        Assert.Equal("row.school-unknown", Assert.Single(await school.FaultsAsync(import)).Code);
    }

    [Fact]
    public async Task An_import_stops_when_who_began_it_is_no_administrator_any_more()
    {
        using var school = await RosterSchool.OpenAsync();
        var import = await school.CheckAsync(SamplePack.Bulk());
        await school.Workflow.BeginAsync(school.Admin, import.Id, null, CancellationToken.None);
        var office = (await school.Store.FindAsync(MembershipDocuments.Kind, "m-admin", CancellationToken.None))!;
        await school.Store.CommitAsync(new Changes().Replace(MembershipDocuments.Kind, office, office.Document.End(school.Clock.Now())), CancellationToken.None);

        var stopped = await school.Apply.RunAsync(import.Id, CancellationToken.None);

        Assert.Equal((ImportState.Stopped, "role.missing"), (stopped.State, stopped.StopCode));
        Assert.Null(await school.Store.FirstAsync(RosterDocuments.Users, RosterDocuments.UsersBySource.Where(school.Source), CancellationToken.None));
    }

    [Fact]
    public async Task Who_is_in_a_class_changes_with_the_day_on_which_a_part_begins_or_ends()
    {
        using var school = await RosterSchool.OpenAsync();
        var today = DateOnly.FromDateTime(school.Clock.Now().UtcDateTime);
        string Day(int days) => today.AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await school.TakeAsync(SamplePack.Bulk()
            .Replace("enrollments", SamplePack.Enrollment("e2", "k1", "u-a", "student"), SamplePack.Enrollment("e2", "k1", "u-a", "student", end: Day(20)))
            .Replace("enrollments", SamplePack.Enrollment("e3", "k1", "u-b", "student"), SamplePack.Enrollment("e3", "k1", "u-b", "student", begin: Day(10))));
        var (ana, ben) = ((await school.UserAsync("u-a")).Person, (await school.UserAsync("u-b")).Person);

        Assert.Equal(0, await school.Turn.RunAsync(CancellationToken.None));
        Assert.Equal([ana], [.. (await school.SectionAsync("k1")).Students]);
        school.Clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal(1, await school.Turn.RunAsync(CancellationToken.None));
        Assert.Equal([ana, ben], [.. (await school.SectionAsync("k1")).Students]);
        school.Clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal(1, await school.Turn.RunAsync(CancellationToken.None));
        Assert.Equal([ben], [.. (await school.SectionAsync("k1")).Students]);
        Assert.Null((await school.ClassAsync("k1")).NextChange);
    }

    private static async Task RunAsync(RosterSchool school, string id)
    {
        try
        {
            await school.Workflow.CheckAsync(id, CancellationToken.None);
            await school.Workflow.BeginAsync(school.Admin, id, null, CancellationToken.None);
            await school.Apply.RunAsync(id, CancellationToken.None);
        }
        catch (IOException)
        {
            // Killed; the next run goes on.
        }
    }
}
