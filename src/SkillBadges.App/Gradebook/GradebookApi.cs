using Microsoft.AspNetCore.Mvc;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;

namespace SkillBadges.App.Gradebook;

/// <param name="Reader">Left out where nobody signed in: a share link.</param>
/// <param name="Entries">How many entries of the record were shown.</param>
/// <param name="Credentials">How many badges were shown or handed over.</param>
/// <param name="Through">The share, transfer or agreement through which it left.</param>
internal sealed record DisclosureView(
    string RecordKeeper, string? Reader, string? ReaderOrganization, string? Recipient, DisclosureBasis Basis, DisclosureDoor Door, int Entries, int Credentials, string? Through, string? Consent, DateTimeOffset At)
{
    public static DisclosureView Of(Disclosure row) => new(
        row.RecordKeeper.Value, row.Reader?.Value, row.ReaderOrganization?.Value, row.Recipient, row.Basis, row.Door, row.Entries, row.Credentials, row.Through, row.Consent, row.At);
}

internal static class GradebookApi
{
    public static void MapGradebook(this IEndpointRouteBuilder app)
    {
        var learners = app.MapApi("learners", "Student record");
        learners.MapGet("{id}/gradebook", ReadAsync).WithSummary(
                "The record across schools. For staff: ?school= names the school you act for; entries of other schools are shown with ?basis=enrollment, and the family sees that you looked. ?context= keeps the skills with proof from one place of learning, such as workSite; ?year=2026 those decided in the school year that began then (July 1); ?organization= those of one record-keeper; ?framework= those aligned to a framework, by its id or name. What stands is never changed by a filter.")
            .Refuses(403, "stage.reporting-off").Refuses(404, "learner.not-found").Refuses(422, "gradebook.basis", "gradebook.year");
        learners.MapGet("{id}/disclosures", DisclosuresAsync).WithSummary("Who has seen the record, latest first.").Refuses(404, "learner.not-found");
    }

    private static async Task<GradebookView> ReadAsync(
        string id,
        [FromQuery(Name = "context")] Named<LearningContext>? from,
        int? year,
        string? organization,
        string? framework,
        string? school,
        string? basis,
        CurrentActor actor,
        HttpContext context,
        GradebookReading reading,
        GradebookFiltering filtering,
        CancellationToken cancellationToken)
    {
        var learner = PersonId.From(id);
        context.Response.Headers.CacheControl = "private, no-store";
        var view = school is null
            ? await reading.ForFamilyAsync(actor.Actor, learner, cancellationToken)
            : await reading.ForSchoolAsync(actor.Actor, OrganizationId.From(school), learner, BasisOf(basis), cancellationToken);
        return await filtering.ApplyAsync(view, new(YearOf(year), organization is null ? null : OrganizationId.From(organization), framework, from?.Value), cancellationToken);
    }

    private static async Task<PageOf<DisclosureView>> DisclosuresAsync(string id, CurrentActor actor, Paging paging, GradebookReading reading, CancellationToken cancellationToken) =>
        paging.Answer(
            await reading.DisclosuresAsync(actor.Actor, PersonId.From(id), paging.Limit, paging.Cursor, cancellationToken),
            read => DisclosureView.Of(read.Document));

    internal static int? YearOf(int? year) => year is null or (>= 1990 and <= 2200) ? year : throw Refused.Invalid("gradebook.year", "A school year is named by the year in which it begins, such as 2026.");

    // A consent is looked up where it opens something (transfers, share links, claims); nobody's word for one opens a record here.
    internal static DisclosureBasis? BasisOf(string? text) => text switch
    {
        null => null,
        "enrollment" => DisclosureBasis.Enrollment,
        _ => throw Refused.Invalid("gradebook.basis", "The basis is enrollment: the learner attends your school."),
    };
}
