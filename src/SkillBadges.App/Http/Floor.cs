using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Logging.Console;
using SkillBadges.App.Evidence;
using SkillBadges.App.Layout;
using SkillBadges.App.SignIn;
using SkillBadges.App.SignIn.Passes;

namespace SkillBadges.App.Http;

/// <summary>What every request walks over before it meets a feature, in order.</summary>
internal static class Floor
{
    public static void AddFloor(this WebApplicationBuilder builder, Settings settings)
    {
        AddServer(builder, settings);
        AddLogs(builder.Logging);
        var services = builder.Services;
        services.AddRoutingCore().AddAuthorization();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options => RequestJson.Configure(options.SerializerOptions));
        services.AddRequestTimeouts(options => options.DefaultPolicy = new() { Timeout = TimeSpan.FromSeconds(30) });
        services.AddRazorComponents();
        services.AddPageCompression();
        services.AddHttpContextAccessor().AddScoped<Texts>();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "skillbadges-form";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddSignIn(settings);
    }

    public static void UseFloor(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<Settings>();
        if (settings.TrustedProxies.Length > 0)
        {
            app.UseForwardedHeaders(Forwarded(settings));
        }

        app.UseMiddleware<RequestLog>();
        app.UseSecurityHeaders();
        app.UsePageCompression();
        app.UseMiddleware<Problems>();
        app.UseEvidenceHost();
        app.UseMiddleware<KnownHosts>();
        app.UseTusMethods();
        app.UseSiteFiles();
        app.UseOpenApiDocument();
        app.UseRouting();
        app.UseRequestTimeouts();
        app.UseAuthentication();
        app.UseMiddleware<PassBounds>();
        if (settings.Rates.AreLimited)
        {
            app.UseRateLimiter();
        }

        app.UseMiddleware<SameOrigin>();
        app.UseAuthorization();
        app.UseMiddleware<StaffSecondFactor>();
        app.UseMiddleware<RequestBodies>();
        if (settings.AtOnce > 0)
        {
            app.UseMiddleware<Admission>(settings.AtOnce);
        }

        app.UseMiddleware<ReadersClock>();
        app.UseAntiforgery();
        app.MapRazorComponents<Site>();
    }

    private static void AddServer(WebApplicationBuilder builder, Settings settings)
    {
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = 64 * 1024 * 1024;
            options.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            options.Limits.MaxRequestLineSize = 8 * 1024;
            options.Limits.MaxConcurrentConnections = 10_000;
            options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        builder.WebHost.UseUrls([.. settings.Urls]);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(20));
    }

    private static void AddLogs(ILoggingBuilder logging)
    {
        logging.AddJsonConsole(options => options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'").Services.Configure<JsonConsoleFormatterOptions>(options => options.UseUtcTimestamp = true);
        logging.SetMinimumLevel(LogLevel.Information);

        // The framework's own lines quote addresses with their queries, header values and the messages of exceptions.
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
    }

    private static ForwardedHeadersOptions Forwarded(Settings settings)
    {
        // ForwardLimit null: from the right, as long as the one before is a trusted proxy; the left-most is what the client claims.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in settings.TrustedProxies)
        {
            options.KnownIPNetworks.Add(network);
        }

        return options;
    }
}
