using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;

namespace SkillBadges.App.SignIn;

internal sealed record SetUpRequest(string Secret, string OrganizationSlug, string OrganizationName, string DisplayName, string LoginName, string Password);

internal sealed record SetUpView(string PersonId);

internal sealed record AcceptInvitationRequest(string Secret, string? LoginName = null, string? Password = null, string? DisplayName = null);

internal sealed record AcceptedInvitationView(string MembershipId, string PersonId, string OrganizationId, Role Role);

internal sealed record AskResetRequest(string LoginName);

internal sealed record AcceptResetRequest(string Secret, string Password);

/// <summary>What one-time links do, for programs. The secret comes in the body, and only a POST uses it.</summary>
internal static class LinksApi
{
    public static void MapLinks(this IEndpointRouteBuilder app)
    {
        app.MapApi("set-up", "Links").MapPost("", SetUpAsync).Example(new SetUpRequest("mO0wGq2bXv1r9c4d5e6f7A", "state-cte-office", "State Office of Career Education", "Jordan Blake", "jordan@office.example", "seven green kites over water")).AllowAnonymous().RequireRateLimiting(RateLimits.Guessable).WithMetadata(new RepeatsHarmlessly())
            .WithSummary("Makes the state office and its first administrator, with the secret that serve prints on empty data.")
            .Refuses(410, "link.gone").Refuses(422, "organization.slug", "organization.name", "person.name", "account.login-name", "account.password")
            .Refuses(409, "settings.base-url-changed", "storage.version-conflict", "storage.not-unique");

        app.MapApi("accepted-invitations", "Links").MapPost("", AcceptAsync).Example(new AcceptInvitationRequest("mO0wGq2bXv1r9c4d5e6f7A", "elena@school.example", "seven green kites over water", "Elena Rivera")).AllowAnonymous().RequireRateLimiting(RateLimits.Guessable).WithMetadata(new RepeatsHarmlessly())
            .WithSummary("Accepts an invitation: for who is signed in, or with a new account.")
            .Refuses(410, "link.gone").Refuses(403, "link.for-another").Refuses(404, "person.not-found")
            .Refuses(409, "link.has-account", "storage.not-unique", "storage.version-conflict").Refuses(422, "person.name", "account.login-name", "account.password");

        var resets = app.MapApi("password-resets", "Links").AllowAnonymous().RequireRateLimiting(RateLimits.Guessable).WithMetadata(new RepeatsHarmlessly());
        resets.MapPost("", AskAsync).Example(new AskResetRequest("elena@school.example")).WithSummary("Asks for a letter with a link. The answer is the same whether or not there is such an account.");
        resets.MapPost("accept", AcceptResetAsync).Example(new AcceptResetRequest("mO0wGq2bXv1r9c4d5e6f7A", "seven green kites over water")).WithSummary("Sets the password and ends every session.")
            .Refuses(410, "link.gone").Refuses(422, "account.password").Refuses(404, "account.not-found").Refuses(409, "storage.version-conflict");
    }

    private static async Task<SetUpView> SetUpAsync(SetUpRequest request, SetUpWorkflow workflow, CancellationToken cancellationToken)
    {
        var first = new FirstAdministrator(request.OrganizationSlug, request.OrganizationName, request.DisplayName, request.LoginName, request.Password);
        return new((await workflow.AcceptAsync(request.Secret, first, cancellationToken)).Value);
    }

    private static async Task<AcceptedInvitationView> AcceptAsync(AcceptInvitationRequest request, HttpContext context, InvitationWorkflow workflow, CancellationToken cancellationToken)
    {
        var membership = CurrentActor.Of(context.User) is { } me
            ? await workflow.AcceptAsync(request.Secret, me.Actor, cancellationToken)
            : await workflow.AcceptAsync(request.Secret, new NewAccount(request.LoginName ?? "", request.Password ?? "", request.DisplayName), cancellationToken);
        var (id, person, organization, role, _) = membership.Document;
        return new(id.Value, person.Value, organization.Value, role);
    }

    private static async Task<Accepted> AskAsync(AskResetRequest request, PasswordResetWorkflow workflow, CancellationToken cancellationToken)
    {
        await workflow.AskAsync(request.LoginName, cancellationToken);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<NoContent> AcceptResetAsync(AcceptResetRequest request, PasswordResetWorkflow workflow, CancellationToken cancellationToken)
    {
        await workflow.AcceptAsync(request.Secret, request.Password, cancellationToken);
        return TypedResults.NoContent();
    }
}
