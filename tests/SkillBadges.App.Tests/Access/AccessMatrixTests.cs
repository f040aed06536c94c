using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.Http;
using SkillBadges.App.Tests.Definitions;
using SkillBadges.App.Tests.Evidence;

namespace SkillBadges.App.Tests.Access;

/// <summary>Who gets what from which door: route, role and relationship. An operation that has no row fails the test.</summary>
public sealed class AccessMatrixTests(TestDistrict district) : IClassFixture<TestDistrict>
{
    private static readonly IReadOnlyList<AccessRow> rows = AccessMatrix.Read();

    private IEnumerable<RouteEndpoint> Operations => district.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal) && endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not null);

    [Fact]
    public void Every_operation_has_a_row_and_every_row_an_operation() => Assert.Equal(
        rows.Select(row => row.Operation).Concat(DefinitionAccessTests.Rows).Order(StringComparer.Ordinal), Operations.SelectMany(NamesOf).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_operation_of_the_interface_is_declared_as_one() => Assert.All(Operations, endpoint => Assert.NotNull(endpoint.Metadata.GetMetadata<ApiOperation>()));

    [Fact]
    public void Every_row_says_what_each_gets() => Assert.All(rows, row => Assert.True(row.Expected.Length == Cast.Everybody.Length, row.Operation));

    [Theory]
    [InlineData("work")]
    [InlineData("paths")]
    [InlineData("school")]
    [InlineData("sharing")]
    [InlineData("reporting")]
    [InlineData("account")]
    public async Task Each_gets_what_is_theirs_from_each_operation(string scene)
    {
        var around = await Cast.AroundAsync(district);
        var surprises = new List<string>();
        foreach (var row in rows.Where(row => row.Scene == scene))
        {
            var answers = await AnswersAsync(row, around);
            surprises.AddRange(answers.Select((answer, index) => (answer, index)).Where(pair => pair.answer != row.Expected[pair.index])
                .Select(pair => $"{row.Operation}: {Cast.Everybody[pair.index]} got {pair.answer}, not {row.Expected[pair.index]}"));
        }

        Assert.True(surprises.Count == 0, string.Join('\n', surprises));
        Assert.DoesNotContain(district.App.Log.Lines, line => line.Contains("Undeclared refusal", StringComparison.Ordinal));
    }

    // What somebody changed is set up anew for the next one, so that each answer is about the one who asks.
    private async Task<List<string>> AnswersAsync(AccessRow row, IReadOnlyDictionary<string, HttpClient> around)
    {
        var answers = new List<string>();
        (IReadOnlyDictionary<string, HttpClient> Clients, Func<HttpRequestMessage> Request)? set = null;
        foreach (var actor in Cast.Everybody)
        {
            set ??= await SetAsync(row, around);
            using var request = set.Value.Request();
            var isChange = request.Method != HttpMethod.Get && request.Method != HttpMethod.Head && request.Method != HttpMethod.Options;
            using var answer = await set.Value.Clients[actor].SendAsync(request);
            answers.Add($"{(int)answer.StatusCode}");
            if (answer.IsSuccessStatusCode && isChange)
            {
                set = null;
            }
        }

        return answers;
    }

    private async Task<(IReadOnlyDictionary<string, HttpClient>, Func<HttpRequestMessage>)> SetAsync(AccessRow row, IReadOnlyDictionary<string, HttpClient> around)
    {
        switch (row.Scene)
        {
            case "work":
                var work = await WorkScene.SetAsync(district, row.Operation);
                return (await Cast.OfAsync(district, work.Learner, around), () => work.Request(row.Operation));
            case "paths":
                var path = await PathScene.SetAsync(district);
                return (await Cast.OfAsync(district, path.Learner, around), () => path.Request(row.Operation));
            case "sharing":
                var sharing = await SharingScene.SetAsync(district);
                return (await Cast.OfAsync(district, sharing.Learner, around), () => sharing.Request(row.Operation));
            case "reporting":
                var reporting = await ReportingScene.SetAsync(district);
                return (await Cast.OfAsync(district, reporting.Learner, around), () => reporting.Request(row.Operation));
            case "school":
                var school = await SchoolScene.SetAsync(district);
                return (await Cast.OfAsync(district, school.Learner, around), () => school.Request(row.Operation));
            default:
                // Everybody signs in anew: these operations end sessions.
                var account = await SchoolScene.SetAsync(district);
                return (await Cast.OfAsync(district, account.Learner, await Cast.AroundAsync(district)), () => account.Request(row.Operation));
        }
    }

    private static IEnumerable<string> NamesOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}");
}
