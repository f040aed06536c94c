using System.Collections.Frozen;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SkillBadges.App.Telemetry;

/// <summary>Requests by the pattern of their route, and refusals by their code.</summary>
internal static class RequestMeters
{
    private const string Method = "http.request.method";
    private const string Route = "http.route";
    private const string Status = "http.response.status_code";

    // A client may write any word there.
    private static readonly FrozenSet<string> methods = new[] { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly Histogram<double> requests = Signals.Seconds("skillbadges.request.duration", "How long a request took, by method, pattern of the route and status.");

    private static readonly Counter<long> refusals = Signals.Count("skillbadges.refusals", "{refusal}", "Answers that said no, by code and status.");

    /// <summary>
    /// An activity of this request, if somebody listens. It is a root: what a client sends as <c>traceparent</c> and <c>tracestate</c> is its own text and goes nowhere. The framework's activity of the
    /// request holds the address and is not exported.
    /// </summary>
    public static Activity? Begin()
    {
        if (!Signals.Activities.HasListeners())
        {
            return null;
        }

        var around = Activity.Current;
        Activity.Current = null;
        var begun = Signals.Activities.StartActivity("request", ActivityKind.Server);
        Activity.Current = begun ?? around;
        return begun;
    }

    public static void End(Activity? activity, string method, string route, int status, TimeSpan took)
    {
        var known = methods.Contains(method) ? method : "_OTHER";
        requests.Record(took.TotalSeconds, Signals.Tag(Method, known), Signals.Tag(Route, route), Signals.Tag(Status, status));
        if (activity is null)
        {
            return;
        }

        activity.DisplayName = $"{known} {route}";
        activity.SetTag(Method, known).SetTag(Route, route).SetTag(Status, status);
        if (status >= 500)
        {
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }

    public static void Refused(string code, int status)
    {
        refusals.Add(1, Signals.Tag("code", code), Signals.Tag(Status, status));
        Activity.Current?.SetTag("skillbadges.refusal", code);
    }
}
