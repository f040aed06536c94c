using System.Net;
using System.Text.RegularExpressions;
using SkillBadges.App.Definitions.CoAuthoring;
using SkillBadges.App.Http;
using SkillBadges.App.Tests.Http;
using SkillBadges.App.Tests.Notices;
using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Issuing.Endorsements;

namespace SkillBadges.App.Tests.Definitions;

/// <summary>From the first draft to the version in the catalogue, over HTTP; a signer without an account uses a letter and a page without script.</summary>
public sealed partial class CoAuthoringPageTests : IAsyncLifetime
{
    private readonly DirectoryInfo mail = Directory.CreateTempSubdirectory("skillbadges-mail-");
    private TestApp app = null!;
    private TestDistrict district = null!;
    private Workshop workshop = null!;

    public async Task InitializeAsync()
    {
        app = await TestApp.StartAsync(settings => settings with { MailFolder = mail.FullName });
        district = new(app);
        await district.PopulateAsync();
        workshop = await Workshop.OpenAsync(app);
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        mail.Delete(recursive: true);
    }

    [Fact]
    public async Task A_letter_a_code_and_a_plain_form_sign_for_an_employer_without_accounts()
    {
        await workshop.AddAsync(workshop.Forge);
        var signer = await workshop.InviteAsync(workshop.LeadAdmin, workshop.Forge);
        Assert.Matches("^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{2}$", signer.Code!);
        var letter = await LetterAsync("lead@forge.example");
        Assert.DoesNotContain(signer.Code!, letter, StringComparison.Ordinal);
        var link = SignOffLink().Match(letter).Value;

        using var browser = app.Browser();
        var page = await browser.GetStringAsync(new Uri(link, UriKind.Relative));
        Assert.Contains("Hot-work safety", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("\\s(on\\w+|style)=", page);
        Assert.Contains("/problems/signer.wrong-code", await AnswerAsync(browser, link, "sign", "AAAA-AAAA-AA"), StringComparison.Ordinal);
        Assert.Contains("You signed", await AnswerAsync(browser, link, "sign", signer.Code!), StringComparison.Ordinal);

        using var again = await browser.GetAsync(new Uri(link, UriKind.Relative));
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
        var signOff = Assert.Single((await workshop.ReadAsync()).SignOffs);
        Assert.Equal((workshop.Forge.Value, SignOffMethod.Link, true, "Shop lead"), (signOff.OrganizationId, signOff.Method, signOff.IsStanding, signOff.SignerTitle));
        var seen = await workshop.PostAsync<DefinitionView>(workshop.CollegeAdmin, "sign-offs", new { revision = 1 });
        Assert.Equal(["secondary"], seen.Missing.Select(need => need.Party.ToString().ToLowerInvariant()));
        using var answer = await workshop.LeadTeacher.GetAsync(new Uri($"/api/definitions/{workshop.Slug}/sign-offs?limit=1", UriKind.Relative));
        var listed = await answer.ReadAsync<PageOf<SignOffView>>();
        Assert.Equal(workshop.Forge.Value, Assert.Single(listed.Items).OrganizationId);
        using var after = await workshop.GuildAuthor.GetAsync(new Uri($"/api/definitions/{workshop.Slug}/sign-offs?cursor={listed.Next}", UriKind.Relative));
        Assert.Equal([workshop.College.Value], (await after.ReadAsync<PageOf<SignOffView>>()).Items.Select(signed => signed.OrganizationId));
    }

    [Fact]
    public async Task Who_declines_on_the_page_tells_the_authors_why()
    {
        await workshop.AddAsync(workshop.Forge);
        var signer = await workshop.InviteAsync(workshop.LeadAdmin, workshop.Forge);
        using var browser = app.Browser();

        Assert.Contains("You did not sign", await AnswerAsync(browser, SignOffLink().Match(await LetterAsync("lead@forge.example")).Value, "decline", signer.Code!), StringComparison.Ordinal);

        var comments = await (await workshop.LeadTeacher.GetAsync(new Uri($"/api/definitions/{workshop.Slug}/comments", UriKind.Relative))).ReadAsync<SkillBadges.App.Http.PageOf<CommentView>>();
        Assert.Equal((CommentKind.Declined, "Fine by us."), (Assert.Single(comments.Items).Kind, comments.Items[0].Text));
    }

    [Fact]
    public async Task By_link_a_part_is_commented_and_what_changed_since_the_last_signature_is_read()
    {
        await workshop.AddAsync(workshop.Forge);
        var signer = await workshop.InviteAsync(workshop.LeadAdmin, workshop.Forge);
        var link = SignOffLink().Match(await LetterAsync("lead@forge.example")).Value;
        using var browser = app.Browser();

        var wrong = await AnswerAsync(browser, link, "say", "AAAA-AAAA-AA", ("said.criteria", "Say which <plate>."));
        Assert.Contains("/problems/signer.wrong-code", wrong, StringComparison.Ordinal);
        Assert.Contains("Say which &lt;plate&gt;.</textarea>", wrong, StringComparison.Ordinal);
        Assert.Contains("What you said is kept.", await AnswerAsync(browser, link, "say", signer.Code!, ("said.criteria", "Say which <plate>.")), StringComparison.Ordinal);
        using var author = PageVisitor.Of(app, workshop.LeadTeacher);
        Assert.Contains("by letter and code", await author.OpenAsync($"/authoring/{workshop.Slug}"), StringComparison.Ordinal);
        Assert.Contains("<bdi>Say which &lt;plate&gt;.</bdi>", author.Html, StringComparison.Ordinal);
        Assert.Contains("You signed", await AnswerAsync(browser, link, "sign", signer.Code!), StringComparison.Ordinal);

        await workshop.PostAsync<ProposalLine>(workshop.CollegeAdmin, $"proposals/{await workshop.ProposeAsync("The plate is six millimeters thick.")}/acceptances", new { });
        mail.EnumerateFiles("*.eml").ToList().ForEach(letter => letter.Delete());
        await workshop.InviteAsync(workshop.LeadAdmin, workshop.Forge);
        var page = await browser.GetStringAsync(new Uri(SignOffLink().Match(await LetterAsync("lead@forge.example")).Value, UriKind.Relative));
        Assert.Contains("What changed since revision 1, which your organization signed", page, StringComparison.Ordinal);
        Assert.Contains("six millimeters", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_says_who_signed_it_and_an_imported_one_says_that_nobody_did()
    {
        var published = await workshop.SignAndPublishAsync();
        Assert.Equal((VersionOrigin.CoAuthored, 1, 3), (published.Origin, published.Version, published.SignOffs.Count));

        using var anyone = app.Anonymous();
        var imported = await (await anyone.GetAsync(new Uri($"/api/badges/{TestDistrict.Badge}/versions/1/provenance", UriKind.Relative))).ReadAsync<ProvenanceView>();
        Assert.Equal((VersionOrigin.Imported, 0), (imported.Origin, imported.SignOffs.Count));
    }

    [Fact]
    public async Task The_page_of_a_badge_shows_each_approval_with_what_the_verifier_says_of_it()
    {
        var published = await workshop.SignAndPublishAsync();
        using var anyone = app.Browser();
        var address = new Uri($"/api/badges/{workshop.Slug}/versions/1/endorsements", UriKind.Relative);
        var endorsements = await PatientlyAsync(async () => (await (await anyone.GetAsync(address)).ReadAsync<SkillBadges.App.Http.PageOf<EndorsementView>>()).Items, items => items.Count == 3 && items.All(one => one.State == EndorsementState.Issued));
        Assert.All(endorsements, one => Assert.Equal("valid", one.Verdict));
        var page = await anyone.GetStringAsync(new Uri($"/badges/{workshop.Slug}", UriKind.Relative));
        Assert.Contains("Who stands behind it", page, StringComparison.Ordinal);
        Assert.Contains(endorsements[0].Sentence, page, StringComparison.Ordinal);
        Assert.Contains("No organization has signed it here", await anyone.GetStringAsync(new Uri($"/badges/{TestDistrict.Badge}", UriKind.Relative)), StringComparison.Ordinal);

        var guild = (await workshop.ReadAsync()).SignOffs.Single(signOff => signOff.OrganizationId == workshop.Guild.Value);
        await workshop.PostAsync<DefinitionView>(workshop.GuildAuthor, $"sign-offs/{guild.Id}/withdrawals", new { reason = "The standard changed." });
        var after = await PatientlyAsync(async () => (await (await anyone.GetAsync(address)).ReadAsync<SkillBadges.App.Http.PageOf<EndorsementView>>()).Items, items => items.Any(one => one.State == EndorsementState.Withdrawn));
        Assert.Equal("revoked-or-suspended", after.Single(one => one.State == EndorsementState.Withdrawn).Verdict);
        Assert.Contains("taken back on", await anyone.GetStringAsync(new Uri($"/badges/{workshop.Slug}", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal(3, published.SignOffs.Count);
    }

    [Fact]
    public async Task The_way_to_the_next_version_is_told_skill_by_skill()
    {
        await workshop.SignAndPublishAsync();
        var content = workshop.Content("Read the drawing aloud.");
        content["competencies"]![1]!["statement"] = "Sets up the machine for stick welding and says why.";
        var proposal = await workshop.PostAsync<ProposalLine>(workshop.LeadTeacher, "proposals", new { onRevision = 1, content, note = "Says why." });
        await workshop.PostAsync<ProposalLine>(workshop.GuildAuthor, $"proposals/{proposal.Id}/acceptances", new { });
        Assert.Equal(2, (await workshop.SignAndPublishAsync()).Version);

        using var anyone = app.Anonymous();
        var bridge = await (await anyone.GetAsync(new Uri($"/api/badges/{workshop.Slug}/versions/1/bridge", UriKind.Relative))).ReadAsync<BridgeView>();
        Assert.Equal((1, 2, false), (bridge.From, bridge.To, bridge.IsComplete));
        Assert.Equal(BridgeStep.Changed, bridge.Skills[1].Step);
        Assert.All(bridge.Skills.Where((_, i) => i != 1), skill => Assert.Equal(BridgeStep.Kept, skill.Step));
        var difference = await (await anyone.GetAsync(new Uri($"/api/badges/{workshop.Slug}/differences?from=1&to=2", UriKind.Relative))).ReadAsync<DifferenceView>();
        Assert.Equal(["criteria", $"competencies/{bridge.Skills[1].Competency}/statement"], difference.Changes.Select(change => change.Path));
    }

    [Fact]
    public async Task No_new_work_starts_on_a_retired_badge_and_open_work_is_finished()
    {
        await workshop.SignAndPublishAsync();
        var (learner, late) = (await district.LearnerAsync(), await district.LearnerAsync());
        var draft = await district.DraftAsync(learner, workshop.Slug);
        var retired = await workshop.PostAsync<RetirementView>(workshop.LeadAdmin, "retirements", new { reason = "Fillets are shown in another badge.", replacedBy = "smaw-fillet" });
        Assert.Equal("smaw-fillet", retired.ReplacedBy);

        using var refused = await late.Client.PostAsync("/api/submissions", new { organization = district.West.Value, badge = workshop.Slug });
        await refused.RefusesAsync(409, "badge.retired");
        using var goesOn = await learner.Client.PostAsync($"/api/submissions/{draft.Id}/evidence", new { competency = "hot-work-safety", title = "Booth", text = "Checked." });
        Assert.True(goesOn.IsSuccessStatusCode, await goesOn.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_state_office_opens_a_badge_of_the_catalogue_for_others_and_its_pictures_stay()
    {
        using var state = await app.AsAsync(await app.StateAdminAsync());
        using var refused = await workshop.LeadTeacher.PostAsync("/api/definitions", new { organizationId = workshop.Lead.Value, slug = "smaw-fillet" });
        await refused.RefusesAsync(403, "definition.not-yours");

        var office = await OfficeOfAsync(state);
        var opened = await (await state.PostAsync("/api/definitions", new { organizationId = office, slug = "smaw-fillet" })).ReadAsync<DefinitionView>();

        var current = (await app.Store.FindAsync(Core.Definitions.DefinitionDocuments.Versions, "smaw-fillet@1", default))!.Document;
        Assert.Equal((current.ContentHash.Hex, true), (opened.ContentHash, opened.IsComplete));
    }

    // The outbox works beside the requests.
    private static async Task<T> PatientlyAsync<T>(Func<Task<T>> read, Func<T, bool> isThere)
    {
        for (var round = 0; round < 200; round++)
        {
            if (await read() is var found && isThere(found))
            {
                return found;
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException("It did not come.");
    }

    private static async Task<string> OfficeOfAsync(HttpClient client)
    {
        var me = await client.GetStringAsync(new Uri("/api/me", UriKind.Relative));
        return OrganizationId().Match(me).Groups[1].Value;
    }

    private static async Task<string> AnswerAsync(HttpClient browser, string link, string answer, string code, params (string Name, string Value)[] said)
    {
        var page = await browser.GetStringAsync(new Uri(link, UriKind.Relative));
        using var form = new FormUrlEncodedContent(
        [
            new("__RequestVerificationToken", AntiforgeryToken().Match(page).Groups[1].Value), new("_handler", "answer"), new("Revision", "1"), new("Name", "Pat Lee"), new("Title", "Shop lead"),
            new("Comment", "Fine by us."), new("Code", code), new("Answer", answer), .. said.Select(one => KeyValuePair.Create(one.Name, one.Value)),
        ]);
        using var posted = await browser.PostAsync(new Uri(link, UriKind.Relative), form);
        return await posted.Content.ReadAsStringAsync();
    }

    private async Task<string> LetterAsync(string to)
    {
        for (var round = 0; round < 200; round++)
        {
            foreach (var file in mail.EnumerateFiles("*.eml"))
            {
                var letter = ReceivedLetter.Of(await File.ReadAllTextAsync(file.FullName));
                if (letter.Head.Contains(to, StringComparison.Ordinal))
                {
                    return letter.Body;
                }
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException($"No letter to {to} came.");
    }

    [GeneratedRegex("/sign-off/[A-Za-z0-9_-]+")]
    private static partial Regex SignOffLink();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryToken();

    [GeneratedRegex("\"organization(?:Id)?\":\"([0-9a-f]{32})\"")]
    private static partial Regex OrganizationId();
}
