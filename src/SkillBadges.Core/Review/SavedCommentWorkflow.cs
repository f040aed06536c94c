using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Review;

/// <summary>Assessors keep words for themselves, or share them with the staff of their organization.</summary>
public sealed class SavedCommentWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    // Who works at an organization: at a workplace those are supervisors.
    private static readonly IReadOnlyList<Role> Staff = [.. Offices.Staff, Role.Supervisor];

    private readonly IDocumentStore store = commits.Store;

    /// <param name="actor">A teacher or supervisor; to share it, staff of the organization.</param>
    /// <param name="organization">Whose staff share it; null for the actor alone.</param>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>saved-comment.text</c>, <c>saved-comment.too-many</c>.</exception>
    public Task<Read<SavedComment>> AddAsync(Actor actor, OrganizationId? organization, string? text, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async token =>
        {
            var role = organization is { } shared
                ? await authority.RequireAsync(actor, shared, Staff, token)
                : await authority.FindAnywhereAsync(actor, Role.Teacher, token) ?? await authority.FindAnywhereAsync(actor, Role.Supervisor, token)
                    ?? throw Refused.Forbidden("role.missing", "Comments are kept by those who assess: teachers and supervisors.");

            // Two at the same moment may both find room for one: the bound keeps lists readable, nothing rests on it.
            if (await store.CountAsync(SavedCommentDocuments.Kind, Kept(actor, organization), SavedComment.MaxKept, token) >= SavedComment.MaxKept)
            {
                throw Refused.Invalid("saved-comment.too-many", $"At most {SavedComment.MaxKept} comments are kept; please remove one first.");
            }

            var now = clock.Now();
            var kept = SavedComment.Keep(NewId.Ordered(now), actor.Person, organization, text, now);
            return new Changes().Require(MembershipDocuments.Kind, role).Adding(SavedCommentDocuments.Kind, kept);
        },
        (id, token) => store.GetAsync(SavedCommentDocuments.Kind, id, "saved-comment", token),
        cancellationToken);

    /// <summary>The actor's own, or those of an organization where the actor works; latest first.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<SavedComment>> ListAsync(Actor actor, OrganizationId? organization, Func<DocumentQuery<SavedComment>, DocumentQuery<SavedComment>> page, CancellationToken cancellationToken)
    {
        if (organization is { } shared)
        {
            await authority.RequireAsync(actor, shared, Staff, cancellationToken);
        }

        return await store.QueryAsync(SavedCommentDocuments.Kind, page(Kept(actor, organization).Descending()), cancellationToken);
    }

    /// <exception cref="RefusedException"><c>saved-comment.not-found</c>.</exception>
    public async Task<Read<SavedComment>> ReadAsync(Actor actor, string id, CancellationToken cancellationToken) => (await FindAsync(actor, id, cancellationToken)).Comment;

    /// <exception cref="RefusedException"><c>saved-comment.not-found</c>, <c>saved-comment.not-yours</c>, <c>saved-comment.text</c>, <c>request.stale</c>.</exception>
    public Task<Read<SavedComment>> RewordAsync(Actor actor, string id, string? text, long? ifMatch, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var (read, changes) = await OwnAsync(actor, id, token);
            read.MustBe(ifMatch);
            var reworded = read.Document.Reword(text);
            return changes.Replacing(SavedCommentDocuments.Kind, read, reworded);
        },
        cancellationToken);

    /// <exception cref="RefusedException"><c>saved-comment.not-found</c>, <c>saved-comment.not-yours</c>, <c>request.stale</c>.</exception>
    public Task<Read<SavedComment>> RemoveAsync(Actor actor, string id, long? ifMatch, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var (read, changes) = await OwnAsync(actor, id, token);
            return new Outcome<Read<SavedComment>>(changes.Remove(SavedCommentDocuments.Kind, read.MustBe(ifMatch)), read, id);
        },
        cancellationToken);

    private static DocumentQuery<SavedComment> Kept(Actor actor, OrganizationId? organization) =>
        organization is { } shared ? SavedCommentDocuments.ByOrganization.Where(shared.Value) : SavedCommentDocuments.ByPerson.Where(actor.Person.Value);

    // A shared comment is changed by who wrote it, while they work there, and by the organization's administrator.
    private async Task<(Read<SavedComment> Comment, Changes Changes)> OwnAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        var (read, role) = await FindAsync(actor, id, cancellationToken);
        return read.Document.By == actor.Person || role?.Document.Role == Role.OrganizationAdmin
            ? (read, role is null ? new Changes() : new Changes().Require(MembershipDocuments.Kind, role))
            : throw Refused.Forbidden("saved-comment.not-yours", "Who wrote a shared comment changes it, or the organization's administrator.");
    }

    private async Task<(Read<SavedComment> Comment, Read<Membership>? Role)> FindAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(SavedCommentDocuments.Kind, id, "saved-comment", cancellationToken);
        if (read.Document.Organization is not { } shared)
        {
            return !actor.IsLimited && read.Document.By == actor.Person ? (read, null) : throw Refused.NotFound("saved-comment");
        }

        return (read, await authority.FindAsync(actor, shared, Staff, cancellationToken) ?? throw Refused.NotFound("saved-comment"));
    }
}
