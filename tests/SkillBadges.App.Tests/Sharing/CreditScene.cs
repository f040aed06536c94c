using System.Net;
using SkillBadges.App.Definitions;
using SkillBadges.App.Sharing.Credit;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.Sharing;

/// <summary>A college that promised three credits for a badge of West.</summary>
internal sealed record CreditScene(TestDistrict District, OrganizationId College, PersonId Registrar, HttpClient Office, string Agreement) : IDisposable
{
    public const string Term = "2027-fall";

    public static async Task<CreditScene> OpenAsync(TestDistrict district, string badge = TestDistrict.Badge)
    {
        var college = (await district.App.OrganizationAsync(OrganizationKind.College)).Id;
        var registrar = await district.App.PersonAsync(college, Role.Registrar);
        var office = await district.AsAsync(registrar);
        using var school = await district.AsAsync(district.WestRegistrar);
        var today = DateOnly.FromDateTime(district.App.Clock.GetUtcNow().UtcDateTime);
        using var proposed = await school.PostAsync("/api/articulations", new
        {
            organizationId = district.West.Value, kind = "badge", slug = badge, schoolId = district.West.Value, collegeId = college.Value,
            terms = new { courseCode = "ACCT 1010", courseTitle = "Bookkeeping", credits = 3, from = today.AddDays(-30), to = today.AddDays(400), fee = 25 },
        });
        var agreement = (await proposed.ReadAsync<ArticulationView>()).Id;
        using var agreed = await office.PostAsync($"/api/articulations/{agreement}/approvals", new { organizationId = college.Value, revision = 1 });
        Assert.Equal(HttpStatusCode.OK, agreed.StatusCode);
        return new(district, college, registrar, office, agreement);
    }

    public DateOnly Today => DateOnly.FromDateTime(District.App.Clock.GetUtcNow().UtcDateTime.AddHours(-7));

    public async Task<(TestLearner Learner, string Award)> LearnerAsync(int years)
    {
        var learner = await District.AgedAsync(await District.LearnerAsync(), years);
        return (learner, (await District.ApprovedAsync(learner.Person)).Answer.Award!.Id);
    }

    public object Body(PersonId learner, string term = Term) => new
    {
        learner = learner.Value, articulation = Agreement, subject = $"{TestDistrict.Badge}@1", term, applicant = new { name = "Maya Unmistakable", bornOn = "2008-03-14", number = "C0041234" },
    };

    public Task<HttpResponseMessage> ClaimAsync(HttpClient client, PersonId learner) => client.PostAsync("/api/credit-claims", Body(learner));

    public async Task<CreditClaimView> ClaimedAsync(HttpClient client, PersonId learner)
    {
        using var answer = await ClaimAsync(client, learner);
        return await answer.ReadAsync<CreditClaimView>();
    }

    public async Task<CreditClaimView> AnsweredAsync(string claim, object answer)
    {
        using var answered = await Office.PostAsync($"/api/credit-claims/{claim}/answers", answer);
        return await answered.ReadAsync<CreditClaimView>();
    }

    public Task<HttpResponseMessage> OpenedAsync(string claim) => Office.GetAsync(new Uri($"/api/credit-claims/{claim}/application", UriKind.Relative));

    public void Dispose() => Office.Dispose();
}
