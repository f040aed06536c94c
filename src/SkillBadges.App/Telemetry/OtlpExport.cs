using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace SkillBadges.App.Telemetry;

/// <summary>
/// Sends measures and activities of the program, and measures of the runtime, to the collector of the settings, from its own threads. A collector that is away costs what was measured meanwhile and
/// nothing else.
/// </summary>
internal sealed partial class OtlpExport(OtlpSettings settings, ILogger<OtlpExport> log) : IHostedService, IDisposable
{
    // A route times a status: more than that many pairs have never been seen.
    private const int MaxSeries = 10_000;
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(5);

    private readonly List<IDisposable> providers = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Nothing of the machine: no name of a host, of a user or of a process.
        var self = ResourceBuilder.CreateEmpty().AddService("skillbadges", serviceVersion: typeof(OtlpExport).Assembly.GetName().Version?.ToString(3));
        providers.Add(Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(self)
            .AddMeter(Signals.Name, "System.Runtime")
            .AddView(instrument => new MetricStreamConfiguration { CardinalityLimit = MaxSeries })
            .AddOtlpExporter((exporter, reader) =>
            {
                Configure(exporter, settings.Metrics);
                reader.PeriodicExportingMetricReaderOptions = new() { ExportIntervalMilliseconds = (int)settings.Every.TotalMilliseconds, ExportTimeoutMilliseconds = (int)patience.TotalMilliseconds };
            })
            .Build());
        providers.Add(Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(self)
            .AddSource(Signals.Name)
            .SetSampler(new TraceIdRatioBasedSampler(settings.TracePercent / 100.0))
            .AddOtlpExporter(exporter => Configure(exporter, settings.Traces))
            .Build());
        return Task.CompletedTask;
    }

    /// <summary>What was measured last goes out, if the collector takes it within seconds.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(providers.Select(provider => Task.Run(
        () => provider switch
        {
            MeterProvider meters => meters.Shutdown((int)patience.TotalMilliseconds),
            TracerProvider traces => traces.Shutdown((int)patience.TotalMilliseconds),
            _ => throw new InvalidOperationException($"{provider.GetType()} exports nothing."),
        },
        cancellationToken)));

    public void Dispose()
    {
        foreach (var provider in providers)
        {
            provider.Dispose();
        }

        providers.Clear();
    }

    // Each is said here, so that variables for other programs on the machine change nothing.
    private void Configure(OtlpExporterOptions options, Uri endpoint)
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = endpoint;
        options.Headers = settings.Headers ?? "";
        options.TimeoutMilliseconds = (int)patience.TotalMilliseconds;
        options.HttpClientFactory = () => new HttpClient(new TellingHandler(this)) { Timeout = patience };
    }

    [LoggerMessage(1, LogLevel.Warning, "What was measured cannot be delivered to the collector: {Why}")]
    private partial void LogAway(string why);

    [LoggerMessage(2, LogLevel.Information, "The collector takes what is measured again")]
    private partial void LogBack();

    /// <summary>Says when the collector goes away and when it is back, once each.</summary>
    private sealed class TellingHandler(OtlpExport export) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        private int isAway;

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return Told(base.Send(request, cancellationToken));
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                Tell(e.GetType().Name);
                throw;
            }
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return Told(await base.SendAsync(request, cancellationToken));
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                Tell(e.GetType().Name);
                throw;
            }
        }

        private HttpResponseMessage Told(HttpResponseMessage answer)
        {
            Tell(answer.IsSuccessStatusCode ? null : $"status {(int)answer.StatusCode}");
            return answer;
        }

        private void Tell(string? why)
        {
            if (why is not null && Interlocked.Exchange(ref isAway, 1) == 0)
            {
                export.LogAway(why);
            }
            else if (why is null && Interlocked.Exchange(ref isAway, 0) == 1)
            {
                export.LogBack();
            }
        }
    }
}
