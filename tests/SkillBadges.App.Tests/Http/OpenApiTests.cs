using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.Http;
using SkillBadges.App.Tests.House;

namespace SkillBadges.App.Tests.Http;

/// <summary>The API's contract is a file that people read when it changes: <c>APPROVE_OPENAPI=1 dotnet test --filter OpenApi</c> writes it anew.</summary>
public sealed partial class OpenApiTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly string Approved = Path.Combine(Repository.Root, "tests", "SkillBadges.App.Tests", "openapi.approved.json");

    private IEnumerable<RouteEndpoint> Operations => app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<ApiOperation>() is not null);

    [Fact]
    public async Task The_document_is_the_approved_one()
    {
        using var client = app.Anonymous();
        var document = JsonNode.Parse(await client.GetStringAsync(new Uri(OpenApi.DocumentPath, UriKind.Relative)))!.ToString().ReplaceLineEndings("\n") + "\n";
        document = ListOfTexts().Replace(document, list => Regex.Replace(list.Value, "\\s*\n\\s*", " "));
        if (Environment.GetEnvironmentVariable("APPROVE_OPENAPI") == "1")
        {
            await File.WriteAllTextAsync(Approved, document);
        }

        Assert.Equal(await File.ReadAllTextAsync(Approved), document);
    }

    [Fact]
    public void Every_declared_refusal_is_explained()
    {
        var explained = app.Services.GetRequiredService<ProblemPages>();

        Assert.Empty(Operations.SelectMany(Refusals.Of).Select(refusal => refusal.Code).Distinct().Where(code => explained.Find(code) is null));
    }

    [Fact]
    public void Every_operation_says_what_it_does() => Assert.Empty(
        Operations.Where(endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IEndpointSummaryMetadata>() is null)
            .Select(endpoint => $"{endpoint.DisplayName}"));

    [Fact]
    public async Task Every_parameter_says_what_it_means()
    {
        using var client = app.Anonymous();
        var document = JsonNode.Parse(await client.GetStringAsync(new Uri(OpenApi.DocumentPath, UriKind.Relative)))!;

        Assert.Empty(
            from path in document["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            from parameter in operation.Value!["parameters"]?.AsArray() ?? []
            where string.IsNullOrEmpty((string?)parameter!["description"])
            select $"{operation.Key} {path.Key} {parameter["name"]}");
    }

    [Fact]
    public void What_creates_or_decides_takes_an_idempotency_key() => Assert.Empty(
        Operations.Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains("POST")
                && endpoint.Metadata.GetMetadata<TakesIdempotencyKey>() is null && endpoint.Metadata.GetMetadata<RepeatsHarmlessly>() is null)
            .Select(endpoint => endpoint.DisplayName));

    // On one line, so that the file is short enough to read.
    [GeneratedRegex("""\[(\s*"[^"\\]*",?)+\s*\]""")]
    private static partial Regex ListOfTexts();
}
