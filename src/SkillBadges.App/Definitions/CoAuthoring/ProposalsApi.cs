using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.CoAuthoring;

namespace SkillBadges.App.Definitions.CoAuthoring;

/// <param name="OnRevision">The revision that was changed; it has to be the newest one.</param>
/// <param name="Content">The whole badge in the badge file format.</param>
/// <param name="IsPatch">Only spelling is corrected or a translation brought, so that sign-offs stay.</param>
/// <param name="Png">Digest of another picture, from <c>POST pictures</c>.</param>
internal sealed record NewProposalRequest(int OnRevision, JsonElement Content, string Note, bool IsPatch = false, string? Png = null, string? Svg = null);

/// <param name="OnRevision">The newest revision.</param>
/// <param name="Source">A published version, such as <c>smaw-fillet@1</c>.</param>
/// <param name="SourceCompetency">Id of the skill there.</param>
/// <param name="Competency">Id of the skill here.</param>
internal sealed record CopySkillRequest(int OnRevision, string Source, string SourceCompetency, string Competency, IReadOnlyList<SkillPart> Parts);

internal sealed record RejectProposalRequest(string Reason);

/// <param name="Path">Such as <c>competencies/vital-signs/statement</c>; empty for the whole badge.</param>
/// <param name="Revision">Left out for the newest one.</param>
internal sealed record NewCommentRequest(string Path, string Text, int? Revision = null);

internal sealed record SettleCommentRequest(bool IsResolved);

/// <summary>Changes that co-authors propose, and what they say about passages.</summary>
internal static class ProposalsApi
{
    public static void MapProposals(this IEndpointRouteBuilder app)
    {
        var proposals = app.MapApi("definitions/{slug}/proposals", DefinitionsApi.Tag);
        proposals.MapPost("", ProposeAsync).Example(new NewProposalRequest(1, DefinitionsApi.ExampleContent, "Names the field.")).Produces<ProposalLine>(201)
            .WithSummary("Proposes changed content. A patch corrects spelling only, and keeps the sign-offs.")
            .Refuses(404, "definition.not-found", "revision.not-found", "proposal.not-found").Refuses(409, "definition.revision-stale")
            .Refuses(422, "definition.not-readable", "definition.bad-picture", "proposal.nothing-changed", "proposal.not-a-patch", "proposal.note");
        app.MapApi("definitions/{slug}/skill-copies", DefinitionsApi.Tag).MapPost("", CopyAsync).Example(new CopySkillRequest(1, "smaw-fillet@1", "hot-work-safety", "booth-safety", [SkillPart.ChoiceBoard, SkillPart.Rubric]))
            .Produces<ProposalLine>(201).WithSummary("Proposes the choices or the levels of a skill of a published badge for a skill of this one; the proposal's note names the source.")
            .Refuses(404, "definition.not-found", "revision.not-found", "badge.not-found", "proposal.not-found").Refuses(409, "definition.revision-stale")
            .Refuses(422, "definition.bad-version-id", "definition.unknown-competency", "definition.copy-parts", "definition.not-readable", "proposal.nothing-changed");
        proposals.MapGet("", ListAsync).WithSummary("Every proposal, in order.").Refuses(404, "definition.not-found");
        proposals.MapGet("{id}", ReadAsync).WithSummary("One proposal: its content, what is missing in it, and what it changes.").Refuses(404, "definition.not-found", "proposal.not-found", "revision.not-found");
        proposals.MapPost("{id}/acceptances", AcceptAsync).WithSummary("Makes the proposal the newest revision. For somebody of another organization that writes the badge.")
            .Refuses(403, "proposal.own").Refuses(404, "definition.not-found", "proposal.not-found", "revision.not-found").Refuses(409, "proposal.settled", "proposal.base-stale", "definition.revision-stale").Refuses(422, "proposal.not-a-patch");
        proposals.MapPost("{id}/rejections", RejectAsync).Example(new RejectProposalRequest("The standard says 1/16 inch.")).WithSummary("Rejects a proposal, with a reason.")
            .Refuses(404, "definition.not-found", "proposal.not-found").Refuses(409, "proposal.settled").Refuses(422, "proposal.reason");
        proposals.MapDelete("{id}", WithdrawAsync).WithSummary("Takes a proposal of your own back.").Refuses(403, "proposal.not-yours").Refuses(404, "definition.not-found", "proposal.not-found").Refuses(409, "proposal.settled", "storage.version-conflict");

        var comments = app.MapApi("definitions/{slug}/comments", DefinitionsApi.Tag);
        comments.MapPost("", CommentAsync).Example(new NewCommentRequest("competencies/vital-signs/statement", "Say by which instrument.")).Produces<CommentView>(201).WithSummary("Says something about a passage.")
            .Refuses(404, "definition.not-found", "revision.not-found", "comment.not-found").Refuses(422, "comment.unknown-passage", "comment.text");
        comments.MapGet("", CommentsAsync).WithSummary("What was said, in order; those who were asked to sign and declined say why here.").Refuses(404, "definition.not-found");
        comments.MapPut("{id}", SettleAsync).Example(new SettleCommentRequest(true)).WithSummary("Settles a comment, or opens it again.").Refuses(404, "definition.not-found", "comment.not-found").Refuses(409, "storage.version-conflict");
    }

    private static async Task<Created<ProposalLine>> ProposeAsync(string slug, NewProposalRequest body, CurrentActor me, Idempotency idempotency, ProposalWorkflow workflow, CancellationToken cancellationToken)
    {
        var pictures = body.Png is null && body.Svg is null ? null : new DraftPictures(Digest(body.Png), Digest(body.Svg));
        var read = await workflow.ProposeAsync(me.Actor, slug, new(body.OnRevision, body.Content.GetRawText(), body.Note, body.IsPatch, pictures), idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/definitions/{slug}/proposals/{read.Id}", ProposalLine.Of(read.Document));
    }

    private static async Task<Created<ProposalLine>> CopyAsync(string slug, CopySkillRequest body, CurrentActor me, Idempotency idempotency, ProposalWorkflow workflow, CancellationToken cancellationToken)
    {
        var copy = new SkillCopy(BadgeVersionId.Parse(body.Source), body.SourceCompetency, body.Competency, body.Parts);
        var read = await workflow.ProposeCopyAsync(me.Actor, slug, body.OnRevision, copy, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/definitions/{slug}/proposals/{read.Id}", ProposalLine.Of(read.Document));
    }

    private static async Task<PageOf<ProposalLine>> ListAsync(string slug, CurrentActor me, Paging paging, DraftReading reading, CancellationToken cancellationToken) =>
        paging.Answer(await reading.ListAsync(me.Actor, slug, CoAuthoringDocuments.Proposals, CoAuthoringDocuments.ProposalsBySlug, paging.Of, cancellationToken), read => ProposalLine.Of(read.Document));

    private static async Task<ProposalView> ReadAsync(string slug, string id, CurrentActor me, DraftReading reading, CancellationToken cancellationToken)
    {
        var (proposal, changes) = await reading.ProposalAsync(me.Actor, slug, id, cancellationToken);
        return new(ProposalLine.Of(proposal.Document), RevisionView.Json(proposal.Document.Content.Text), proposal.Document.Content.Faults, changes);
    }

    private static async Task<ProposalLine> AcceptAsync(string slug, string id, CurrentActor me, Idempotency idempotency, ProposalWorkflow workflow, CancellationToken cancellationToken) =>
        ProposalLine.Of((await workflow.AcceptAsync(me.Actor, slug, id, idempotency.For(me.Actor), cancellationToken)).Document);

    private static async Task<ProposalLine> RejectAsync(string slug, string id, RejectProposalRequest body, CurrentActor me, Idempotency idempotency, ProposalWorkflow workflow, CancellationToken cancellationToken) =>
        ProposalLine.Of((await workflow.RejectAsync(me.Actor, slug, id, body.Reason, idempotency.For(me.Actor), cancellationToken)).Document);

    private static async Task<ProposalLine> WithdrawAsync(string slug, string id, CurrentActor me, ProposalWorkflow workflow, CancellationToken cancellationToken) =>
        ProposalLine.Of((await workflow.WithdrawAsync(me.Actor, slug, id, cancellationToken)).Document);

    private static async Task<Created<CommentView>> CommentAsync(string slug, NewCommentRequest body, CurrentActor me, Idempotency idempotency, CommentWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.AddAsync(me.Actor, slug, body.Revision, body.Path, body.Text, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/definitions/{slug}/comments", CommentView.Of(read.Document));
    }

    private static async Task<PageOf<CommentView>> CommentsAsync(string slug, CurrentActor me, Paging paging, DraftReading reading, CancellationToken cancellationToken) =>
        paging.Answer(await reading.ListAsync(me.Actor, slug, CoAuthoringDocuments.Comments, CoAuthoringDocuments.CommentsBySlug, paging.Of, cancellationToken), read => CommentView.Of(read.Document));

    private static async Task<CommentView> SettleAsync(string slug, string id, SettleCommentRequest body, CurrentActor me, CommentWorkflow workflow, CancellationToken cancellationToken) =>
        CommentView.Of((await workflow.SettleAsync(me.Actor, slug, id, body.IsResolved, cancellationToken)).Document);

    private static Sha256Digest? Digest(string? hex) => hex is null
        ? null
        : Sha256Digest.TryParse(hex, out var digest) ? digest : throw Refused.Invalid("definition.bad-picture", "A picture is named by its digest, as POST pictures answered it.");
}
