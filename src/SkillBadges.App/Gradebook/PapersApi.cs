using SkillBadges.App.Http;
using SkillBadges.App.Layout;
using SkillBadges.App.Pdf.Layout;
using SkillBadges.App.Pdf.Text;
using SkillBadges.Core;
using SkillBadges.Core.Gradebook.Hours;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Gradebook;

/// <summary>What of a learner's record is handed out on paper, beside the transcript.</summary>
internal static class PapersApi
{
    private const string Pdf = "application/pdf";

    public static void MapPapers(this IEndpointRouteBuilder app)
    {
        var learners = app.MapApi("learners", "Student record");
        learners.MapGet("{id}/hours", HoursAsync).WithSummary(
                "Service and learning at work as a document: ?organization= names the school that keeps the log, ?year=2026 the school year that began then, ?language= the language. Sums hold confirmed hours; others are listed apart. For those who may read the log.")
            .Produces<object>(200, Pdf).Refuses(404, "log.not-found", "organization.not-found").Refuses(422, "gradebook.year", "hours.too-many", "paper.language");
    }

    private static async Task<IResult> HoursAsync(
        string id, string? organization, int? year, string? language, CurrentActor me, HttpContext context, HoursReading reading, Texts texts, Typesetter typesetter, TimeProvider clock, CancellationToken cancellationToken)
    {
        var words = Paper.In(language, texts);
        var record = await reading.ReadAsync(me.Actor, PersonId.From(id), OrganizationId.From(organization ?? ""), GradebookApi.YearOf(year), cancellationToken);
        return Answer(context, "hours.pdf", HoursPages.Draw(record, words, typesetter, clock.Now()));
    }

    private static IResult Answer(HttpContext context, string fileName, byte[] document)
    {
        PrivateDownload.Announce(context, fileName);
        return TypedResults.Bytes(document, Pdf);
    }
}
