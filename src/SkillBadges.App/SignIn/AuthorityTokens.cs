using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using SkillBadges.App.Http;
using SkillBadges.Core.SignIn;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.SignIn;

/// <summary>Checks access tokens of a configured OpenID Connect authority, and who of ours its subject is.</summary>
internal sealed class AuthorityTokens : ITokenIssuer, IDisposable
{
    private readonly ExternalAuthority authority;
    private readonly IDocumentStore store;
    private readonly TimeProvider clock;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = 256 * 1024 };
    private readonly ConfigurationManager<OpenIdConnectConfiguration> metadata;
    private readonly JsonWebTokenHandler reader = new() { MapInboundClaims = false };

    public AuthorityTokens(ExternalAuthority authority, IDocumentStore store, TimeProvider clock)
    {
        (this.authority, this.store, this.clock) = (authority, store, clock);
        metadata = new(
            $"{authority.Issuer.TrimEnd('/')}/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(http) { RequireHttps = !new Uri(authority.Issuer).IsLoopback });
    }

    public string Issuer => authority.Issuer;

    public void Dispose() => http.Dispose();

    /// <exception cref="RequestRefusedException"><c>session.unlinked</c>, <c>session.authority-unreachable</c>.</exception>
    public async Task<ClaimsPrincipal?> CheckAsync(string token, HttpContext context)
    {
        var result = await ValidateAsync(token, context.RequestAborted);
        if (!result.IsValid && result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // It may have a new key; the library limits how often we ask.
            metadata.RequestRefresh();
            result = await ValidateAsync(token, context.RequestAborted);
        }

        if (!result.IsValid || result.SecurityToken is not JsonWebToken read)
        {
            return null;
        }

        // By verified link or the roster's; an e-mail claim links nobody.
        var identity = new ExternalIdentity(authority.Issuer, read.Subject);
        return await store.FirstAsync(AccountDocuments.Kind, AccountDocuments.ByExternal.Where(identity.Hash), context.RequestAborted) is { Document.IsClosed: false } account
            ? SignInSetup.Principal(account.Id, null, Issuer)
            : throw RequestRefused.With(401, "session.unlinked", "This token is good, but its subject is not linked to a person here. Ask your school to link it.");
    }

    private async Task<TokenValidationResult> ValidateAsync(string token, CancellationToken cancellationToken)
    {
        OpenIdConnectConfiguration known;
        try
        {
            known = await metadata.GetConfigurationAsync(cancellationToken);
        }
        catch (InvalidOperationException)
        {
            throw RequestRefused.With(503, "session.authority-unreachable", "The authority that gave this token cannot be reached, so that the token cannot be checked.");
        }

        return await reader.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidTypes = [authority.TokenType],
            ValidAlgorithms = ["RS256", "PS256", "ES256"],
            ValidIssuer = authority.Issuer,
            ValidAudience = authority.Audience,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            IssuerSigningKeys = known.SigningKeys,
            TryAllIssuerSigningKeys = false,
            LifetimeValidator = (from, expires, _, _) => expires is { } end && clock.GetUtcNow() < new DateTimeOffset(end, TimeSpan.Zero)
                && (from is not { } begin || clock.GetUtcNow().AddSeconds(30) >= new DateTimeOffset(begin, TimeSpan.Zero)),
        });
    }
}
