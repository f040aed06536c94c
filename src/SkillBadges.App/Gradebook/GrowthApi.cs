using Microsoft.AspNetCore.Mvc;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Gradebook.Classes;
using SkillBadges.Core.Gradebook.Growth;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Gradebook;

internal sealed record CelebrationRequest(bool OptedOut);

/// <param name="OptedOut">Whether the learner is left out of lists that celebrate rises, because either said so.</param>
internal sealed record CelebrationView(bool OptedOut, bool LearnerOptedOut, bool FamilyOptedOut)
{
    public static CelebrationView Of(CelebrationChoice choice) => new(choice.IsOptedOut, choice.LearnerOptedOut, choice.FamilyOptedOut);
}

/// <summary>What is next: rises to celebrate, gaps with what to do about them, learners to look at.</summary>
internal static class GrowthApi
{
    public static void MapGrowth(this IEndpointRouteBuilder app)
    {
        app.MapApi("organizations/{id}/level-ups", "Student record").MapGet("", LevelUpsAsync)
            .WithSummary("Who rose when, from ?from= to ?to= (days of the school, at most 366), in order; learners of whom they or their family said no are left out. For staff. A page counts decisions and may hold fewer rises.")
            .Refuses(403, "role.missing", "stage.reporting-off").Refuses(422, "level-ups.days");
        var learners = app.MapApi("learners/{id}", "Student record");
        learners.MapGet("gaps", GapsAsync).WithSummary("What is left to do for ?badge=, ?stack= or ?course= (an agreement about college credit), skill by skill with tasks, assessments and examples. Staff add ?school= and see what it decided itself.")
            .Refuses(403, "stage.reporting-off").Refuses(404, "learner.not-found", "badge.not-found", "stack.not-found", "articulation.not-found").Refuses(422, "gaps.target");
        learners.MapGet("celebration", ReadChoiceAsync).WithSummary("Whether the learner is named where rises are celebrated. For the learner and the family.").Refuses(404, "learner.not-found");
        learners.MapPut("celebration", SetChoiceAsync).Example(new CelebrationRequest(true)).WithSummary("Says no to being named, or takes one's own no back. The learner and the family each have a say; one no is enough.")
            .Refuses(404, "learner.not-found").Refuses(409, "storage.version-conflict", "storage.not-unique");
        app.MapApi("class-sections/{id}/flags", "Classes").MapGet("", FlagsAsync)
            .WithSummary("Learners to look at by the thresholds that the school sets (flagAfterWeeks, flagNotYets): no progress, not yet several times, ready for more. ?badge= and ?item= as for the map.").RefusesClassView();
    }

    private static async Task<PageOf<CelebratedRise>> LevelUpsAsync(string id, DateOnly? from, DateOnly? to, CurrentActor me, Paging paging, HttpContext context, LevelUpList list, CancellationToken cancellationToken)
    {
        context.KeepPrivate();
        var (first, last) = from is { } day && to is { } end ? (day, end) : throw Refused.Invalid("level-ups.days", "From which day to which? Please add ?from= and ?to=.");
        var (rises, next) = await list.ReadAsync(me.Actor, OrganizationId.From(id), first, last, paging.Of, cancellationToken);
        return paging.Answer(rises, next);
    }

    private static Task<GapView> GapsAsync(string id, string? school, string? badge, string? stack, string? course, CurrentActor me, HttpContext context, GapReading reading, CancellationToken cancellationToken)
    {
        context.KeepPrivate();
        return reading.ReadAsync(me.Actor, PersonId.From(id), school is null ? null : OrganizationId.From(school), new(badge, stack, course), cancellationToken);
    }

    private static async Task<CelebrationView> ReadChoiceAsync(string id, CurrentActor me, CelebrationWorkflow workflow, CancellationToken cancellationToken) =>
        CelebrationView.Of(await workflow.ReadAsync(me.Actor, PersonId.From(id), cancellationToken));

    private static async Task<CelebrationView> SetChoiceAsync(string id, CelebrationRequest body, CurrentActor me, CelebrationWorkflow workflow, CancellationToken cancellationToken) =>
        CelebrationView.Of(await workflow.SetAsync(me.Actor, PersonId.From(id), body.OptedOut, cancellationToken));

    private static async Task<IReadOnlyList<LearnerFlag>> FlagsAsync(
        string id, [FromQuery(Name = "badge")] string[]? badges, [FromQuery(Name = "item")] string[]? items, CurrentActor me, HttpContext context, ClassViews views, CancellationToken cancellationToken)
    {
        context.KeepPrivate();
        return await views.FlagsAsync(me.Actor, ClassSectionId.From(id), new(badges ?? [], items ?? []), cancellationToken);
    }
}
