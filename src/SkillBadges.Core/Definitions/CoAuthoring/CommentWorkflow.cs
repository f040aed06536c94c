using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>Co-authors talk about passages.</summary>
public sealed class CommentWorkflow(Commits commits, DraftSeats seats, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <param name="revision">The one that is commented; null for the newest.</param>
    /// <param name="path">Such as <c>competencies/vital-signs/statement</c>; empty for the whole badge.</param>
    /// <exception cref="RefusedException"><c>definition.not-found</c>, <c>revision.not-found</c>, <c>comment.unknown-passage</c>, <c>comment.text</c>.</exception>
    public Task<Read<PassageComment>> AddAsync(Actor actor, string slug, int? revision, string path, string? text, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async token =>
        {
            var (draft, seat) = await seats.RequireAsync(actor, slug, token);
            var about = await store.GetAsync(CoAuthoringDocuments.Revisions, DraftRevision.IdOf(slug, revision ?? draft.Document.Revision), "revision", token);
            var now = clock.Now();
            var comment = PassageComment.On(about.Document, NewId.Ordered(now), path, text, actor.Person, seat.Member.Organization, now);
            return new Changes().Require(MembershipDocuments.Kind, seat.Membership).Adding(CoAuthoringDocuments.Comments, comment);
        },
        (id, token) => store.GetAsync(CoAuthoringDocuments.Comments, id, "comment", token),
        cancellationToken);

    /// <summary>Settles a comment, or opens it again.</summary>
    /// <exception cref="RefusedException"><c>definition.not-found</c>, <c>comment.not-found</c>.</exception>
    public Task<Read<PassageComment>> SettleAsync(Actor actor, string slug, string id, bool resolved, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var (_, seat) = await seats.RequireAsync(actor, slug, token);
            var read = await store.GetAsync(CoAuthoringDocuments.Comments, id, "comment", token);
            if (read.Document.Slug != slug)
            {
                throw Refused.NotFound("comment");
            }

            var settled = read.Document.Settle(resolved, actor.Person, clock.Now());
            var changes = new Changes().Require(MembershipDocuments.Kind, seat.Membership).Replace(CoAuthoringDocuments.Comments, read, settled);
            return new Outcome<Read<PassageComment>>(changes, read.Became(settled), id);
        },
        cancellationToken);
}
