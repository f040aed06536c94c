using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.Http;

namespace SkillBadges.App.Tests.Evidence;

/// <summary>Who gets what from which door of the many paths to a badge. An operation that has no row here fails the test.</summary>
[Collection(DistrictCollection.Name)]
public sealed class AccessMatrixTests(TestDistrict district)
{
    private static readonly string[] Actors = ["anonymous", "learner", "other learner", "teacher", "teacher elsewhere", "supervisor", "registrar", "guardian"];

    // Expected for each of the actors, in that order; the work came back once and is a draft again.
    private static readonly Dictionary<string, string> Expected = new(StringComparer.Ordinal)
    {
        ["POST /api/submissions/{id}/assessments"] = "401 409 404 404 404 404 404 404",
        ["PUT /api/submissions/{id}/plans/{attempt:int}"] = "401 200 404 404 404 404 404 404",
        ["POST /api/submissions/{id}/nods"] = "401 404 404 201 404 404 404 404",
        ["POST /api/submissions/{id}/pitches"] = "401 201 404 404 404 404 404 404",
        ["GET /api/submissions/{id}/pitches"] = "401 200 404 200 404 404 200 200",
        ["GET /api/pitches"] = "401 404 404 200 404 404 404 404",
        ["GET /api/pitches/{id}"] = "401 200 404 200 404 404 200 200",
        ["POST /api/pitches/{id}/answers"] = "401 403 404 200 404 404 403 403",
        ["POST /api/logs"] = "401 201 201 201 403 403 201 403",
        ["GET /api/logs"] = "401 200 404 200 404 200 200 200",
        ["GET /api/log-totals"] = "401 200 404 200 404 404 200 200",
        ["GET /api/logs/{id}"] = "401 200 404 200 404 200 200 200",
        ["PUT /api/logs/{id}"] = "401 200 404 404 404 404 404 404",
        ["DELETE /api/logs/{id}"] = "401 204 404 404 404 404 404 404",
        ["POST /api/logs/{id}/signatures"] = "401 403 404 200 404 409 403 403",
        ["POST /api/logs/{id}/confirmations"] = "401 201 404 404 404 404 404 404",
        ["GET /api/logs/{id}/confirmations"] = "401 200 404 200 404 200 200 200",
        ["POST /api/submissions/{id}/logs"] = "401 409 404 404 404 404 404 404",
        ["POST /api/submissions/{id}/confirmations"] = "401 201 404 404 404 404 404 404",
        ["GET /api/submissions/{id}/confirmations"] = "401 200 404 200 404 404 200 200",
        ["POST /api/confirmations/{id}/links"] = "401 404 404 200 404 404 404 404",
        ["GET /api/progress-boards/{id}"] = "401 200 404 200 404 404 200 200",
        ["POST /api/submissions/{id}/assessment-requests"] = "401 201 404 404 404 404 404 404",
        ["GET /api/assessment-requests"] = "401 404 404 200 404 404 404 404",
        ["GET /api/assessment-requests/{id}"] = "401 200 404 200 404 404 404 404",
        ["POST /api/assessment-requests/{id}/answers"] = "401 403 404 200 404 404 404 404",
        ["POST /api/accommodations"] = "401 403 403 403 403 403 201 403",
        ["GET /api/accommodations"] = "401 200 404 200 404 404 200 200",
        ["POST /api/accommodations/{id}/end"] = "401 404 404 404 404 404 200 404",
        ["POST /api/team-works"] = "401 201 404 404 404 404 404 404",
        ["GET /api/team-works"] = "401 200 200 200 200 200 200 200",
        ["GET /api/team-works/{id}"] = "401 200 404 200 404 404 404 404",
        ["POST /api/team-works/{id}/acceptances"] = "401 200 404 404 404 404 404 404",
        ["POST /api/submissions/{id}/team-works"] = "401 200 404 404 404 404 404 404",
    };

    private IEnumerable<RouteEndpoint> Operations => district.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<ApiOperation>() is not null && endpoint.Metadata.GetMetadata<ITagsMetadata>()?.Tags.Contains("Paths") == true);

    [Fact]
    public void Every_operation_has_a_row() => Assert.Equal(Expected.Keys.Order(StringComparer.Ordinal), Operations.Select(NameOf).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Each_actor_gets_what_is_theirs_from_each_operation()
    {
        var surprises = new List<string>();
        foreach (var (operation, expected) in Expected)
        {
            var scene = await PathScene.SetAsync(district);
            var answers = new List<int>();
            foreach (var actor in Actors)
            {
                using var request = scene.Request(operation);
                using var answer = await scene.Clients[actor].SendAsync(request);
                answers.Add((int)answer.StatusCode);
            }

            if (string.Join(' ', answers) is var got && got != expected)
            {
                surprises.Add($"{operation}: {got}, not {expected}");
            }
        }

        Assert.Empty(surprises);
    }

    private static string NameOf(RouteEndpoint endpoint) =>
        $"{Assert.Single(endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)} /{endpoint.RoutePattern.RawText!.Trim('/')}";
}
