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
