using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.SignIn;

/// <summary>Access tokens of ours: JWT profile of RFC 9068 (2021-10), ES256, ten minutes, who and which session, and no roles.</summary>
internal sealed class AccessTokens(SessionKeyRing ring, InstanceAddress address, TimeProvider clock)
{
    public const string TokenType = "at+jwt";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly JsonWebTokenHandler writer = new() { SetDefaultTimesOnTokenCreation = false };

    public static string AudienceOf(InstanceAddress address) => address.Link("/api");

    /// <summary>What has to hold of a token of ours: <c>typ</c>, <c>alg</c>, key, issuer, audience and time.</summary>
    public static TokenValidationParameters Rules(SessionKeyRing ring, InstanceAddress address, string audience, TimeProvider clock) => new()
    {
        ValidTypes = [TokenType],
        ValidAlgorithms = ["ES256"],
        ValidIssuer = address.BaseUrl,
        ValidAudience = audience,
        RequireSignedTokens = true,
        RequireExpirationTime = true,

        // Keys come from our store alone; what a header says of keys (jwk, jku, x5u) is not read.
        IssuerSigningKeyResolver = (_, _, keyId, _) => ring.Known.Where(key => key.KeyId == keyId),
        TryAllIssuerSigningKeys = false,
        LifetimeValidator = (_, expires, _, _) => expires is { } end && clock.GetUtcNow() < new DateTimeOffset(end, TimeSpan.Zero),
    };

    public async Task<string> IssueAsync(Session session, CancellationToken cancellationToken)
    {
        var now = clock.Now().UtcDateTime;
        return writer.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = address.BaseUrl,
            Audience = AudienceOf(address),
            TokenType = TokenType,
            IssuedAt = now,
            Expires = now + Lifetime,
            SigningCredentials = await ring.SigningAsync(cancellationToken),
            Claims = new Dictionary<string, object>
            {
                [CurrentActor.PersonClaim] = session.Person.Value,
                [CurrentActor.SessionClaim] = session.Id,
                ["client_id"] = "skillbadges",
                ["jti"] = NewId.Random(),
            },
        });
    }
}
