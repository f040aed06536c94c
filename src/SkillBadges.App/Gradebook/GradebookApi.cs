using Microsoft.AspNetCore.Mvc;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;

namespace SkillBadges.App.Gradebook;

internal sealed record DisclosureView(string RecordKeeper, string Reader, string ReaderOrganization, DisclosureBasis Basis, int Entries, DateTimeOffset At);

internal static class GradebookApi
{
    public static void MapGradebook(this IEndpointRouteBuilder app)
    {
        var learners = app.MapApi("learners", "Student record");
        learners.MapGet("{id}/gradebook", ReadAsync).WithSummary(
                "The record across schools. For staff: ?school= names the school you act for; entries of other schools are shown with ?basis=enrollment, and the family sees that you looked. ?context= keeps the skills with proof from one place of learning, such as workSite.")
            .Refuses(403, "stage.reporting-off").Refuses(404, "learner.not-found").Refuses(422, "gradebook.basis");
        learners.MapGet("{id}/disclosures", DisclosuresAsync).WithSummary("Who has seen the record.").Refuses(404, "learner.not-found");
    }

    private static async Task<GradebookView> ReadAsync(
        string id, [FromQuery(Name = "context")] Named<LearningContext>? from, CurrentActor actor, HttpContext context, GradebookReading reading, CancellationToken cancellationToken)
    {
        var learner = PersonId.From(id);
        var school = context.Request.Query["school"];
        context.Response.Headers.CacheControl = "private, no-store";
        var view = school.Count == 0
            ? await reading.ForFamilyAsync(actor.Actor, learner, cancellationToken)
            : await reading.ForSchoolAsync(actor.Actor, OrganizationId.From(school.ToString()), learner, BasisOf(context.Request.Query["basis"]), cancellationToken);
        return from is null ? view : view.WithProofFrom(from.Value.Value);
    }

    private static async Task<PageOf<DisclosureView>> DisclosuresAsync(string id, CurrentActor actor, Paging paging, GradebookReading reading, CancellationToken cancellationToken) =>
        paging.Answer(
            await reading.DisclosuresAsync(actor.Actor, PersonId.From(id), paging.Limit, paging.Cursor, cancellationToken),
            read => new DisclosureView(
                read.Document.RecordKeeper.Value, read.Document.Reader.Value, read.Document.ReaderOrganization.Value, read.Document.Basis, read.Document.Entries, read.Document.At));

    // Consent will be a basis once there are consents to point to; nobody's word for it is one.
    private static DisclosureBasis? BasisOf(Microsoft.Extensions.Primitives.StringValues text) => text.Count == 0 ? null : text.ToString() switch
    {
        "enrollment" => DisclosureBasis.Enrollment,
        _ => throw Refused.Invalid("gradebook.basis", "The basis is enrollment: the learner attends your school."),
    };
}
