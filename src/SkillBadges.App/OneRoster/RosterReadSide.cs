using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.App.Http;
using SkillBadges.Core.OneRoster.Clients;
using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.OneRoster;

/// <summary>
/// What other systems read of rosters and results: the read side of OneRoster 1.2's rostering and gradebook services (REST binding, final 2022-09-19), for clients with a token of <c>/ims/oneroster/token</c>
/// (OAuth 2 client credentials, RFC 6749 of 2012-10, 4.4). Before records of learners leave, the disclosures say so.
/// </summary>
internal static class RosterReadSide
{
    /// <summary>Records looked through for one answer; a filter that finds nothing must not read a whole state.</summary>
    private const int MaxLooked = 200_000;

    private static readonly string[] Rostering = ["orgs", "schools", "academicSessions", "terms", "gradingPeriods", "courses", "classes", "users", "students", "teachers", "enrollments"];
    private static readonly string[] Gradebook = ["categories", "lineItems", "results", "scoreScales"];

    public static void MapRosterReadSide(this IEndpointRouteBuilder app)
    {
        var root = app.MapGroup("/ims/oneroster").AllowAnonymous().ExcludeFromDescription().DisableAntiforgery();
        root.MapPost("/token", TokenAsync).RequireRateLimiting(RateLimits.Guessable);
        foreach (var (service, collections) in new[] { ("rostering", Rostering), ("gradebook", Gradebook) })
        {
            foreach (var collection in collections)
            {
                root.MapGet($"/{service}/v1p2/{collection}", (Func<HttpContext, Task<IResult>>)(context => AnswerAsync(context, service, collection, null)));
                root.MapGet($"/{service}/v1p2/{collection}/{{sourcedId}}", (string sourcedId, HttpContext context) => AnswerAsync(context, service, collection, sourcedId));
            }
        }
    }

    private static async Task<IResult> TokenAsync(HttpContext context, RosterTokens tokens, IDocumentStore store, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!context.Request.HasFormContentType)
        {
            return Problem(400, "invalid_request");
        }

        var form = await context.Request.ReadFormAsync(cancellationToken);
        if (form["grant_type"] != "client_credentials")
        {
            return Problem(400, "unsupported_grant_type");
        }

        var (id, secret) = CredentialsOf(context.Request, form);
        var client = id is { Length: > 0 and <= 100 } ? (await store.FindAsync(RosterClientDocuments.Kind, id, cancellationToken))?.Document : null;
        if (client is null || secret is not { Length: <= 200 } || !client.Knows(secret))
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"OneRoster\"";
            return Problem(401, "invalid_client");
        }

        var asked = form["scope"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var scopes = asked.Length == 0 ? [.. client.Scopes] : asked.Intersect(client.Scopes).ToArray();
        if (scopes.Length == 0)
        {
            return Problem(400, "invalid_scope");
        }

        return TypedResults.Json(new JsonObject
        {
            ["access_token"] = await tokens.IssueAsync(client, scopes, cancellationToken),
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)RosterTokens.Lifetime.TotalSeconds,
            ["scope"] = string.Join(' ', scopes),
        });
    }

    private static (string? Id, string? Secret) CredentialsOf(HttpRequest request, IFormCollection form)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) || !string.Equals(header.Scheme, "Basic", StringComparison.OrdinalIgnoreCase))
        {
            return (form["client_id"], form["client_secret"]);
        }

        var bytes = new byte[1024];
        return header.Parameter is { Length: < 1000 } text && Convert.TryFromBase64String(text, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var id, var secret]
            ? (Uri.UnescapeDataString(id), Uri.UnescapeDataString(secret))
            : (null, null);
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, string service, string collection, string? sourcedId)
    {
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            return sourcedId is null ? await AllAsync(context, service, collection) : await OneAsync(context, service, collection, sourcedId);
        }
        catch (StatusInfoException no)
        {
            if (no.Status == 401)
            {
                context.Response.Headers.WWWAuthenticate = "Bearer";
            }

            return TypedResults.Json(no.Body, statusCode: no.Status);
        }
    }

    private static async Task<IResult> AllAsync(HttpContext context, string service, string collection)
    {
        var (client, address, reading) = (await ClientAsync(context, service), context.RequestServices.GetRequiredService<InstanceAddress>(), context.RequestServices.GetRequiredService<RosterReading>());
        var query = RosterQuery.Of(context.Request.Query, RosterJson.MembersOf(RosterFiles.Find(RosterJson.AllOf(collection))!));
        var (taken, records, matching, looked) = (new List<ReadRow>(), new JsonArray(), 0, 0);
        await foreach (var row in reading.RowsAsync(client.Source.Value, collection, context.RequestAborted))
        {
            if (++looked > MaxLooked)
            {
                throw new StatusInfoException(400, "invaliddata", $"This would look through more than {MaxLooked} records; please ask for less, or take the export as a file.");
            }

            var record = RosterJson.Of(row, address);
            if (query.Takes(record) && matching++ >= query.Offset && records.Count < query.Limit)
            {
                taken.Add(row);
                records.Add((JsonNode)query.Select(record));
            }
        }

        await reading.DiscloseAsync(client, taken, withEntries: collection == "results", context.RequestAborted);
        context.Response.Headers["X-Total-Count"] = FormattableString.Invariant($"{matching}");
        if (query.Offset + records.Count < matching)
        {
            var rest = context.Request.Query.Where(pair => pair.Key is not ("offset" or "limit")).SelectMany(pair => pair.Value, (pair, value) => $"&{pair.Key}={Uri.EscapeDataString(value ?? "")}");
            context.Response.Headers.Link = $"<{address.Link(context.Request.Path)}?limit={query.Limit}&offset={query.Offset + records.Count}{string.Concat(rest)}>; rel=\"next\"";
        }

        return TypedResults.Json(new JsonObject { [RosterJson.AllOf(collection)] = records });
    }

    private static async Task<IResult> OneAsync(HttpContext context, string service, string collection, string sourcedId)
    {
        var (client, reading) = (await ClientAsync(context, service), context.RequestServices.GetRequiredService<RosterReading>());
        await foreach (var row in reading.RowsAsync(client.Source.Value, collection, context.RequestAborted))
        {
            if (row.Row["sourcedId"] == sourcedId)
            {
                await reading.DiscloseAsync(client, [row], withEntries: collection == "results", context.RequestAborted);
                return TypedResults.Json(new JsonObject { [RosterJson.OneOf(collection)] = RosterJson.Of(row, context.RequestServices.GetRequiredService<InstanceAddress>()) });
            }
        }

        throw new StatusInfoException(404, "unknownobject", "There is no record of this sourcedId.");
    }

    private static async Task<RosterClient> ClientAsync(HttpContext context, string service)
    {
        var (client, scopes) = await context.RequestServices.GetRequiredService<RosterTokens>().ReadAsync(context.Request, context.RequestAborted)
            ?? throw new StatusInfoException(401, "unauthorisedrequest", "Please send a token of /ims/oneroster/token.");
        var needed = service == "gradebook" ? [RosterScopes.Gradebook] : new[] { RosterScopes.Roster, RosterScopes.RosterCore };
        return scopes.Intersect(needed).Any() ? client : throw new StatusInfoException(403, "forbidden", $"The token needs the scope {needed[0]}.");
    }

    private static Microsoft.AspNetCore.Http.HttpResults.JsonHttpResult<JsonObject> Problem(int status, string error) => TypedResults.Json(new JsonObject { ["error"] = error }, statusCode: status);
}
