using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Evidence.Uploads;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Evidence;

/// <summary>The files of the work pages: a form sends one without a script, and a picture is shown from the evidence host.</summary>
internal static class WorkFiles
{
    public static void MapWorkFiles(this IEndpointRouteBuilder app)
    {
        app.MapPost("/work/{id}/files", AddAsync).RequireAuthorization().WithRequestTimeout(EvidenceUpload.Patience).WithMetadata(new UploadForm()).ExcludeFromDescription();
        app.MapGet("/work/{id}/files/{evidence}", ShowAsync).RequireAuthorization().ExcludeFromDescription();
    }

    // A page that says no would lose what else is on it: the learner comes back to the work, with the reason above it.
    private static async Task<IResult> AddAsync(
        string id,
        HttpContext context,
        CurrentActor actor,
        Idempotency idempotency,
        SubmissionWorkflow workflow,
        UploadFinish finish,
        IPartialFiles partials,
        Settings settings,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var back = $"/work/{SubmissionId.From(id)}";
        try
        {
            await EvidenceUpload.AddAsync(id, context, actor, new(null), idempotency, workflow, finish, partials, settings, clock, cancellationToken);
        }
        catch (RefusedException no) when (no.Kind is not (RefusalKind.NotFound or RefusalKind.Unauthenticated))
        {
            back += $"?refused={Uri.EscapeDataString(no.Code)}";
        }

        context.Response.Headers.Remove("ETag");
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = back;
        return Results.Empty;
    }

    private static async Task<IResult> ShowAsync(
        string id,
        string evidence,
        CurrentActor actor,
        HttpContext context,
        SubmissionReading reading,
        ContentScans scans,
        IFileStore files,
        EvidenceLinks links,
        Settings settings,
        CancellationToken cancellationToken)
    {
        if (settings.EvidenceHost is null)
        {
            return await EvidenceDownload.ReadAsync(id, evidence, actor, context, reading, scans, files, cancellationToken);
        }

        var item = await EvidenceApi.FileAsync(id, evidence, actor, reading, scans, cancellationToken);
        return TypedResults.Redirect(links.Make(item).Address.AbsoluteUri);
    }
}
