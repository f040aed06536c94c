using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.App.SignIn.Passes;
using SkillBadges.Core;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Papers;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Evidence;

/// <param name="Supervisor">Somebody with that role at the employer; left out when <paramref name="SupervisorName"/> is given.</param>
/// <param name="Skills">Of the badges, where it is not about the whole of one.</param>
/// <param name="SupervisorName">Somebody who has no account and is not entered yet.</param>
/// <param name="IsMinor">Whether the student is under 18, where that was looked at; the birth date is not kept.</param>
/// <param name="StudentLearner">The written agreement under which a minor may do otherwise hazardous work.</param>
internal sealed record ArrangePlacementRequest(
    string Learner,
    string School,
    string Employer,
    DateTimeOffset From,
    DateTimeOffset To,
    IReadOnlyList<string> Badges,
    string? Supervisor = null,
    IReadOnlyList<PlacementSkill>? Skills = null,
    string? SupervisorName = null,
    bool? IsMinor = null,
    StudentLearnerAgreement? StudentLearner = null);

internal sealed record PlacementView(
    string Id, string Learner, string School, string Employer, string Supervisor, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<string> Badges, IReadOnlyList<PlacementSkill> Skills)
{
    public static PlacementView Of(Placement placement) => new(
        placement.Id.Value,
        placement.Learner.Value,
        placement.School.Value,
        placement.Employer.Value,
        placement.Supervisor.Value,
        placement.From,
        placement.To,
        placement.Badges,
        placement.Skills);
}

internal static class PlacementsApi
{
    private static readonly ArrangePlacementRequest Sample = new(
        "019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "019aa0d2c7f07f1c8b0e1f6d5c2b7a91", "019aa0d2c7f07f1c8b0e1f6d5c2b7a92",
        new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero), new(2027, 1, 31, 0, 0, 0, TimeSpan.Zero), ["customer-service"], "019aa0d2c7f07f1c8b0e1f6d5c2b7a93");

    public static void MapPlacements(this IEndpointRouteBuilder app)
    {
        var placements = app.MapApi("placements", "Placements");
        placements.MapPost("", ArrangeAsync).Example(Sample).WithSummary("Places a learner with an employer's supervisor, who may then sign for the named badges.")
            .Refuses(403, "role.missing").Refuses(404, "badge.not-found", "organization.not-found")
            .Refuses(422, "placement.supervisor", "placement.skills", "placement.age-first", "placement.hazardous", "definition.unknown-competency", "role.not-here", "person.name")
            .Refuses(422, "placement.dates", "placement.badges", "placement.own-supervisor", "placement.not-a-student", "placement.not-a-supervisor");
        placements.MapGet("", ListAsync).WithSummary("Internships that you supervise, those that end first before the others.");
        placements.MapGet("{id}", ReadAsync).WithMetadata(new ReachableByPassAttribute()).WithSummary("One internship.").Refuses(404, "placement.not-found");
        placements.MapPost("{id}/end", EndAsync).WithSummary("Ends an internship now; what was signed stays valid.").WithMetadata(new RepeatsHarmlessly())
            .Refuses(403, "role.missing").Refuses(404, "placement.not-found").Refuses(409, "placement.ended");
    }

    private static async Task<Created<PlacementView>> ArrangeAsync(
        ArrangePlacementRequest body, CurrentActor actor, Idempotency idempotency, HttpContext context, PlacementWorkflow workflow, CancellationToken cancellationToken)
    {
        if (body.Supervisor is null == body.SupervisorName is null)
        {
            throw Refused.Invalid("placement.supervisor", "Name either a supervisor who is entered already, or a new one by name.");
        }

        var placement = new Placement(
            default, PersonId.From(body.Learner), OrganizationId.From(body.School), OrganizationId.From(body.Employer), PersonId.From(body.Supervisor ?? ""), body.From, body.To)
        {
            Badges = [.. body.Badges],
            Skills = [.. body.Skills ?? []],
        };
        var read = await workflow.ArrangeAsync(actor.Actor, new(placement, body.SupervisorName, body.IsMinor, body.StudentLearner), idempotency.For(actor.Actor), cancellationToken);
        context.SetVersion(read.Version);
        return TypedResults.Created($"/api/placements/{read.Id}", PlacementView.Of(read.Document));
    }

    private static async Task<PageOf<PlacementView>> ListAsync(CurrentActor actor, Paging paging, IDocumentStore store, CancellationToken cancellationToken) =>
        paging.Answer(await store.QueryAsync(PlacementDocuments.Kind, paging.Of(PlacementDocuments.BySupervisor.Where(actor.Person.Value)), cancellationToken), read => PlacementView.Of(read.Document));

    private static async Task<PlacementView> ReadAsync(string id, CurrentActor actor, HttpContext context, PlacementWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.ReadAsync(actor.Actor, PlacementId.From(id), cancellationToken), PlacementView.Of);

    private static async Task<PlacementView> EndAsync(string id, CurrentActor actor, IfMatch ifMatch, HttpContext context, PlacementWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.EndAsync(actor.Actor, PlacementId.From(id), ifMatch.Version, cancellationToken), PlacementView.Of);
}
