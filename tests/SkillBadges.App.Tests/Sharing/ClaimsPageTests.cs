using System.Text.RegularExpressions;
using SkillBadges.App.Sharing.Credit;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Claims;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Sharing;

/// <summary>A college with many claims.</summary>
[Collection(DistrictCollection.Name)]
public sealed partial class ClaimsPageTests(TestDistrict district)
{
    [Fact]
    public async Task Open_claims_come_by_their_last_day_page_by_page_and_a_page_is_marked_whole_without_script()
    {
        using var scene = await CreditScene.OpenAsync(district);
        var made = await FillAsync(scene, 60, ClaimState.Submitted);
        string[] soonest = [.. made.OrderBy(claim => claim.Deadline).Select(claim => claim.Id.Value)];
        using var office = await PageVisitor.OfAsync(district.App, scene.Registrar);

        var first = await office.OpenAsync($"/claims?college={scene.College}");
        Assert.Equal(soonest[..50], Marks().Matches(first).Select(mark => mark.Groups[1].Value));
        Assert.DoesNotContain(Marks().Matches(first), mark => mark.Value.Contains(" checked", StringComparison.Ordinal));
        var second = await office.OpenAsync(LinkOf(first, "More"));
        Assert.Equal(soonest[50..], Marks().Matches(second).Select(mark => mark.Groups[1].Value));

        var marked = await office.OpenAsync(LinkOf(second, "Mark all on this page"));
        Assert.Equal(soonest[50..], Marks().Matches(marked).Where(mark => mark.Value.Contains(" checked", StringComparison.Ordinal)).Select(mark => mark.Groups[1].Value));
    }

    [Fact]
    public async Task The_table_holds_every_claim_however_many()
    {
        using var scene = await CreditScene.OpenAsync(district);
        await FillAsync(scene, 230, ClaimState.Declined);

        var lines = (await scene.Office.GetStringAsync(new Uri($"/api/credit-claims/table.csv?college={scene.College}", UriKind.Relative))).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(232, lines.Length);
        Assert.Equal(232, lines.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_college_finds_every_term_that_a_family_can_choose_and_those_of_the_year_before()
    {
        var today = new DateOnly(2026, 11, 23);
        Assert.Empty(CreditWords.Terms(today).Except(CreditWords.TermsToFind(today)));
        Assert.Equal(("2025-winter", "2028-fall"), (CreditWords.TermsToFind(today).First(), CreditWords.TermsToFind(today).Last()));
    }

    // One claim that was made by its student, and copies of it of other students, whose last days come the sooner the later they were made.
    private async Task<IReadOnlyList<CreditClaim>> FillAsync(CreditScene scene, int copies, ClaimState state)
    {
        var (learner, _) = await scene.LearnerAsync(18);
        var id = (await scene.ClaimedAsync(learner.Client, learner.Person)).Id;
        var claim = (await district.Store.GetAsync(ClaimDocuments.Kind, id, "claim", default)).Document;
        var now = claim.MadeAt;
        CreditClaim[] others =
        [
            .. Enumerable.Range(1, copies).Select(number => claim with
            {
                Id = CreditClaimId.New(now.AddSeconds(number)), Learner = PersonId.New(now), MadeAt = now.AddSeconds(number), Deadline = claim.Deadline.AddDays(-number), State = state,
            }),
        ];
        var changes = new Changes();
        foreach (var other in others)
        {
            changes.Add(ClaimDocuments.Kind, other);
        }

        await district.Store.CommitAsync(changes, default);
        return [claim, .. others];
    }

    private static string LinkOf(string html, string words) => System.Net.WebUtility.HtmlDecode(Regex.Match(html, $"href=\"([^\"]*)\"[^>]*>{words}<").Groups[1].Value);

    [GeneratedRegex("<input type=\"checkbox\" name=\"Marked\" value=\"([^\"]*)\"[^>]*>")]
    private static partial Regex Marks();
}
