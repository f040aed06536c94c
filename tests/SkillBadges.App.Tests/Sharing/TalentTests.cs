using System.Net;
using SkillBadges.App.Gradebook;
using SkillBadges.App.Http;
using SkillBadges.App.Sharing.Talent;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Sharing.Talent;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Sharing;

/// <summary>In a district of its own, since days pass here and every opt-in is found by every search.</summary>
public sealed class TalentTests : IAsyncLifetime
{
    private readonly TestDistrict district = new();

    public Task InitializeAsync() => district.InitializeAsync();

    public Task DisposeAsync() => district.DisposeAsync();

    [Fact]
    public async Task A_checked_employer_finds_skills_of_those_who_opted_in_and_a_yes_alone_says_who_it_is()
    {
        using var scene = await TalentScene.OpenAsync(district);
        var (learner, _) = await scene.LearnerAsync(19);
        await scene.LearnerAsync(19, optsIn: false);

        using var answer = await scene.SearchAsync();
        var text = await answer.Content.ReadAsStringAsync();
        var search = await answer.ReadAsync<TalentSearchAnswer>();
        var found = Assert.Single(search.Found);
        Assert.Equal(district.Definition.Competencies.Length, found.Skills.Count);
        Assert.All(found.Skills, skill => Assert.Equal(("Teacher", "A HighSchool"), (skill.AssessedBy, skill.School)));
        Assert.DoesNotContain("Lovelace", text, StringComparison.Ordinal);
        Assert.DoesNotContain(learner.Person.Value, text, StringComparison.Ordinal);
        Assert.DoesNotContain("How I did it", text, StringComparison.Ordinal);
        var row = Assert.Single(await RowsAsync(learner));
        Assert.Equal((DisclosureDoor.TalentSearch, DisclosureBasis.Consent, scene.Employer.Value, found.Skills.Count), (row.Door, row.Basis, row.ReaderOrganization, row.Entries));

        var contact = await (await scene.AskAsync(search, found.Reference)).ReadAsync<TalentContactView>();
        await Minors.RefusedAsync(await scene.DetailsAsync(contact.Id), "talent.not-found");
        Assert.Contains((await district.Store.QueryAsync(NoticeDocuments.Kind, NoticeDocuments.ByPerson.Where(learner.Person.Value).Take(50), CancellationToken.None)).Documents, notice => notice.Kind == NoticeKind.TalentContactAsked);
        var asked = Assert.Single((await (await learner.Client.GetAsync(new Uri("/api/talent-contacts", UriKind.Relative))).ReadAsync<PageOf<TalentContactView>>()).Items);
        var yes = await (await learner.Client.PostAsync($"/api/talent-contacts/{asked.Id}/answer", new { details = new { name = "Maya Unmistakable", reach = "maya@example.org" } })).ReadAsync<TalentContactView>();
        Assert.Equal(ContactState.Accepted, yes.State);
        Assert.DoesNotContain("Unmistakable", await scene.Client.GetStringAsync(new Uri($"/api/talent-contacts?employer={scene.Employer}", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal(("Maya Unmistakable", "maya@example.org"), await (await scene.DetailsAsync(contact.Id)).ReadAsync<ContactDetailsBody>() is var told ? (told.Name, told.Reach) : default);
        Assert.Equal(2, (await RowsAsync(learner)).Count);
        Assert.DoesNotContain("Unmistakable", (await district.Store.GetAsync(TalentContactDocuments.Kind, contact.Id, "talent", CancellationToken.None)).Document.Sealed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_means_that_nothing_is_told_and_one_employer_asks_one_person_once()
    {
        using var scene = await TalentScene.OpenAsync(district);
        var (learner, _) = await scene.LearnerAsync(30);
        var search = await scene.FoundAsync();
        var contact = await (await scene.AskAsync(search, search.Found[0].Reference)).ReadAsync<TalentContactView>();
        Assert.Equal(ContactState.Declined, (await (await learner.Client.PostAsync($"/api/talent-contacts/{contact.Id}/answer", new { })).ReadAsync<TalentContactView>()).State);
        await Minors.RefusedAsync(await scene.DetailsAsync(contact.Id), "talent.not-found");
        await Minors.RefusedAsync(await learner.Client.PostAsync($"/api/talent-contacts/{contact.Id}/answer", new { details = new { name = "A", reach = "b" } }), "talent.answered");
        var again = await scene.FoundAsync();
        Assert.NotEqual(search.Found[0].Reference, again.Found[0].Reference);
        await Minors.RefusedAsync(await scene.AskAsync(again, again.Found[0].Reference), "talent.asked-already");

        using var other = await TalentScene.OpenAsync(district);
        await Minors.RefusedAsync(await other.AskAsync(search, search.Found[0].Reference), "talent.not-found");
    }

    [Fact]
    public async Task Taking_the_opt_in_back_counts_at_once_for_searches_and_for_what_was_found_before()
    {
        using var scene = await TalentScene.OpenAsync(district);
        var (learner, optIn) = await scene.LearnerAsync(18);
        var search = await scene.FoundAsync();
        Assert.Single(search.Found);
        using var taken = await learner.Client.PostAsync($"/api/consents/{optIn!.Id}/withdrawals", new { });
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Empty((await scene.FoundAsync()).Found);
        await Minors.RefusedAsync(await scene.AskAsync(search, search.Found[0].Reference), "talent.not-found");
    }

    [Theory]
    [InlineData(12)]
    [InlineData(17)]
    public async Task A_minor_never_appears_and_not_at_18_either_without_an_own_yes(int years)
    {
        using var scene = await TalentScene.OpenAsync(district);
        var (learner, _) = await scene.LearnerAsync(years, optsIn: false);
        await Minors.RefusedAsync(await learner.Client.PostAsync("/api/consents", Minors.Body(learner.Person, district.Terms(RecipientKind.EmployerSearch))), "consent.adults-only");

        // What a fault, an import or an older rule may have left: a yes of before the eighteenth birthday.
        var now = district.App.Clock.Now();
        var terms = new ConsentTerms(new(district.West, [RecordKind.Levels], []), "Work", new(RecipientKind.EmployerSearch), now.AddYears(5));
        await district.Store.CommitAsync(new Changes().Add(ConsentDocuments.Kind, new Consent(ConsentId.New(now), learner.Person, terms, now).Give(new(ConsentVoice.Learner, learner.Person, now, null))), CancellationToken.None);
        Assert.Empty((await scene.FoundAsync()).Found);
        await district.AgedAsync(learner, 17);
        district.App.Clock.Advance(TimeSpan.FromDays(370));
        using var later = scene with { Client = await district.AsAsync(scene.Searcher) };
        Assert.Empty((await later.FoundAsync()).Found);

        using var student = await district.AsAsync(learner.Person);
        await Minors.GiveAsync(student, learner.Person, district.Terms(RecipientKind.EmployerSearch));
        Assert.Single((await later.FoundAsync()).Found);
    }

    [Fact]
    public async Task A_college_student_of_unknown_age_is_not_taken_for_an_adult()
    {
        using var scene = await TalentScene.OpenAsync(district);
        var (learner, _) = await scene.LearnerAsync(19);
        var read = await district.Store.GetAsync(PersonDocuments.Kind, learner.Person.Value, "person", CancellationToken.None);
        var college = await district.Store.GetAsync(OrganizationDocuments.Kind, district.West.Value, "organization", CancellationToken.None);
        await district.Store.CommitAsync(
            new Changes().Replace(PersonDocuments.Kind, read, read.Document with { RightsPassOn = null }).Replace(OrganizationDocuments.Kind, college, college.Document with { Kind = OrganizationKind.College }), CancellationToken.None);
        Assert.Empty((await scene.FoundAsync()).Found);
    }

    [Fact]
    public async Task Levels_badges_and_scope_are_kept_to()
    {
        using var scene = await TalentScene.OpenAsync(district);
        await scene.LearnerAsync(20);
        Assert.Single((await scene.FoundAsync(minimumLevel: "proficient")).Found);
        Assert.Empty((await scene.FoundAsync(minimumLevel: "advanced")).Found);
        Assert.Empty((await scene.FoundAsync(minimumLevel: "no-such")).Found);
        Assert.Empty((await scene.FoundAsync(TestDistrict.CoSignedBadge)).Found);
        await Minors.RefusedAsync(await scene.SearchAsync("No Such"), "talent.skills");
    }

    [Fact]
    public async Task An_employer_that_was_not_looked_at_or_no_longer_may_finds_nobody_and_searches_end_with_the_day()
    {
        using var scene = await TalentScene.OpenAsync(district);
        for (var search = 0; search < TalentSearch.MaxADay; search++)
        {
            await scene.FoundAsync();
        }

        await Minors.RefusedAsync(await scene.SearchAsync(), "talent.too-many");
        using var state = await district.AsAsync(await district.App.StateAdminAsync());
        using var ended = await state.PostAsync($"/api/employer-checks/{scene.Employer}/end", new { });
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        await Minors.RefusedAsync(await scene.SearchAsync(), "employer.not-checked");
        await Minors.RefusedAsync(await state.PostAsync("/api/employer-checks", new { employer = district.West.Value, reference = "A school" }), "employer.kind");
    }

    private static async Task<IReadOnlyList<DisclosureView>> RowsAsync(TestLearner learner) =>
        (await (await learner.Client.GetAsync(new Uri($"/api/learners/{learner.Person}/disclosures", UriKind.Relative))).ReadAsync<PageOf<DisclosureView>>()).Items;
}
