using SkillBadges.App.Http;
using SkillBadges.Core.Gradebook.Stacks;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Gradebook;

/// <summary>How far a learner is with a stack.</summary>
/// <param name="Version">Such as <c>welding-1@1</c>.</param>
/// <param name="Has">Badge versions that count.</param>
/// <param name="MissingBadges">Slugs.</param>
/// <param name="MissingCertificates">Ids of certificates within the stack that the office has not seen, or that are too old.</param>
/// <param name="Award">Id of the stack's own award, once it was made.</param>
internal sealed record StackProgressView(string Stack, string Version, string Name, IReadOnlyList<string> Has, IReadOnlyList<string> MissingBadges, IReadOnlyList<string> MissingCertificates, DateTimeOffset? ValidUntil, string? Award)
{
    public static StackProgressView Of(StackProgress progress) => new(
        progress.Standing.Stack.Slug,
        progress.Standing.Stack.Id.ToString(),
        progress.Standing.Stack.Name,
        [.. progress.Standing.Badges.Select(held => held.Badge.Id.ToString())],
        progress.Standing.MissingBadges,
        progress.Standing.MissingCertificates,
        progress.Award is { } award ? award.ValidUntil : null,
        progress.Award?.Credential.Value);
}

internal sealed record StackProgressList(IReadOnlyList<StackProgressView> Stacks);

/// <param name="Stack">Slug.</param>
/// <param name="Certificate">Its id within the stack, such as <c>cpr</c>.</param>
/// <param name="Issuer">Who issued it, as the card says.</param>
/// <param name="GoodUntil">The last day that the card says; left out where it says none.</param>
internal sealed record SeenCertificateRequest(string School, string Stack, string Certificate, string Issuer, DateOnly IssuedOn, DateOnly? GoodUntil = null);

internal sealed record SeenCertificateView(string Learner, string School, string Stack, string Certificate, string Issuer, DateOnly IssuedOn, DateOnly? GoodUntil, string SeenBy, DateTimeOffset SeenAt)
{
    public static SeenCertificateView Of(StackCertificate seen) => new(
        seen.Learner.Value, seen.Organization.Value, seen.Stack, seen.Certificate, seen.Issuer, seen.IssuedOn, seen.GoodUntil, seen.SeenBy.Value, seen.SeenAt);
}

/// <summary>Stacks of badges whose own award is made by itself.</summary>
internal static class StacksApi
{
    public static void MapStacks(this IEndpointRouteBuilder app)
    {
        var learners = app.MapApi("learners", "Student record");
        learners.MapGet("{id}/stacks", OfLearnerAsync).WithSummary("The stacks that a learner has begun at ?school=, and what is missing for the stack's own award. For the learner, the family and the records office.")
            .Refuses(404, "learner.not-found", "organization.not-found");
        learners.MapPut("{id}/stack-certificates", RecordAsync).WithSummary("Writes down that the office saw a certificate of others that a stack asks for; a later card replaces the earlier one. For registrars.")
            .Example(new SeenCertificateRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "health-aide", "cpr", "A national training organization", new(2026, 9, 1)))
            .Refuses(403, "role.missing", "award.own").Refuses(404, "learner.not-found", "stack.not-found", "organization.not-found").Refuses(422, "stack.certificate").WithMetadata(new RepeatsHarmlessly());
    }

    private static async Task<StackProgressList> OfLearnerAsync(string id, string school, CurrentActor me, StackReading reading, CancellationToken cancellationToken) =>
        new([.. (await reading.OfLearnerAsync(me.Actor, PersonId.From(id), OrganizationId.From(school), cancellationToken)).Select(StackProgressView.Of)]);

    private static async Task<SeenCertificateView> RecordAsync(string id, SeenCertificateRequest body, CurrentActor me, StackCertificateWorkflow workflow, CancellationToken cancellationToken) => SeenCertificateView.Of(
        (await workflow.RecordAsync(me.Actor, PersonId.From(id), OrganizationId.From(body.School), new(body.Stack, body.Certificate, body.Issuer, body.IssuedOn, body.GoodUntil), cancellationToken)).Document);
}
