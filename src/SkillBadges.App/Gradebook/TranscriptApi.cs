using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using SkillBadges.App.Http;
using SkillBadges.App.Layout;
using SkillBadges.App.Pdf.Layout;
using SkillBadges.Core;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Gradebook.Grades;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Gradebook;

/// <summary>The transcript, signed or on paper.</summary>
internal static class TranscriptApi
{
    private const string Pdf = "application/pdf";
    private const string Record = "application/vc+ld+json";

    public static void MapTranscript(this IEndpointRouteBuilder app) =>
        app.MapApi("learners", "Student record").MapGet("{id}/transcript", ReadAsync).WithSummary(
                "The transcript: a signed Comprehensive Learner Record 2.0, or with ?form=pdf or Accept: application/pdf a document. For staff ?school= names the school that hands it out and ?basis= is as for the gradebook; for the learner and the family ?issuer= picks the school. ?letters=true adds letters on paper where the school has agreed on a crosswalk for them; ?policy= adds the letters and the average of a policy of the school or of an office above it: a key, or key@version as an older document names it. ?language= is that of the document.")
            .Produces<object>(200, Record, "application/json", Pdf)
            .Refuses(403, "stage.reporting-off").Refuses(404, "learner.not-found", "grade-policy.not-found").Refuses(409, "transcript.empty", "transcript.no-badges", "grade-policy.not-in-force")
            .Refuses(422, "gradebook.basis", "transcript.issuer", "transcript.form", "paper.language");

    private static async Task<IResult> ReadAsync(
        string id,
        [FromQuery] string? form,
        [FromQuery] bool? letters,
        [FromQuery] string? policy,
        string? school,
        string? issuer,
        string? basis,
        string? language,
        CurrentActor actor,
        HttpContext context,
        TranscriptReading reading,
        LetterReading converting,
        GradeReading grading,
        TranscriptDownload download,
        Texts texts,
        CancellationToken cancellationToken)
    {
        var words = Paper.In(language, texts);
        var mediaType = MediaType(form, context.Request.Headers.Accept);
        var learner = PersonId.From(id);
        var transcript = school is null
            ? await reading.ForFamilyAsync(actor.Actor, learner, issuer is null ? null : OrganizationId.From(issuer), cancellationToken)
            : await reading.ForSchoolAsync(actor.Actor, OrganizationId.From(school), learner, GradebookApi.BasisOf(basis), cancellationToken);
        transcript = letters == true ? await converting.ConvertAsync(transcript, cancellationToken) : transcript;
        transcript = policy is null ? transcript : await grading.ApplyAsync(transcript, policy, cancellationToken);
        var bytes = await download.WriteAsync(transcript, mediaType == Pdf, words, cancellationToken);
        PrivateDownload.Announce(context, mediaType == Pdf ? "transcript.pdf" : "transcript.json");
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        return TypedResults.Bytes(bytes, mediaType);
    }

    private static string MediaType(string? form, IList<string?> accept)
    {
        if (form is not null)
        {
            return form switch
            {
                "pdf" => Pdf,
                "clr" => Record,
                _ => throw Refused.Invalid("transcript.form", "The form is clr or pdf."),
            };
        }

        var wanted = MediaTypeHeaderValue.TryParseList([.. accept.OfType<string>()], out var ranges)
            ? ranges.Where(range => range.Quality is null or > 0).OrderByDescending(range => range.Quality ?? 1).Select(range => range.MediaType.ToString().ToLowerInvariant())
            : [];
        return wanted.FirstOrDefault(type => type is Pdf or Record or "application/json") ?? Record;
    }
}
