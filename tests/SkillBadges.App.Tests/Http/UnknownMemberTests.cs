using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.Http;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.Http;

/// <summary>Nobody sets what the request does not have (threat T26): each operation with a JSON body, sent one that is whole and holds one member more.</summary>
[Collection(DistrictCollection.Name)]
public sealed class UnknownMemberTests(TestDistrict district)
{
    [Fact]
    public async Task Every_body_with_a_member_that_is_not_its_own_is_refused()
    {
        using var client = await district.AsAsync(await district.App.PersonAsync(district.West, Role.Student));
        var operations = district.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ApiOperation>() is not null && endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Contains("application/json") == true)
            .ToList();
        Assert.True(operations.Count > 10);
        var surprises = new List<string>();
        foreach (var operation in operations)
        {
            foreach (var member in (string[])["id", "state", "role", "isAdmin", "__proto__"])
            {
                var body = Whole(operation.Metadata.GetMetadata<IAcceptsMetadata>()!.RequestType!)!.AsObject();
                if (!body.TryAdd(member, "x"))
                {
                    continue;
                }

                using var request = new HttpRequestMessage(new HttpMethod(operation.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]), new Uri(AddressOf(operation), UriKind.Relative))
                {
                    Content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
                };
                using var answer = await client.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                if ((int)answer.StatusCode != 400 || !text.Contains("request.unknown-member", StringComparison.Ordinal))
                {
                    surprises.Add($"{operation.RoutePattern.RawText} with {member}: {text}");
                }
            }
        }

        Assert.Empty(surprises);
    }

    private static string AddressOf(RouteEndpoint operation) =>
        "/" + string.Join('/', operation.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart { Name: "kind" } => "workApproved",
            _ => "1",
        }))));

    // A body in which every member that is required is there, with a value of its type.
    private static JsonNode? Whole(Type type)
    {
        var known = RequestJson.Strict.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        return known switch
        {
            { Kind: JsonTypeInfoKind.Object } => new JsonObject(known.Properties.Where(property => property.IsRequired).Select(property => KeyValuePair.Create(property.Name, Whole(property.PropertyType)))),
            { Kind: JsonTypeInfoKind.Enumerable } => new JsonArray(),
            { Kind: JsonTypeInfoKind.Dictionary } => new JsonObject(),
            { Type.IsEnum: true } => JsonSerializer.SerializeToNode(Enum.GetValues(known.Type).GetValue(0), known.Type, RequestJson.Strict),
            _ when known.Type == typeof(bool) => true,
            _ when known.Type == typeof(int) || known.Type == typeof(long) || known.Type == typeof(decimal) => 1,
            _ when known.Type == typeof(DateTimeOffset) => "2026-11-21T00:00:00Z",
            _ when known.Type == typeof(DateOnly) => "2026-11-21",
            _ => "x",
        };
    }
}
