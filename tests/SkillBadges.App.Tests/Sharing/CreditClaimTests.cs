using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.Gradebook;
using SkillBadges.App.Http;
using SkillBadges.App.Issuing;
using SkillBadges.App.Sharing.Credit;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Derived;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Sharing.Claims;
using SkillBadges.Core.Storage;
using SkillBadges.App.Tests.Webhooks;
using SkillBadges.Core.Webhooks;

namespace SkillBadges.App.Tests.Sharing;

/// <summary>In a district of its own, since days pass here.</summary>
public sealed class CreditClaimTests(TestDistrict district) : IClassFixture<TestDistrict>
{
    private static readonly object posting = new { outcome = "post", gradeType = "creditOnly", grade = "CR" };

    [Fact]
    public async Task A_student_claims_the_college_checks_and_posts_and_what_was_entered_is_gone()
    {
        using var scene = await CreditScene.OpenAsync(district);
        var (learner, _) = await scene.LearnerAsync(18);
        var offer = Assert.Single((await (await learner.Client.GetAsync(new Uri("/api/credit-offers", UriKind.Relative))).ReadAsync<CreditOffersAnswer>()).Offers, offer => offer.Articulation == scene.Agreement);
        Assert.Equal(("ACCT 1010", 3m, $"{TestDistrict.Badge}@1"), (offer.Terms.CourseCode, offer.Terms.Credits, offer.Subject));

        var claim = await scene.ClaimedAsync(learner.Client, learner.Person);
        Assert.Equal((ClaimState.Submitted, scene.Today.AddDays(180)), (claim.State, claim.Deadline));
        Assert.Contains(await NoticesAsync(scene.Registrar), notice => notice.Kind == NoticeKind.CreditClaimed && notice.About == claim.Id);

        var application = await (await scene.OpenedAsync(claim.Id)).ReadAsync<CreditApplicationView>();
        Assert.Equal(("Maya Unmistakable", new DateOnly(2008, 3, 14), "C0041234"), (application.Applicant!.Name, application.Applicant.BornOn, application.Applicant.Number));
        var badge = Assert.Single(application.Badges);
        Assert.Equal("valid", badge.Check.Verdict);
        Assert.NotEmpty(badge.Levels);
        Assert.Contains("eddsa-rdfc-2022", badge.Signed, StringComparison.Ordinal);
        var row = Assert.Single(await RowsAsync(learner));
        Assert.Equal((DisclosureDoor.CreditClaim, DisclosureBasis.LearnersOwn, 1, claim.Id, scene.College.Value), (row.Door, row.Basis, row.Credentials, row.Through, row.ReaderOrganization));

        var waiting = await scene.AnsweredAsync(claim.Id, new { outcome = "wait", @for = "fee", note = "25 dollars at the desk.", until = scene.Today.AddDays(30) });
        Assert.Equal((ClaimState.Waiting, AwaitedStep.Fee, scene.Today.AddDays(30)), (waiting.State, waiting.Wait!.For, waiting.Deadline));
        Assert.NotNull(await district.Store.FindAsync(ClaimDocuments.Applicants, claim.Id, CancellationToken.None));

        var posted = await scene.AnsweredAsync(claim.Id, posting);
        Assert.Equal((ClaimState.Posted, "ACCT 1010", CreditScene.Term, GradeType.CreditOnly, 3m), (posted.State, posted.Posting!.Course, posted.Posting.Term, posted.Posting.GradeType, posted.Posting.Credits));
        Assert.Null(await district.Store.FindAsync(ClaimDocuments.Applicants, claim.Id, CancellationToken.None));
        Assert.Null((await (await scene.OpenedAsync(claim.Id)).ReadAsync<CreditApplicationView>()).Applicant);
        Assert.Contains(await NoticesAsync(learner.Person), notice => notice.Kind == NoticeKind.CreditPosted && notice.About == claim.Id);
        Assert.Equal(ClaimState.Posted, (await (await learner.Client.GetAsync(new Uri($"/api/credit-claims/{claim.Id}", UriKind.Relative))).ReadAsync<CreditClaimView>()).State);
        await ProvesAsync(scene, learner);
    }

    // The college itself signs for the credit; the badge's own credential, which speaks of the student under another name, is not named in it.
    private async Task ProvesAsync(CreditScene scene, TestLearner learner)
    {
        var proof = Assert.Single((await (await learner.Client.GetAsync(new Uri("/api/derived-credentials", UriKind.Relative))).ReadAsync<PageOf<DerivedCredentialView>>()).Items);
        Assert.Equal((DerivedKind.Credit, scene.College.Value, "ACCT 1010"), (proof.Kind, proof.Organization, proof.About));
        await district.App.Services.GetRequiredService<IssuanceFinisher>().FinishAnyAsync(CredentialId.From(proof.Id), CancellationToken.None);
        var text = await learner.Client.GetStringAsync(new Uri($"/api/derived-credentials/{proof.Id}/credential?form=eddsa-rdfc-2022", UriKind.Relative));
        var report = await district.App.Services.GetRequiredService<InstanceVerifier>().VerifyAsync(System.Text.Encoding.UTF8.GetBytes(text), CancellationToken.None);
        Assert.Equal(Credentials.Verification.Verdict.Valid, report.Verdict);
        Assert.Contains("\"creditsEarned\":3", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Unmistakable", text, StringComparison.Ordinal);
        Assert.All(proof.RestsOn, badge => Assert.DoesNotContain(badge, text, StringComparison.Ordinal));
        using var stranger = await district.AsAsync(district.EastTeacher);
        await Minors.RefusedAsync(await stranger.GetAsync(new Uri($"/api/derived-credentials/{proof.Id}", UriKind.Relative)), "award.not-found");
    }

    [Fact]
    public async Task A_guardian_reads_the_signed_proof_of_a_child_until_the_rights_pass_and_no_other_guardian_does()
    {
        using var scene = await CreditScene.OpenAsync(district);
        var (learner, _) = await scene.LearnerAsync(16);
        using var guardian = await district.AsAsync(await district.GuardianAsync(learner.Person));
        var (other, _) = await scene.LearnerAsync(16);
        using var stranger = await district.AsAsync(await district.GuardianAsync(other.Person));
        var claim = await scene.ClaimedAsync(guardian, learner.Person);
        await scene.AnsweredAsync(claim.Id, posting);
        var proof = Assert.Single((await (await learner.Client.GetAsync(new Uri("/api/derived-credentials", UriKind.Relative))).ReadAsync<PageOf<DerivedCredentialView>>()).Items).Id;
        await district.App.Services.GetRequiredService<IssuanceFinisher>().FinishAnyAsync(CredentialId.From(proof), CancellationToken.None);

        var file = new Uri($"/api/derived-credentials/{proof}/credential?form=eddsa-rdfc-2022", UriKind.Relative);
        Assert.Contains("\"creditsEarned\":3", await guardian.GetStringAsync(file), StringComparison.Ordinal);
        await Minors.RefusedAsync(await stranger.GetAsync(file), "award.not-found");
        await district.AgedAsync(learner, 18);
        await Minors.RefusedAsync(await guardian.GetAsync(file), "award.not-found");
    }

    [Fact]
    public async Task What_was_entered_stands_nowhere_but_in_one_sealed_document_and_in_no_log()
    {
        using var scene = await CreditScene.OpenAsync(district);
        var (learner, _) = await scene.LearnerAsync(18);
        var claim = await scene.ClaimedAsync(learner.Client, learner.Person);
        await (await scene.OpenedAsync(claim.Id)).ReadAsync<CreditApplicationView>();

        var kept = (await district.Store.FindAsync(ClaimDocuments.Applicants, claim.Id, CancellationToken.None))!.Document;
        Assert.DoesNotContain("Unmistakable", kept.Sealed, StringComparison.Ordinal);
        var stored = (await district.Store.FindAsync(ClaimDocuments.Kind, claim.Id, CancellationToken.None))!.Document;
        Assert.DoesNotContain("Unmistakable", System.Text.Json.JsonSerializer.Serialize(stored, DocumentJson.Options), StringComparison.Ordinal);
        Assert.DoesNotContain(district.App.Log.Lines, line => line.Contains("Unmistakable", StringComparison.Ordinal) || line.Contains("C0041234", StringComparison.Ordinal));
        Assert.DoesNotContain("Unmistakable", (await district.Store.FindAsync(ClaimDocuments.Applicants, claim.Id, CancellationToken.None))!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_badge_is_claimed_once_while_the_claim_is_open_or_posted_and_anew_after_a_no()
    {
        using var scene = await CreditScene.OpenAsync(district);
        var (learner, _) = await scene.LearnerAsync(18);
        var claim = await scene.ClaimedAsync(learner.Client, learner.Person);
        await Minors.RefusedAsync(await scene.ClaimAsync(learner.Client, learner.Person), "claim.made-already");

        Assert.Equal("Not at this level.", (await scene.AnsweredAsync(claim.Id, new { outcome = "decline", note = "Not at this level." })).Reason);
        await Minors.RefusedAsync(await scene.OpenedAsync(claim.Id), "claim.decided");
        await Minors.RefusedAsync(await scene.Office.PostAsync($"/api/credit-claims/{claim.Id}/answers", posting), "claim.decided");
        var again = await scene.ClaimedAsync(learner.Client, learner.Person);
        await scene.AnsweredAsync(again.Id, posting);
        await Minors.RefusedAsync(await scene.ClaimAsync(learner.Client, learner.Person), "claim.made-already");
    }

    [Fact]
    public async Task A_repeated_request_is_one_claim_and_another_body_under_its_key_is_refused()
    {
        using var scene = await CreditScene.OpenAsync(district);
        var (learner, _) = await scene.LearnerAsync(18);
        var first = await (await learner.Client.PostAsync("/api/credit-claims", scene.Body(learner.Person), ("Idempotency-Key", "k1"))).ReadAsync<CreditClaimView>();
        Assert.Equal(first.Id, (await (await learner.Client.PostAsync("/api/credit-claims", scene.Body(learner.Person), ("Idempotency-Key", "k1"))).ReadAsync<CreditClaimView>()).Id);
        await Minors.RefusedAsync(await learner.Client.PostAsync("/api/credit-claims", scene.Body(learner.Person, "2028-spring"), ("Idempotency-Key", "k1")), "request.key-reused");
    }

    [Fact]
    public async Task Under_18_a_guardian_claims_and_with_it_consents_and_a_student_needs_that_consent()
    {
        using var scene = await CreditScene.OpenAsync(district);
        var (learner, _) = await scene.LearnerAsync(16);
        await Minors.RefusedAsync(await scene.ClaimAsync(learner.Client, learner.Person), "claim.consent-missing");
        using var guardian = await district.AsAsync(await district.GuardianAsync(learner.Person));
        var claim = await scene.ClaimedAsync(guardian, learner.Person);

        await (await scene.OpenedAsync(claim.Id)).ReadAsync<CreditApplicationView>();
        var row = Assert.Single(await RowsAsync(learner));
        Assert.Equal(DisclosureBasis.Consent, row.Basis);
        using var withdrawn = await guardian.PostAsync($"/api/consents/{row.Consent}/withdrawals", new { });
        Assert.Equal(HttpStatusCode.OK, withdrawn.StatusCode);
        await Minors.RefusedAsync(await scene.OpenedAsync(claim.Id), "claim.consent-missing");
        Assert.DoesNotContain("Unmistakable", await TableAsync(scene), StringComparison.Ordinal);
        Assert.Single(await RowsAsync(learner));
    }

    [Fact]
    public async Task A_guardian_does_not_claim_for_an_adult_and_nobody_else_claims_at_all()
    {
        using var scene = await CreditScene.OpenAsync(district);
        var (learner, _) = await scene.LearnerAsync(18);
        using var guardian = await district.AsAsync(await district.GuardianAsync(learner.Person));
        await Minors.RefusedAsync(await scene.ClaimAsync(guardian, learner.Person), "learner.not-found");
        await Minors.RefusedAsync(await scene.ClaimAsync(scene.Office, learner.Person), "learner.not-found");
    }

    [Fact]
    public async Task Nothing_counts_that_was_earned_outside_the_dates()
    {
        using var scene = await CreditScene.OpenAsync(district);
        using var ended = await scene.Office.PostAsync($"/api/articulations/{scene.Agreement}/end", new { organizationId = scene.College.Value, lastDay = scene.Today });
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        var (kept, _) = await scene.LearnerAsync(18);
        district.App.Clock.Advance(TimeSpan.FromDays(2));
        var (late, _) = await scene.LearnerAsync(18);

        using var client = await district.AsAsync(kept.Person);
        Assert.Equal(ClaimState.Submitted, (await scene.ClaimedAsync(client, kept.Person)).State);
        await Minors.RefusedAsync(await scene.ClaimAsync(late.Client, late.Person), "claim.no-promise");
    }

    [Fact]
    public async Task Many_are_answered_at_once_each_with_a_result_and_the_table_holds_names_of_open_claims_alone()
    {
        using var scene = await CreditScene.OpenAsync(district);
        var learners = new[] { await scene.LearnerAsync(18), await scene.LearnerAsync(18), await scene.LearnerAsync(18) };
        var claims = new List<CreditClaimView>();
        foreach (var (learner, _) in learners)
        {
            claims.Add(await scene.ClaimedAsync(learner.Client, learner.Person));
        }

        var body = new { items = new object[] { new { claim = claims[0].Id, answer = posting }, new { claim = claims[1].Id, answer = new { outcome = "decline", note = "=cmd|' /C calc'!A0" } }, new { claim = "no-such", answer = posting } } };
        var answer = await (await scene.Office.PostAsync("/api/credit-claims/answers", body, ("Idempotency-Key", "many-1"))).ReadAsync<ClaimAnswersAnswer>();
        Assert.Equal((2, 1), (answer.Answered, answer.Refused));
        Assert.Equal([ClaimState.Posted, ClaimState.Declined, null], answer.Items.Select(item => item.State));
        Assert.Equal("claim.not-found", answer.Items[2].Code);
        var repeated = await (await scene.Office.PostAsync("/api/credit-claims/answers", body, ("Idempotency-Key", "many-1"))).ReadAsync<ClaimAnswersAnswer>();
        Assert.Equal(answer.Items.Select(item => item.State), repeated.Items.Select(item => item.State));

        var table = await TableAsync(scene);
        Assert.Equal(4, table.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Single(table.Split("\r\n"), line => line.Contains("Unmistakable", StringComparison.Ordinal));
        Assert.Empty(await RowsAsync(learners[0].Learner));
        Assert.Single(await RowsAsync(learners[2].Learner));
        Assert.Single((await ListAsync(scene, $"&term={CreditScene.Term}&open=true")).Items);
        Assert.Equal(3, (await ListAsync(scene, $"&articulation={scene.Agreement}&term={CreditScene.Term}")).Items.Count);
        Assert.Empty((await ListAsync(scene, "&term=2031-fall")).Items);
    }

    [Fact]
    public async Task A_deadline_is_told_before_it_comes_and_closes_the_claim_and_erases_what_was_entered()
    {
        using var scene = await CreditScene.OpenAsync(district);
        var (learner, _) = await scene.LearnerAsync(18);
        var claim = await scene.ClaimedAsync(learner.Client, learner.Person);
        await scene.AnsweredAsync(claim.Id, new { outcome = "wait", @for = "finalTranscript", until = scene.Today.AddDays(10) });
        await LookAsync(claim.Id);
        Assert.DoesNotContain(await NoticesAsync(learner.Person), notice => notice.Kind == NoticeKind.CreditDueSoon);

        district.App.Clock.Advance(TimeSpan.FromDays(4));
        await LookAsync(claim.Id);
        await LookAsync(claim.Id);
        Assert.Single(await NoticesAsync(learner.Person), notice => notice.Kind == NoticeKind.CreditDueSoon);

        district.App.Clock.Advance(TimeSpan.FromDays(7));
        using var student = await district.AsAsync(learner.Person);
        using var office = await district.AsAsync(scene.Registrar);
        Assert.Equal(ClaimState.Expired, (await (await student.GetAsync(new Uri($"/api/credit-claims/{claim.Id}", UriKind.Relative))).ReadAsync<CreditClaimView>()).State);
        await Minors.RefusedAsync(await office.PostAsync($"/api/credit-claims/{claim.Id}/answers", posting), "claim.expired");
        await LookAsync(claim.Id);
        Assert.Null(await district.Store.FindAsync(ClaimDocuments.Applicants, claim.Id, CancellationToken.None));
        Assert.Single(await NoticesAsync(learner.Person), notice => notice.Kind == NoticeKind.CreditRanOut);
        Assert.Equal(ClaimState.Submitted, (await scene.ClaimedAsync(student, learner.Person)).State);
    }

    [Fact]
    public async Task The_college_is_told_when_a_badge_is_taken_back_after_it_posted_and_posts_nothing_for_one_on_hold()
    {
        using var scene = await CreditScene.OpenAsync(district);
        var (first, award) = await scene.LearnerAsync(18);
        var posted = await scene.ClaimedAsync(first.Client, first.Person);
        await scene.AnsweredAsync(posted.Id, posting);
        var (second, onHold) = await scene.LearnerAsync(18);
        var open = await scene.ClaimedAsync(second.Client, second.Person);
        using var school = await district.AsAsync(district.WestRegistrar);
        var webhook = await ToldOf.ListenAsync(district, scene.College, WebhookTypes.ClaimChanged);
        Assert.True((await school.PostAsync($"/api/awards/{award}/revocations", new { reason = "By mistake." })).IsSuccessStatusCode);
        Assert.True((await school.PostAsync($"/api/awards/{onHold}/suspensions", new { reason = "Being looked at." })).IsSuccessStatusCode);

        await Minors.RefusedAsync(await scene.Office.PostAsync($"/api/credit-claims/{open.Id}/answers", posting), "claim.badge-fell");
        await UntilAsync(async () => (await NoticesAsync(scene.Registrar)).Count(notice => notice.Kind == NoticeKind.CreditBadgeChanged) == 2);
        Assert.NotNull((await (await scene.Office.GetAsync(new Uri($"/api/credit-claims/{posted.Id}", UriKind.Relative))).ReadAsync<CreditClaimView>()).BadgeFellAt);
        Assert.Equal("revoked-or-suspended", Assert.Single((await (await scene.OpenedAsync(posted.Id)).ReadAsync<CreditApplicationView>()).Badges).Check.Verdict);

        Assert.True((await school.PostAsync($"/api/awards/{onHold}/reinstatements", new { reason = "All is well." })).IsSuccessStatusCode);
        await UntilAsync(async () => (await (await scene.Office.GetAsync(new Uri($"/api/credit-claims/{open.Id}", UriKind.Relative))).ReadAsync<CreditClaimView>()).BadgeFellAt is null);
        Assert.Equal(ClaimState.Posted, (await scene.AnsweredAsync(open.Id, posting)).State);
        Assert.Equal(((string[])[posted.Id, open.Id, open.Id]).Order(), (await webhook.ToldAsync()).Select(told => told.Subject).Order());
        await webhook.EndAsync();
    }

    [Fact]
    public async Task Taking_a_claim_back_closes_it_and_nobody_answers_their_own()
    {
        using var scene = await CreditScene.OpenAsync(district);
        var (learner, _) = await scene.LearnerAsync(18);
        var claim = await scene.ClaimedAsync(learner.Client, learner.Person);
        await district.App.JoinAsync(learner.Person, scene.College, Role.Registrar);
        await Minors.RefusedAsync(await learner.Client.PostAsync($"/api/credit-claims/{claim.Id}/answers", posting), "claim.own");
        using var answer = await learner.Client.PostAsync($"/api/credit-claims/{claim.Id}/withdrawal", new { });
        Assert.Equal(ClaimState.Withdrawn, (await answer.ReadAsync<CreditClaimView>()).State);
        Assert.Null(await district.Store.FindAsync(ClaimDocuments.Applicants, claim.Id, CancellationToken.None));
        await Minors.RefusedAsync(await scene.OpenedAsync(claim.Id), "claim.decided");
    }

    [Theory]
    [InlineData("""{"outcome":"wait","for":"fee"}""", "claim.answer")]
    [InlineData("""{"outcome":"post","note":"x"}""", "claim.answer")]
    [InlineData("""{"outcome":"post","gradeType":"letter"}""", "claim.posting")]
    [InlineData("""{"outcome":"post","term":"fall"}""", "claim.term")]
    [InlineData("""{"outcome":"decline"}""", "claim.note")]
    [InlineData("""{"outcome":"wait","for":"fee","until":"2020-01-01"}""", "claim.deadline")]
    public async Task An_answer_that_is_not_whole_is_refused(string body, string code)
    {
        using var scene = await CreditScene.OpenAsync(district);
        var (learner, _) = await scene.LearnerAsync(18);
        var claim = await scene.ClaimedAsync(learner.Client, learner.Person);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        await Minors.RefusedAsync(await scene.Office.PostAsync(new Uri($"/api/credit-claims/{claim.Id}/answers", UriKind.Relative), content), code);
    }

    private Task LookAsync(string claim) => district.App.Services.GetRequiredService<ClaimDeadlines>().LookAsync(CreditClaimId.From(claim), CancellationToken.None);

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var look = 0; !await holds(); look++)
        {
            Assert.True(look < 200, "It did not come to pass.");
            await Task.Delay(50);
        }
    }

    private static async Task<string> TableAsync(CreditScene scene) =>
        await scene.Office.GetStringAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"/api/credit-claims/table.csv?college={scene.College}&term={CreditScene.Term}"), UriKind.Relative));

    private static async Task<PageOf<CreditClaimView>> ListAsync(CreditScene scene, string filter) =>
        await (await scene.Office.GetAsync(new Uri($"/api/credit-claims?college={scene.College}{filter}", UriKind.Relative))).ReadAsync<PageOf<CreditClaimView>>();

    private async Task<IReadOnlyList<Notice>> NoticesAsync(PersonId person) =>
        [.. (await district.Store.QueryAsync(NoticeDocuments.Kind, NoticeDocuments.ByPerson.Where(person.Value).Take(100), CancellationToken.None)).Documents];

    private static async Task<IReadOnlyList<DisclosureView>> RowsAsync(TestLearner learner) =>
        (await (await learner.Client.GetAsync(new Uri($"/api/learners/{learner.Person}/disclosures", UriKind.Relative))).ReadAsync<PageOf<DisclosureView>>()).Items;
}
