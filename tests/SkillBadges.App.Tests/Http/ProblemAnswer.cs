using System.Net.Http.Json;

namespace SkillBadges.App.Tests.Http;

/// <summary>Reads problems out of answers.</summary>
internal static class ProblemAnswer
{
    internal sealed record Body(string Type, string Title, int Status, string Detail, string Code, string TraceId);

    public static async Task<Body> ProblemAsync(this HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var body = await answer.Content.ReadFromJsonAsync<Body>();
        Assert.NotNull(body);
        Assert.Equal((int)answer.StatusCode, body.Status);
        Assert.Equal($"/problems/{body.Code}", body.Type);
        return body;
    }

    /// <summary>The answer is a problem of this status and code.</summary>
    public static async Task RefusesAsync(this HttpResponseMessage answer, int status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode >= 400, $"{code} was expected, but the answer is {(int)answer.StatusCode}: {text}");
        var problem = await answer.ProblemAsync();
        Assert.Equal((status, code), (problem.Status, problem.Code));
    }
}
