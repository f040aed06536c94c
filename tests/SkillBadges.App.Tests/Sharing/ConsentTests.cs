using SkillBadges.App.Sharing;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Sharing.Consents;

namespace SkillBadges.App.Tests.Sharing;

[Collection(DistrictCollection.Name)]
public sealed class ConsentTests(TestDistrict district)
{
    [Fact]
    public async Task A_link_of_a_minor_waits_until_learner_and_guardian_have_both_said_yes()
    {
        var learner = await district.AgedAsync(await district.LearnerAsync(), 15);
        var guardian = await district.GuardianAsync(learner.Person);

        var asked = await Minors.GiveAsync(learner.Client, learner.Person, district.Terms(RecipientKind.ShareLink));
        using var family = await district.AsAsync(guardian);
        var agreed = await (await family.PostAsync($"/api/consents/{asked.Id}/grants", new { })).ReadAsync<ConsentView>();

        Assert.Equal((ConsentState.Waiting, ConsentState.InForce), (asked.State, agreed.State));
        Assert.Equal([ConsentVoice.Guardian], asked.Missing);
        Assert.Equal([ConsentVoice.Learner, ConsentVoice.Guardian], agreed.Grants.Select(grant => grant.Voice));
        var told = await district.Store.QueryAsync(NoticeDocuments.Kind, NoticeDocuments.ByPerson.Where(guardian.Value).Take(10), CancellationToken.None);
        Assert.Equal(asked.Id, Assert.Single(told.Documents, notice => notice.Kind == NoticeKind.ConsentAsked).About);
    }

    [Theory]
    [InlineData(15, "own", "organization", "consent.not-yours")]
    [InlineData(15, "guardian", "organization", null)]
    [InlineData(18, "own", "organization", null)]
    [InlineData(18, "guardian", "organization", "consent.not-yours")]
    [InlineData(12, "guardian", "shareLink", "consent.too-young")]
    [InlineData(15, "own", "employerSearch", "consent.adults-only")]
    [InlineData(15, "teacher", "organization", "learner.not-found")]
    public async Task A_yes_counts_from_whoever_holds_the_rights_alone(int age, string giver, string recipient, string? refused)
    {
        var learner = await district.AgedAsync(await district.LearnerAsync(), age);
        using var client = giver switch
        {
            "own" => learner.Client,
            "guardian" => await district.AsAsync(await district.GuardianAsync(learner.Person)),
            _ => await district.AsAsync(district.Teacher),
        };
        var kind = Enum.Parse<RecipientKind>(recipient, ignoreCase: true);

        using var answer = await client.PostAsync("/api/consents", Minors.Body(learner.Person, district.Terms(kind, kind == RecipientKind.Organization ? district.Market.Value : null)));

        if (refused is null)
        {
            Assert.Equal(ConsentState.InForce, (await answer.ReadAsync<ConsentView>()).State);
        }
        else
        {
            await Minors.RefusedAsync(answer, refused);
        }
    }

    [Fact]
    public async Task A_learner_of_unknown_age_is_treated_as_too_young_for_links()
    {
        var learner = await district.LearnerAsync();

        using var answer = await learner.Client.PostAsync("/api/consents", Minors.Body(learner.Person, district.Terms(RecipientKind.ShareLink)));

        await Minors.RefusedAsync(answer, "consent.age-unknown");
    }

    [Fact]
    public async Task A_class_of_paper_forms_is_recorded_in_one_request_with_an_answer_for_each()
    {
        var young = await district.AgedAsync(await district.LearnerAsync(), 15);
        var grown = await district.AgedAsync(await district.LearnerAsync(), 18);
        var elsewhere = await district.LearnerAsync(district.East, district.EastTeacher);
        using var office = await district.AsAsync(district.WestRegistrar);
        var body = new
        {
            terms = Minors.Body(district.Terms(RecipientKind.LevelUpList)),
            paper = new { reference = "Folder 3", signedOn = DateOnly.FromDateTime(district.App.Clock.GetUtcNow().UtcDateTime.AddDays(-2)) },
            forms = new[] { young, grown, elsewhere }.Select(learner => new { learner = learner.Person.Value, signedBy = new[] { "guardian" } }),
        };

        var first = await (await office.PostAsync("/api/consents/papers", body, ("Idempotency-Key", "class-1"))).ReadAsync<PaperConsentsAnswer>();
        var again = await (await office.PostAsync("/api/consents/papers", body, ("Idempotency-Key", "class-1"))).ReadAsync<PaperConsentsAnswer>();

        Assert.Equal([null, "consent.not-yours", "learner.not-found"], first.Items.Select(item => item.Code));
        Assert.Equal(ConsentState.InForce, first.Items[0].State);
        Assert.Equal(first.Items[0].Consent, again.Items[0].Consent);
        using var teacher = await district.AsAsync(district.Teacher);
        using var refused = await teacher.PostAsync("/api/consents/papers", body);
        await Minors.RefusedAsync(refused, "role.missing");
    }

    [Fact]
    public async Task A_withdrawal_counts_at_once_and_the_history_stays()
    {
        var learner = await district.AgedAsync(await district.LearnerAsync(), 18);
        var given = await Minors.GiveAsync(learner.Client, learner.Person, district.Terms(RecipientKind.EmployerSearch));

        var withdrawn = await (await learner.Client.PostAsync($"/api/consents/{given.Id}/withdrawals", new { })).ReadAsync<ConsentView>();
        using var again = await learner.Client.PostAsync($"/api/consents/{given.Id}/withdrawals", new { });

        Assert.Equal((ConsentState.InForce, ConsentState.Withdrawn), (given.State, withdrawn.State));
        Assert.Single(withdrawn.Grants);
        await Minors.RefusedAsync(again, "consent.withdrawn");
        var list = await (await learner.Client.GetAsync(new Uri($"/api/consents?learner={learner.Person}&recordKeeper={district.West}", UriKind.Relative))).ReadAsync<SkillBadges.App.Http.PageOf<ConsentView>>();
        Assert.Equal([given.Id], list.Items.Select(item => item.Id));
    }
}
