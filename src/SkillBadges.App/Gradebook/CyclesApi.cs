using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Gradebook.Cycles;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Gradebook;

/// <param name="To">The last day.</param>
/// <param name="Badges">Slugs; left out for every badge in which something was decided.</param>
internal sealed record OpenCycleRequest(string OrganizationId, string Name, DateOnly From, DateOnly To, IReadOnlyList<string>? Badges = null);

internal sealed record FrozenClassView(string SectionId, string Name, string Sha256);

/// <param name="AsOf">What was recorded before this instant is in the snapshot.</param>
/// <param name="Sha256">Over all that is frozen; null until then.</param>
internal sealed record CycleView(
    string Id, string OrganizationId, string Name, DateOnly From, DateOnly To, IReadOnlyList<string> Badges, DateTimeOffset OpenedAt, DateTimeOffset? AsOf, DateTimeOffset? FrozenAt, IReadOnlyList<FrozenClassView> Classes, string? Sha256)
{
    public static CycleView Of(Cycle cycle) => new(
        cycle.Id,
        cycle.Organization.Value,
        cycle.Name,
        cycle.From,
        cycle.To,
        cycle.Badges,
        cycle.OpenedAt,
        cycle.AsOf,
        cycle.FrozenAt,
        [.. cycle.Classes.Select(section => new FrozenClassView(section.Section.Value, section.Name, section.Content.Hex))],
        cycle.Content?.Hex);
}

/// <param name="Sha256">Of the content; for a frozen cycle as its list of classes has it.</param>
internal sealed record CycleClassAnswer(CycleContent Content, string Sha256);

/// <summary>Grading periods of any length: kept as they were, compared, and summed up for a principal.</summary>
internal static class CyclesApi
{
    public static void MapCycles(this IEndpointRouteBuilder app)
    {
        var cycles = app.MapApi("cycles", "Grading periods");
        cycles.MapPost("", OpenAsync).Example(new OpenCycleRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "Weeks 1 to 3", new(2026, 8, 17), new(2026, 9, 4))).Produces<CycleView>(201)
            .WithSummary("Opens a grading period of any length. For the school's registrars and administrators.")
            .Refuses(403, "role.missing", "stage.reporting-off").Refuses(404, "badge.not-found").Refuses(422, "cycle.name", "cycle.days", "cycle.badges");
        cycles.MapGet("", ListAsync).WithSummary("The grading periods of ?organization=, latest first. For its records office.").Refuses(403, "role.missing", "stage.reporting-off").Refuses(422, "cycle.organization");
        cycles.MapGet("{id}", ReadAsync).WithSummary("One grading period; once frozen, the digest of each class and of the whole.").RefusesCycle();
        cycles.MapPost("{id}/freeze", FreezeAsync).WithSummary("Keeps every class as it stands (or as it stood at the end of the last day) for good. Asked for again, it goes on where it was cut off, or answers with what is frozen.")
            .RefusesCycle().Refuses(409, "cycle.not-begun", "storage.version-conflict", "storage.not-unique").WithMetadata(new RepeatsHarmlessly());
        cycles.MapGet("{id}/dashboard", DashboardAsync).WithSummary("Per class and badge: the spread of levels, who moved and who did not, in numbers. Paged by class; some pages may hold fewer.").RefusesCycle();
        cycles.MapGet("{id}/classes/{sectionId}", ClassAsync).WithSummary("One class as the cycle has it: its snapshot, or as it stands now while the cycle is open. Also for its teachers.")
            .RefusesCycle().Refuses(404, "class-section.not-found");
        cycles.MapGet("{id}/classes/{sectionId}/differences", DifferenceAsync).WithSummary("What is different in a class between this cycle and ?with= another one of the school, or now.")
            .RefusesCycle().Refuses(404, "class-section.not-found");
    }

    private static TBuilder RefusesCycle<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.Refuses(403, "stage.reporting-off").Refuses(404, "cycle.not-found");

    private static async Task<Created<CycleView>> OpenAsync(OpenCycleRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, CycleWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.OpenAsync(
            me.Actor, OrganizationId.From(body.OrganizationId), body.Name, body.From, body.To, [.. body.Badges ?? []], idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/cycles/{read.Id}", context.Answer(read, CycleView.Of));
    }

    private static async Task<PageOf<CycleView>> ListAsync(string? organization, CurrentActor me, Paging paging, CycleWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(
            await workflow.ListAsync(me.Actor, OrganizationId.From(organization ?? throw Refused.Invalid("cycle.organization", "Whose grading periods? Please add ?organization=.")), paging.Of, cancellationToken),
            read => CycleView.Of(read.Document));

    private static async Task<CycleView> ReadAsync(string id, CurrentActor me, HttpContext context, CycleWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.ReadAsync(me.Actor, id, cancellationToken), CycleView.Of);

    private static async Task<CycleView> FreezeAsync(string id, CurrentActor me, HttpContext context, CycleWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.FreezeAsync(me.Actor, id, cancellationToken), CycleView.Of);

    private static async Task<PageOf<CycleClassSummary>> DashboardAsync(string id, CurrentActor me, Paging paging, HttpContext context, CycleReports reports, CancellationToken cancellationToken)
    {
        context.KeepPrivate();
        var (classes, next) = await reports.DashboardAsync(me.Actor, id, paging.Of, cancellationToken);
        return paging.Answer(classes, next);
    }

    private static async Task<CycleClassAnswer> ClassAsync(string id, string sectionId, CurrentActor me, HttpContext context, CycleReports reports, CancellationToken cancellationToken)
    {
        context.KeepPrivate();
        var content = await reports.ClassAsync(me.Actor, id, ClassSectionId.From(sectionId), cancellationToken);
        return new(content, content.ComputeHash().Hex);
    }

    private static Task<CycleDifference> DifferenceAsync(string id, string sectionId, string? with, CurrentActor me, HttpContext context, CycleReports reports, CancellationToken cancellationToken)
    {
        context.KeepPrivate();
        return reports.DifferenceAsync(me.Actor, id, ClassSectionId.From(sectionId), with, cancellationToken);
    }
}
