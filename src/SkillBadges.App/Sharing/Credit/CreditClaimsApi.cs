using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Definitions.Articulations;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Claims;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Sharing.Credit;

/// <summary>College credit for badges: what counts where, claimed by the student, decided by the college.</summary>
internal static class CreditClaimsApi
{
    private const string Sample = "019aa0d2c7f07f1c8b0e1f6d5c2b7a90";

    private static readonly ClaimAnswerBody SampleWait = new(ClaimOutcome.Wait, AwaitedStep.FinalTranscript, "Please have your school send it.", new DateOnly(2027, 7, 15));

    private static readonly ClaimAnswerBody SamplePosting = new(ClaimOutcome.Post, Course: "WELD 1010", Term: "2027-fall", GradeType: GradeType.CreditOnly, Grade: "CR");

    public static void MapCreditClaims(this IEndpointRouteBuilder app)
    {
        app.MapApi("credit-offers", "College credit").MapGet("", OffersAsync).WithSummary("What a learner's badges (?learner=, or your own) count for at colleges, by what was promised on the day on which each was earned. For the learner and the family.")
            .Refuses(404, "learner.not-found");

        var claims = app.MapApi("credit-claims", "College credit");
        claims.MapPost("", MakeAsync).Produces<CreditClaimView>(201)
            .WithSummary("Claims credit at a college. Name, birth date and number are for that college alone, sealed, and erased with its decision. Under 18 a guardian claims, or has consented.")
            .Example(new NewCreditClaimRequest(Sample, Sample, "smaw-fillet@1", "2027-fall", new("Maya Ortiz", new DateOnly(2009, 3, 14), "C0041234")))
            .Refuses(403, "consent.not-yours", "claim.consent-missing").Refuses(404, "learner.not-found", "organization.not-found")
            .Refuses(409, "claim.no-promise", "claim.made-already", "claim.badge-fell").Refuses(422, "claim.term", "claim.applicant", "definition.bad-version-id");
        claims.MapGet("", ListAsync).WithSummary("A learner's claims (?learner=, or your own), for the learner and the family; or a college's (?college= with ?articulation=, ?term= and ?open=, which orders them by their last day), for its registrar or administrator, without a word of who the students are.")
            .Refuses(403, "role.missing").Refuses(404, "learner.not-found").Refuses(422, "claim.term");
        claims.MapGet("{id}", ReadAsync).WithSummary("One claim, for either side.").Refuses(404, "claim.not-found");
        claims.MapGet("{id}/application", OpenAsync).WithSummary("All that was shared for an open or posted claim, its badges checked anew. For the college's office; student and family can read that it was opened.")
            .Refuses(403, "claim.own", "claim.consent-missing").Refuses(404, "claim.not-found").Refuses(409, "claim.decided", "storage.version-conflict");
        claims.MapPost("{id}/withdrawal", WithdrawAsync).WithSummary("Takes a claim back; what was entered for the college is erased at once. For the learner and the family.")
            .Refuses(404, "claim.not-found").Refuses(409, "claim.decided", "claim.expired");
        claims.MapPost("{id}/answers", AnswerAsync).WithSummary("Asks for what is missing until a day, writes the credit down, or declines with a reason. For the college's office.").Example(SampleWait)
            .Refuses(403, "claim.own").Refuses(404, "claim.not-found").Refuses(409, "claim.decided", "claim.expired", "claim.badge-fell")
            .Refuses(422, "claim.answer", "claim.deadline", "claim.note", "claim.posting", "claim.term");
        claims.MapPost("answers", AnswerManyAsync).WithSummary("Up to 200 answers at once, each with a result of its own; one that is refused holds up no other.")
            .Example(new ClaimAnswersRequest([new(Sample, SamplePosting)]), new ClaimAnswersAnswer(1, 0, [new(Sample, ClaimState.Posted, null, null)]))
            .Refuses(422, "claim.many", "claim.answer");
        claims.MapGet("table.csv", TableAsync).Produces(200, contentType: "text/csv")
            .WithSummary("All of a college's claims as CSV (?college= with ?articulation=, ?term= and ?open=), with what students of open claims entered: for each of these a row is written that student and family read.")
            .Refuses(403, "role.missing").Refuses(409, "storage.version-conflict").Refuses(422, "claim.term");
    }

    private static async Task<CreditOffersAnswer> OffersAsync(string? learner, CurrentActor me, ClaimWorkflow workflow, TimeProvider clock, CancellationToken cancellationToken) => new(
    [
        .. (await workflow.OffersAsync(me.Actor, learner is null ? me.Person : PersonId.From(learner), cancellationToken))
            .Select(found => CreditOfferView.Of(found.Offer, found.Claim, found.Offer.College.DayOf(clock.Now()))),
    ]);

    private static async Task<IResult> MakeAsync(
        NewCreditClaimRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, ClaimWorkflow workflow, ClaimApplicants applicants, KeyEncryptionKey key, CancellationToken cancellationToken)
    {
        var read = await workflow.MakeAsync(me.Actor, body.ToRequest(), idempotency.For(me.Actor, SealedBodyHash.Of(key, idempotency)), cancellationToken);
        return TypedResults.Created($"/api/credit-claims/{read.Id}", await ShowAsync(context, read, applicants, cancellationToken));
    }

    private static async Task<PageOf<CreditClaimView>> ListAsync(
        string? learner, string? college, string? articulation, string? term, bool? open, CurrentActor me, Paging paging, ClaimWorkflow workflow, ClaimOpening opening, ClaimApplicants applicants, CancellationToken cancellationToken)
    {
        var page = college is null
            ? await workflow.ListAsync(me.Actor, learner is null ? me.Person : PersonId.From(learner), paging.Of, cancellationToken)
            : await opening.ListAsync(me.Actor, Shelf(college, articulation, term, open), paging.Of, cancellationToken);
        var today = await applicants.TodaysAsync(page.Documents, cancellationToken);
        return paging.Answer(page, read => CreditClaimView.Of(read.Document, today[read.Document.College]));
    }

    private static async Task<CreditClaimView> ReadAsync(string id, CurrentActor me, HttpContext context, ClaimAccess access, ClaimApplicants applicants, CancellationToken cancellationToken) =>
        await ShowAsync(context, await access.ReadAsync(me.Actor, CreditClaimId.From(id), cancellationToken), applicants, cancellationToken);

    private static async Task<CreditApplicationView> OpenAsync(string id, CurrentActor me, HttpContext context, ClaimOpening opening, ClaimApplicants applicants, CancellationToken cancellationToken)
    {
        SharesApi.Hide(context);
        var application = await opening.OpenAsync(me.Actor, CreditClaimId.From(id), cancellationToken);
        context.SetVersion(application.Claim.Version);
        return CreditApplicationView.Of(application, await applicants.TodayAsync(application.Claim.Document, cancellationToken));
    }

    private static async Task<CreditClaimView> WithdrawAsync(
        string id, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, ClaimWorkflow workflow, ClaimApplicants applicants, CancellationToken cancellationToken) =>
        await ShowAsync(context, await workflow.WithdrawAsync(me.Actor, CreditClaimId.From(id), ifMatch.Version, idempotency.For(me.Actor), cancellationToken), applicants, cancellationToken);

    private static async Task<CreditClaimView> AnswerAsync(
        string id, ClaimAnswerBody body, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, ClaimAnswering answering, ClaimApplicants applicants, CancellationToken cancellationToken) =>
        await ShowAsync(
            context, await answering.AnswerAsync(me.Actor, new(CreditClaimId.From(id), body.ToAnswer(), ifMatch.Version), idempotency.For(me.Actor), cancellationToken), applicants, cancellationToken);

    private static async Task<ClaimAnswersAnswer> AnswerManyAsync(ClaimAnswersRequest body, CurrentActor me, Idempotency idempotency, ClaimAnswering answering, CancellationToken cancellationToken)
    {
        var results = await answering.AnswerManyAsync(me.Actor, [.. body.Items.Select(item => item.ToItem())], idempotency.For(me.Actor), cancellationToken);
        var refused = results.Count(result => result.Code is not null);
        return new(results.Count - refused, refused, [.. results.Select(result => new ClaimAnswerView(result.Claim.Value, result.State, result.Code, result.Message))]);
    }

    private static async Task<IResult> TableAsync(
        string college, string? articulation, string? term, bool? open, CurrentActor me, HttpContext context, ClaimOpening opening, ClaimApplicants applicants, CancellationToken cancellationToken)
    {
        await using var pages = opening.RosterAsync(me.Actor, Shelf(college, articulation, term, open), cancellationToken).GetAsyncEnumerator(cancellationToken);

        // What is refused is refused with the first page, before anything is sent.
        var isMore = await pages.MoveNextAsync();
        var today = await applicants.TodayAsync(OrganizationId.From(college), cancellationToken);
        PrivateDownload.Announce(context, $"credit-claims{(term is null ? "" : $"-{term}")}.csv");
        context.Response.ContentType = "text/csv; charset=utf-8";
        await context.Response.Body.WriteAsync(ClaimTable.Head(), cancellationToken);
        for (; isMore; isMore = await pages.MoveNextAsync())
        {
            await context.Response.Body.WriteAsync(ClaimTable.Rows(pages.Current, today), cancellationToken);
        }

        return TypedResults.Empty;
    }

    private static ClaimShelf Shelf(string college, string? articulation, string? term, bool? open) =>
        new(OrganizationId.From(college), articulation is null ? null : ArticulationId.From(articulation), term, open ?? false);

    private static async Task<CreditClaimView> ShowAsync(HttpContext context, Read<CreditClaim> read, ClaimApplicants applicants, CancellationToken cancellationToken)
    {
        var today = await applicants.TodayAsync(read.Document, cancellationToken);
        return context.Answer(read, (CreditClaim claim) => CreditClaimView.Of(claim, today));
    }
}
