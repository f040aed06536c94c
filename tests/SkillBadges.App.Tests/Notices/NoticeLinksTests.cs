using SkillBadges.App.Notices;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Notices;

[Collection(DistrictCollection.Name)]
public sealed class NoticeLinksTests(TestDistrict district)
{
    private static readonly PersonId Child = PersonId.From("child");

    [Theory]
    [InlineData(NoticeKind.WorkTurnedIn, "/review/7")]
    [InlineData(NoticeKind.WorkReturned, "/work/7")]
    [InlineData(NoticeKind.AssessmentAsked, "/classes")]
    [InlineData(NoticeKind.SignOffAsked, "/authoring/7")]
    [InlineData(NoticeKind.CoAuthorLeft, "/authoring/7")]
    [InlineData(NoticeKind.ConsentAsked, "/consents")]
    public void A_notice_leads_to_where_something_is_done_about_it(NoticeKind kind, string place) => Assert.Equal(place, NoticeLinks.Of(kind, "7", null));

    [Theory]
    [InlineData(NoticeKind.WorkApproved, "/record/child")]
    [InlineData(NoticeKind.WorkReturned, "/record/child")]
    [InlineData(NoticeKind.ConsentAsked, "/consents/child")]
    [InlineData(NoticeKind.RightsChanged, "/consents/child")]
    [InlineData(NoticeKind.CreditPosted, "/credit/child")]
    [InlineData(NoticeKind.DueSoon, "/review/7")]
    [InlineData(NoticeKind.RecognitionFell, null)]
    public void What_is_told_of_somebody_else_leads_to_their_page(NoticeKind kind, string? place) => Assert.Equal(place, NoticeLinks.Of(kind, "7", Child));

    [Fact]
    public async Task A_mother_comes_from_a_notice_to_her_childs_record_and_the_child_to_the_work()
    {
        var learner = await district.LearnerAsync();
        var mother = await district.GuardianAsync(learner.Person);
        var work = await district.TurnedInAsync(learner.Person);
        var at = district.App.Clock.Now();
        await district.Store.CommitAsync(new Changes().Notify(mother, NoticeKind.WorkReturned, work.Value, at).Notify(learner.Person, NoticeKind.WorkReturned, work.Value, at), default);
        using var hers = await PageVisitor.OfAsync(district.App, mother);
        using var theirs = await PageVisitor.OfAsync(district.App, learner.Person);

        Assert.Contains($"<a href=\"/record/{learner.Person}\">", await hers.OpenAsync("/notices"), StringComparison.Ordinal);
        Assert.Contains($"<a href=\"/work/{work}\">", await theirs.OpenAsync("/notices"), StringComparison.Ordinal);
    }
}
