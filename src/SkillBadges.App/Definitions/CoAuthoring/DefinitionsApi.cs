using System.Text.Json;
using SkillBadges.App.Http;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Definitions.Lint;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Definitions.CoAuthoring;

/// <param name="Content">In the badge file format, complete or not; left out for a badge that exists already, and for a copy.</param>
/// <param name="CopyOf">A published version, such as <c>smaw-fillet@1</c>, that the new badge begins as a copy of.</param>
internal sealed record NewDefinitionRequest(string OrganizationId, string Slug, JsonElement? Content = null, string? CopyOf = null);

internal sealed record AddOrganizationRequest(string OrganizationId);

/// <param name="Knowing">That the badge may lack a sign-off that its policy asks for when you have left; without it such a departure is refused, with what would be missing.</param>
internal sealed record DepartureRequest(string OrganizationId, string Reason, bool Knowing = false);

/// <summary>Badges that several organizations write together: who is at the table, and every revision.</summary>
internal static class DefinitionsApi
{
    public const string Tag = "Definitions";

    public static readonly JsonElement ExampleContent = JsonElement.Parse("""{ "slug": "tig-basics", "name": "TIG Basics", "field": "welding", "scale": "four-level" }""");

    public static void MapDefinitions(this IEndpointRouteBuilder app)
    {
        var definitions = app.MapApi("definitions", Tag);
        definitions.MapPost("", StartAsync).Example(new NewDefinitionRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "tig-basics", ExampleContent)).Produces<DefinitionView>(201)
            .WithSummary("Begins to write a badge, anew or as a copy of a published one (copyOf). For teachers, industry authors and administrators; the organization leads it.")
            .Refuses(403, "role.missing", "definition.not-yours").Refuses(404, "organization.not-found", "badge.not-found", "definition.not-found").Refuses(409, "definition.exists", "badge.retired")
            .Refuses(422, "definition.slug", "definition.not-readable", "definition.copy-of", "definition.bad-version-id");
        definitions.MapGet("{slug}", ReadAsync).WithSummary("A badge that you write: who is at the table, what is signed and what is missing.").Refuses(404, "definition.not-found", "organization.not-found");
        definitions.MapPost("{slug}/organizations", AddAsync).Example(new AddOrganizationRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a91")).WithSummary("Asks another organization to write the badge too. For who leads it.")
            .Refuses(403, "definition.owner-only").Refuses(404, "definition.not-found", "organization.not-found").Refuses(422, "definition.too-many-authors");
        definitions.MapPost("{slug}/departures", LeaveAsync).Example(new DepartureRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a91", "Our program ends this year."))
            .WithSummary("Your organization writes the badge no longer. What it signed stays with what was published; for what comes next, what is missing is looked at anew and told.")
            .Refuses(403, "role.missing", "definition.not-a-co-author").Refuses(404, "definition.not-found", "organization.not-found").Refuses(409, "definition.owner-stays", "definition.leaving-unmet").Refuses(422, "definition.departure-reason");
        definitions.MapGet("{slug}/revisions", RevisionsAsync).WithSummary("Every revision, in order.").Refuses(404, "definition.not-found");
        definitions.MapGet("{slug}/revisions/{number:int}", RevisionAsync).WithSummary("One revision whole, with what is still missing in it.").Refuses(404, "definition.not-found", "revision.not-found");
        definitions.MapGet("{slug}/revisions/{number:int}/lint", LintAsync).WithSummary("What may be unclear in the words of a revision; whether that blocks is the lint setting of who leads the badge.").Refuses(404, "definition.not-found", "revision.not-found");
        definitions.MapGet("{slug}/differences", DifferenceAsync).WithSummary("What changed from one revision to another (?from= and ?to=), in words.").Refuses(404, "definition.not-found", "revision.not-found");
        definitions.MapPost("{slug}/pictures", PictureAsync).Accepts<IFormFile>("image/png", "image/svg+xml").WithMetadata(new RepeatsHarmlessly())
            .WithSummary("Keeps a picture (PNG, 512 by 512) or a drawing (SVG) for the next proposal; the answer's digests go there.")
            .Refuses(404, "definition.not-found").Refuses(413, "request.too-large").Refuses(422, "definition.bad-picture", "file.too-large").Refuses(503, "file.store-full");
        app.MapApi("organizations/{id}/definitions", Tag).MapGet("", ListAsync).WithSummary("The badges that an organization writes, by name. For its authors.").Refuses(403, "role.missing");
    }

    private static async Task<IResult> StartAsync(
        NewDefinitionRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, DraftWorkflow workflow, PublicationWorkflow publications, CancellationToken cancellationToken)
    {
        var read = await workflow.StartAsync(me.Actor, OrganizationId.From(body.OrganizationId), body.Slug, body.Content?.GetRawText(), body.CopyOf is null ? null : BadgeVersionId.Parse(body.CopyOf), idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/definitions/{read.Id}", await AnswerAsync(context, read, publications, cancellationToken));
    }

    private static async Task<DefinitionView> ReadAsync(string slug, CurrentActor me, HttpContext context, DraftReading reading, PublicationWorkflow publications, CancellationToken cancellationToken) =>
        await AnswerAsync(context, await reading.ReadAsync(me.Actor, slug, cancellationToken), publications, cancellationToken);

    private static async Task<DefinitionView> AddAsync(
        string slug, AddOrganizationRequest body, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, DraftWorkflow workflow, PublicationWorkflow publications, CancellationToken cancellationToken) =>
        await AnswerAsync(context, await workflow.AddAsync(me.Actor, slug, OrganizationId.From(body.OrganizationId), ifMatch.Version, idempotency.For(me.Actor), cancellationToken), publications, cancellationToken);

    private static async Task<DefinitionView> LeaveAsync(
        string slug, DepartureRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, DraftWorkflow workflow, PublicationWorkflow publications, CancellationToken cancellationToken) =>
        await AnswerAsync(context, await workflow.LeaveAsync(me.Actor, slug, OrganizationId.From(body.OrganizationId), body.Reason, body.Knowing, publications.NeedsAsync, idempotency.For(me.Actor), cancellationToken), publications, cancellationToken);

    private static async Task<PageOf<RevisionLine>> RevisionsAsync(string slug, CurrentActor me, Paging paging, DraftReading reading, CancellationToken cancellationToken) =>
        paging.Answer(await reading.ListAsync(me.Actor, slug, CoAuthoringDocuments.Revisions, CoAuthoringDocuments.RevisionsBySlug, paging.Of, cancellationToken), read => RevisionLine.Of(read.Document));

    private static async Task<RevisionView> RevisionAsync(string slug, int number, CurrentActor me, DraftReading reading, CancellationToken cancellationToken) =>
        RevisionView.Of(await reading.RevisionAsync(me.Actor, slug, number, cancellationToken));

    private static async Task<LintView> LintAsync(string slug, int number, CurrentActor me, DraftReading reading, EffectiveSettings settings, CancellationToken cancellationToken)
    {
        var (draft, revision) = (await reading.ReadAsync(me.Actor, slug, cancellationToken), await reading.RevisionAsync(me.Actor, slug, number, cancellationToken));
        return new(slug, number, DefinitionLint.Findings(revision.Content.Badge, await settings.UsesStandardsAsync(draft.Document.Owner, cancellationToken)));
    }

    private static async Task<DifferenceView> DifferenceAsync(string slug, int from, int to, CurrentActor me, DraftReading reading, CancellationToken cancellationToken) =>
        new(from, to, await reading.DifferenceAsync(me.Actor, slug, from, to, cancellationToken));

    private static async Task<DraftPictures> PictureAsync(string slug, CurrentActor me, HttpContext context, DraftPictureStore pictures, CancellationToken cancellationToken) =>
        await pictures.PutAsync(me.Actor, slug, await context.ReadBodyAsync(RequestBodies.MaxBytes, cancellationToken), cancellationToken);

    private static async Task<PageOf<DefinitionLine>> ListAsync(string id, CurrentActor me, Paging paging, DraftReading reading, CancellationToken cancellationToken) => paging.Answer(
        await reading.ListAsync(me.Actor, OrganizationId.From(id), paging.Of, cancellationToken),
        read => new DefinitionLine(read.Document.Slug, read.Document.Name, read.Document.Field, read.Document.Revision, read.Document.IsComplete, read.Document.Standing.Count()));

    internal static async Task<DefinitionView> AnswerAsync(HttpContext context, Read<BadgeDraft> read, PublicationWorkflow publications, CancellationToken cancellationToken)
    {
        context.SetVersion(read.Version);
        return DefinitionView.Of(read.Document, await publications.NeedsAsync(read.Document, cancellationToken));
    }
}
