using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.Tokens;
using SkillBadges.App.Http;
using SkillBadges.Core.SignIn;

namespace SkillBadges.App.SignIn;

internal sealed record SignInRequest(string LoginName, string Password, string? Code = null);

internal sealed record RefreshRequest(string RefreshToken);

internal sealed record ConfirmRequest(string Password, string? Code = null);

internal sealed record SessionView(string AccessToken, string TokenType, int ExpiresIn, string RefreshToken, string PersonId);

internal sealed record SessionKeysView(IReadOnlyList<SessionKeyView> Keys);

internal sealed record SessionKeyView(string Kty, string Crv, string X, string Y, string Kid, string Use, [property: JsonPropertyName("alg")] string Algorithm);

/// <summary>Sign-in for programs.</summary>
internal static class SessionApi
{
    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        var session = app.MapApi("session", "Session").WithoutSecondFactor();
        session.MapPost("", StartAsync).AllowAnonymous().RequireRateLimiting(RateLimits.Guessable).WithMetadata(new RepeatsHarmlessly())
            .WithSummary("Signs in: an access token for ten minutes and a refresh token.")
            .Example(new SignInRequest("ada@westfield.example", "correct horse battery staple"))
            .Refuses(401, "session.wrong-password", "session.second-factor", "session.wrong-code", "session.ended");
        session.MapPost("refresh", RefreshAsync).Example(new RefreshRequest("mO0wGq2bXv1r9c4d5e6f7A")).AllowAnonymous().RequireRateLimiting(RateLimits.Guessable).WithMetadata(new RepeatsHarmlessly())
            .WithSummary("The next access token and the next refresh token; the one that was sent is spent. One that was spent before ends the session.")
            .Refuses(401, "session.ended");
        session.MapPost("confirm", ConfirmAsync).Example(new ConfirmRequest("seven green kites over water", "492039")).RequireRateLimiting(RateLimits.Guessable).WithMetadata(new RepeatsHarmlessly())
            .WithSummary("Shows password and code again, for what needs a proof of the last five minutes.")
            .Refuses(401, "session.wrong-password", "session.second-factor", "session.wrong-code", "session.ended").Refuses(404, "account.not-found");
        session.MapDelete("", EndAsync).WithSummary("Signs out: access and refresh tokens of this session end at once.");

        app.MapGet("/.well-known/jwks.json", KeysAsync).ExcludeFromDescription();
    }

    private static async Task<SessionView> StartAsync(SignInRequest request, SignInWorkflow workflow, AccessTokens tokens, CancellationToken cancellationToken)
    {
        var person = await workflow.CheckPasswordAsync(request.LoginName, request.Password, cancellationToken);
        return await ViewAsync(await workflow.StartAsync(person, request.Code, SessionUse.Api, cancellationToken), tokens, cancellationToken);
    }

    private static async Task<SessionView> RefreshAsync(RefreshRequest request, SignInWorkflow workflow, AccessTokens tokens, CancellationToken cancellationToken) =>
        await ViewAsync(await workflow.RefreshAsync(request.RefreshToken, cancellationToken), tokens, cancellationToken);

    private static async Task<NoContent> ConfirmAsync(ConfirmRequest request, CurrentActor me, SignInWorkflow workflow, CancellationToken cancellationToken)
    {
        await workflow.ConfirmAsync(me.Person, me.RequireSession(), request.Password, request.Code, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> EndAsync(CurrentActor me, SignInWorkflow workflow, CancellationToken cancellationToken)
    {
        await workflow.EndAsync(me.RequireSession(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<SessionKeysView> KeysAsync(SessionKeyRing ring, HttpContext context, CancellationToken cancellationToken)
    {
        await ring.RefreshAsync(null, cancellationToken);
        context.Response.Headers.CacheControl = "public, max-age=300";
        return new([.. ring.Known.Select(View)]);
    }

    private static SessionKeyView View(ECDsaSecurityKey key)
    {
        var point = key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
        return new("EC", "P-256", Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y), key.KeyId, "sig", "ES256");
    }

    private static async Task<SessionView> ViewAsync(StartedSession started, AccessTokens tokens, CancellationToken cancellationToken) => new(
        await tokens.IssueAsync(started.Session, cancellationToken), "Bearer", (int)AccessTokens.Lifetime.TotalSeconds, started.RefreshToken!, started.Session.Person.Value);
}
