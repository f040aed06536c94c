using SkillBadges.App.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Consents;

namespace SkillBadges.App.Sharing;

/// <param name="School">Whose registry says so.</param>
/// <param name="RightsPassOn">The day from which the learner holds the rights: in the past for an adult; left out where it is not known any more.</param>
/// <param name="Reason">1 to 300 characters; the learner and the family read it.</param>
internal sealed record ChangeRightsRequest(string School, string Reason, DateOnly? RightsPassOn = null);

internal sealed record RightsChangeView(string Id, string School, DateOnly? Was, DateOnly? Is, string Reason, string By, DateTimeOffset At)
{
    public static RightsChangeView Of(RightsChange change) => new(change.Id, change.School.Value, change.Was, change.Is, change.Reason, change.By.Value, change.At);
}

/// <param name="AskedAnew">Consents that were in force and now wait for somebody else's yes.</param>
/// <param name="Allowed">Consents that are in force from now on.</param>
internal sealed record RightsAnswerView(RightsChangeView Change, AgeBand Age, bool FamilyHolds, IReadOnlyList<string> AskedAnew, IReadOnlyList<string> Allowed)
{
    public static RightsAnswerView Of(RightsAnswer answer) => new(
        RightsChangeView.Of(answer.Change), answer.Age, answer.FamilyHolds, [.. answer.AskedAnew.Select(id => id.Value)], [.. answer.Allowed.Select(id => id.Value)]);
}

/// <summary>From which day a learner, not the family, holds the rights in a record.</summary>
internal static class RightsApi
{
    public static void MapRights(this IEndpointRouteBuilder app)
    {
        var rights = app.MapApi("learners/{id}/rights-changes", "Consents");
        rights.MapPost("", ChangeAsync).WithSummary("Says from which day a learner holds the rights in the record, and why; says which consents that ends or allows. For registrars.")
            .Example(new ChangeRightsRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "Declared emancipated by the court on 2026-11-03; the order lies in the file.", new(2026, 11, 3)))
            .Refuses(403, "role.missing", "rights.own").Refuses(404, "learner.not-found", "organization.not-found").Refuses(409, "rights.same", "storage.version-conflict").Refuses(422, "rights.day", "rights.reason");
        rights.MapGet("", HistoryAsync).WithSummary("Who changed that at ?school=, when and why, latest first. For the learner, the family and the records office.").Refuses(404, "learner.not-found", "organization.not-found");
    }

    private static async Task<RightsAnswerView> ChangeAsync(string id, ChangeRightsRequest body, CurrentActor me, Idempotency idempotency, RightsWorkflow workflow, CancellationToken cancellationToken) => RightsAnswerView.Of(
        await workflow.ChangeAsync(me.Actor, PersonId.From(id), OrganizationId.From(body.School), body.RightsPassOn, body.Reason, idempotency.For(me.Actor), cancellationToken));

    private static async Task<PageOf<RightsChangeView>> HistoryAsync(string id, string school, CurrentActor me, Paging paging, RightsWorkflow workflow, CancellationToken cancellationToken) => paging.Answer(
        await workflow.HistoryAsync(me.Actor, PersonId.From(id), OrganizationId.From(school), paging.Of, cancellationToken), read => RightsChangeView.Of(read.Document));
}
