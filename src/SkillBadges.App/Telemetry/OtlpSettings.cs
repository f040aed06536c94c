using System.Globalization;

namespace SkillBadges.App.Telemetry;

/// <summary>Where measures and activities go by OTLP over HTTP in protobuf form (OTLP 1.x, opentelemetry.io/docs/specs/otlp).</summary>
/// <param name="Endpoint">Such as <c>http://localhost:4318</c>; <c>v1/metrics</c> and <c>v1/traces</c> are below it.</param>
/// <param name="Headers">As <c>name=value,name=value</c>; holds a secret. Null for none.</param>
/// <param name="Every">Between two exports of measures.</param>
/// <param name="TracePercent">How many of a hundred activities are exported.</param>
internal sealed record OtlpSettings(Uri Endpoint, string? Headers, TimeSpan Every, int TracePercent)
{
    private const int DefaultSeconds = 60;
    private const int All = 100;

    private static readonly string[] known = ["endpoint", "headers", "seconds", "tracePercent"];

    public Uri Metrics => Below("v1/metrics");

    public Uri Traces => Below("v1/traces");

    /// <summary>Null when no endpoint is named, or what is named is wrong, which <paramref name="faults"/> says.</summary>
    public static OtlpSettings? Read(IConfigurationSection values, List<string> faults)
    {
        foreach (var unknown in values.GetChildren().Select(child => child.Key).Where(key => !known.Contains(key, StringComparer.OrdinalIgnoreCase)))
        {
            faults.Add($"otlp:{unknown} is not a setting; those of otlp are {string.Join(", ", known)}.");
        }

        var (said, headers) = (Text(values, "endpoint"), Text(values, "headers"));
        var (seconds, percent) = (Number(values, "seconds", DefaultSeconds, 3600, faults), Number(values, "tracePercent", All, All, faults));
        if (said is null)
        {
            if (values.GetChildren().Any(child => !string.IsNullOrWhiteSpace(child.Value)))
            {
                faults.Add("otlp: the endpoint is missing, such as http://localhost:4318.");
            }

            return null;
        }

        if (!Uri.TryCreate(said, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https") || endpoint.UserInfo.Length + endpoint.Query.Length + endpoint.Fragment.Length > 0)
        {
            faults.Add("otlp:endpoint is not an address of a collector without a user name, such as http://localhost:4318.");
            return null;
        }

        if (headers is not null && (endpoint.Scheme == "http" && !endpoint.IsLoopback))
        {
            faults.Add("otlp:headers would be readable on the way: they go to an https endpoint, or to one on this machine.");
        }

        if (headers?.Split(',').Any(header => header.IndexOf('=', StringComparison.Ordinal) is var place && (place < 1 || !header[..place].Trim().All(IsOfToken))) == true)
        {
            // What was said is not repeated: it may be a secret.
            faults.Add("otlp:headers are not of the form name=value,name=value.");
        }

        return new(endpoint, headers, TimeSpan.FromSeconds(seconds), percent);
    }

    private static string? Text(IConfigurationSection values, string name) => string.IsNullOrWhiteSpace(values[name]) ? null : values[name];

    private static int Number(IConfigurationSection values, string name, int otherwise, int most, List<string> faults)
    {
        if (Text(values, name) is not { } text)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most)
        {
            return number;
        }

        faults.Add($"otlp:{name}: {text} is not a whole number from 1 to {most}.");
        return otherwise;
    }

    private static bool IsOfToken(char one) => char.IsAsciiLetterOrDigit(one) || "!#$%&'*+-.^_`|~".Contains(one, StringComparison.Ordinal);

    private Uri Below(string path) => new($"{Endpoint.AbsoluteUri.TrimEnd('/')}/{path}");
}
