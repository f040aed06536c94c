using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SkillBadges.App.SignIn;
using SkillBadges.Core;
using SkillBadges.Core.OneRoster.Clients;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.OneRoster;

/// <summary>Tokens of reading systems: as those of people (RFC 9068, 2021-10), for another audience, so that neither opens the other's doors. A revoked client's tokens end at once.</summary>
internal sealed class RosterTokens(SessionKeyRing ring, InstanceAddress address, IDocumentStore store, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false, MapInboundClaims = false };

    private readonly TokenValidationParameters rules = AccessTokens.Rules(ring, address, AudienceOf(address), clock);

    public async Task<string> IssueAsync(RosterClient client, IEnumerable<string> scopes, CancellationToken cancellationToken)
    {
        var now = clock.Now().UtcDateTime;
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = address.BaseUrl,
            Audience = AudienceOf(address),
            TokenType = AccessTokens.TokenType,
            IssuedAt = now,
            Expires = now + Lifetime,
            SigningCredentials = await ring.SigningAsync(cancellationToken),
            Claims = new Dictionary<string, object> { ["sub"] = client.Id, ["client_id"] = client.Id, ["scope"] = string.Join(' ', scopes), ["jti"] = NewId.Random() },
        });
    }

    /// <summary>The client and the scopes of a request's token; null when it has none that is to be believed.</summary>
    public async Task<(RosterClient Client, string[] Scopes)?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (BearerHandler.TokenOf(request) is not { } token)
        {
            return null;
        }

        await ring.RefreshAsync(BearerHandler.Unverified(token)?.Kid, cancellationToken);
        var result = await handler.ValidateTokenAsync(token, rules);
        return result.IsValid && result.SecurityToken is JsonWebToken read && read.TryGetPayloadValue<string>("scope", out var scope)
            && await store.FindAsync(RosterClientDocuments.Kind, read.Subject, cancellationToken) is { Document: { RevokedAt: null } client }
            ? (client, scope.Split(' '))
            : null;
    }

    private static string AudienceOf(InstanceAddress address) => address.Link("/ims/oneroster");
}
