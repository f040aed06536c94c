using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.App.SignIn;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;

namespace SkillBadges.App.Organizations;

internal sealed record NewPersonRequest(string DisplayName, string OrganizationId, Role Role, DateOnly? RightsPassOn = null);

internal sealed record PersonView(string Id, string DisplayName, bool IsClosed)
{
    public static PersonView Of(Person person) => new(person.Id.Value, person.DisplayName, person.IsClosed);
}

internal sealed record ResetLinkView(string Url);

internal sealed record LinkIdentityRequest(string Issuer, string Subject);

/// <summary>People as their organizations enter them.</summary>
internal static class PeopleApi
{
    public static void MapPeople(this IEndpointRouteBuilder app)
    {
        var people = app.MapApi("people", "People");
        people.MapPost("", EnterAsync).WithSummary("Enters a person with a first role. A registrar enrolls students and guardians, an administrator anyone.")
            .Produces<PersonView>(201)
            .Example(new NewPersonRequest("Ada Lovelace", "01a1ffc9949976d3aef499540d4ca332", Role.Student, new(2028, 12, 10)), new PersonView("01a1ffc9949974ff9bb0f5db044d1ec5", "Ada Lovelace", false))
            .Refuses(403, "role.missing").Refuses(404, "organization.not-found").Refuses(422, "person.name", "role.not-here");
        people.MapGet("{id}", ReadAsync).WithSummary("Oneself, or a person of an organization at whose staff you are.").Refuses(404, "person.not-found");
        people.MapPost("{id}/close", CloseAsync).RequireStepUp()
            .WithSummary("Closes an account: it signs in no more and holds no role; what it decided stays. By oneself, or by who administers all of the person's organizations.")
            .Refuses(403, "account.also-elsewhere").Refuses(404, "person.not-found");
        people.MapPost("{id}/password-reset", ResetAsync).RequireStepUp().WithMetadata(new RepeatsHarmlessly())
            .WithSummary("A link to set a new password, shown once, to hand over in person.")
            .Refuses(403, "account.also-elsewhere").Refuses(404, "person.not-found", "account.not-found");
        people.MapPost("{id}/identities", LinkAsync).Example(new LinkIdentityRequest("https://login.district.example", "00u1a2b3c4")).RequireStepUp().WithMetadata(new RepeatsHarmlessly())
            .WithSummary("Says how another authority calls this person (iss and sub), so that its tokens sign them in.")
            .Refuses(403, "account.also-elsewhere").Refuses(404, "person.not-found", "account.not-found").Refuses(409, "storage.not-unique", "storage.version-conflict").Refuses(422, "account.identity");
    }

    private static async Task<IResult> EnterAsync(
        NewPersonRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, MembershipWorkflow workflow, CancellationToken cancellationToken)
    {
        var asked = new NewPerson(body.DisplayName, OrganizationId.From(body.OrganizationId), body.Role, body.RightsPassOn);
        var read = await workflow.EnterAsync(me.Actor, asked, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/people/{read.Id}", context.Answer(read, PersonView.Of));
    }

    private static async Task<PersonView> ReadAsync(string id, CurrentActor me, HttpContext context, MembershipWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.ReadPersonAsync(me.Actor, PersonId.From(id), cancellationToken), PersonView.Of);

    private static async Task<PersonView> CloseAsync(string id, CurrentActor me, Idempotency idempotency, HttpContext context, AccountWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.CloseAsync(me.Actor, PersonId.From(id), idempotency.For(me.Actor), cancellationToken), PersonView.Of);

    private static async Task<ResetLinkView> ResetAsync(string id, CurrentActor me, PasswordResetWorkflow workflow, InstanceAddress address, CancellationToken cancellationToken) =>
        new(address.Link($"/reset-password/{await workflow.MakeAsync(me.Actor, PersonId.From(id), cancellationToken)}"));

    private static async Task<NoContent> LinkAsync(string id, LinkIdentityRequest body, CurrentActor me, AccountWorkflow workflow, CancellationToken cancellationToken)
    {
        await workflow.LinkAsync(me.Actor, PersonId.From(id), ExternalIdentity.Of(body.Issuer, body.Subject), cancellationToken);
        return TypedResults.NoContent();
    }
}
