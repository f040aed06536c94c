using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using SkillBadges.Core;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Http;

/// <summary>
/// <c>Idempotency-Key</c>, 1 to 255 visible ASCII characters, for an endpoint's parameter. Every POST that creates or
/// decides takes one: the same key and body give the same result for seven days.
/// </summary>
internal sealed record Idempotency(string? Key, string Route, Sha256Digest BodyHash, Authority Authority) : IBindableFromHttpContext<Idempotency>, IEndpointParameterMetadataProvider
{
    public const string Header = "Idempotency-Key";

    /// <summary>What Core's <see cref="Commits.OnceAsync"/> takes; null when the client sent no key.</summary>
    public RequestKey? For(Actor actor) => For(actor, BodyHash);

    /// <summary>As <see cref="For(Actor)"/>, for a body that the endpoint read itself.</summary>
    public RequestKey? For(Actor actor, Sha256Digest bodyHash) => Key is null ? null : new(actor.Person.Value, Route, Key, bodyHash)
    {
        RequireStill = (since, cancellationToken) => Authority.RequireNoneEndedAsync(actor, since, cancellationToken),
    };

    public static ValueTask<Idempotency?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var header = context.Request.Headers[Header];
        if (header.Count > 0 && (header is not [{ Length: >= 1 and <= 255 } key] || key.Any(c => c is < '!' or > '~')))
        {
            throw RequestRefused.With(400, "request.idempotency-key", "Idempotency-Key is one value of 1 to 255 visible ASCII characters.");
        }

        // The whole address: the same key for another thing is another request.
        var route = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}";
        return ValueTask.FromResult<Idempotency?>(new Idempotency(header.Count == 0 ? null : header[0], route, (context.Features.Get<RequestBody>() ?? RequestBody.Empty).Hash, context.RequestServices.GetRequiredService<Authority>()));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(TakesIdempotencyKey.Instance);
}

internal sealed class TakesIdempotencyKey : IDeclaresRefusals
{
    public static readonly TakesIdempotencyKey Instance = new();

    public IReadOnlyList<DeclaredRefusal> Refusals { get; } =
        [new(422, "request.key-reused"), new(403, "request.role-ended"), new(400, "request.idempotency-key"), new(409, "storage.version-conflict"), new(409, "storage.not-unique")];
}
