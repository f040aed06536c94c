using SkillBadges.App.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Consents;

namespace SkillBadges.App.Sharing;

/// <summary>Who agreed that what of a record is shown to whom, until when; history is kept.</summary>
internal static class ConsentsApi
{
    private static readonly ConsentTermsBody ExampleTerms = new(
        new("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", [RecordKind.Credentials, RecordKind.Levels], ["smaw-fillet"]), "Summer job at the shipyard", new(RecipientKind.ShareLink), new(2027, 6, 30, 0, 0, 0, TimeSpan.Zero));

    private static readonly PaperBody ExamplePaper = new("Consents 2026, folder 3", new(2026, 11, 20));

    public static void MapConsents(this IEndpointRouteBuilder app)
    {
        var consents = app.MapApi("consents", "Sharing");
        consents.MapPost("", GiveAsync).Produces<ConsentView>(201).WithSummary("Says yes, as the learner or a guardian, for one school's record. Under 18, links and public pages take both; the other one is told.")
            .Example(new NewConsentRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a91", ExampleTerms))
            .Refuses(404, "learner.not-found", "organization.not-found").RefusesAge().RefusesTerms();
        consents.MapGet("", ListAsync).WithSummary("The consents about one school's record of a learner: ?learner= and ?recordKeeper=. For the learner, the family and that school's office.")
            .Refuses(404, "learner.not-found", "organization.not-found");
        consents.MapGet("{id}", ReadAsync).WithSummary("One consent with its history, and what it is worth now.").Refuses(404, "consent.not-found", "learner.not-found");
        consents.MapPost("{id}/grants", AgreeAsync).WithSummary("Adds your yes to one that waits for it.")
            .Refuses(404, "consent.not-found", "learner.not-found").RefusesAge().Refuses(409, "consent.withdrawn", "consent.expired");
        consents.MapPost("{id}/withdrawals", WithdrawAsync).WithSummary("Takes it back, at once and for good; the office says where the paper lies.").Example(new WithdrawConsentRequest(ExamplePaper))
            .Refuses(404, "consent.not-found", "learner.not-found").Refuses(403, "consent.not-yours").Refuses(409, "consent.withdrawn").Refuses(422, "consent.paper");
        consents.MapPost("papers", RecordPapersAsync).WithSummary("Records the paper forms of a whole class, up to 500, each with an answer of its own. For the record-keeper's office.")
            .Example(new PaperConsentsRequest(ExampleTerms, ExamplePaper, [new("019aa0d2c7f07f1c8b0e1f6d5c2b7a91", [ConsentVoice.Learner, ConsentVoice.Guardian])]))
            .Refuses(403, "role.missing").Refuses(404, "organization.not-found").Refuses(422, "consent.forms", "consent.paper").RefusesTerms();
    }

    private static TBuilder RefusesTerms<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.Refuses(422, "consent.records", "consent.purpose", "consent.recipient", "consent.expiry");

    internal static TBuilder RefusesAge<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.Refuses(403, "consent.not-yours", "consent.adults-only", "consent.age-unknown", "consent.too-young");

    private static async Task<IResult> GiveAsync(NewConsentRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, ConsentWorkflow workflow, CancellationToken cancellationToken)
    {
        var given = await workflow.GiveAsync(me.Actor, PersonId.From(body.Learner), body.Terms.ToTerms(), idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/consents/{given.Read.Id}", Answer(context, given));
    }

    private static async Task<PageOf<ConsentView>> ListAsync(string learner, string recordKeeper, CurrentActor me, Paging paging, ConsentReading reading, CancellationToken cancellationToken)
    {
        var (items, next) = await reading.ListAsync(me.Actor, PersonId.From(learner), OrganizationId.From(recordKeeper), paging.Of, cancellationToken);
        return paging.Answer([.. items.Select(ConsentView.Of)], next);
    }

    private static async Task<ConsentView> ReadAsync(string id, CurrentActor me, HttpContext context, ConsentReading reading, CancellationToken cancellationToken) =>
        Answer(context, await reading.ReadAsync(me.Actor, ConsentId.From(id), cancellationToken));

    private static async Task<ConsentView> AgreeAsync(
        string id, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, ConsentWorkflow workflow, CancellationToken cancellationToken) =>
        Answer(context, await workflow.AgreeAsync(me.Actor, ConsentId.From(id), ifMatch.Version, idempotency.For(me.Actor), cancellationToken));

    private static async Task<ConsentView> WithdrawAsync(
        string id, WithdrawConsentRequest body, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, ConsentWorkflow workflow, CancellationToken cancellationToken) =>
        Answer(context, await workflow.WithdrawAsync(
            me.Actor, ConsentId.From(id), body.Paper is { } paper ? (paper.Reference, paper.SignedOn) : null, ifMatch.Version, idempotency.For(me.Actor), cancellationToken));

    private static async Task<PaperConsentsAnswer> RecordPapersAsync(PaperConsentsRequest body, CurrentActor me, Idempotency idempotency, PaperConsents papers, CancellationToken cancellationToken)
    {
        var forms = body.Forms.Select(form => new SignedPaper(PersonId.From(form.Learner), [.. form.SignedBy], form.Guardian is null ? null : PersonId.From(form.Guardian))).ToList();
        var results = await papers.RecordAsync(me.Actor, body.Terms.ToTerms(), body.Paper.Reference, body.Paper.SignedOn, forms, idempotency.For(me.Actor), cancellationToken);
        var refused = results.Count(result => result.Code is not null);
        return new(results.Count - refused, refused, [.. results.Select(result => new PaperResultView(result.Learner.Value, result.Consent?.Value, result.State, result.Code, result.Message))]);
    }

    private static ConsentView Answer(HttpContext context, StandingConsent standing) => context.Answer(standing.Read, (Consent _) => ConsentView.Of(standing));
}
