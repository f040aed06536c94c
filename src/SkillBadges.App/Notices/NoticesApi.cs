using SkillBadges.App.Http;
using SkillBadges.Core.Notices;

namespace SkillBadges.App.Notices;

/// <param name="About">The id of what it is about.</param>
/// <param name="Text">In a sentence; it names nobody.</param>
/// <param name="Page">Where it is dealt with, such as <c>/talent</c>; null for nowhere in particular.</param>
internal sealed record NoticeView(string Id, NoticeKind Kind, string About, string Text, string? Page, DateTimeOffset At, DateTimeOffset? ReadAt)
{
    public static NoticeView Of(Notice notice, string? page) => new(notice.Id.Value, notice.Kind, notice.About, NoticeWords.Of(notice.Kind), page, notice.At, notice.ReadAt);
}

/// <summary>What somebody should know.</summary>
internal static class NoticesApi
{
    public static void MapNotices(this IEndpointRouteBuilder app)
    {
        var notices = app.MapApi("notices", "Notices");
        notices.MapGet("", ListAsync).WithSummary("Your notices, the latest first; ?unread=true leaves out what you have read.");
        notices.MapPut("{id}/read", ReadAsync).WithSummary("You have read a notice; saying it again changes nothing.").Refuses(404, "notice.not-found").Refuses(409, "storage.version-conflict");
    }

    private static async Task<PageOf<NoticeView>> ListAsync(CurrentActor me, Paging paging, NoticeWorkflow workflow, NoticeLinks links, CancellationToken cancellationToken, bool unread = false)
    {
        var page = await workflow.ListAsync(me.Actor, unread, paging.Of, cancellationToken);
        IReadOnlyList<Notice> notices = [.. page.Documents];
        return paging.Answer([.. notices.Zip(await links.OfAsync(me.Actor.Person, notices, cancellationToken), NoticeView.Of)], page.Next);
    }

    private static async Task<NoticeView> ReadAsync(string id, CurrentActor me, NoticeWorkflow workflow, NoticeLinks links, CancellationToken cancellationToken)
    {
        var notice = (await workflow.ReadAsync(me.Actor, NoticeId.From(id), cancellationToken)).Document;
        return NoticeView.Of(notice, await links.OfAsync(me.Actor.Person, notice.Kind, notice.About, cancellationToken));
    }
}
