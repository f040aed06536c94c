using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Http;

internal sealed record HealthView(string Status, int? OutboxWaiting);

/// <summary><c>/healthz</c>: the process lives. <c>/readyz</c>: it can read its store and the outbox.</summary>
internal static partial class Health
{
    private const int MostCounted = 10_000;

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => new HealthView("alive", null)).DisableRateLimiting().WithMetadata(new AdmittedAlways()).ExcludeFromDescription();
        app.MapGet("/readyz", ReadyAsync).DisableRateLimiting().WithMetadata(new AdmittedAlways()).ExcludeFromDescription();
    }

    private static async Task<Results<Ok<HealthView>, JsonHttpResult<HealthView>>> ReadyAsync(IDocumentStore store, IOutbox outbox, ILogger<HealthView> log, CancellationToken cancellationToken)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        soon.CancelAfter(TimeSpan.FromSeconds(2));
        try
        {
            await store.FindAsync(OrganizationDocuments.Kind, "readiness", soon.Token);
            return TypedResults.Ok(new HealthView("ready", await outbox.CountAsync(MostCounted, soon.Token)));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotReady(log, e.GetType().FullName ?? "");
            return TypedResults.Json(new HealthView("not ready", null), statusCode: 503);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Not ready: {Fault}")]
    private static partial void LogNotReady(ILogger log, string fault);
}
