using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core.Evidence.Assessors;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Evidence;

/// <param name="Name">What the school calls the pool; left out for one person and one badge.</param>
/// <param name="Badges">Slugs.</param>
internal sealed record NewAssignmentRequest(string Organization, IReadOnlyList<string> Assessors, IReadOnlyList<string> Badges, string? Name = null, DateTimeOffset? To = null);

internal sealed record ChangeAssignmentRequest(IReadOnlyList<string> Assessors, IReadOnlyList<string> Badges, string? Name = null);

internal sealed record AssignmentView(string Id, string Organization, string? Name, IReadOnlyList<string> Assessors, IReadOnlyList<string> Badges, DateTimeOffset From, DateTimeOffset? To)
{
    public static AssignmentView Of(StandingAssignment standing) => new(
        standing.Id.Value, standing.Organization.Value, standing.Name, [.. standing.Assessors.Select(person => person.Value)], standing.Badges, standing.From, standing.To);
}

/// <summary>Pools of assessors, and assessors named for one badge. Classes and internships assign by themselves.</summary>
internal static class AssignmentsApi
{
    private static readonly string[] Faults = ["assignment.name", "assignment.assessors", "assignment.badges", "assignment.dates", "assignment.not-a-teacher"];

    public static void MapAssignments(this IEndpointRouteBuilder app)
    {
        var assignments = app.MapApi("assignments", "Review");
        assignments.MapPost("", MakeAsync).WithSummary("Names a pool of teachers for some badges, or one teacher for one badge, whoever the learner is. For the school's office.")
            .Example(new NewAssignmentRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", ["019aa0d2c7f07f1c8b0e1f6d5c2b7a91", "019aa0d2c7f07f1c8b0e1f6d5c2b7a92"], ["smaw-fillet", "smaw-groove"], "Welding panel"))
            .Refuses(403, "role.missing").Refuses(422, Faults);
        assignments.MapGet("", ListAsync).WithSummary("Those that name you; with ?organization= all of a school, for its office.").Refuses(403, "role.missing");
        assignments.MapGet("{id}", ReadAsync).WithSummary("One of them.").Refuses(404, "assignment.not-found");
        assignments.MapPut("{id}", ChangeAsync).WithSummary("Says anew who is in a pool and for which badges. Needs If-Match.")
            .Example(new ChangeAssignmentRequest(["019aa0d2c7f07f1c8b0e1f6d5c2b7a91"], ["smaw-fillet"], "Welding panel"))
            .Refuses(404, "assignment.not-found").Refuses(409, "assignment.ended").Refuses(422, Faults);
        assignments.MapPost("{id}/end", EndAsync).WithSummary("Ends it now; what was decided stays.").Refuses(404, "assignment.not-found").Refuses(409, "assignment.ended");
    }

    private static async Task<Created<AssignmentView>> MakeAsync(
        NewAssignmentRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, StandingAssignmentWorkflow workflow, CancellationToken cancellationToken)
    {
        var asked = new StandingAssignment(default, OrganizationId.From(body.Organization), body.Name, default)
        {
            To = body.To,
            Assessors = [.. body.Assessors.Select(PersonId.From)],
            Badges = [.. body.Badges],
        };
        var read = await workflow.MakeAsync(me.Actor, asked, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/assignments/{read.Id}", context.Answer(read, AssignmentView.Of));
    }

    private static async Task<PageOf<AssignmentView>> ListAsync(string? organization, CurrentActor me, Paging paging, StandingAssignmentWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(
            await workflow.ListAsync(me.Actor, organization is null ? null : OrganizationId.From(organization), paging.Of, cancellationToken), read => AssignmentView.Of(read.Document));

    private static async Task<AssignmentView> ReadAsync(string id, CurrentActor me, HttpContext context, StandingAssignmentWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.ReadAsync(me.Actor, StandingAssignmentId.From(id), cancellationToken), AssignmentView.Of);

    private static async Task<AssignmentView> ChangeAsync(
        string id, ChangeAssignmentRequest body, CurrentActor me, IfMatch ifMatch, HttpContext context, StandingAssignmentWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.ChangeAsync(
            me.Actor, StandingAssignmentId.From(id), body.Name, [.. body.Assessors.Select(PersonId.From)], [.. body.Badges], ifMatch.Required, cancellationToken), AssignmentView.Of);

    private static async Task<AssignmentView> EndAsync(
        string id, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, StandingAssignmentWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.EndAsync(me.Actor, StandingAssignmentId.From(id), ifMatch.Version, idempotency.For(me.Actor), cancellationToken), AssignmentView.Of);
}
