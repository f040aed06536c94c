using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace SkillBadges.App.SignIn;

/// <summary>Whose tokens a scheme takes.</summary>
internal interface ITokenIssuer
{
    /// <summary>Exactly what its tokens say in <c>iss</c>.</summary>
    string Issuer { get; }

    /// <summary>Who the token is for; null when it is not to be believed.</summary>
    Task<ClaimsPrincipal?> CheckAsync(string token, HttpContext context);
}

internal sealed class BearerOptions : AuthenticationSchemeOptions
{
    public Func<IServiceProvider, ITokenIssuer> Issuer { get; set; } = _ => throw new InvalidOperationException("The scheme has no issuer.");
}

/// <summary>RFC 6750 (2012-10): an access token in the Authorization header, of the one issuer of the scheme.</summary>
internal sealed class BearerHandler(IOptionsMonitor<BearerOptions> options, ILoggerFactory logs, UrlEncoder encoder) : AuthenticationHandler<BearerOptions>(options, logs, encoder)
{
    private const string Prefix = "Bearer ";

    /// <summary>The token of a request, or null.</summary>
    public static string? TokenOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && header.Length > Prefix.Length ? header[Prefix.Length..].Trim() : null;

    /// <summary>A token taken apart, nothing of it believed yet; null when it is none.</summary>
    public static JsonWebToken? Unverified(string token)
    {
        try
        {
            return new(token);
        }
        catch (ArgumentException)
        {
            // Also what the library throws for a malformed token.
            return null;
        }
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Request) is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        return await Options.Issuer(Context.RequestServices).CheckAsync(token, Context) is { } principal
            ? AuthenticateResult.Success(new(principal, Scheme.Name))
            : AuthenticateResult.Fail("The token is not to be believed.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = 401;
        Response.Headers.WWWAuthenticate = TokenOf(Request) is null ? "Bearer" : "Bearer error=\"invalid_token\"";
        return Task.CompletedTask;
    }
}
