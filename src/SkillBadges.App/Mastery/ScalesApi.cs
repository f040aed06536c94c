using System.Text;
using System.Text.Json;
using SkillBadges.App.Http;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Mastery;

/// <param name="Scale">In the format of scale files: id, name, description, levels from the lowest, proficientCut, scoring.</param>
internal sealed record NewScaleRequest(string OrganizationId, JsonElement Scale);

/// <inheritdoc cref="NewScaleRequest"/>
internal sealed record NextScaleRequest(JsonElement Scale);

/// <param name="Owner">The organization that wrote it here; null for one that came from files.</param>
internal sealed record ScaleLine(string Id, string Name, int Version, string? Owner);

/// <inheritdoc cref="ScaleLine"/>
internal sealed record ScaleAnswer(MasteryScale Scale, string? Owner);

/// <summary>Mastery scales: ordered levels with labels and descriptors, and the cut from which work counts as proficient. Public, as badges are.</summary>
internal static class ScalesApi
{
    private static readonly JsonElement Example = JsonElement.Parse(
        """
        {
          "id": "shop-three", "name": "Three steps in the shop", "description": "How far somebody works alone.",
          "levels": [
            { "code": "beginning", "ordinal": 1, "label": "Beginning", "descriptor": "Works beside somebody." },
            { "code": "proficient", "ordinal": 2, "label": "Proficient", "descriptor": "Works alone to the drawing." },
            { "code": "advanced", "ordinal": 3, "label": "Advanced", "descriptor": "Finds faults and shows others how." }
          ],
          "proficientCut": "proficient", "scoring": { "method": "latest" }
        }
        """);

    private static readonly string[] Faults =
    [
        "definition-file.too-many-values", "definition-file.duplicate-member", "definition-file.unknown-member", "definition-file.missing-member", "definition-file.wrong-type", "definition-file.bad-text",
        "definition-file.bad-length", "definition-file.bad-value", "definition-file.bad-slug", "definition-file.wrong-place", "definition-file.too-large", "scale.too-few-levels", "scale.duplicate-level",
        "scale.bad-level-code", "scale.levels-out-of-order", "scale.no-evidence-level", "scale.cut-not-a-level", "scale.bad-scoring",
    ];

    public static void MapScales(this IEndpointRouteBuilder app)
    {
        var scales = app.MapApi("scales", "Badges");
        scales.MapGet("", ListAsync).AllowAnonymous().WithSummary("The mastery scales, by name.");
        scales.MapGet("{id}", ReadAsync).AllowAnonymous().WithSummary("One scale in its current version, or in another (?version=).").Refuses(404, "scale.not-found");
        scales.MapPost("", WriteAsync).Example(new NewScaleRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", Example)).Produces<ScaleAnswer>(201)
            .WithSummary("Writes a scale of an organization's own. For its administrator. Badges name it by its id.")
            .Refuses(403, "role.missing").Refuses(404, "organization.not-found").Refuses(409, "scale.exists").Refuses(422, Faults);
        scales.MapPut("{id}", RewriteAsync).Example(new NextScaleRequest(Example))
            .WithSummary("Writes the next version of a scale that is written here. Badges and what was recorded keep the version that they have; what is written or imported next uses this one.")
            .Refuses(403, "role.missing").Refuses(404, "scale.not-found").Refuses(409, "scale.kept-elsewhere").Refuses(422, Faults);
    }

    private static async Task<PageOf<ScaleLine>> ListAsync(Paging paging, IDocumentStore store, CancellationToken cancellationToken)
    {
        var page = await store.QueryAsync(ScaleDocuments.Heads, paging.Of(ScaleDocuments.ByName.Where()), cancellationToken);
        return paging.Answer(page, read => new ScaleLine(read.Document.Id, read.Document.Name, read.Document.CurrentVersion, read.Document.Owner?.Value));
    }

    private static async Task<ScaleAnswer> ReadAsync(string id, int? version, HttpContext context, IDocumentStore store, CancellationToken cancellationToken)
    {
        var head = await store.GetAsync(ScaleDocuments.Heads, id, "scale", cancellationToken);
        context.SetVersion(head.Version);
        return await AnswerAsync(head.Document, version ?? head.Document.CurrentVersion, store, cancellationToken);
    }

    private static async Task<IResult> WriteAsync(
        NewScaleRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, ScaleWorkflow workflow, IDocumentStore store, CancellationToken cancellationToken)
    {
        var id = body.Scale.ValueKind == JsonValueKind.Object && body.Scale.TryGetProperty("id", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString()! : "";
        var head = await workflow.WriteAsync(me.Actor, OrganizationId.From(body.OrganizationId), id, Bytes(body.Scale), idempotency.For(me.Actor), cancellationToken);
        context.SetVersion(head.Version);
        return TypedResults.Created($"/api/scales/{head.Id}", await AnswerAsync(head.Document, head.Document.CurrentVersion, store, cancellationToken));
    }

    private static async Task<ScaleAnswer> RewriteAsync(
        string id, NextScaleRequest body, CurrentActor me, IfMatch ifMatch, HttpContext context, ScaleWorkflow workflow, IDocumentStore store, CancellationToken cancellationToken)
    {
        var head = await workflow.RewriteAsync(me.Actor, id, Bytes(body.Scale), ifMatch.Required, cancellationToken);
        context.SetVersion(head.Version);
        return await AnswerAsync(head.Document, head.Document.CurrentVersion, store, cancellationToken);
    }

    private static async Task<ScaleAnswer> AnswerAsync(ScaleHead head, int version, IDocumentStore store, CancellationToken cancellationToken) =>
        new((await store.GetAsync(ScaleDocuments.Versions, ScaleDocuments.VersionId(head.Id, version), "scale", cancellationToken)).Document, head.Owner?.Value);

    private static byte[] Bytes(JsonElement content) => Encoding.UTF8.GetBytes(content.GetRawText());
}
