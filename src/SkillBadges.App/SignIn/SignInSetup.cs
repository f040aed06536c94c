using Microsoft.AspNetCore.Authentication.Cookies;

namespace SkillBadges.App.SignIn;

internal static class SignInSetup
{
    public static void AddSignIn(this IServiceCollection services, Settings settings)
    {
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        services.AddCascadingAuthenticationState();
    }
}
