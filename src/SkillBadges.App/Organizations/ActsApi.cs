using SkillBadges.App.Gradebook;
using SkillBadges.App.Http;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Organizations;

/// <param name="By">The person who did it.</param>
/// <param name="About">A person or a thing, as the kind says, or the names of the settings that changed; absent where the kind says all.</param>
internal sealed record ActView(string Id, string OrganizationId, string By, DateTimeOffset At, ActKind Kind, string? About)
{
    public static ActView Of(Act act) => new(act.Id, act.Organization.Value, act.By.Value, act.At, act.Kind, act.About);
}

/// <summary>Who did what in an office.</summary>
internal static class ActsApi
{
    public static void MapActs(this IEndpointRouteBuilder app) => app.MapApi("organizations/{id}/acts", "Organizations").MapGet("", ListAsync)
        .WithSummary("Who did what in an organization's office, latest first: roles, settings, keys, accounts, badges taken back, what is signed and published, agreements, policies, grading periods. With ?by= of one person, ?from= and ?before= between two instants. For its administrators.")
        .Refuses(403, "role.missing").Refuses(422, "storage.text-too-long");

    private static async Task<PageOf<ActView>> ListAsync(
        string id, string? by, DateTimeOffset? from, DateTimeOffset? before, CurrentActor me, Paging paging, HttpContext context, ActReading reading, CancellationToken cancellationToken)
    {
        context.KeepPrivate();
        var question = new ActQuestion(by is null ? null : PersonId.From(by), from?.ToUniversalTime(), before?.ToUniversalTime());
        return paging.Answer(await reading.ListAsync(me.Actor, OrganizationId.From(id), question, paging.Of, cancellationToken), read => ActView.Of(read.Document));
    }
}
