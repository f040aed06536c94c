namespace SkillBadges.App.Http;

/// <summary>How a feature hangs its operations under <c>/api</c>.</summary>
internal static class ApiRoutes
{
    /// <summary>
    /// A group of operations: signed in unless one says <c>.AllowAnonymous()</c>, described in the OpenAPI document under
    /// the tag, its refusals declared by <c>.Refuses(...)</c>.
    /// </summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder app, string path, string tag)
    {
        var group = app.MapGroup($"/api/{path}");
        group.WithTags(tag).WithMetadata(new ApiOperation()).RequireAuthorization().DisableAntiforgery();
        return group;
    }

    /// <summary>An example of the body and of the answer for the OpenAPI document.</summary>
    public static TBuilder Example<TBuilder>(this TBuilder builder, object? request = null, object? answer = null)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new OperationExample(request, answer));
}

internal sealed record OperationExample(object? Request, object? Answer);

/// <summary>Marks a POST that needs no <c>Idempotency-Key</c>, since doing it again changes nothing more, or must not be answered from memory (a secret).</summary>
internal sealed record RepeatsHarmlessly;
