using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using SkillBadges.App.Http;
using SkillBadges.App.SignIn.Passes;
using SkillBadges.Core.SignIn;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.SignIn;

/// <summary>
/// One scheme for our cookie, one for our access tokens, one for each configured authority. The token's own <c>iss</c>
/// picks the scheme, which then checks it; nothing falls back on another scheme.
/// </summary>
internal static class SignInSetup
{
    public const string Cookie = "cookie";
    public const string Token = "token";

    private const string Select = "select";

    public static void AddSignIn(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(Hashing());
        services.AddSingleton<SessionKeyRing>().AddSingleton<AccessTokens>().AddSingleton<OwnTokens>().AddSingleton<LiveSessions>();
        var schemes = services.AddAuthentication(Select);
        schemes.AddPolicyScheme(Select, displayName: null, options => options.ForwardDefaultSelector = context => SchemeOf(context.Request, settings));
        schemes.AddCookie(Cookie);
        schemes.AddScheme<AuthenticationSchemeOptions, PassHandler>(PassHandler.SchemeName, configureOptions: null);
        services.AddOptions<CookieAuthenticationOptions>(Cookie).Configure<TimeProvider, LiveSessions>((options, clock, sessions) => ConfigureCookie(options, settings, clock, sessions));
        schemes.AddScheme<BearerOptions, BearerHandler>(Token, options => options.Issuer = found => found.GetRequiredService<OwnTokens>());
        foreach (var authority in settings.Authorities)
        {
            services.AddKeyedSingleton(authority.Issuer, (found, _) => new AuthorityTokens(authority, found.GetRequiredService<IDocumentStore>(), found.GetRequiredService<TimeProvider>()));
            schemes.AddScheme<BearerOptions, BearerHandler>(SchemeOf(authority), options => options.Issuer = found => found.GetRequiredKeyedService<AuthorityTokens>(authority.Issuer));
        }

        services.AddSingleton<PageSession>().AddSingleton<SessionProof>().AddSingleton<PassCookies>();
        services.AddCascadingAuthenticationState();
    }

    /// <summary>Who, and in which session; nothing else of a token or cookie is used.</summary>
    public static ClaimsPrincipal Principal(string person, string? session, string scheme)
    {
        var identity = new ClaimsIdentity([new(CurrentActor.PersonClaim, person)], scheme, CurrentActor.PersonClaim, roleType: null);
        if (session is not null)
        {
            identity.AddClaim(new(CurrentActor.SessionClaim, session));
        }

        return new(identity);
    }

    private static PasswordHashing Hashing()
    {
        var hasher = new PasswordHasher<object>();
        var nobody = new object();
        return new(
            password => hasher.HashPassword(nobody, password),
            (hash, password) => hasher.VerifyHashedPassword(nobody, hash, password) switch
            {
                PasswordVerificationResult.Success => PasswordMatch.Yes,
                PasswordVerificationResult.SuccessRehashNeeded => PasswordMatch.YesButOld,
                _ => PasswordMatch.No,
            });
    }

    private static string SchemeOf(ExternalAuthority authority) => $"authority {authority.Issuer}";

    private static string SchemeOf(HttpRequest request, Settings settings)
    {
        if (!request.Headers.ContainsKey("Authorization"))
        {
            return OfCookies(request, settings);
        }

        var issuer = BearerHandler.TokenOf(request) is { } token ? BearerHandler.Unverified(token)?.Issuer : null;
        return settings.Authorities.FirstOrDefault(authority => authority.Issuer == issuer) is { } named ? SchemeOf(named) : Token;
    }

    // An account counts before a pass, but not on the pages that are there for passes.
    private static string OfCookies(HttpRequest request, Settings settings)
    {
        var hasAccount = request.Cookies.ContainsKey(NameOf(settings));
        if (request.Path.StartsWithSegments("/my-students"))
        {
            return hasAccount && !request.Cookies.ContainsKey(PassCookies.NameOf(settings.Address)) ? Cookie : PassHandler.SchemeName;
        }

        return hasAccount || !request.Cookies.ContainsKey(PassCookies.NameOf(settings.Address)) ? Cookie : PassHandler.SchemeName;
    }

    private static string NameOf(Settings settings) => settings.Address.BaseUrl.StartsWith("https:", StringComparison.Ordinal) ? "__Host-skillbadges" : "skillbadges";

    private static void ConfigureCookie(CookieAuthenticationOptions options, Settings settings, TimeProvider clock, LiveSessions sessions)
    {
        var isHttps = settings.Address.BaseUrl.StartsWith("https:", StringComparison.Ordinal);
        options.TimeProvider = clock;
        options.Cookie.Name = NameOf(settings);
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = isHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(12);
        options.SlidingExpiration = false;
        options.LoginPath = "/sign-in";
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnValidatePrincipal = async context =>
        {
            if (context.Principal is null || !await sessions.HoldsAsync(context.Principal, context.HttpContext))
            {
                context.RejectPrincipal();
            }
        };
        options.Events.OnRedirectToLogin = context =>
        {
            if (context.Request.Path.StartsWithSegments("/api"))
            {
                context.Response.StatusCode = 401;
            }
            else
            {
                context.Response.Redirect(context.RedirectUri);
            }

            return Task.CompletedTask;
        };
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = 403;
            return Task.CompletedTask;
        };
    }
}
