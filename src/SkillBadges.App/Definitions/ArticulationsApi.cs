using SkillBadges.App.Http;
using SkillBadges.Core.Definitions.Articulations;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Organizations.Agreements;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Definitions;

/// <param name="OrganizationId">The side that proposes: the school or the college.</param>
/// <param name="Kind">Whether <paramref name="Slug"/> names a badge or a stack.</param>
internal sealed record NewArticulationRequest(string OrganizationId, ArticulatedKind Kind, string Slug, string SchoolId, string CollegeId, ArticulationTerms Terms);

internal sealed record ArticulationRevisionRequest(string OrganizationId, ArticulationTerms Terms);

internal sealed record ArticulationApprovalRequest(string OrganizationId, int Revision);

internal sealed record ArticulationEndRequest(string OrganizationId, DateOnly LastDay);

internal sealed record ArticulationRevisionView(int Number, ArticulationTerms Terms, IReadOnlyList<string> ApprovedBy, DateOnly? AgreedOn, DateOnly? HoldsFrom);

/// <summary>What a badge or stack counts for at a college.</summary>
/// <param name="Holding">The wording that holds for what is earned today; absent where none does.</param>
internal sealed record ArticulationView(
    string Id, ArticulatedKind Kind, string Slug, string SchoolId, string CollegeId, ArticulationRevisionView? Holding, IReadOnlyList<ArticulationRevisionView> Revisions, DateOnly? LastDay)
{
    public static ArticulationView Of(Articulation articulation, DateOnly today) => new(
        articulation.Id.Value, articulation.Kind, articulation.Slug, articulation.School.Value, articulation.College.Value,
        articulation.HoldingOn(today) is { } held ? Of(held) : null, [.. articulation.Revisions.Select(Of)], articulation.Ends is [.., var end] ? end.LastDay : null);

    private static ArticulationRevisionView Of(AgreementRevision<ArticulationTerms> revision) => new(
        revision.Number, revision.Terms, [.. revision.Approvals.Select(approval => approval.Organization.Value)], revision.AgreedOn, revision.HoldsFrom);
}

/// <summary>College credit for badges: proposed by one side, in force when both said yes, kept by the day on which a badge was earned.</summary>
internal static class ArticulationsApi
{
    private static readonly ArticulationTerms ExampleTerms = new("WELD 1010", "Shielded Metal Arc Welding", 3, new DateOnly(2026, 8, 1))
    {
        To = new DateOnly(2028, 7, 31), MinimumLevel = "proficient", Fee = 25, Conditions = "Enroll within two years after graduation.",
    };

    public static void MapArticulations(this IEndpointRouteBuilder app)
    {
        var articulations = app.MapApi("articulations", "Badges");
        articulations.MapGet("", ListAsync).AllowAnonymous().WithSummary("What counts for college credit when it is earned today: with ?badge= or ?stack= (a slug).").Refuses(422, "storage.text-too-long");
        articulations.MapPost("", ProposeAsync).Produces<ArticulationView>(201).WithSummary("Proposes an agreement between a school and a college. For the registrar or administrator of one of them.")
            .Example(new NewArticulationRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", ArticulatedKind.Badge, "smaw-fillet", "019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "019aa0d2c7f07f1c8b0e1f6d5c2b7a91", ExampleTerms))
            .Refuses(403, "role.missing", "articulation.not-a-party").Refuses(404, "organization.not-found", "badge.not-found", "stack.not-found")
            .Refuses(422, "articulation.sides", "articulation.terms", "definition.unknown-competency", "scale.unknown-level");
        articulations.MapGet("{id}", ReadAsync).AllowAnonymous().WithSummary("One agreement with all its wordings; one that is only proposed is for both sides' offices.").Refuses(404, "articulation.not-found");
        articulations.MapPost("{id}/revisions", ReviseAsync).WithSummary("Proposes another wording; what holds goes on until both sides said yes to it.")
            .Example(new ArticulationRevisionRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", ExampleTerms))
            .Refuses(403, "role.missing", "articulation.not-a-party").Refuses(404, "articulation.not-found").Refuses(409, "articulation.too-many-revisions")
            .Refuses(422, "articulation.terms", "definition.unknown-competency", "scale.unknown-level");
        articulations.MapPost("{id}/approvals", ApproveAsync).WithSummary("Says yes to the last wording for one side; with both, it is agreed.")
            .Example(new ArticulationApprovalRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a91", 1))
            .Refuses(403, "role.missing", "articulation.not-a-party").Refuses(404, "articulation.not-found").Refuses(409, "articulation.revision-stale");
        articulations.MapPost("{id}/end", EndAsync).WithSummary("Ends an agreement after a day, today at the earliest; what was earned until then counts on.")
            .Example(new ArticulationEndRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a91", new DateOnly(2027, 6, 30)))
            .Refuses(403, "role.missing", "articulation.not-a-party").Refuses(404, "articulation.not-found").Refuses(409, "articulation.not-agreed").Refuses(422, "articulation.past-day");
        app.MapApi("organizations/{id}/articulations", "Badges").MapGet("", OfOrganizationAsync).WithSummary("All agreements of an organization, proposed ones too. For its office.")
            .Refuses(403, "role.missing").Refuses(422, "storage.text-too-long");
    }

    private static async Task<PageOf<ArticulationView>> ListAsync(
        string? badge, string? stack, Paging paging, ArticulationWorkflow workflow, IDocumentStore store, CancellationToken cancellationToken)
    {
        var kind = stack is null ? ArticulatedKind.Badge : ArticulatedKind.Stack;
        var page = await store.QueryAsync(ArticulationDocuments.Kind, paging.Of(ArticulationDocuments.BySubject.Where(kind.ToString(), stack ?? badge ?? "")), cancellationToken);
        return paging.Answer([.. (await ViewsAsync(page.Documents, workflow, cancellationToken)).Where(view => view.Holding is not null).Select(Public)], page.Next);
    }

    // To everybody only what was agreed.
    private static ArticulationView Public(ArticulationView view) => view with { Revisions = [.. view.Revisions.Where(revision => revision.AgreedOn is not null)] };

    private static async Task<PageOf<ArticulationView>> OfOrganizationAsync(string id, CurrentActor me, Paging paging, ArticulationWorkflow workflow, CancellationToken cancellationToken)
    {
        var page = await workflow.ListAsync(me.Actor, OrganizationId.From(id), paging.Of, cancellationToken);
        return paging.Answer(await ViewsAsync(page.Documents, workflow, cancellationToken), page.Next);
    }

    private static async Task<IReadOnlyList<ArticulationView>> ViewsAsync(IEnumerable<Articulation> found, ArticulationWorkflow workflow, CancellationToken cancellationToken)
    {
        var today = await workflow.TodaysAsync(found, cancellationToken);
        return [.. found.Select(articulation => ArticulationView.Of(articulation, today[articulation.College]))];
    }

    private static async Task<IResult> ProposeAsync(
        NewArticulationRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, ArticulationWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.ProposeAsync(
            me.Actor, OrganizationId.From(body.OrganizationId), body.Kind, body.Slug, OrganizationId.From(body.SchoolId), OrganizationId.From(body.CollegeId), body.Terms, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/articulations/{read.Id}", await AnswerAsync(context, workflow, read, cancellationToken));
    }

    private static async Task<ArticulationView> ReadAsync(string id, HttpContext context, ArticulationWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.ReadAsync(CurrentActor.Of(context.User)?.Actor, ArticulationId.From(id), cancellationToken);
        var view = await AnswerAsync(context, workflow, read, cancellationToken);
        return read.Document.WasAgreed ? Public(view) : view;
    }

    private static async Task<ArticulationView> ReviseAsync(
        string id, ArticulationRevisionRequest body, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, ArticulationWorkflow workflow, CancellationToken cancellationToken) =>
        await AnswerAsync(context, workflow, await workflow.ReviseAsync(
            me.Actor, ArticulationId.From(id), OrganizationId.From(body.OrganizationId), body.Terms, ifMatch.Version, idempotency.For(me.Actor), cancellationToken), cancellationToken);

    private static async Task<ArticulationView> ApproveAsync(
        string id, ArticulationApprovalRequest body, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, ArticulationWorkflow workflow, CancellationToken cancellationToken) =>
        await AnswerAsync(context, workflow, await workflow.ApproveAsync(
            me.Actor, ArticulationId.From(id), OrganizationId.From(body.OrganizationId), body.Revision, ifMatch.Version, idempotency.For(me.Actor), cancellationToken), cancellationToken);

    private static async Task<ArticulationView> EndAsync(
        string id, ArticulationEndRequest body, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, ArticulationWorkflow workflow, CancellationToken cancellationToken) =>
        await AnswerAsync(context, workflow, await workflow.EndAsync(
            me.Actor, ArticulationId.From(id), OrganizationId.From(body.OrganizationId), body.LastDay, ifMatch.Version, idempotency.For(me.Actor), cancellationToken), cancellationToken);

    private static async Task<ArticulationView> AnswerAsync(HttpContext context, ArticulationWorkflow workflow, Read<Articulation> read, CancellationToken cancellationToken)
    {
        context.SetVersion(read.Version);
        return ArticulationView.Of(read.Document, await workflow.TodayAsync(read.Document, cancellationToken));
    }
}
