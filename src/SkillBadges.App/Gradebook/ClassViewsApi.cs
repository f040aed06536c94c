using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Gradebook.Classes;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Gradebook;

internal sealed record GroupMemberView(string Learner, string Name, string Why);

internal sealed record LearnerGroupView(int Number, string About, IReadOnlyList<GroupMemberView> Members)
{
    public static IReadOnlyList<LearnerGroupView> Of(Grouping grouping, IReadOnlyDictionary<PersonId, string> names) =>
        [.. grouping.Groups.Select(group => new LearnerGroupView(group.Number, group.About, [.. group.Members.Select(member => new GroupMemberView(member.Learner.Value, names.GetValueOrDefault(member.Learner, ""), member.Why))]))];
}

internal sealed record GroupingAnswer(GroupKind Kind, int Size, IReadOnlyList<LearnerGroupView> Groups);

/// <param name="Kind">same-level, mixed or same-gap.</param>
/// <param name="Badges">Slugs; left out for every badge in which something was decided of the class.</param>
/// <param name="Items">Addresses of framework items that skills are aligned to; left out for every skill.</param>
internal sealed record SaveGroupingRequest(string Title, GroupKind Kind, int Size, IReadOnlyList<string>? Badges = null, IReadOnlyList<string>? Items = null);

internal sealed record SavedGroupingView(string Id, string SectionId, string Title, GroupKind Kind, int Size, IReadOnlyList<string> Badges, IReadOnlyList<string> Items, string By, DateTimeOffset At)
{
    public static SavedGroupingView Of(Read<SavedGrouping> read) => new(
        read.Id, read.Document.Section.Value, read.Document.Title, read.Document.Grouping.Kind, read.Document.Grouping.Size, read.Document.Badges, read.Document.Items, read.Document.By.Value, read.Document.At);
}

internal sealed record SavedGroupingAnswer(SavedGroupingView Saved, string ClassName, IReadOnlyList<LearnerGroupView> Groups);

/// <summary>A class over the skills of some badges: who stands where, and who works with whom.</summary>
internal static class ClassViewsApi
{
    private const string Skills = "Skills: ?badge= up to 20 times, else every badge in which something was decided of the class; ?item= keeps skills aligned to framework items.";

    public static void MapClassViews(this IEndpointRouteBuilder app)
    {
        var sections = app.MapApi("class-sections/{id}", "Classes");
        sections.MapGet("map", MapAsync).WithSummary("Learners by skills with the spread of native levels, and who did not rise in ?weeks= (else those the school sets). For its teachers, counselors, registrars and administrators. " + Skills)
            .RefusesClassView().Refuses(422, "class-map.weeks");
        sections.MapGet("groups", GroupsAsync).WithSummary("The class in groups by ?kind=same-level, mixed or same-gap of at most ?size= learners, each place explained, the same for the same record. " + Skills)
            .RefusesClassView().RefusesGroups();
        sections.MapPost("groupings", SaveAsync).Example(new SaveGroupingRequest("Tuesday lab", GroupKind.SameGap, 4, ["smaw-fillet"])).Produces<SavedGroupingView>(201)
            .WithSummary("Groups the class now and keeps the groups as they are.").RefusesClassView().RefusesGroups().Refuses(422, "groups.title");
        sections.MapGet("groupings", SavedAsync).WithSummary("Groups that were kept, latest first.").Refuses(403, "stage.reporting-off").Refuses(404, "class-section.not-found");
        app.MapApi("groupings", "Classes").MapGet("{id}", ReadAsync).WithSummary("Groups as they were kept; to print them, open /groupings/{id}.")
            .Refuses(403, "stage.reporting-off").Refuses(404, "grouping.not-found");
    }

    /// <summary>Declares what looking at a class may be refused for.</summary>
    public static TBuilder RefusesClassView<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.Refuses(403, "stage.reporting-off").Refuses(404, "class-section.not-found", "badge.not-found").Refuses(422, "class-map.too-wide");

    private static TBuilder RefusesGroups<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.Refuses(422, "groups.kind", "groups.size", "groups.no-skills", "groups.several-scales");

    private static Task<ClassMap> MapAsync(
        string id, [FromQuery(Name = "badge")] string[]? badges, [FromQuery(Name = "item")] string[]? items, int? weeks, CurrentActor me, HttpContext context, ClassViews views, CancellationToken cancellationToken)
    {
        context.KeepPrivate();
        return views.MapAsync(me.Actor, ClassSectionId.From(id), new(badges ?? [], items ?? []), weeks, cancellationToken);
    }

    private static async Task<GroupingAnswer> GroupsAsync(
        string id,
        string? kind,
        int? size,
        [FromQuery(Name = "badge")] string[]? badges,
        [FromQuery(Name = "item")] string[]? items,
        CurrentActor me,
        HttpContext context,
        ClassViews views,
        CancellationToken cancellationToken)
    {
        context.KeepPrivate();
        var (grouping, record) = await views.GroupAsync(me.Actor, ClassSectionId.From(id), new(badges ?? [], items ?? []), KindOf(kind), size ?? 4, cancellationToken);
        return new(grouping.Kind, grouping.Size, LearnerGroupView.Of(grouping, record.Learners.ToDictionary(learner => learner.Id, learner => learner.Name)));
    }

    private static async Task<Created<SavedGroupingView>> SaveAsync(string id, SaveGroupingRequest body, CurrentActor me, Idempotency idempotency, ClassViews views, CancellationToken cancellationToken)
    {
        var saved = await views.SaveAsync(
            me.Actor, ClassSectionId.From(id), body.Title, new([.. body.Badges ?? []], [.. body.Items ?? []]), body.Kind, body.Size, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/groupings/{saved.Id}", SavedGroupingView.Of(saved));
    }

    private static async Task<PageOf<SavedGroupingView>> SavedAsync(string id, CurrentActor me, Paging paging, ClassViews views, CancellationToken cancellationToken) =>
        paging.Answer(await views.SavedAsync(me.Actor, ClassSectionId.From(id), paging.Of, cancellationToken), SavedGroupingView.Of);

    private static async Task<SavedGroupingAnswer> ReadAsync(string id, CurrentActor me, HttpContext context, ClassViews views, CancellationToken cancellationToken)
    {
        context.KeepPrivate();
        var (saved, section, names) = await views.ReadAsync(me.Actor, id, cancellationToken);
        return new(SavedGroupingView.Of(saved), section.Name, LearnerGroupView.Of(saved.Document.Grouping, names));
    }

    /// <summary>What is about learners is kept by nobody on the way.</summary>
    public static void KeepPrivate(this HttpContext context) => context.Response.Headers.CacheControl = "private, no-store";

    private static GroupKind KindOf(string? text) => text switch
    {
        "same-level" => GroupKind.SameLevel,
        "mixed" => GroupKind.Mixed,
        "same-gap" => GroupKind.SameGap,
        _ => throw Refused.Invalid("groups.kind", "Groups are made by same-level, mixed or same-gap."),
    };
}
