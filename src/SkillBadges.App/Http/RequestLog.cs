using System.Diagnostics;

namespace SkillBadges.App.Http;

/// <summary>One line a request: the route's pattern, never the address itself, which may hold a link's secret or a name.</summary>
internal sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(none)";
            LogRequest(context.Request.Method, route, context.Response.StatusCode, Stopwatch.GetElapsedTime(begun).TotalMilliseconds, CurrentActor.Of(context.User)?.Person.Value);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Method} {Route} {Status} in {Milliseconds:0.0} ms, person {Person}")]
    private partial void LogRequest(string method, string route, int status, double milliseconds, string? person);
}
