using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Verification;
using SkillBadges.Core;
using SkillBadges.Credentials;
using SkillBadges.Credentials.Dids;

namespace SkillBadges.App.Conformance;

/// <summary>
/// <c>serve --conformance</c>: the addresses that the public interoperability suites of the W3C call. They sign whatever is sent, with keys that nobody
/// trusts, so they answer on loopback alone and are not there without the option.
/// </summary>
internal static class ConformanceApi
{
    private const int MaxBytes = 1024 * 1024;

    // A page in a browser may find a name of its own that leads here; it cannot choose the Host header.
    private static readonly string[] hosts = ["localhost", "127.0.0.1"];

    /// <exception cref="RefusedException"><c>conformance.loopback</c>: the settings would let others in.</exception>
    public static void AddConformance(this IServiceCollection services, Settings settings)
    {
        if (!settings.Address.IsLoopback || settings.TrustedProxies.Length > 0 || settings.Urls.Any(listen => !(Uri.TryCreate(listen, UriKind.Absolute, out var own) && own.IsLoopback)))
        {
            throw Refused.Invalid("conformance.loopback", "--conformance is for loopback only: --urls and --base-url name this machine, and no proxy stands before it.");
        }

        services.AddSingleton<ThrowawayIssuers>();
    }

    public static void MapConformance(this WebApplication app)
    {
        var issuers = app.Services.GetRequiredService<ThrowawayIssuers>();
        var clock = app.Services.GetRequiredService<TimeProvider>();
        var all = app.MapGroup("").RequireHost(hosts).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        all.MapGet("/conformance", () => issuers.All.Select(issuer => new IssuingPath($"/credentials/issue{issuer.Path}", issuer.Suite.Name, issuer.Did)));
        all.MapGet("/identifiers/{did}", Identifier);
        MapProfile(all, new(issuers, clock, isBinding: true), issuers);
        MapProfile(all.MapGroup("/non-binding"), new(issuers, clock, isBinding: false), issuers);
    }

    private static void MapProfile(RouteGroupBuilder group, ConformanceProfile profile, ThrowawayIssuers issuers)
    {
        foreach (var issuer in issuers.All)
        {
            group.MapPost($"/credentials/issue{issuer.Path}", async (HttpContext context, CancellationToken cancellationToken) =>
            {
                var issued = await profile.IssueAsync(issuer, await BodyAsync(context, cancellationToken), cancellationToken);
                context.Response.StatusCode = StatusCodes.Status201Created;
                context.Response.ContentType = "application/json";
                await context.Response.Body.WriteAsync(issued, cancellationToken);
            });
        }

        group.MapPost("/credentials/verify", async (HttpContext context, CancellationToken cancellationToken) =>
            VerificationAnswer.Of(await profile.VerifyAsync("verifiableCredential", await BodyAsync(context, cancellationToken), cancellationToken)));
        group.MapPost("/presentations/verify", async (HttpContext context, CancellationToken cancellationToken) =>
            VerificationAnswer.Of(await profile.VerifyAsync("verifiablePresentation", await BodyAsync(context, cancellationToken), cancellationToken)));
    }

    private static FileContentHttpResult Identifier(string did)
    {
        try
        {
            return TypedResults.Bytes(DidKey.Resolve(did).Write(), "application/did+json");
        }
        catch (MalformedException fault)
        {
            throw ConformanceProfile.Refused(fault.Code, fault.Message);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBytes;
        }

        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }
}

/// <summary>Where a suite issues, and which did:key signs there.</summary>
internal sealed record IssuingPath(string Path, string Cryptosuite, string Issuer);
