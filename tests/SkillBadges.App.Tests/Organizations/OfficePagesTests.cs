using System.Net;
using System.Text;
using SkillBadges.App.Organizations.Office;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Organizations;

/// <summary>The pages of an office, over HTTP and without script.</summary>
[Collection(DistrictCollection.Name)]
public sealed class OfficePagesTests(TestDistrict district)
{
    private readonly TestApp app = district.App;

    [Fact]
    public async Task Somebody_is_entered_found_given_a_role_let_in_and_ended_and_each_step_is_in_the_list_of_who_did_what()
    {
        var (school, admin) = await SchoolAsync();
        using var page = await PageVisitor.OfAsync(app, admin);
        var office = $"/office/{school.Id}";

        var entered = await page.SendAsync($"{office}/people", "enter", ("NewName", "Zoë O'Hara-Quist"), ("NewRole", "Student"), ("RightsPassOn", "2028-12-10"));
        Assert.Contains("is entered", entered, StringComparison.Ordinal);
        var found = await page.SendAsync($"{office}/people", "find", ("Name", "quist zo"));
        Assert.Contains("1 found", found, StringComparison.Ordinal);
        var person = Between(found, $"{office}/people/", "\"");
        Assert.Contains("0 found", await page.SendAsync($"{office}/people", "find", ("Name", "uist")), StringComparison.Ordinal);

        Assert.Contains("The role holds", await page.SendAsync($"{office}/people/{person}", "give", ("NewRole", "Teacher")), StringComparison.Ordinal);
        Assert.Contains("/invitation/", await page.SendAsync($"{office}/people/{person}", "let-in"), StringComparison.Ordinal);
        var teaches = await app.Store.FirstAsync(MembershipDocuments.Kind, MembershipDocuments.Open.Where(person, school.Id.Value, nameof(Role.Teacher)), default);
        Assert.Contains("The role has ended", await page.SendAsync($"{office}/people/{person}", $"end-{teaches!.Id}"), StringComparison.Ordinal);

        var acts = await page.OpenAsync($"{office}/acts");
        Assert.All((string[])["Entered somebody", "A role begins", "Made a link to join", "A role ended"], words => Assert.Contains(words, acts, StringComparison.Ordinal));
        Assert.Contains("Nothing was done", await page.OpenAsync($"{office}/acts?by={person}"), StringComparison.Ordinal);
        Assert.Contains("Entered somebody", await page.OpenAsync($"{office}/acts?by={admin}&from=2020-01-01&to=2090-01-01"), StringComparison.Ordinal);
        Assert.Contains("Nothing was done", await page.OpenAsync($"{office}/acts?to=2020-01-01"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_sent_twice_enters_one_person()
    {
        var (school, admin) = await SchoolAsync();
        using var page = await PageVisitor.OfAsync(app, admin);
        for (var time = 0; time < 2; time++)
        {
            await page.SendAsync($"/office/{school.Id}/people", "enter", ("Once", "the same drawing"), ("NewName", "Ada Twice"), ("NewRole", "Guardian"));
        }

        Assert.Contains("1 found", await page.SendAsync($"/office/{school.Id}/people", "find", ("Name", "twice")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_office_above_decided_is_shown_with_its_name_until_the_school_decides_otherwise()
    {
        var (school, admin) = await SchoolAsync(under: true);
        var parent = school.Parent!.Value;
        var parentAdmin = await app.PersonAsync(parent, Role.OrganizationAdmin);
        using var above = await PageVisitor.OfAsync(app, parentAdmin);
        using var page = await PageVisitor.OfAsync(app, admin);
        Assert.Contains("The settings hold", await above.SendAsync($"/office/{parent}/settings", "set", ("undo", "25"), ("peers", "0")), StringComparison.Ordinal);

        var address = $"/office/{school.Id}/settings";
        var inherited = await page.OpenAsync(address);
        Assert.Contains("placeholder=\"25\"", inherited, StringComparison.Ordinal);
        Assert.Contains("decided by A District", inherited, StringComparison.Ordinal);
        var refused = await page.SendAsync(address, "set", ("undo", "99999"));
        Assert.Contains("/problems/setting.undo-minutes", refused, StringComparison.Ordinal);
        Assert.Contains("value=\"99999\"", refused, StringComparison.Ordinal);
        var own = await page.SendAsync(address, "set", ("undo", "5"), ("ProfileText", "A school of 900 on a river."));
        Assert.Contains("decided here; else 25", own, StringComparison.Ordinal);
        var kept = (await app.Store.FindAsync(OrganizationSettingsDocuments.Kind, school.Id.Value, default))!.Document.Values;
        Assert.Equal((5, "A school of 900 on a river."), (kept.UndoMinutes, kept.Profile?.Text));
    }

    [Theory]
    [InlineData("name,role,eighteenth birthday\nAda Rowe,student,2028-12-10\n\"Rowe, Mary\",parent or guardian,\n")]
    [InlineData("nombre;función;cumpleaños dieciocho\r\nAda Rowe;estudiante;2028-12-10\r\nRowe, Mary;guardian;\r\n")]
    [InlineData("role\tname\teighteenth birthday\nstudent\tAda Rowe\t12/10/2028\nguardian\tRowe, Mary\t")]
    public async Task A_list_of_people_is_looked_at_first_and_then_entered_as_a_whole(string list)
    {
        var (school, admin) = await SchoolAsync();
        using var page = await PageVisitor.OfAsync(app, admin);
        var address = $"/office/{school.Id}/lists";

        var preview = await page.SendAsync(address, "look", ("Pasted", list));
        Assert.Contains("Enter all 2", preview, StringComparison.Ordinal);
        Assert.Contains("Dec 10, 2028", preview, StringComparison.Ordinal);
        var drawn = page.Html;
        Assert.Equal(0, await StudentsAsync(school));
        var entered = await page.SendFromAsync(drawn, address, "enter");
        Assert.Contains("2 people are entered", entered, StringComparison.Ordinal);
        Assert.Equal(1, await StudentsAsync(school));
        Assert.Contains("2 people are entered", await page.SendFromAsync(drawn, address, "enter"), StringComparison.Ordinal);
        Assert.Equal(1, await StudentsAsync(school));
        Assert.Contains("somebody of this name is here", await page.SendAsync(address, "look", ("Pasted", list)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_with_faults_says_each_with_its_row_and_enters_nothing()
    {
        var (school, admin) = await SchoolAsync();
        using var page = await PageVisitor.OfAsync(app, admin);
        var address = $"/office/{school.Id}/lists";

        var preview = await page.SendAsync(address, "look", ("Pasted", "name,role,eighteenth birthday\nAda,student,soon\nBea,dragon,\nCleo,supervisor,\n,student,\nDora,student,\nDora,student,\n<b>Eve</b>,student,\n"));

        Assert.All((string[])["Row 2", "A day is written", "Row 3", "The role is none that there is", "Row 4", "Row 5", "Row 7"], words => Assert.Contains(words, preview, StringComparison.Ordinal));
        Assert.DoesNotContain("Enter all", preview, StringComparison.Ordinal);
        Assert.Contains("/problems/people-list.header", await page.SendAsync(address, "look", ("Pasted", "Ada,student")), StringComparison.Ordinal);
        Assert.Equal(0, await StudentsAsync(school));
    }

    [Fact]
    public async Task A_file_of_people_is_read_whole_with_its_accents_or_refused_and_never_left_aside()
    {
        var (school, admin) = await SchoolAsync();
        using var page = await PageVisitor.OfAsync(app, admin);
        var address = $"/office/{school.Id}/lists";
        const string list = "name,role\nZoë Ñíguez,student\n";
        Task<string> LookAsync(byte[] file) => page.SendFileAsync(address, "look", "Chosen", "people.csv", file, ("Pasted", "name,role\nAda Lovelace,student\n"));

        foreach (var encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode])
        {
            var preview = await LookAsync([.. encoding.Preamble, .. encoding.GetBytes(list)]);
            Assert.Contains("Zoë Ñíguez</bdi>", WebUtility.HtmlDecode(preview), StringComparison.Ordinal);
            Assert.DoesNotContain("Ada Lovelace</bdi>", preview, StringComparison.Ordinal);
        }

        var windows = await LookAsync(Encoding.Latin1.GetBytes(list));
        Assert.Contains("/problems/people-list.encoding", windows, StringComparison.Ordinal);
        var large = await LookAsync(Encoding.UTF8.GetBytes(list + new string('\n', PeopleListFile.MaxCharacters)));
        Assert.Contains("/problems/people-list.size", large, StringComparison.Ordinal);
        Assert.All([windows, large], refused => Assert.DoesNotContain("Enter all", refused, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_day_is_that_of_the_readers_school()
    {
        // Fourteen hours before UTC or twelve behind it is another day whatever the hour here.
        var zone = app.Clock.GetUtcNow().Hour >= 10 ? "Pacific/Kiritimati" : "Etc/GMT+12";
        var (school, _) = await SchoolAsync();
        var read = await app.Store.GetAsync(OrganizationDocuments.Kind, school.Id.Value, "organization", default);
        await app.Store.CommitAsync(new Changes().Replace(OrganizationDocuments.Kind, read, read.Document.InTimeZone(zone)), default);
        using var page = await PageVisitor.OfAsync(app, await app.PersonAsync(school.Id, Role.Registrar));
        var texts = new SkillBadges.App.Layout.Texts("en");

        var people = await page.OpenAsync($"/office/{school.Id}/people?role=Registrar");

        var (utc, there) = (texts.Day(app.Clock.GetUtcNow()), texts.Day(school.InTimeZone(zone).DayOf(app.Clock.GetUtcNow())));
        Assert.NotEqual(utc, there);
        Assert.Contains(there, people, StringComparison.Ordinal);
        Assert.DoesNotContain(utc, people, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_keys_sign_after_they_were_made_on_the_page_and_the_old_ones_stay_in_sight()
    {
        var (school, admin) = await SchoolAsync();
        using var page = await PageVisitor.OfAsync(app, admin);
        var address = $"/office/{school.Id}/signing";
        Assert.Contains("There are none yet", await page.OpenAsync(address), StringComparison.Ordinal);

        Assert.Equal(3, Count(await page.SendAsync(address, "rotate"), "signs now"));
        var changed = await page.SendAsync(address, "rotate");
        Assert.Equal((3, 3), (Count(changed, "signs now"), Count(changed, "signs no more")));
        Assert.Contains("Made new keys", await page.OpenAsync($"/office/{school.Id}/acts"), StringComparison.Ordinal);

        // Who signed in long ago shows the password first.
        app.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Contains("ProofPassword", await page.OpenAsync(address), StringComparison.Ordinal);
        Assert.Contains("/problems/session.wrong-password", await page.SendAsync(address, "rotate", ("ProofPassword", "a guess")), StringComparison.Ordinal);
        Assert.Equal(3, Count(await page.OpenAsync(address), "signs no more"));
    }

    [Fact]
    public async Task A_registrar_enrolls_and_sees_no_more_and_a_teacher_gets_a_designed_no()
    {
        var (school, _) = await SchoolAsync();
        using var registrar = await PageVisitor.OfAsync(app, await app.PersonAsync(school.Id, Role.Registrar));
        using var teacher = await PageVisitor.OfAsync(app, await app.PersonAsync(school.Id, Role.Teacher));

        var people = await registrar.OpenAsync($"/office/{school.Id}/people");
        Assert.DoesNotContain("<option value=\"Teacher\"", people, StringComparison.Ordinal);
        Assert.DoesNotContain("/signing", people, StringComparison.Ordinal);
        Assert.Contains("/problems/role.missing", await registrar.SendAsync($"/office/{school.Id}/people", "enter", ("NewName", "Sly Teacher"), ("NewRole", "Teacher")), StringComparison.Ordinal);
        foreach (var place in (string[])["signing", "settings", "acts"])
        {
            var (status, page) = await registrar.TryAsync($"/office/{school.Id}/{place}");
            Assert.Equal(HttpStatusCode.Forbidden, status);
            Assert.Contains("/problems/role.missing", page, StringComparison.Ordinal);
        }

        Assert.Contains("You keep no school's books", await teacher.OpenAsync("/office"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await teacher.TryAsync($"/office/{school.Id}/people")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await registrar.TryAsync($"/office/{school.Id}/people/{district.Teacher}")).Status);
    }

    private Task<int> StudentsAsync(Organization school) => app.Store.CountAsync(MembershipDocuments.Kind, MembershipDocuments.ByOrganization.Where(school.Id.Value, nameof(Role.Student)), 10, default);

    private static int Count(string text, string words) => text.Split(words).Length - 1;

    private static string Between(string text, string before, string after)
    {
        var from = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[from..text.IndexOf(after, from, StringComparison.Ordinal)];
    }

    private async Task<(Organization School, PersonId Admin)> SchoolAsync(bool under = false)
    {
        var parent = under ? await app.OrganizationAsync(OrganizationKind.District) : null;
        var school = await app.OrganizationAsync(OrganizationKind.HighSchool);
        if (parent is not null)
        {
            var read = (await app.Store.FindAsync(OrganizationDocuments.Kind, school.Id.Value, default))!;
            school = school with { Parent = parent.Id };
            await app.Store.CommitAsync(new Changes().Replace(OrganizationDocuments.Kind, read, school), default);
        }

        return (school, await app.PersonAsync(school.Id, Role.OrganizationAdmin));
    }
}
