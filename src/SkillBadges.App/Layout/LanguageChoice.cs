using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using SkillBadges.App.SignIn;
using SkillBadges.App.SignIn.Passes;

namespace SkillBadges.App.Layout;

/// <summary>The form in the footer that picks the language.</summary>
internal static class LanguageChoice
{
    public static void MapLanguageChoice(this IEndpointRouteBuilder app) =>
        app.MapPost("/language", ChooseAsync).AllowAnonymous().WithoutSecondFactor().WithMetadata(new ReachableByPassAttribute()).ExcludeFromDescription();

    private static async Task<IResult> ChooseAsync(HttpContext context, IAntiforgery antiforgery, [FromForm] string? language, [FromForm] string? back)
    {
        await antiforgery.ValidateRequestAsync(context);
        context.Response.Cookies.Append(
            Texts.Cookie,
            Texts.Languages.FirstOrDefault(known => known == language) ?? Texts.Languages.First(),
            new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, MaxAge = TimeSpan.FromDays(365), IsEssential = true });
        return TypedResults.LocalRedirect(LocalAddress.Or(back, "/"));
    }
}
