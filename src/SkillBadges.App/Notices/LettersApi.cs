using SkillBadges.App.Http;
using SkillBadges.Core.Notices;

namespace SkillBadges.App.Notices;

/// <summary>What became of a letter; neither to whom nor what.</summary>
/// <param name="Fault">Why the last try failed, in a word: refused, unreachable, no-encryption, certificate, protocol, folder or no-carrier.</param>
internal sealed record LetterView(string Id, LetterKind Kind, Channel Channel, LetterState State, int Attempts, string? Fault, DateTimeOffset At)
{
    public static LetterView Of(Letter letter) => new(letter.Id, letter.Kind, letter.Channel, letter.State, letter.Attempts, letter.Fault, letter.At);
}

/// <summary>Letters as the administrator of the instance sees them.</summary>
internal static class LettersApi
{
    public static void MapLetters(this IEndpointRouteBuilder app) => app.MapApi("letters", "Notices").MapGet("", ListAsync)
        .WithSummary("Letters that could not be delivered, the latest first, or with ?state= those that wait or are sent. For the state office.").Refuses(403, "role.missing");

    private static async Task<PageOf<LetterView>> ListAsync(CurrentActor me, Paging paging, LetterDelivery delivery, CancellationToken cancellationToken, Named<LetterState>? state = null) =>
        paging.Answer(await delivery.ListAsync(me.Actor, state?.Value ?? LetterState.Dead, paging.Of, cancellationToken), read => LetterView.Of(read.Document));
}
