using SkillBadges.App.Http;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Organizations;

internal sealed record NewGuardianshipRequest(string GuardianId, string LearnerId, string RecordKeeperId, GuardianshipProof Proof);

internal sealed record GuardianshipView(string Id, string GuardianId, string LearnerId, string RecordKeeperId, GuardianshipProof Proof, DateTimeOffset From, DateTimeOffset? To)
{
    public static GuardianshipView Of(Guardianship guardianship) => new(
        guardianship.Id.Value, guardianship.Guardian.Value, guardianship.Learner.Value, guardianship.RecordKeeper.Value, guardianship.Proof, guardianship.From, guardianship.To);
}

/// <summary>Whose guardian someone is, for the records of one school.</summary>
internal static class GuardianshipsApi
{
    public static void MapGuardianships(this IEndpointRouteBuilder app)
    {
        var guardianships = app.MapApi("guardianships", "Guardianships");
        guardianships.MapPost("", RecordAsync).Example(new NewGuardianshipRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "019aa0d2c7f07f1c8b0e1f6d5c2b7a91", "019aa0d2c7f07f1c8b0e1f6d5c2b7a92", GuardianshipProof.SchoolRecord)).WithSummary("Records a guardian of a student, for the records that this school keeps. For its office.")
            .Produces<GuardianshipView>(201)
            .Refuses(403, "role.missing").Refuses(422, "guardianship.not-a-student", "guardianship.not-a-guardian", "guardianship.own");
        guardianships.MapGet("", MineAsync).WithSummary("The guardianships in which you are the guardian.");
        guardianships.MapPost("{id}/end", EndAsync).WithSummary("Ends a guardianship now. For the school's office.")
            .Refuses(404, "guardianship.not-found").Refuses(409, "guardianship.ended");
    }

    private static async Task<IResult> RecordAsync(
        NewGuardianshipRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, GuardianshipWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.RecordAsync(
            me.Actor, PersonId.From(body.GuardianId), PersonId.From(body.LearnerId), OrganizationId.From(body.RecordKeeperId), body.Proof, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/guardianships/{read.Id}", context.Answer(read, GuardianshipView.Of));
    }

    private static async Task<PageOf<GuardianshipView>> MineAsync(CurrentActor me, Paging paging, GuardianshipWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.OfGuardianAsync(me.Actor, paging.Of, cancellationToken), read => GuardianshipView.Of(read.Document));

    private static async Task<GuardianshipView> EndAsync(
        string id, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, GuardianshipWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.EndAsync(me.Actor, GuardianshipId.From(id), ifMatch.Version, idempotency.For(me.Actor), cancellationToken), GuardianshipView.Of);
}
