using System.Diagnostics;
using SkillBadges.App.Telemetry;

namespace SkillBadges.App.Http;

/// <summary>One line a request, and its measure: the route's pattern, never the address itself, which may hold a link's secret or a name.</summary>
internal sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var begun = Stopwatch.GetTimestamp();
        using var activity = RequestMeters.Begin();
        try
        {
            await next(context);
        }
        finally
        {
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(none)";
            var (took, status) = (Stopwatch.GetElapsedTime(begun), context.Response.StatusCode);
            RequestMeters.End(activity, context.Request.Method, route, status, took);
            LogRequest(context.Request.Method, route, status, took.TotalMilliseconds, CurrentActor.Of(context.User)?.Person.Value);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Method} {Route} {Status} in {Milliseconds:0.0} ms, person {Person}")]
    private partial void LogRequest(string method, string route, int status, double milliseconds, string? person);
}
