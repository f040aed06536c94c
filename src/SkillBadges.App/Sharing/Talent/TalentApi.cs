using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Talent;

namespace SkillBadges.App.Sharing.Talent;

/// <summary>Employers that the state office looked at search among adults who opted in (a consent for <c>employerSearch</c>), and ask them through us.</summary>
internal static class TalentApi
{
    private const string Sample = "019aa0d2c7f07f1c8b0e1f6d5c2b7a90";

    public static void MapTalent(this IEndpointRouteBuilder app)
    {
        var checks = app.MapApi("employer-checks", "Talent");
        checks.MapPost("", EnterAsync).Produces<EmployerCheckView>(201).WithSummary("Enters that the state office has looked at an employer, which may search from then on.").Example(new EmployerCheckRequest(Sample, "State register of businesses 1234567-0160"))
            .Refuses(403, "role.missing").Refuses(404, "organization.not-found").Refuses(422, "employer.kind", "employer.reference");
        checks.MapGet("", ChecksAsync).WithSummary("The employers that were looked at, latest first. For the state office.").Refuses(403, "role.missing");
        checks.MapPost("{employer}/end", EndAsync).WithSummary("Ends at once that an employer may search.").Refuses(403, "role.missing").Refuses(404, "employer.not-found");

        app.MapApi("talent-searches", "Talent").MapPost("", SearchAsync).WithMetadata(new RepeatsHarmlessly())
            .WithSummary("Finds up to 20 adults who opted in and have all of these skills: skills, levels and what kind of person decided where, never who it is. Each person found can read that they were. Up to 20 times a day.")
            .Example(new TalentSearchRequest(Sample, [new("smaw-fillet", null, "proficient")]))
            .Refuses(403, "role.missing", "employer.not-checked").Refuses(409, "talent.too-many", "storage.version-conflict", "storage.not-unique").Refuses(422, "talent.skills");

        var contacts = app.MapApi("talent-contacts", "Talent");
        contacts.MapPost("", AskAsync).Produces<TalentContactView>(201).WithSummary("Asks somebody whom a search found to get in touch; we pass it on. Up to 10 people a day, each once.").Example(new TalentContactRequest(Sample, "Jm5hQ2R0bXJ4c3Z0dQ", "We look for a welder in Ogden from June on."))
            .Refuses(403, "employer.not-checked").Refuses(404, "talent.not-found").Refuses(409, "talent.asked-already", "talent.too-many").Refuses(422, "talent.message");
        contacts.MapGet("", ContactsAsync).WithSummary("What employers asked you, or what an employer (?employer=) asked, latest first; who was asked is not in it.").Refuses(403, "role.missing", "employer.not-checked");
        contacts.MapPost("{id}/answer", AnswerAsync).WithSummary("Says yes, with what this employer is to know of you, or no. For the person who was asked.").Example(new TalentContactAnswerRequest(new("Maya Ortiz", "maya@example.org")))
            .Refuses(404, "talent.not-found").Refuses(409, "talent.answered").Refuses(422, "talent.details");
        contacts.MapGet("{id}/details", OpenAsync).WithSummary("What a person who said yes lets the employer know; each look leaves a row that the person reads.").Refuses(403, "employer.not-checked").Refuses(404, "talent.not-found").Refuses(409, "storage.version-conflict");
    }

    private static async Task<IResult> EnterAsync(EmployerCheckRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, EmployerCheckWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.EnterAsync(me.Actor, OrganizationId.From(body.Employer), body.Reference, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/employer-checks/{read.Id}", context.Answer(read, EmployerCheckView.Of));
    }

    private static async Task<PageOf<EmployerCheckView>> ChecksAsync(CurrentActor me, Paging paging, EmployerCheckWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.ListAsync(me.Actor, paging.Of, cancellationToken), read => EmployerCheckView.Of(read.Document));

    private static async Task<EmployerCheckView> EndAsync(string employer, CurrentActor me, Idempotency idempotency, HttpContext context, EmployerCheckWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.EndAsync(me.Actor, OrganizationId.From(employer), idempotency.For(me.Actor), cancellationToken), EmployerCheckView.Of);

    private static async Task<TalentSearchAnswer> SearchAsync(TalentSearchRequest body, CurrentActor me, HttpContext context, TalentSearching searching, CancellationToken cancellationToken)
    {
        SharesApi.Hide(context);
        return TalentSearchAnswer.Of(await searching.SearchAsync(me.Actor, OrganizationId.From(body.Employer), [.. body.Skills.Select(skill => skill.ToSkill())], cancellationToken));
    }

    private static async Task<IResult> AskAsync(TalentContactRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, TalentContactWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.AskAsync(me.Actor, body.Search, body.Reference, body.Message, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/talent-contacts/{read.Id}", context.Answer(read, TalentContactView.Of));
    }

    private static async Task<PageOf<TalentContactView>> ContactsAsync(string? employer, CurrentActor me, Paging paging, TalentContactWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.ListAsync(me.Actor, employer is null ? null : OrganizationId.From(employer), paging.Of, cancellationToken), read => TalentContactView.Of(read.Document));

    private static async Task<TalentContactView> AnswerAsync(
        string id, TalentContactAnswerRequest body, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, TalentContactWorkflow workflow, KeyEncryptionKey key, CancellationToken cancellationToken) =>
        context.Answer(await workflow.AnswerAsync(me.Actor, id, body.ToDetails(), ifMatch.Version, idempotency.For(me.Actor, SealedBodyHash.Of(key, idempotency)), cancellationToken), TalentContactView.Of);

    private static async Task<ContactDetailsBody> OpenAsync(string id, CurrentActor me, HttpContext context, TalentContactWorkflow workflow, CancellationToken cancellationToken)
    {
        SharesApi.Hide(context);
        var details = await workflow.OpenAsync(me.Actor, id, cancellationToken);
        return new(details.Name, details.Reach);
    }
}
