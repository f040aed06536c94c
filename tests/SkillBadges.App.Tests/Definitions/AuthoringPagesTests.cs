using System.Net;
using SkillBadges.App.Tests.Http;

namespace SkillBadges.App.Tests.Definitions;

/// <summary>Authors write a badge on pages: edit, compare, say something, accept, sign, publish; without script.</summary>
[Collection(DistrictCollection.Name)]
public sealed class AuthoringPagesTests(TestDistrict district)
{
    [Fact]
    public async Task A_change_typed_into_the_form_is_read_word_by_word_accepted_by_another_signed_by_all_and_published()
    {
        var workshop = await Workshop.OpenAsync(district.App);
        using var teacher = PageVisitor.Of(district.App, workshop.LeadTeacher);
        using var admin = PageVisitor.Of(district.App, workshop.LeadAdmin);
        using var college = PageVisitor.Of(district.App, workshop.CollegeAdmin);
        using var guild = PageVisitor.Of(district.App, workshop.GuildAuthor);
        var badge = $"/authoring/{workshop.Slug}";
        Assert.Contains(badge, await teacher.OpenAsync("/authoring"), StringComparison.Ordinal);

        var proposed = await teacher.SendAsync($"{badge}/edit", "edit", ("description", "Joins plates with sound fillet welds."), ("skill.0.name", "Hot-work safety"), ("skill.0.level.advanced", "Leads a whole crew of welders."), ("Note", "Shorter words."));
        Assert.Contains("waits for an answer", proposed, StringComparison.Ordinal);
        Assert.Contains("<ins>whole crew of welders.</ins>", proposed, StringComparison.Ordinal);
        var list = await college.OpenAsync($"{badge}/changes");
        var proposal = $"{badge}/proposals/{Between(list, $"{badge}/proposals/", "\"")}";
        Assert.Contains("became revision 2", await college.SendAsync(proposal, "accept"), StringComparison.Ordinal);
        Assert.Contains("<ins>", await guild.OpenAsync($"{badge}/changes?from=1&to=2"), StringComparison.Ordinal);

        // Its Spanish words were left as they were: what is stale is told, and somebody may say that it still says the same.
        Assert.Contains("Translations that may be out of date: 2", await guild.OpenAsync(badge), StringComparison.Ordinal);
        Assert.Contains("Proposed: somebody of another organization", await guild.SendAsync(badge, "looked-through"), StringComparison.Ordinal);
        Assert.Contains("Translations looked through", await guild.OpenAsync($"{badge}/changes"), StringComparison.Ordinal);

        Assert.Contains("Which plate?", await guild.SendAsync(badge, "say-criteria", ("Text", "Which plate?")), StringComparison.Ordinal);
        var settled = await teacher.SendAsync(badge, $"settle-{Between(await SeenAsync(teacher, badge), "value=\"settle-", "\"")}");
        Assert.Contains("Open again", settled, StringComparison.Ordinal);
        foreach (var signer in (PageVisitor[])[admin, college, guild])
        {
            Assert.Contains("Signed.", await signer.SendAsync(badge, "sign"), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("value=\"publish\"", await SeenAsync(college, badge), StringComparison.Ordinal);
        Assert.Contains("Published as version 1.", await admin.SendAsync(badge, "publish"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_asked_for_stays_as_it_was_written_and_a_rejected_change_says_why()
    {
        var workshop = await Workshop.OpenAsync(district.App);
        using var teacher = PageVisitor.Of(district.App, workshop.LeadTeacher);
        using var college = PageVisitor.Of(district.App, workshop.CollegeAdmin);
        var badge = $"/authoring/{workshop.Slug}";

        var proposed = await teacher.SendAsync($"{badge}/edit", "edit", ("name", "Fillets & more"), ("Note", "A name that says it."));
        Assert.Contains("Fillets & more", proposed, StringComparison.Ordinal);
        Assert.Equal(1, proposed.Split("<dt>").Length - 1);
        var proposal = $"{badge}/proposals/{Between(await college.OpenAsync($"{badge}/changes"), $"{badge}/proposals/", "\"")}";
        Assert.Contains("The old name is known.", await college.SendAsync(proposal, "reject", ("Reason", "The old name is known.")), StringComparison.Ordinal);
        Assert.Contains("/problems/proposal.nothing-changed", await teacher.SendAsync($"{badge}/edit", "edit", ("Note", "Nothing at all.")), StringComparison.Ordinal);

        using var stranger = PageVisitor.Of(district.App, (await district.LearnerAsync()).Client);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.TryAsync(badge)).Status);
        Assert.Contains("You write for no organization", await stranger.OpenAsync("/authoring"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_writes_alone_begins_a_badge_from_nothing_and_what_is_saved_holds_at_once()
    {
        var school = await district.App.OrganizationAsync(Core.Organizations.OrganizationKind.HighSchool);
        using var author = await PageVisitor.OfAsync(district.App, await district.App.PersonAsync(school.Id, Core.Organizations.Role.Teacher));
        var slug = $"tig-{Guid.NewGuid():N}"[..20];

        Assert.Contains("Still missing or wrong", await author.SendAsync("/authoring", "begin", ("NewName", "TIG Basics"), ("NewSlug", slug), ("CopyOf", "")), StringComparison.Ordinal);
        var saved = await author.SendAsync($"/authoring/{slug}/edit", "edit", ("description", "Strikes and holds an arc."), ("new.name", "Strikes an arc"), ("new.statement", "Strikes and holds an arc on clean steel without sticking."), ("Note", "A first skill."));
        Assert.Contains("Revision 2", saved, StringComparison.Ordinal);
        Assert.Contains("Strikes and holds an arc on clean steel", saved, StringComparison.Ordinal);
        var ways = await author.SendAsync($"/authoring/{slug}/edit", "edit", ("skill.0.name", "Strikes an arc"), ("skill.0.ways", "A video of ten starts\r\n\r\nA plate with ten starts"), ("Note", "Ways to show it."));
        Assert.Contains("A video of ten starts · A plate with ten starts", ways, StringComparison.Ordinal);
        Assert.DoesNotContain("Strikes an arc", await author.SendAsync($"/authoring/{slug}/edit", "edit", ("skill.0.name", "Strikes an arc"), ("skill.0.gone", "true"), ("Note", "Not this one.")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_and_a_translation_come_by_forms_and_a_signer_without_an_account_is_asked()
    {
        var workshop = await Workshop.OpenAsync(district.App);
        using var admin = PageVisitor.Of(district.App, workshop.LeadAdmin);
        using var college = PageVisitor.Of(district.App, workshop.CollegeAdmin);
        var badge = $"/authoring/{workshop.Slug}";
        Assert.Contains("/problems/definition.bad-picture", await admin.SendFileAsync($"{badge}/edit", "edit", "Picture", "x.png", "not a picture"u8.ToArray(), ("Note", "A picture.")), StringComparison.Ordinal);
        await admin.SendFileAsync($"{badge}/edit", "edit", "Picture", "badge.png", Workshop.Picture, ("alt", "A plain round disc"), ("Note", "A picture."));
        await college.SendAsync($"{badge}/proposals/{Between(await college.OpenAsync($"{badge}/changes"), $"{badge}/proposals/", "\"")}", "accept");
        var seen = await admin.OpenAsync(badge);
        Assert.Contains($"data:image/png;base64,{Convert.ToBase64String(Workshop.Picture)}", seen, StringComparison.Ordinal);
        Assert.Contains("alt=\"A plain round disc\"", seen, StringComparison.Ordinal);

        Assert.DoesNotContain("value=\"translate\"", await SeenAsync(admin, $"{badge}/translations?language=../etc"), StringComparison.Ordinal);
        var translated = await admin.SendAsync($"{badge}/translations?language=fr", "translate", ("name", "Soudures <b>d'angle</b>"), ("criteria", "Une soudure\r\n\r\n- propre"), ("Note", "In French."));
        Assert.Contains("Soudures", translated, StringComparison.Ordinal);
        Assert.Contains("Still missing or wrong", translated, StringComparison.Ordinal);

        Assert.Contains("/problems/letter.address", await admin.SendAsync(badge, "ask-signer", ("AskFor", workshop.Lead.Value), ("Address", "nobody")), StringComparison.Ordinal);
        var asked = await admin.SendAsync(badge, "ask-signer", ("AskFor", workshop.Lead.Value), ("Address", "lead@forge.example"));
        Assert.Contains("class=\"secret\"", admin.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("lead@forge.example", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"secret\"", await SeenAsync(admin, badge), StringComparison.Ordinal);
        Assert.Contains("taken back", await admin.SendAsync(badge, $"unask-{Between(admin.Html, "value=\"unask-", "\"")}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vote_stands_in_a_sign_off_is_taken_back_and_the_badge_is_retired_by_forms_that_say_why_not()
    {
        var workshop = await Workshop.OpenAsync(district.App);
        using var admin = PageVisitor.Of(district.App, workshop.LeadAdmin);
        using var teacher = PageVisitor.Of(district.App, workshop.LeadTeacher);
        using var guild = PageVisitor.Of(district.App, workshop.GuildAuthor);
        var badge = $"/authoring/{workshop.Slug}";
        (string, string)[] vote = [("Committee", "Advisory committee"), ("HeldOn", "2026-01-15"), ("StandsInFor", "Industry"), ("Bodies", "North College\r\nForge Works"), ("Words", "Moved, seconded and carried: the badge as it stands.")];
        Assert.DoesNotContain("value=\"vote\"", await SeenAsync(teacher, badge), StringComparison.Ordinal);
        Assert.Contains("/problems/evidence.", await admin.SendFileAsync(badge, "vote", "MinutesFile", "minutes.gif", "GIF89a\u0001\0\u0001\0\0\0\0;"u8.ToArray(), vote), StringComparison.Ordinal);
        Assert.Contains("/problems/committee-vote.bodies", await admin.SendAsync(badge, "vote", [.. vote[..3], ("Bodies", "Forge Works"), vote[4]]), StringComparison.Ordinal);
        var voted = await admin.SendFileAsync(badge, "vote", "MinutesFile", "minutes.txt", "Carried."u8.ToArray(), vote);
        Assert.Contains("The vote is recorded.", voted, StringComparison.Ordinal);
        Assert.Contains($"/api/definitions/{workshop.Slug}/minutes/", voted, StringComparison.Ordinal);

        var published = await workshop.SignAndPublishAsync();
        Assert.Single(published.Votes);
        var sent = await guild.SendAsync(badge, "withdraw", ("SignOffId", (await workshop.ReadAsync()).SignOffs[0].Id), ("WithdrawReason", "Not ours."));
        Assert.Contains("/problems/role.missing", sent, StringComparison.Ordinal);
        Assert.Contains("/problems/sign-off.reason", await guild.SendAsync(badge, "withdraw", ("SignOffId", (await workshop.ReadAsync()).SignOffs[2].Id), ("WithdrawReason", " ")), StringComparison.Ordinal);
        Assert.Contains("The sign-off is taken back.", await guild.SendAsync($"/badges/{workshop.Slug}", "withdraw", ("SignOffId", (await workshop.ReadAsync()).SignOffs[2].Id), ("WithdrawReason", "The standard changed.")), StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"withdraw\"", guild.Html, StringComparison.Ordinal);

        Assert.DoesNotContain("value=\"retire\"", await SeenAsync(guild, badge), StringComparison.Ordinal);
        Assert.Contains("/problems/badge.replaced-by", await admin.SendAsync(badge, "retire", ("RetireReason", "Nobody asks for it."), ("ReplacedBy", workshop.Slug)), StringComparison.Ordinal);
        Assert.Contains("The badge is retired.", await admin.SendAsync(badge, "retire", ("RetireReason", "Nobody asks for it."), ("ReplacedBy", "smaw-fillet")), StringComparison.Ordinal);
        Assert.Contains("This badge is retired: Nobody asks for it.", await guild.OpenAsync($"/badges/{workshop.Slug}"), StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"retire\"", await SeenAsync(admin, badge), StringComparison.Ordinal);
    }

    private static async Task<string> SeenAsync(PageVisitor visitor, string address)
    {
        await visitor.OpenAsync(address);
        return visitor.Html;
    }

    private static string Between(string text, string before, string after)
    {
        var from = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[from..text.IndexOf(after, from, StringComparison.Ordinal)];
    }
}
