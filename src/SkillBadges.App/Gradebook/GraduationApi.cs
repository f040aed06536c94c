using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Gradebook.Graduation;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Gradebook;

internal sealed record NewGraduationRulesRequest(string OrganizationId, GraduationTerms Terms);

/// <param name="Id">The key, an @ and the version: names exactly this version.</param>
internal sealed record GraduationRulesView(string Id, string Key, int Version, string OrganizationId, GraduationTerms Terms, string By, DateTimeOffset At)
{
    public static GraduationRulesView Of(GraduationRules rules) => new(rules.Id, rules.Key, rules.Version, rules.Organization.Value, rules.Terms, rules.By.Value, rules.At);
}

/// <summary>What a school asks for to graduate, and what of it a record satisfies.</summary>
internal static class GraduationApi
{
    private static readonly GraduationTerms Sample = new(
        "CTE diploma, welding",
        [
            new("welding", "Two welding badges", RequirementKind.NOf)
            {
                Count = 1, Of = [new("fillet", "Fillet welds", RequirementKind.Badge) { Slug = "smaw-fillet" }, new("stack", "The whole stack", RequirementKind.Stack) { Slug = "welding-1" }],
            },
            new("business", "Business", RequirementKind.Credits) { Category = "business", Credits = 0.5m },
        ],
        [new("bookkeeping-cycle", "business", 0.5m)]);

    public static void MapGraduation(this IEndpointRouteBuilder app)
    {
        var rules = app.MapApi("graduation-rules", "Graduation");
        rules.MapPost("", AddAsync).Example(new NewGraduationRulesRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", Sample)).Produces<GraduationRulesView>(201)
            .WithSummary("Says what must be shown: all of, some of, credits by category, badges, skills, stacks, certificates as proof; each with a minimum level if it is not the badge's own. For the office of a school or district.")
            .Refuses(403, "role.missing").RefusesTerms();
        rules.MapPost("{key}/versions", ReviseAsync).Example(Sample).Produces<GraduationRulesView>(201).WithSummary("The next version; audits by earlier ones stay what they were.").Refuses(404, "graduation-rules.not-found").RefusesTerms();
        app.MapApi("organizations/{id}/graduation-rules", "Graduation").MapGet("", ListAsync).WithSummary("All versions of an organization's rules, latest first.").Refuses(404, "organization.not-found");
        app.MapApi("learners/{id}/graduation-audits", "Graduation").MapGet("", AuditAsync)
            .WithSummary("What of ?rules= (a key for the latest version, or key@version) is satisfied by which decisions, and what is missing; computed from the record. Staff add ?school=, and ?basis=enrollment for entries of other schools, of which the family then sees that you looked.")
            .Refuses(403, "stage.reporting-off").Refuses(404, "learner.not-found", "graduation-rules.not-found").Refuses(422, "gradebook.basis", "graduation.rules");
    }

    private static TBuilder RefusesTerms<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.Refuses(422, "graduation.name", "graduation.requirements");

    private static async Task<Created<GraduationRulesView>> AddAsync(NewGraduationRulesRequest body, CurrentActor me, Idempotency idempotency, GraduationWorkflow workflow, CancellationToken cancellationToken) =>
        Answer(await workflow.AddAsync(me.Actor, OrganizationId.From(body.OrganizationId), body.Terms, idempotency.For(me.Actor), cancellationToken));

    private static async Task<Created<GraduationRulesView>> ReviseAsync(string key, GraduationTerms body, CurrentActor me, Idempotency idempotency, GraduationWorkflow workflow, CancellationToken cancellationToken) =>
        Answer(await workflow.ReviseAsync(me.Actor, key, body, idempotency.For(me.Actor), cancellationToken));

    private static Created<GraduationRulesView> Answer(Read<GraduationRules> read) => TypedResults.Created($"/api/organizations/{read.Document.Organization}/graduation-rules", GraduationRulesView.Of(read.Document));

    private static async Task<PageOf<GraduationRulesView>> ListAsync(string id, Paging paging, GraduationWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.ListAsync(OrganizationId.From(id), paging.Of, cancellationToken), read => GraduationRulesView.Of(read.Document));

    private static Task<GraduationAudit> AuditAsync(string id, string? rules, string? school, string? basis, CurrentActor me, HttpContext context, GraduationReading reading, CancellationToken cancellationToken)
    {
        context.KeepPrivate();
        var named = rules ?? throw Refused.Invalid("graduation.rules", "By which rules? Please add ?rules=.");
        return reading.AuditAsync(me.Actor, PersonId.From(id), named, school is null ? null : OrganizationId.From(school), GradebookApi.BasisOf(basis), cancellationToken);
    }
}
