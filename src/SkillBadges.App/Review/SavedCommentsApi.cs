using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Review;

/// <param name="OrganizationId">Whose staff share it; left out for you alone.</param>
internal sealed record SaveCommentRequest(string Text, string? OrganizationId = null);

internal sealed record RewordCommentRequest(string Text);

/// <param name="OrganizationId">Whose staff share it; null for you alone.</param>
internal sealed record SavedCommentView(string Id, string Text, string? OrganizationId, string By, DateTimeOffset At)
{
    public static SavedCommentView Of(Read<SavedComment> read) => new(read.Id, read.Document.Text, read.Document.Organization?.Value, read.Document.By.Value, read.Document.At);
}

/// <summary>Words that assessors write again and again, kept for themselves or shared at their organization.</summary>
internal static class SavedCommentsApi
{
    public static void MapSavedComments(this IEndpointRouteBuilder app)
    {
        var comments = app.MapApi("saved-comments", "Review");
        comments.MapPost("", AddAsync).Example(new SaveCommentRequest("Good set-up. Show the underside of the joint next time.")).Produces<SavedCommentView>(201)
            .WithSummary("Keeps a comment, 1 to 500 characters, for you or for the staff of an organization; at most 500 each. For teachers and supervisors.")
            .Refuses(403, "role.missing").Refuses(404, "saved-comment.not-found").Refuses(422, "saved-comment.text", "saved-comment.too-many");
        comments.MapGet("", ListAsync).WithSummary("Your own comments, latest first; with ?organizationId= those that its staff share.").Refuses(403, "role.missing");
        comments.MapGet("{id}", ReadAsync).WithSummary("One comment.").Refuses(404, "saved-comment.not-found");
        comments.MapPut("{id}", RewordAsync).Example(new RewordCommentRequest("Show the underside of the joint next time.")).WithSummary("Words it anew.")
            .Refuses(403, "saved-comment.not-yours").Refuses(404, "saved-comment.not-found").Refuses(409, "storage.version-conflict").Refuses(422, "saved-comment.text");
        comments.MapDelete("{id}", RemoveAsync).WithSummary("Removes it. Decisions that were made with its words keep them.")
            .Refuses(403, "saved-comment.not-yours").Refuses(404, "saved-comment.not-found").Refuses(409, "storage.version-conflict");
    }

    private static async Task<Created<SavedCommentView>> AddAsync(SaveCommentRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, SavedCommentWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.AddAsync(me.Actor, Organization(body.OrganizationId), body.Text, idempotency.For(me.Actor), cancellationToken);
        context.SetVersion(read.Version);
        return TypedResults.Created($"/api/saved-comments/{read.Id}", SavedCommentView.Of(read));
    }

    private static async Task<PageOf<SavedCommentView>> ListAsync(string? organizationId, CurrentActor me, Paging paging, SavedCommentWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.ListAsync(me.Actor, Organization(organizationId), paging.Of, cancellationToken), SavedCommentView.Of);

    private static async Task<SavedCommentView> ReadAsync(string id, CurrentActor me, HttpContext context, SavedCommentWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.ReadAsync(me.Actor, id, cancellationToken), SavedCommentView.Of);

    private static async Task<SavedCommentView> RewordAsync(string id, RewordCommentRequest body, CurrentActor me, IfMatch ifMatch, HttpContext context, SavedCommentWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.RewordAsync(me.Actor, id, body.Text, ifMatch.Version, cancellationToken), SavedCommentView.Of);

    private static async Task<NoContent> RemoveAsync(string id, CurrentActor me, IfMatch ifMatch, SavedCommentWorkflow workflow, CancellationToken cancellationToken)
    {
        await workflow.RemoveAsync(me.Actor, id, ifMatch.Version, cancellationToken);
        return TypedResults.NoContent();
    }

    private static OrganizationId? Organization(string? id) => id is null ? null : OrganizationId.From(id);
}
