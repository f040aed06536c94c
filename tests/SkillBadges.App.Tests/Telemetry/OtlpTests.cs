using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SkillBadges.App.Telemetry;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.Telemetry;

/// <summary>What is measured reaches a collector by OTLP, holds nobody's name or id, and a collector that is away harms nothing.</summary>
public sealed class OtlpTests
{
    [Fact]
    public async Task A_collector_is_told_of_requests_refusals_and_the_store_and_of_nobody()
    {
        using var collector = new Collector();
        string[] secrets;
        await using (var app = await TestApp.StartAsync(settings => settings with { Otlp = new(collector.Address, "Authorization=Basic abc", TimeSpan.FromMinutes(1), 100) }))
        {
            var school = await app.OrganizationAsync(OrganizationKind.HighSchool);
            var person = await app.PersonAsync(school.Id, Role.Registrar);
            using var client = await app.AsAsync(person);
            client.DefaultRequestHeaders.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            client.DefaultRequestHeaders.Add("tracestate", "who=Ada-Lovelace");
            Assert.True((await client.GetAsync(new Uri($"/api/organizations/{school.Id}", UriKind.Relative))).IsSuccessStatusCode);
            await client.GetAsync(new Uri("/api/submissions/Grace-Hopper?name=Grace-Hopper", UriKind.Relative));
            await client.SendAsync(new(new("HOPPER"), new Uri("/api/me", UriKind.Relative)));
            await app.Services.GetServices<IHostedService>().OfType<QueueLevels>().Single().TellAsync(default);
            secrets = ["Ada-Lovelace", "Lovelace", "Grace", "HOPPER", person.Value, school.Id.Value, school.Slug, "0af7651916cd43dd8448eb211c80319c", "host.name", app.BaseUrl.Authority];
        }

        var (metrics, traces) = (collector.At("/collector/v1/metrics"), collector.At("/collector/v1/traces"));
        Assert.All(collector.Requests, request => Assert.Equal(("application/x-protobuf", "Basic abc"), (request.Type, request.Authorization)));
        foreach (var expected in (string[])["skillbadges.request.duration", "/api/organizations/{id}", "skillbadges.refusals", "submission.not-found", "skillbadges.store.duration", "commit", "skillbadges.outbox.waiting", "skillbadges.intents.open", "dotnet.gc.collections", "_OTHER"])
        {
            Assert.Contains(expected, metrics, StringComparison.Ordinal);
        }

        foreach (var expected in (string[])["GET /api/organizations/{id}", "GET /api/submissions/{id}", "submission.not-found", "skillbadges"])
        {
            Assert.Contains(expected, traces, StringComparison.Ordinal);
        }

        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, metrics, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, traces, StringComparison.OrdinalIgnoreCase);
        }

        // The id of a trace is bytes.
        Assert.DoesNotContain(Encoding.Latin1.GetString(Convert.FromHexString("0af7651916cd43dd8448eb211c80319c")), traces, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collector_that_is_away_is_said_once_and_harms_nothing()
    {
        Uri gone;
        using (var collector = new Collector())
        {
            gone = collector.Address;
        }

        var app = await TestApp.StartAsync(settings => settings with { Otlp = new(gone, null, TimeSpan.FromMilliseconds(100), 100) });
        using var client = app.Anonymous();
        for (var waited = Stopwatch.StartNew(); !app.Log.Lines.Any(IsAway) && waited.Elapsed < TimeSpan.FromSeconds(10);)
        {
            Assert.True((await client.GetAsync(new Uri("/healthz", UriKind.Relative))).IsSuccessStatusCode);
            await Task.Delay(50);
        }

        var stopping = Stopwatch.StartNew();
        await app.DisposeAsync();

        Assert.InRange(app.Log.Lines.Count(IsAway), 1, 2);
        Assert.True(stopping.Elapsed < TimeSpan.FromSeconds(12), $"Stopping took {stopping.Elapsed}.");

        static bool IsAway(string line) => line.Contains("cannot be delivered to the collector", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("endpoint", "collector", "otlp:endpoint is not")]
    [InlineData("endpoint", "ftp://collector.example", "otlp:endpoint is not")]
    [InlineData("endpoint", "https://user:secret@collector.example", "otlp:endpoint is not")]
    [InlineData("headers", "Authorization=secret", "the endpoint is missing")]
    [InlineData("seconds", "0", "otlp:seconds: 0")]
    [InlineData("tracePercent", "101", "otlp:tracePercent: 101")]
    [InlineData("protocol", "grpc", "otlp:protocol is not a setting")]
    public void A_wrong_setting_is_named_and_no_secret_is_repeated(string name, string value, string message)
    {
        var faults = new List<string>();

        OtlpSettings.Read(Section((name, value)), faults);

        Assert.Contains(faults, fault => fault.Contains(message, StringComparison.Ordinal));
        Assert.DoesNotContain(faults, fault => fault.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://collector.example:4318", "a=b", "readable on the way")]
    [InlineData("https://collector.example", "secret", "not of the form")]
    [InlineData("https://collector.example", "a=b,se cret=c", "not of the form")]
    public void Headers_go_where_nobody_else_reads_them(string endpoint, string headers, string message)
    {
        var faults = new List<string>();

        OtlpSettings.Read(Section(("endpoint", endpoint), ("headers", headers)), faults);

        Assert.Contains(message, Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_endpoint_nothing_leaves() => Assert.Null(OtlpSettings.Read(Section(), []));

    private static IConfigurationSection Section(params (string Name, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(pair => KeyValuePair.Create($"otlp:{pair.Name}", (string?)pair.Value))).Build().GetSection("otlp");
}
