namespace SkillBadges.App.Http;

/// <summary>An answer of an operation that is a no.</summary>
internal sealed record DeclaredRefusal(int Status, string Code);

/// <summary>Marks an endpoint as an operation of the API, whose answers are declared.</summary>
internal sealed record ApiOperation;

/// <summary>Which refusals an operation declares: what <c>.Refuses(...)</c> says and what comes with its parts.</summary>
internal static class Refusals
{
    private static readonly DeclaredRefusal[] Always =
    [
        new(400, "request.parameter"), new(404, "request.no-such-address"), new(405, "request.method"), new(429, "request.too-many"),
        new(500, "server.fault"), new(503, "storage.full"), new(503, "request.overload"), new(504, "request.timeout"),
        new(400, "request.bad"), new(403, "request.cross-site"), new(422, "storage.text-not-storable"), new(422, "storage.text-too-long"),
    ];

    private static readonly DeclaredRefusal[] Body =
    [
        new(400, "request.malformed-json"), new(400, "request.duplicate-member"), new(400, "request.unknown-member"), new(400, "request.missing-member"),
        new(400, "request.wrong-type"), new(400, "request.too-deep"), new(400, "request.text-not-storable"), new(400, "request.body-missing"),
        new(413, "request.too-large"), new(415, "request.media-type"),
    ];

    private static readonly DeclaredRefusal[] SignedIn =
    [
        new(401, "session.required"), new(401, "session.unlinked"), new(403, "session.second-factor-required"), new(403, "request.forbidden"),
        new(503, "session.authority-unreachable"),
    ];

    /// <summary>Declares refusals of an operation, by status: <c>.Refuses(422, "organization.slug", "organization.name")</c>.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder builder, int status, params string[] codes)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.WithMetadata([.. codes.Select(code => new DeclaredRefusal(status, code))]);
        return builder;
    }

    public static IEnumerable<DeclaredRefusal> Of(Endpoint endpoint) => Of(endpoint.Metadata);

    public static IEnumerable<DeclaredRefusal> Of(IEnumerable<object> metadata)
    {
        var known = metadata.ToArray();
        return known.OfType<DeclaredRefusal>()
            .Concat(known.OfType<IDeclaresRefusals>().SelectMany(part => part.Refusals))
            .Concat(known.OfType<Microsoft.AspNetCore.Http.Metadata.IAcceptsMetadata>().Any() ? Body : [])
            .Concat(known.OfType<Microsoft.AspNetCore.Authorization.IAllowAnonymous>().Any() ? [] : SignedIn)
            .Concat(Always)
            .Distinct();
    }
}

/// <summary>Metadata of a parameter that brings refusals of its own, such as a page's cursor.</summary>
internal interface IDeclaresRefusals
{
    IReadOnlyList<DeclaredRefusal> Refusals { get; }
}
