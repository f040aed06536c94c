using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.App.Layout;
using SkillBadges.App.Pdf.Layout;
using SkillBadges.App.Pdf.Text;
using SkillBadges.Core;
using SkillBadges.Core.Gradebook.Hours;
using SkillBadges.Core.Gradebook.Papers;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Gradebook;

/// <summary>What of a learner's record is handed out on paper, beside the transcript.</summary>
internal static class PapersApi
{
    private const string Pdf = "application/pdf";
    private const int UsualWeeks = 12;

    public static void MapPapers(this IEndpointRouteBuilder app)
    {
        var learners = app.MapApi("learners", "Student record");
        learners.MapGet("{id}/hours", HoursAsync).WithSummary(
                "Service and learning at work as a document: ?organization= names the school that keeps the log, ?year=2026 the school year that began then, ?language= the language. Sums hold confirmed hours; others are listed apart. For those who may read the log.")
            .Produces<object>(200, Pdf).Refuses(404, "log.not-found", "organization.not-found").Refuses(422, "gradebook.year", "hours.too-many", "paper.language");
        learners.MapGet("{id}/scholarship-letter", LetterAsync).WithSummary(
                "One page for scholarship forms: native levels, then the letters and the average that ?policy= makes of them (a key, or key@version). For staff ?school= names the school that hands it out; for the learner and the family ?issuer= picks it. It holds that school's own part of the record.")
            .Produces<object>(200, Pdf).RefusesPaper().Refuses(422, "paper.policy");
        learners.MapGet("{id}/conference-sheet", SheetAsync).WithSummary(
                "Two pages to look at together: what rose in the last ?weeks= (12), what was earned, what comes next, goals of the plan, and room for what is agreed. ?policy= adds letters. Whose part of the record it is, as for the letter.")
            .Produces<object>(200, Pdf).RefusesPaper().Refuses(422, "paper.weeks");
    }

    private static TBuilder RefusesPaper<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.Refuses(403, "stage.reporting-off").Refuses(404, "learner.not-found", "grade-policy.not-found")
            .Refuses(409, "transcript.empty", "grade-policy.not-in-force").Refuses(422, "transcript.issuer", "paper.language");

    private static async Task<IResult> LetterAsync(
        string id, string? school, string? issuer, string? policy, string? language, CurrentActor me, HttpContext context, PaperReading reading, Texts texts, Typesetter typesetter, TimeProvider clock, CancellationToken cancellationToken)
    {
        var words = Paper.In(language, texts);
        var named = policy ?? throw Refused.Invalid("paper.policy", "A letter for scholarships is made under a policy: please name it with ?policy=.");
        var letter = await reading.LetterAsync(me.Actor, PersonId.From(id), Named(school), Named(issuer), named, words.Language, cancellationToken);
        return Answer(context, "scholarship-letter.pdf", ScholarshipPages.Draw(letter, words, typesetter, clock.Now()));
    }

    private static async Task<IResult> SheetAsync(
        string id, string? school, string? issuer, string? policy, int? weeks, string? language, CurrentActor me, HttpContext context, PaperReading reading, Texts texts, Typesetter typesetter, TimeProvider clock, CancellationToken cancellationToken)
    {
        var words = Paper.In(language, texts);
        var sheet = await reading.SheetAsync(me.Actor, PersonId.From(id), Named(school), Named(issuer), policy, weeks ?? UsualWeeks, words.Language, cancellationToken);
        return Answer(context, "conference-sheet.pdf", ConferencePages.Draw(sheet, words, typesetter, clock.Now()));
    }

    private static OrganizationId? Named(string? organization) => organization is null ? null : OrganizationId.From(organization);

    private static async Task<IResult> HoursAsync(
        string id, string? organization, int? year, string? language, CurrentActor me, HttpContext context, HoursReading reading, Texts texts, Typesetter typesetter, TimeProvider clock, CancellationToken cancellationToken)
    {
        var words = Paper.In(language, texts);
        var record = await reading.ReadAsync(me.Actor, PersonId.From(id), OrganizationId.From(organization ?? ""), GradebookApi.YearOf(year), cancellationToken);
        return Answer(context, "hours.pdf", HoursPages.Draw(record, words, typesetter, clock.Now()));
    }

    private static FileContentHttpResult Answer(HttpContext context, string fileName, byte[] document)
    {
        PrivateDownload.Announce(context, fileName);
        return TypedResults.Bytes(document, Pdf);
    }
}
