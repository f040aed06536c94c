using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.SignIn;

namespace SkillBadges.App.Layout;

/// <summary>The page that a browser keeps for when there is no connection (<c>offline.js</c>).</summary>
internal static class OfflineNotice
{
    public static void MapOfflineNotice(this IEndpointRouteBuilder app) =>
        app.MapGet("/offline", IResult () => new RazorComponentResult(typeof(OfflinePage))).AllowAnonymous().WithoutSecondFactor().ExcludeFromDescription();
}
