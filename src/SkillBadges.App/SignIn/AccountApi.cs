using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.SignIn;

internal sealed record MyMembershipView(string MembershipId, string OrganizationId, Role Role);

internal sealed record MeView(string PersonId, string DisplayName, bool HasSecondFactor, IReadOnlyList<MyMembershipView> Memberships);

internal sealed record PasswordRequest(string Password);

internal sealed record CodeRequest(string Code);

internal sealed record SecondFactorView(string Secret, string Uri);

internal sealed record RecoveryCodesView(IReadOnlyList<string> RecoveryCodes);

/// <summary>A person's own account.</summary>
internal static class AccountApi
{
    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        app.MapApi("me", "Account").WithoutSecondFactor().MapGet("", MeAsync).WithSummary("Who is signed in, and what they do where.").Refuses(404, "person.not-found");

        var account = app.MapApi("account", "Account").WithoutSecondFactor().Refuses(404, "account.not-found");
        account.MapPost("password", ChangePasswordAsync).Example(new PasswordRequest("seven green kites over water")).RequireStepUp().WithMetadata(new RepeatsHarmlessly())
            .WithSummary("Sets a new password and ends all other sessions.").Refuses(422, "account.password");
        account.MapPost("second-factor", OfferAsync).RequireStepUp().WithMetadata(new RepeatsHarmlessly())
            .WithSummary("A secret for an authenticator app; it counts once a code has confirmed it.").Refuses(409, "account.second-factor-on");
        account.MapPost("second-factor/confirm", ConfirmAsync).Example(new CodeRequest("492039")).RequireStepUp().RequireRateLimiting(RateLimits.Guessable).WithMetadata(new RepeatsHarmlessly())
            .WithSummary("Turns the second factor on. The recovery codes are shown this once.").Refuses(401, "session.wrong-code").Refuses(409, "account.second-factor-on");
        account.MapDelete("second-factor", RemoveAsync).RequireStepUp().WithSummary("Turns the second factor off.");
    }

    public static string AppUri(string secret, string loginName) =>
        $"otpauth://totp/SkillBadges:{Uri.EscapeDataString(loginName)}?secret={secret}&issuer=SkillBadges&algorithm=SHA1&digits=6&period=30";

    private static async Task<MeView> MeAsync(CurrentActor me, IDocumentStore store, TimeProvider clock, CancellationToken cancellationToken)
    {
        var person = await store.GetAsync(PersonDocuments.Kind, me.Person.Value, "person", cancellationToken);
        var account = await store.FindAsync(AccountDocuments.Kind, me.Person.Value, cancellationToken);
        var memberships = await store.WholeAsync(MembershipDocuments.Kind, MembershipDocuments.ByPerson.Where(me.Person.Value), cancellationToken);
        var now = clock.Now();
        return new(
            person.Id,
            person.Document.DisplayName,
            account?.Document.HasSecondFactor == true,
            [.. memberships.Documents.Where(membership => membership.HoldsAt(now)).Select(membership => new MyMembershipView(membership.Id.Value, membership.Organization.Value, membership.Role))]);
    }

    private static async Task<NoContent> ChangePasswordAsync(PasswordRequest request, CurrentActor me, AccountWorkflow workflow, CancellationToken cancellationToken)
    {
        await workflow.ChangePasswordAsync(me.Person, me.RequireSession(), request.Password, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<SecondFactorView> OfferAsync(CurrentActor me, AccountWorkflow workflow, IDocumentStore store, CancellationToken cancellationToken)
    {
        var secret = await workflow.OfferSecondFactorAsync(me.Person, cancellationToken);
        var account = await store.GetAsync(AccountDocuments.Kind, me.Person.Value, "account", cancellationToken);
        return new(secret, AppUri(secret, account.Document.LoginName));
    }

    private static async Task<RecoveryCodesView> ConfirmAsync(CodeRequest request, CurrentActor me, AccountWorkflow workflow, CancellationToken cancellationToken) =>
        new(await workflow.ConfirmSecondFactorAsync(me.Person, me.RequireSession(), request.Code, cancellationToken));

    private static async Task<NoContent> RemoveAsync(CurrentActor me, AccountWorkflow workflow, CancellationToken cancellationToken)
    {
        await workflow.RemoveSecondFactorAsync(me.Person, cancellationToken);
        return TypedResults.NoContent();
    }
}
