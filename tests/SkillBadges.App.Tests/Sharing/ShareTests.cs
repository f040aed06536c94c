using System.Net;
using SkillBadges.App.Gradebook;
using SkillBadges.App.Http;
using SkillBadges.App.Sharing;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Sharing.Shares;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Sharing;

[Collection(DistrictCollection.Name)]
public sealed class ShareTests(TestDistrict district)
{
    [Fact]
    public async Task A_link_shows_exactly_its_scope_and_each_opening_leaves_a_row_that_the_learner_reads()
    {
        var (learner, award) = await LearnerWithBadgeAsync(18);
        var made = await MakeAsync(learner.Client, new { expiresAt = In(9), awards = new[] { award } });
        using var nobody = district.App.Anonymous();

        using var opened = await nobody.GetAsync(Api(made));
        var text = await opened.Content.ReadAsStringAsync();
        var shown = await opened.ReadAsync<SharedRecordView>();

        Assert.Equal(("A. L.", 1, 0), (shown.Learner, shown.Badges.Count, shown.Levels.Count));
        Assert.NotEmpty(shown.Badges[0].Levels);
        Assert.Empty(shown.Badges[0].Evidence);
        Assert.True(shown.Badges[0].Stands);
        Assert.DoesNotContain("Lovelace", text, StringComparison.Ordinal);
        Assert.DoesNotContain(learner.Person.Value, text, StringComparison.Ordinal);
        Assert.DoesNotContain("How I did it", text, StringComparison.Ordinal);
        var row = Assert.Single(await RowsAsync(learner.Client, learner.Person));
        Assert.Equal((DisclosureDoor.ShareLink, DisclosureBasis.LearnersOwn, 1, made.Share.Id), (row.Door, row.Basis, row.Credentials, row.Through));
    }

    [Fact]
    public async Task Levels_names_and_titles_of_proof_are_there_only_where_the_link_says_so()
    {
        var (learner, award) = await LearnerWithBadgeAsync(18);
        var made = await MakeAsync(learner.Client, new { expiresAt = In(9), awards = new[] { award }, levels = new[] { district.West.Value }, withEvidence = true, withName = true });
        using var nobody = district.App.Anonymous();

        var shown = await (await nobody.GetAsync(Api(made))).ReadAsync<SharedRecordView>();

        Assert.Equal("Ada Lovelace", shown.Learner);
        Assert.Equal(shown.Badges[0].Levels.Count, shown.Levels.Count);
        Assert.All(shown.Levels, line => Assert.Equal(["Teacher"], line.Level.SignedOffBy));
        Assert.All(shown.Badges[0].Levels, level => Assert.Equal(["Teacher"], level.SignedOffBy));
        var school = (await district.Store.GetAsync(OrganizationDocuments.Kind, district.West.Value, "organization", default)).Document.Name;
        Assert.All(shown.Levels.Select(line => line.Level).Concat(shown.Badges[0].Levels), level => Assert.Equal([new("Teacher", school)], level.Judges));
        Assert.Contains(shown.Badges[0].Evidence, item => item is { Title: "How I did it", SignedOffBy: "Teacher" });
        Assert.Equal(shown.Levels.Count, Assert.Single(await RowsAsync(learner.Client, learner.Person)).Entries);
    }

    [Fact]
    public async Task What_the_learner_wrote_beside_an_entry_goes_where_the_entry_goes()
    {
        var (learner, _) = await LearnerWithBadgeAsync(18);
        var entry = (await district.Store.FirstAsync(LedgerDocuments.Kind, LedgerDocuments.ByLearner.Where(learner.Person.Value), CancellationToken.None))!.Id;
        await (await learner.Client.PostAsync($"/api/learners/{learner.Person}/statements", new { entry, text = "The machine was broken." })).ReadAsync<StatementView>();
        var made = await MakeAsync(learner.Client, new { expiresAt = In(9), levels = new[] { district.West.Value } });
        using var nobody = district.App.Anonymous();

        var shown = await (await nobody.GetAsync(Api(made))).ReadAsync<SharedRecordView>();

        Assert.Equal("The machine was broken.", Assert.Single(shown.Levels.SelectMany(line => line.Statements)));
    }

    [Theory]
    [InlineData("/s/")]
    [InlineData("/api/share-links/")]
    public async Task No_answer_about_a_link_is_kept_indexed_or_passed_on(string place)
    {
        var (learner, award) = await LearnerWithBadgeAsync(18);
        var made = await MakeAsync(learner.Client, new { expiresAt = In(9), awards = new[] { award } });
        using var nobody = district.App.Anonymous();

        using var answer = await nobody.GetAsync(new Uri(place + Token(made), UriKind.Relative));
        var body = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Contains("noindex", Assert.Single(answer.Headers.GetValues("X-Robots-Tag")), StringComparison.Ordinal);
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Contains("A. L.", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Lovelace", body, StringComparison.Ordinal);
        Assert.DoesNotContain("og:image", body, StringComparison.Ordinal);
        Assert.Single(await RowsAsync(learner.Client, learner.Person));
    }

    [Fact]
    public async Task The_signed_badge_of_a_link_is_handed_out_and_written_down()
    {
        var (learner, award) = await LearnerWithBadgeAsync(18);
        var made = await MakeAsync(learner.Client, new { expiresAt = In(9), awards = new[] { award } });
        using var nobody = district.App.Anonymous();

        var signed = await nobody.GetStringAsync(new Uri($"/api/share-links/{Token(made)}/credentials/1", UriKind.Relative));
        using var second = await nobody.GetAsync(new Uri($"/api/share-links/{Token(made)}/credentials/2", UriKind.Relative));

        Assert.Equal(await TestDistrict.CredentialAsync(learner.Client, award, "eddsa-rdfc-2022"), signed);
        await Minors.RefusedAsync(second, "share.not-found");
        Assert.Equal(DisclosureDoor.CredentialDownload, Assert.Single(await RowsAsync(learner.Client, learner.Person)).Door);
    }

    [Fact]
    public async Task A_minors_link_needs_both_consents_and_shows_nothing_from_the_moment_that_one_is_withdrawn()
    {
        var (learner, award) = await LearnerWithBadgeAsync(15);
        using var family = await district.AsAsync(await district.GuardianAsync(learner.Person));
        var body = new { expiresAt = In(9), awards = new[] { award } };
        using var without = await learner.Client.PostAsync("/api/shares", body);
        var consent = await Minors.GiveAsync(learner.Client, learner.Person, district.Terms(RecipientKind.ShareLink));
        using var half = await learner.Client.PostAsync("/api/shares", body);
        (await family.PostAsync($"/api/consents/{consent.Id}/grants", new { })).Dispose();
        using var named = await learner.Client.PostAsync("/api/shares", new { body.expiresAt, body.awards, withName = true });
        var made = await MakeAsync(learner.Client, body);
        using var nobody = district.App.Anonymous();
        using var open = await nobody.GetAsync(Api(made));
        (await family.PostAsync($"/api/consents/{consent.Id}/withdrawals", new { })).Dispose();
        using var closed = await nobody.GetAsync(Api(made));

        await Minors.RefusedAsync(without, "share.consent-missing");
        await Minors.RefusedAsync(half, "share.consent-missing");
        await Minors.RefusedAsync(named, "share.consent-missing");
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        await Minors.RefusedAsync(closed, "share.not-found");
        var row = Assert.Single(await RowsAsync(family, learner.Person));
        Assert.Equal((DisclosureBasis.Consent, consent.Id), (row.Basis, row.Consent));
    }

    [Fact]
    public async Task Nothing_of_a_child_under_13_is_shown_whoever_agrees()
    {
        var (learner, award) = await LearnerWithBadgeAsync(12);

        using var answer = await learner.Client.PostAsync("/api/shares", new { expiresAt = In(9), awards = new[] { award } });

        await Minors.RefusedAsync(answer, "consent.too-young");
    }

    [Fact]
    public async Task A_closed_an_expired_and_an_unknown_link_give_the_same_answer()
    {
        var (learner, award) = await LearnerWithBadgeAsync(18);
        var made = await MakeAsync(learner.Client, new { expiresAt = In(9), awards = new[] { award } });
        var old = Share.Make(ShareId.New(district.App.Clock.Now()), learner.Person, "an-old-token", new([], [district.West], false, false), district.App.Clock.Now().AddDays(-9), district.App.Clock.Now().AddDays(-1));
        await district.Store.CommitAsync(new Changes().Add(ShareDocuments.Kind, old), CancellationToken.None);
        using var nobody = district.App.Anonymous();

        await (await learner.Client.PostAsync($"/api/shares/{made.Share.Id}/revocations", new { })).ReadAsync<ShareView>();
        var answers = new List<string>();
        foreach (var token in new[] { Token(made), "an-old-token", "never-was" })
        {
            using var answer = await nobody.GetAsync(new Uri($"/api/share-links/{token}", UriKind.Relative));
            var problem = await answer.ProblemAsync();
            answers.Add($"{problem.Status} {problem.Code} {problem.Detail}");
        }

        Assert.Single(answers.Distinct());
        Assert.Empty(await RowsAsync(learner.Client, learner.Person));
    }

    [Fact]
    public async Task The_token_is_stored_as_a_hash_alone()
    {
        var (learner, award) = await LearnerWithBadgeAsync(18);
        var made = await MakeAsync(learner.Client, new { expiresAt = In(9), awards = new[] { award } });

        var stored = await district.Store.GetAsync(ShareDocuments.Kind, made.Share.Id, "share", CancellationToken.None);

        Assert.Equal(22, Token(made).Length);
        Assert.DoesNotContain(Token(made), System.Text.Encoding.UTF8.GetString(ShareDocuments.Kind.Write(stored.Document)), StringComparison.Ordinal);
        Assert.DoesNotContain(district.App.Log.Lines, line => line.Contains(Token(made), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Somebody_elses_badge_cannot_be_shared()
    {
        var (_, award) = await LearnerWithBadgeAsync(18);
        var other = await district.AgedAsync(await district.LearnerAsync(), 18);

        using var answer = await other.Client.PostAsync("/api/shares", new { expiresAt = In(9), awards = new[] { award } });

        await Minors.RefusedAsync(answer, "award.not-found");
    }

    private async Task<(TestLearner Learner, string Award)> LearnerWithBadgeAsync(int age)
    {
        var learner = await district.AgedAsync(await district.LearnerAsync(), age);
        return (learner, (await district.ApprovedAsync(learner.Person)).Answer.Award!.Id);
    }

    private DateTimeOffset In(int days) => district.App.Clock.GetUtcNow().AddDays(days);

    private static async Task<NewShareAnswer> MakeAsync(HttpClient learner, object body) => await (await learner.PostAsync("/api/shares", body)).ReadAsync<NewShareAnswer>();

    private static async Task<IReadOnlyList<DisclosureView>> RowsAsync(HttpClient client, PersonId learner) =>
        (await (await client.GetAsync(new Uri($"/api/learners/{learner}/disclosures", UriKind.Relative))).ReadAsync<PageOf<DisclosureView>>()).Items;

    private static string Token(NewShareAnswer made) => made.Link.Split('/')[^1];

    private static Uri Api(NewShareAnswer made) => new($"/api/share-links/{Token(made)}", UriKind.Relative);
}
