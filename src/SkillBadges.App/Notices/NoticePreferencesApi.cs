using SkillBadges.App.Http;
using SkillBadges.Core.Notices;

namespace SkillBadges.App.Notices;

/// <param name="Delivery">Whether a letter goes out besides the notice: at once, once a day, or not.</param>
internal sealed record NoticePreferenceRequest(Delivery Delivery);

/// <param name="IsOptional">Whether it may be turned off.</param>
internal sealed record NoticePreferenceView(NoticeKind Kind, string Text, Delivery Delivery, bool IsOptional)
{
    public static NoticePreferenceView Of(NoticePreferences preferences, NoticeKind kind) => new(kind, NoticeWords.Of(kind), preferences.Of(kind), NoticePreferences.IsOptional(kind));
}

internal sealed record NoticePreferencesView(IReadOnlyList<NoticePreferenceView> Kinds);

/// <summary>Which letters somebody gets.</summary>
internal static class NoticePreferencesApi
{
    public static void MapNoticePreferences(this IEndpointRouteBuilder app)
    {
        var preferences = app.MapApi("notice-preferences", "Notices");
        preferences.MapGet("", ReadAsync).WithSummary("For each kind of notice, whether a letter goes out besides.");
        preferences.MapPut("{kind}", ChooseAsync).Example(new NoticePreferenceRequest(Delivery.Daily)).WithSummary("Chooses for one kind. Letters about passwords, codes and links that were asked for always go out.")
            .Refuses(409, "storage.version-conflict", "storage.not-unique").Refuses(422, "notice.not-optional");
    }

    private static async Task<NoticePreferencesView> ReadAsync(CurrentActor me, NoticeWorkflow workflow, CancellationToken cancellationToken)
    {
        var preferences = await workflow.PreferencesAsync(me.Actor, cancellationToken);
        return new([.. Enum.GetValues<NoticeKind>().Select(kind => NoticePreferenceView.Of(preferences, kind))]);
    }

    private static async Task<NoticePreferenceView> ChooseAsync(Named<NoticeKind> kind, NoticePreferenceRequest body, CurrentActor me, NoticeWorkflow workflow, CancellationToken cancellationToken) =>
        NoticePreferenceView.Of(await workflow.ChooseAsync(me.Actor, kind.Value, body.Delivery, cancellationToken), kind.Value);
}
