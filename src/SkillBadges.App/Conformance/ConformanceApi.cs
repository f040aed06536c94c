using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
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
    public static void AddConformance(this WebApplicationBuilder builder, Settings settings, TimeProvider clock)
    {
        if (!settings.Address.IsLoopback || settings.TrustedProxies.Length > 0 || settings.Urls.Any(listen => !(Uri.TryCreate(listen, UriKind.Absolute, out var own) && own.IsLoopback)))
        {
            throw Refused.Invalid("conformance.loopback", "--conformance is for loopback only: --urls and --base-url name this machine, and no proxy stands before it.");
        }

        builder.Services.AddSingleton<ThrowawayIssuers>().AddSingleton<SuiteStatusLists>();
        if (settings.Urls.Any(listen => listen.StartsWith("https://", StringComparison.OrdinalIgnoreCase)))
        {
            // Registered by a factory, so that it is disposed with the application.
            var certificate = new ThrowawayCertificate(clock.GetUtcNow());
            builder.Services.AddSingleton(_ => certificate);
            builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(options => options.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate.Value));
        }
    }

    public static void MapConformance(this WebApplication app)
    {
        var issuers = app.Services.GetRequiredService<ThrowawayIssuers>();
        var statusLists = app.Services.GetRequiredService<SuiteStatusLists>();
        var clock = app.Services.GetRequiredService<TimeProvider>();
        var all = app.MapGroup("").RequireHost(hosts).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        all.MapGet("/conformance", () => issuers.All.Select(issuer => new IssuingPath($"/credentials/issue{issuer.Path}", issuer.Suite.Name, issuer.Did)));
        all.MapGet("/identifiers/{did}", Identifier);
        if (app.Services.GetService<ThrowawayCertificate>() is { } certificate)
        {
            all.MapGet("/conformance/certificate.pem", () => TypedResults.Text(certificate.Pem, "application/x-pem-file"));
        }

        MapProfile(all, new(issuers, statusLists, clock, isBinding: true), issuers);
        MapProfile(all.MapGroup("/non-binding"), new(issuers, statusLists, clock, isBinding: false), issuers);
        MapStatus(all, statusLists);
    }

    private static void MapProfile(RouteGroupBuilder group, ConformanceProfile profile, ThrowawayIssuers issuers)
    {
        foreach (var issuer in issuers.All)
        {
            MapIssuing(group, $"/credentials/issue{issuer.Path}", profile, issuer, null);
            var only = issuer.Path.Length > 0 ? issuer : null;
            group.MapPost($"/credentials/verify{issuer.Path}", async (HttpContext context, CancellationToken cancellationToken) =>
                await profile.VerifyCredentialAsync(only, await context.ReadBodyAsync(MaxBytes, cancellationToken), cancellationToken));
            group.MapPost($"/presentations/verify{issuer.Path}", async (HttpContext context, CancellationToken cancellationToken) =>
                await profile.VerifyPresentationAsync(only, await context.ReadBodyAsync(MaxBytes, cancellationToken), cancellationToken));
        }

        foreach (var purpose in SuiteStatusLists.Purposes)
        {
            MapIssuing(group, $"/credentials/issue/status/{purpose}", profile, issuers.All[0], purpose);
        }
    }

    private static void MapIssuing(RouteGroupBuilder group, string path, ConformanceProfile profile, SuiteIssuer issuer, string? purpose) =>
        group.MapPost(path, async (HttpContext context, CancellationToken cancellationToken) =>
        {
            var issued = await profile.IssueAsync(issuer, purpose, await context.ReadBodyAsync(MaxBytes, cancellationToken), cancellationToken);
            return new RawJson(StatusCodes.Status201Created, issued);
        });

    /// <summary>For the suite of Bitstring Status List: the lists, how they are changed, and a publishing that has nothing left to do.</summary>
    private static void MapStatus(RouteGroupBuilder group, SuiteStatusLists statusLists)
    {
        foreach (var purpose in SuiteStatusLists.Purposes)
        {
            group.MapGet($"/status-lists/{purpose}", async (CancellationToken cancellationToken) => new RawJson(StatusCodes.Status200OK, await statusLists.ReadAsync(purpose, cancellationToken)));
            group.MapPost($"/status-lists/{purpose}/publish", () => TypedResults.NoContent());
        }

        group.MapPost("/credentials/status", async (HttpContext context, CancellationToken cancellationToken) =>
        {
            var change = StatusChange.Read(await context.ReadBodyAsync(MaxBytes, cancellationToken));
            statusLists.Set(change.Purpose, change.CredentialId, change.IsSet);
            return TypedResults.Ok();
        });
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

    /// <summary>JSON whose very bytes were signed.</summary>
    internal sealed class RawJson(int status, byte[] json) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = "application/json";
            await httpContext.Response.Body.WriteAsync(json, httpContext.RequestAborted);
        }
    }
}

/// <summary>Where a suite issues, and which did:key signs there.</summary>
internal sealed record IssuingPath(string Path, string Cryptosuite, string Issuer);
