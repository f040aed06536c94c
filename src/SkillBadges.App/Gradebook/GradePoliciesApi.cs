using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core.Gradebook.Grades;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Gradebook;

/// <param name="OrganizationId">Whose policy it is: a school, or an office above schools.</param>
internal sealed record GradePolicyRequest(string OrganizationId, GradeTerms Terms);

/// <param name="Id">The key, an @ and the version: names exactly this version.</param>
internal sealed record GradePolicyView(string Id, string Key, int Version, string OrganizationId, GradeTerms Terms, DateTimeOffset At)
{
    public static GradePolicyView Of(GradePolicy policy) => new(policy.Id, policy.Key, policy.Version, policy.Organization.Value, policy.Terms, policy.At);
}

/// <summary>Policies by which documents for scholarships and colleges show letters and an average beside native levels.</summary>
internal static class GradePoliciesApi
{
    private static readonly GradePolicyRequest Sample = new(
        "019aa0d2c7f07f1c8b0e1f6d5c2b7a90",
        new(
            "Letters for scholarships",
            "Board resolution 7, May 2026",
            [new("C", 2), new("B", 3), new("A", 4)],
            [new("four-level@1", new Dictionary<string, string> { ["developing"] = "C", ["proficient"] = "B", ["advanced"] = "A" }.ToImmutableSortedDictionary(StringComparer.Ordinal))],
            CountedSkills.Earned,
            CountedCourses.Own,
            WeighsByCredit: false,
            2,
            GradeRounding.HalfUp,
            new(2026, 7, 1)));

    public static void MapGradePolicies(this IEndpointRouteBuilder app)
    {
        var policies = app.MapApi("grade-policies", "Marks");
        policies.MapPost("", AddAsync).Example(Sample).Produces<GradePolicyView>(201)
            .WithSummary("Says which letter a level becomes on documents that ask for letters, and how an average is made of them. A level that is left out has no letter; the lowest is no failing one unless a reason is given. For the office of a school or district.")
            .RefusesGradeTerms();
        policies.MapPost("{key}/versions", ReviseAsync).Example(Sample).Produces<GradePolicyView>(201).WithSummary("The next version of a policy. Documents name the version that they were made with, and can be made with it again.")
            .RefusesGradeTerms().Refuses(404, "grade-policy.not-found").Refuses(409, "grade-policy.too-many");
        app.MapApi("organizations/{id}/grade-policies", "Marks").MapGet("", ListAsync).WithSummary("All versions of an organization's policies of letters, latest first.");
    }

    private static TBuilder RefusesGradeTerms<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.Refuses(403, "role.missing").Refuses(404, "scale.not-found", "organization.not-found").Refuses(
            422, "grade-policy.name", "grade-policy.letters", "grade-policy.levels", "grade-policy.not-monotone", "grade-policy.lowest-fails", "grade-policy.average", "grade-policy.days");

    private static Task<Created<GradePolicyView>> AddAsync(GradePolicyRequest body, CurrentActor me, Idempotency idempotency, GradePolicyWorkflow workflow, CancellationToken cancellationToken) =>
        WriteAsync(null, body, me, idempotency, workflow, cancellationToken);

    private static Task<Created<GradePolicyView>> ReviseAsync(string key, GradePolicyRequest body, CurrentActor me, Idempotency idempotency, GradePolicyWorkflow workflow, CancellationToken cancellationToken) =>
        WriteAsync(key, body, me, idempotency, workflow, cancellationToken);

    private static async Task<Created<GradePolicyView>> WriteAsync(string? key, GradePolicyRequest body, CurrentActor me, Idempotency idempotency, GradePolicyWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.WriteAsync(me.Actor, OrganizationId.From(body.OrganizationId), key, body.Terms, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/organizations/{read.Document.Organization}/grade-policies", GradePolicyView.Of(read.Document));
    }

    private static async Task<PageOf<GradePolicyView>> ListAsync(string id, Paging paging, GradePolicyWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.ListAsync(OrganizationId.From(id), paging.Of, cancellationToken), read => GradePolicyView.Of(read.Document));
}
