using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;

namespace SkillBadges.App.Organizations;

/// <param name="Email">Where the link is sent too; it is not kept.</param>
internal sealed record NewInvitationRequest(string OrganizationId, Role Role, string? PersonId = null, string? Email = null);

/// <param name="Url">The link to hand over; only in the first answer, since the secret is not kept.</param>
internal sealed record InvitationView(string Id, string OrganizationId, Role Role, string? PersonId, DateTimeOffset ExpiresAt, string? Url)
{
    public static InvitationView Of(OneTimeLink link, string? url) => new(link.Id, link.Organization!.Value.Value, link.Role!.Value, link.Person?.Value, link.ExpiresAt, url);
}

/// <summary>Invitations to a role.</summary>
internal static class InvitationsApi
{
    public static void MapInvitations(this IEndpointRouteBuilder app)
    {
        var invitations = app.MapApi("invitations", "Invitations");
        invitations.MapPost("", InviteAsync).Example(new NewInvitationRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", Role.Teacher)).WithSummary("Invites to a role; the link is shown once. For the organization's administrator.").Produces<InvitationView>(201)
            .Refuses(403, "role.missing").Refuses(404, "organization.not-found", "person.not-found", "invitation.not-found").Refuses(422, "role.not-here", "letter.address");
        invitations.MapDelete("{id}", RevokeAsync).WithSummary("Takes an invitation back.").Refuses(404, "invitation.not-found");
        app.MapApi("organizations/{id}/invitations", "Invitations").MapGet("", ListAsync).WithSummary("Invitations that can still be accepted.")
            .Refuses(403, "role.missing").Refuses(422, "storage.text-too-long");
    }

    private static async Task<Created<InvitationView>> InviteAsync(
        NewInvitationRequest body, CurrentActor me, Idempotency idempotency, InvitationWorkflow workflow, InstanceAddress address, CancellationToken cancellationToken)
    {
        var person = body.PersonId is null ? (PersonId?)null : PersonId.From(body.PersonId);
        var to = body.Email is null ? null : Destination.Parse(Channel.Mail, body.Email);
        var made = await workflow.InviteAsync(me.Actor, OrganizationId.From(body.OrganizationId), body.Role, person, to, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/invitations/{made.Link.Id}", InvitationView.Of(made.Link.Document, made.Secret is null ? null : address.Link($"/invitation/{made.Secret}")));
    }

    private static async Task<NoContent> RevokeAsync(string id, CurrentActor me, InvitationWorkflow workflow, CancellationToken cancellationToken)
    {
        await workflow.RevokeAsync(me.Actor, id, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<PageOf<InvitationView>> ListAsync(string id, CurrentActor me, Paging paging, InvitationWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.ListAsync(me.Actor, OrganizationId.From(id), paging.Of, cancellationToken), read => InvitationView.Of(read.Document, null));
}
