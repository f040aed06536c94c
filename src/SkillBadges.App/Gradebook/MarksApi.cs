using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SkillBadges.App.Http;
using SkillBadges.Core.Gradebook.Marks;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Gradebook;

internal sealed record NewMarkPolicyRequest(string OrganizationId, MarkTerms Terms);

/// <param name="Id">The key, an @ and the version: names exactly this version.</param>
internal sealed record MarkPolicyView(string Id, string Key, int Version, string OrganizationId, MarkTerms Terms, int ScaleVersion, string By, DateTimeOffset At)
{
    public static MarkPolicyView Of(MarkPolicy policy) => new(policy.Id, policy.Key, policy.Version, policy.Organization.Value, policy.Terms, policy.ScaleVersion, policy.By.Value, policy.At);
}

internal sealed record NewMarkLayoutRequest(string OrganizationId, string Name, IReadOnlyList<MarkColumn> Columns);

internal sealed record MarkLayoutView(string Id, string OrganizationId, string Name, IReadOnlyList<MarkColumn> Columns)
{
    public static MarkLayoutView Of(MarkLayout layout) => new(layout.Id, layout.Organization.Value, layout.Name, layout.Columns);
}

internal sealed record MarkRowView(string Learner, string Name, string? Level, string? LevelLabel, string? Mark, bool IsConverted, string Why);

/// <param name="Policy">Null where none was named; then there are no marks.</param>
internal sealed record MarksAnswer(string SectionId, string ClassName, string Term, DateTimeOffset AsOf, MarkPolicyView? Policy, IReadOnlyList<MarkRowView> Rows);

/// <summary>Marks to be entered elsewhere, made from native levels under a school's named policy, to copy or as a file.</summary>
internal static class MarksApi
{
    private static readonly MarkTerms Sample = new(
        "Letters 2026", "four-level", ["D", "C", "B", "A"], new Dictionary<string, string> { ["beginning"] = "D", ["developing"] = "C", ["proficient"] = "B", ["advanced"] = "A" }.ToImmutableSortedDictionary(StringComparer.Ordinal), [], MarkCombination.Most);

    public static void MapMarks(this IEndpointRouteBuilder app)
    {
        var policies = app.MapApi("mark-policies", "Marks");
        policies.MapPost("", AddAsync).Example(new NewMarkPolicyRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", Sample)).Produces<MarkPolicyView>(201)
            .WithSummary("Says how native levels of a scale are written as marks elsewhere. No higher level has a lower mark, and the lowest is no failing one unless a reason is given. For the office of a school or district.")
            .Refuses(403, "role.missing").RefusesTerms();
        policies.MapPost("{key}/versions", ReviseAsync).Example(Sample).Produces<MarkPolicyView>(201).WithSummary("The next version of a policy; marks under earlier ones stay what they were.").Refuses(404, "mark-policy.not-found").RefusesTerms();
        app.MapApi("organizations/{id}/mark-policies", "Marks").MapGet("", PoliciesAsync).WithSummary("All versions of an organization's policies, latest first. For its staff.").Refuses(403, "role.missing");
        app.MapApi("mark-layouts", "Marks").MapPost("", AddLayoutAsync).Example(new NewMarkLayoutRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "Our SIS", MarkLayout.Usual)).Produces<MarkLayoutView>(201)
            .WithSummary("Keeps the columns that another system takes. For staff.").Refuses(403, "role.missing").Refuses(422, "mark-layout.name", "mark-layout.columns");
        app.MapApi("organizations/{id}/mark-layouts", "Marks").MapGet("", LayoutsAsync).WithSummary("The layouts of an organization, by name. For its staff.").Refuses(403, "role.missing");
        var marks = app.MapApi("class-sections/{id}/marks", "Marks");
        marks.MapGet("", ReadAsync).WithSummary("Marks to enter for a class: under ?policy= (a key for the latest version, or key@version), for ?cycle= or as of now, from the skills of ?badge=. Without a policy there are no marks.")
            .RefusesClassView().Refuses(404, "cycle.not-found", "mark-policy.not-found");
        marks.MapGet("csv", CsvAsync).WithSummary("The same as CSV that no spreadsheet takes for formulas, in the columns of ?layout= or the usual ones.")
            .RefusesClassView().Refuses(404, "cycle.not-found", "mark-policy.not-found", "mark-layout.not-found");
    }

    private static TBuilder RefusesTerms<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.Refuses(404, "scale.not-found")
            .Refuses(422, "mark-policy.name", "mark-policy.marks", "mark-policy.levels", "mark-policy.not-monotone", "mark-policy.lowest-fails");

    private static async Task<Created<MarkPolicyView>> AddAsync(NewMarkPolicyRequest body, CurrentActor me, Idempotency idempotency, MarkWorkflow workflow, CancellationToken cancellationToken) =>
        Answer(await workflow.AddAsync(me.Actor, OrganizationId.From(body.OrganizationId), body.Terms, idempotency.For(me.Actor), cancellationToken));

    private static async Task<Created<MarkPolicyView>> ReviseAsync(string key, MarkTerms body, CurrentActor me, Idempotency idempotency, MarkWorkflow workflow, CancellationToken cancellationToken) =>
        Answer(await workflow.ReviseAsync(me.Actor, key, body, idempotency.For(me.Actor), cancellationToken));

    private static Created<MarkPolicyView> Answer(Read<MarkPolicy> read) => TypedResults.Created($"/api/organizations/{read.Document.Organization}/mark-policies", MarkPolicyView.Of(read.Document));

    private static async Task<PageOf<MarkPolicyView>> PoliciesAsync(string id, CurrentActor me, Paging paging, MarkWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.PoliciesAsync(me.Actor, OrganizationId.From(id), paging.Of, cancellationToken), read => MarkPolicyView.Of(read.Document));

    private static async Task<Created<MarkLayoutView>> AddLayoutAsync(NewMarkLayoutRequest body, CurrentActor me, Idempotency idempotency, MarkWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.AddLayoutAsync(me.Actor, new("", OrganizationId.From(body.OrganizationId), body.Name, [.. body.Columns]), idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/organizations/{body.OrganizationId}/mark-layouts", MarkLayoutView.Of(read.Document));
    }

    private static async Task<PageOf<MarkLayoutView>> LayoutsAsync(string id, CurrentActor me, Paging paging, MarkWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.LayoutsAsync(me.Actor, OrganizationId.From(id), paging.Of, cancellationToken), read => MarkLayoutView.Of(read.Document));

    private static async Task<MarksAnswer> ReadAsync(
        string id, string? cycle, string? policy, [FromQuery(Name = "badge")] string[]? badges, CurrentActor me, HttpContext context, MarkReading reading, CancellationToken cancellationToken)
    {
        context.KeepPrivate();
        var (sheet, names) = await reading.ReadAsync(me.Actor, ClassSectionId.From(id), new(cycle, badges ?? [], policy, null), cancellationToken);
        return new(
            sheet.Section.Value,
            sheet.ClassName,
            sheet.Term,
            sheet.AsOf,
            sheet.Policy is null ? null : MarkPolicyView.Of(sheet.Policy),
            [.. sheet.Rows.Select(row => new MarkRowView(row.Learner.Value, names.GetValueOrDefault(row.Learner, ""), row.Level, row.LevelLabel, row.Mark, row.IsConverted, row.Why))]);
    }

    private static async Task<FileContentHttpResult> CsvAsync(
        string id, string? cycle, string? policy, string? layout, [FromQuery(Name = "badge")] string[]? badges, CurrentActor me, HttpContext context, MarkReading reading, CancellationToken cancellationToken)
    {
        context.KeepPrivate();
        return TypedResults.File(await reading.CsvAsync(me.Actor, ClassSectionId.From(id), new(cycle, badges ?? [], policy, layout), cancellationToken), "text/csv; charset=utf-8", "marks.csv");
    }
}
