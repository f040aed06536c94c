using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core.Evidence.Assessors;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Evidence;

/// <param name="Code">As badges ask for it, such as <c>registered-nurse</c>.</param>
/// <param name="ExpiresOn">The last day on which it holds.</param>
/// <param name="Evidence">What the office saw, such as the register's entry and its date.</param>
internal sealed record NewQualificationRequest(string Organization, string Holder, string Code, string Number, string Issuer, string Evidence, DateOnly? ExpiresOn = null);

internal sealed record RevokeQualificationRequest(string Reason);

internal sealed record QualificationView(
    string Id, string Organization, string Holder, string Code, string Number, string Issuer, DateOnly? ExpiresOn, string Evidence, string VerifiedBy, DateTimeOffset VerifiedAt, DateTimeOffset? RevokedAt, string? RevocationReason)
{
    public static QualificationView Of(Qualification qualification) => new(
        qualification.Id.Value,
        qualification.Organization.Value,
        qualification.Holder.Value,
        qualification.Code,
        qualification.Number,
        qualification.Issuer,
        qualification.ExpiresOn,
        qualification.Evidence,
        qualification.VerifiedBy.Value,
        qualification.VerifiedAt,
        qualification.RevokedAt,
        qualification.RevocationReason);
}

/// <summary>Licenses and certificates of assessors, as an office has checked them.</summary>
internal static class QualificationsApi
{
    public static void MapQualifications(this IEndpointRouteBuilder app)
    {
        var qualifications = app.MapApi("qualifications", "Review");
        qualifications.MapPost("", VerifyAsync).WithSummary("Enters a license that your office has checked; it counts at your organization and those below. Not one's own.")
            .Example(new NewQualificationRequest(
                "019aa0d2c7f07f1c8b0e1f6d5c2b7a90", "019aa0d2c7f07f1c8b0e1f6d5c2b7a91", "registered-nurse", "RN-204418", "State Board of Nursing", "Register entry of 2026-11-20: active.", new(2028, 6, 30)))
            .Refuses(403, "role.missing", "qualification.own").Refuses(404, "person.not-found").Refuses(422, "qualification.code", "qualification.document");
        qualifications.MapGet("", ListAsync).WithSummary("Your own; with ?organization= all that an office has checked, for that office.").Refuses(403, "role.missing");
        qualifications.MapPost("{id}/revocations", RevokeAsync).WithSummary("From now on it allows nothing; what was decided under it stays and stays in sight.")
            .Example(new RevokeQualificationRequest("The board has suspended the license."))
            .Refuses(404, "qualification.not-found").Refuses(409, "qualification.revoked").Refuses(422, "qualification.document");
    }

    private static async Task<Created<QualificationView>> VerifyAsync(
        NewQualificationRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, QualificationWorkflow workflow, CancellationToken cancellationToken)
    {
        var seen = new Qualification(
            default, PersonId.From(body.Holder), body.Code, body.Number, body.Issuer, body.ExpiresOn, OrganizationId.From(body.Organization), body.Evidence, me.Person, default);
        var read = await workflow.VerifyAsync(me.Actor, seen, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/qualifications/{read.Id}", context.Answer(read, QualificationView.Of));
    }

    private static async Task<PageOf<QualificationView>> ListAsync(string? organization, CurrentActor me, Paging paging, QualificationWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(
            await workflow.ListAsync(me.Actor, organization is null ? null : OrganizationId.From(organization), paging.Of, cancellationToken), read => QualificationView.Of(read.Document));

    private static async Task<QualificationView> RevokeAsync(
        string id, RevokeQualificationRequest body, CurrentActor me, IfMatch ifMatch, Idempotency idempotency, HttpContext context, QualificationWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.RevokeAsync(me.Actor, QualificationId.From(id), body.Reason, ifMatch.Version, idempotency.For(me.Actor), cancellationToken), QualificationView.Of);
}
