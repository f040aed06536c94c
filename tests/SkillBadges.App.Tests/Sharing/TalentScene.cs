using SkillBadges.App.Sharing;
using SkillBadges.App.Sharing.Talent;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Consents;

namespace SkillBadges.App.Tests.Sharing;

/// <summary>An employer that the state office has looked at, and somebody who searches for it.</summary>
internal sealed record TalentScene(TestDistrict District, OrganizationId Employer, PersonId Searcher, HttpClient Client) : IDisposable
{
    public static async Task<TalentScene> OpenAsync(TestDistrict district)
    {
        var employer = (await district.App.OrganizationAsync(OrganizationKind.Employer)).Id;
        var searcher = await district.App.PersonAsync(employer, Role.Employer);
        using var state = await district.AsAsync(await district.App.StateAdminAsync());
        using var answer = await state.PostAsync("/api/employer-checks", new { employer = employer.Value, reference = "Register 1234567-0160" });
        await answer.ReadAsync<EmployerCheckView>();
        return new(district, employer, searcher, await district.AsAsync(searcher));
    }

    /// <summary>Somebody with the badge, of an age; an adult opts in.</summary>
    public async Task<(TestLearner Learner, ConsentView? OptIn)> LearnerAsync(int years, string badge = TestDistrict.Badge, bool optsIn = true)
    {
        var learner = await District.AgedAsync(await District.LearnerAsync(), years);
        await District.ApprovedAsync(learner.Person, badge);
        return (learner, optsIn ? await Minors.GiveAsync(learner.Client, learner.Person, District.Terms(RecipientKind.EmployerSearch)) : null);
    }

    public Task<HttpResponseMessage> SearchAsync(string badge = TestDistrict.Badge, string? minimumLevel = null) =>
        Client.PostAsync("/api/talent-searches", new { employer = Employer.Value, skills = new[] { new { badge, minimumLevel } } });

    public async Task<TalentSearchAnswer> FoundAsync(string badge = TestDistrict.Badge, string? minimumLevel = null)
    {
        using var answer = await SearchAsync(badge, minimumLevel);
        return await answer.ReadAsync<TalentSearchAnswer>();
    }

    public Task<HttpResponseMessage> AskAsync(TalentSearchAnswer search, string reference) =>
        Client.PostAsync("/api/talent-contacts", new { search = search.Search, reference, message = "We look for a bookkeeper." });

    public Task<HttpResponseMessage> DetailsAsync(string contact) => Client.GetAsync(new Uri($"/api/talent-contacts/{contact}/details", UriKind.Relative));

    public void Dispose() => Client.Dispose();
}
