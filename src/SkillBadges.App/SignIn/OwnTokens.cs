using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SkillBadges.App.Http;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.SignIn;

/// <summary>Checks access tokens of ours: <c>typ</c>, <c>alg</c>, key, issuer, audience and time, and that the session still holds.</summary>
internal sealed class OwnTokens(SessionKeyRing ring, InstanceAddress address, LiveSessions sessions, TimeProvider clock) : ITokenIssuer
{
    private readonly JsonWebTokenHandler reader = new() { MapInboundClaims = false };

    private readonly TokenValidationParameters rules = new()
    {
        ValidTypes = [AccessTokens.TokenType],
        ValidAlgorithms = ["ES256"],
        ValidIssuer = address.BaseUrl,
        ValidAudience = AccessTokens.AudienceOf(address),
        RequireSignedTokens = true,
        RequireExpirationTime = true,

        // Keys come from our store alone; what a header says of keys (jwk, jku, x5u) is not read.
        IssuerSigningKeyResolver = (_, _, keyId, _) => ring.Known.Where(key => key.KeyId == keyId),
        TryAllIssuerSigningKeys = false,
        LifetimeValidator = (_, expires, _, _) => expires is { } end && clock.GetUtcNow() < new DateTimeOffset(end, TimeSpan.Zero),
    };

    public string Issuer => address.BaseUrl;

    public async Task<ClaimsPrincipal?> CheckAsync(string token, HttpContext context)
    {
        await ring.RefreshAsync(BearerHandler.Unverified(token)?.Kid, context.RequestAborted);
        var result = await reader.ValidateTokenAsync(token, rules);
        if (!result.IsValid || result.SecurityToken is not JsonWebToken read)
        {
            return null;
        }

        var principal = SignInSetup.Principal(read.Subject, read.TryGetPayloadValue<string>(CurrentActor.SessionClaim, out var session) ? session : null, SignInSetup.Token);
        return await sessions.HoldsAsync(principal, context) ? principal : null;
    }
}
