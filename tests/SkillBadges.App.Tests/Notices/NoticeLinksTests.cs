using SkillBadges.App.Notices;
using SkillBadges.Core.Notices;

namespace SkillBadges.App.Tests.Notices;

public sealed class NoticeLinksTests
{
    [Theory]
    [InlineData(NoticeKind.WorkTurnedIn, "/review/7")]
    [InlineData(NoticeKind.WorkReturned, "/work")]
    [InlineData(NoticeKind.AssessmentAsked, "/classes")]
    [InlineData(NoticeKind.SignOffAsked, "/authoring/7")]
    [InlineData(NoticeKind.CoAuthorLeft, "/authoring/7")]
    public void A_notice_leads_to_where_something_is_done_about_it(NoticeKind kind, string place) => Assert.Equal(place, NoticeLinks.Of(kind, "7"));
}
