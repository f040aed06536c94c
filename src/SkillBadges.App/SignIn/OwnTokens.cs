using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SkillBadges.App.Http;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.SignIn;

/// <summary>Checks access tokens of ours, by <see cref="AccessTokens.Rules"/>, and that the session still holds.</summary>
internal sealed class OwnTokens(SessionKeyRing ring, InstanceAddress address, LiveSessions sessions, TimeProvider clock) : ITokenIssuer
{
    private readonly JsonWebTokenHandler reader = new() { MapInboundClaims = false };

    private readonly TokenValidationParameters rules = AccessTokens.Rules(ring, address, AccessTokens.AudienceOf(address), clock);

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
