using SkillBadges.App.Http;
using SkillBadges.Core.Mastery.Crosswalks;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Mastery;

/// <summary>What levels of one scale become on another: only what two sides agreed on, for one purpose, on its days.</summary>
internal static class CrosswalksApi
{
    private static readonly CrosswalkTerms exampleTerms = new(
        [new("beginning"), new("developing", "basic", "approaching"), new("proficient", "proficient"), new("advanced", "advanced")], "Agreement of both boards, spring 2026", new DateOnly(2026, 8, 1))
    {
        EffectiveTo = new DateOnly(2028, 7, 31), Note = "Developing lies between two levels; Beginning has no equivalent.",
    };

    private static readonly string[] termFaults = ["crosswalk.pairs", "crosswalk.not-monotone", "crosswalk.failing-mark", "crosswalk.note", "crosswalk.terms", "scale.unknown-level"];

    public static void MapCrosswalks(this IEndpointRouteBuilder app)
    {
        var crosswalks = app.MapApi("crosswalks", "Scales");
        crosswalks.MapGet("", ListAsync).WithSummary("All crosswalks of an organization (?organization=), proposed ones too. For its office.").Refuses(403, "role.missing");
        crosswalks.MapPost("", ProposeAsync).Produces<CrosswalkView>(201).WithSummary("Proposes what levels become, between two sides, for one purpose. For the registrar or administrator of one of them.")
            .Example(new NewCrosswalkRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a91", "four-level@1", "named-four@1", CrosswalkPurpose.CarryOver, "019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "019aa0d2c7f07f1c8b0e1f6d5c2b7a91", exampleTerms))
            .Refuses(403, "role.missing", "crosswalk.not-a-party").Refuses(404, "organization.not-found", "scale.not-found").Refuses(409, "crosswalk.exists").Refuses(422, [.. termFaults, "crosswalk.sides"]);
        crosswalks.MapGet("equivalents", EquivalentsAsync).AllowAnonymous()
            .WithSummary("What a level (?from=four-level@1&level=proficient) is on another scale (&to=named-four@1) for a purpose (&purpose=carry-over), today or &on= a day, by everybody's agreements or those of one &organization=. Without &level= it asks about having no evidence. Where nobody agreed, the equivalence is none.")
            .Refuses(404, "scale.not-found").Refuses(422, "crosswalk.purpose", "scale.unknown-level");
        crosswalks.MapGet("{id}", ReadAsync).AllowAnonymous().WithSummary("One crosswalk with all its wordings; one that is only proposed is for both sides' offices.").Refuses(404, "crosswalk.not-found");
        crosswalks.MapPost("{id}/revisions", ReviseAsync).WithSummary("Proposes another wording; what holds goes on until both sides said yes to it, and days that are over stay as they were.")
            .Example(new CrosswalkRevisionRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a91", exampleTerms))
            .Refuses(403, "role.missing", "crosswalk.not-a-party").Refuses(404, "crosswalk.not-found").Refuses(409, "crosswalk.too-many-revisions").Refuses(422, termFaults);
        crosswalks.MapPost("{id}/approvals", ApproveAsync).WithSummary("Says yes to the last wording for one side; with both, it is agreed.")
            .Example(new CrosswalkApprovalRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", 1))
            .Refuses(403, "role.missing", "crosswalk.not-a-party", "crosswalk.second-person").Refuses(404, "crosswalk.not-found").Refuses(409, "crosswalk.revision-stale");
        crosswalks.MapPost("{id}/end", EndAsync).WithSummary("Ends a crosswalk after a day, today at the earliest.")
            .Example(new CrosswalkEndRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", new DateOnly(2027, 6, 30)))
            .Refuses(403, "role.missing", "crosswalk.not-a-party").Refuses(404, "crosswalk.not-found").Refuses(409, "crosswalk.not-agreed").Refuses(422, "crosswalk.past-day");
    }

    private static async Task<PageOf<CrosswalkView>> ListAsync(string? organization, CurrentActor me, Paging paging, CrosswalkReading reading, CrosswalkWorkflow workflow, CancellationToken cancellationToken)
    {
        var page = await reading.ListAsync(me.Actor, OrganizationId.From(organization ?? ""), paging.Of, cancellationToken);
        var today = await workflow.TodaysAsync(page.Documents, cancellationToken);
        return paging.Answer(page, read => CrosswalkView.Of(read.Document, today[read.Document.Receiver]));
    }

    private static async Task<EquivalentsAnswer> EquivalentsAsync(
        string? from, string? level, string? to, string? purpose, DateOnly? on, string? organization, CrosswalkReading reading, IDocumentStore store, CancellationToken cancellationToken)
    {
        OrganizationId? of = organization is null ? null : OrganizationId.From(organization);
        var answer = await reading.EquivalentsAsync(from ?? "", level, to ?? "", CrosswalkPurposes.FromTerm(purpose), on, of, cancellationToken);
        var names = await store.NamesAsync(answer.Agreed.SelectMany(agreed => new[] { agreed.Crosswalk.Giver, agreed.Crosswalk.Receiver }), cancellationToken);
        return EquivalentsAnswer.Of(from!, to!, answer, names);
    }

    private static async Task<CrosswalkView> ReadAsync(string id, HttpContext context, CrosswalkReading reading, CrosswalkWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await reading.ReadAsync(CurrentActor.Of(context.User)?.Actor, CrosswalkId.From(id), cancellationToken);
        var view = await AnswerAsync(context, workflow, read, cancellationToken);
        return read.Document.WasAgreed ? view.Public() : view;
    }

    private static async Task<IResult> ProposeAsync(NewCrosswalkRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, CrosswalkWorkflow workflow, CancellationToken cancellationToken)
    {
        var asked = new NewCrosswalk(body.From, body.To, body.Purpose, OrganizationId.From(body.GiverId), OrganizationId.From(body.ReceiverId), body.Terms);
        var read = await workflow.ProposeAsync(me.Actor, OrganizationId.From(body.OrganizationId), asked, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/crosswalks/{read.Id}", await AnswerAsync(context, workflow, read, cancellationToken));
    }

    private static async Task<CrosswalkView> ReviseAsync(
        string id, CrosswalkRevisionRequest body, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, CrosswalkWorkflow workflow, CancellationToken cancellationToken) =>
        await AnswerAsync(context, workflow, await workflow.ReviseAsync(
            me.Actor, CrosswalkId.From(id), OrganizationId.From(body.OrganizationId), body.Terms, ifMatch.Version, idempotency.For(me.Actor), cancellationToken), cancellationToken);

    private static async Task<CrosswalkView> ApproveAsync(
        string id, CrosswalkApprovalRequest body, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, CrosswalkWorkflow workflow, CancellationToken cancellationToken) =>
        await AnswerAsync(context, workflow, await workflow.ApproveAsync(
            me.Actor, CrosswalkId.From(id), OrganizationId.From(body.OrganizationId), body.Revision, ifMatch.Version, idempotency.For(me.Actor), cancellationToken), cancellationToken);

    private static async Task<CrosswalkView> EndAsync(
        string id, CrosswalkEndRequest body, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, CrosswalkWorkflow workflow, CancellationToken cancellationToken) =>
        await AnswerAsync(context, workflow, await workflow.EndAsync(
            me.Actor, CrosswalkId.From(id), OrganizationId.From(body.OrganizationId), body.LastDay, ifMatch.Version, idempotency.For(me.Actor), cancellationToken), cancellationToken);

    private static async Task<CrosswalkView> AnswerAsync(HttpContext context, CrosswalkWorkflow workflow, Read<Crosswalk> read, CancellationToken cancellationToken)
    {
        context.SetVersion(read.Version);
        return CrosswalkView.Of(read.Document, await workflow.TodayAsync(read.Document, cancellationToken));
    }
}
