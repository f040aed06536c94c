using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Evidence;
using SkillBadges.App.Gradebook;
using SkillBadges.App.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Reporting.Yearly;

namespace SkillBadges.App.Reporting;

/// <param name="Year">In which the school year ends.</param>
internal sealed record NewYearlyReportRequest(string OrganizationId, int Year);

internal sealed record YearlyReportSummary(string Id, string OrganizationId, int Year, DateTimeOffset MadeAt, DateTimeOffset? PublishedAt, DateTimeOffset? WithdrawnAt)
{
    public static YearlyReportSummary Of(YearlyReport report) => new(report.Id, report.Organization.Value, report.Year, report.At, report.PublishedAt, report.WithdrawnAt);
}

/// <param name="Tables">All counts, small ones too: for the office alone.</param>
internal sealed record YearlyReportView(YearlyReportSummary Report, IReadOnlyList<CountTable> Tables);

/// <param name="Threshold">Counts below it are kept back (null), and others with which they could be computed.</param>
internal sealed record PublicYearlyReport(string OrganizationId, int Year, DateTimeOffset PublishedAt, int Threshold, IReadOnlyList<PublicTable> Tables);

internal sealed record YearlyReportReadingView(string By, DateTimeOffset At);

/// <summary>Counts of a school year by school and program.</summary>
internal static class YearlyReportsApi
{
    public static void MapYearlyReports(this IEndpointRouteBuilder app)
    {
        var reports = app.MapApi("yearly-reports", "Reporting");
        reports.MapPost("", MakeAsync).Example(new NewYearlyReportRequest("019aa0d2c7f07f1c8b0e1f6d5c2b7a90", 2027)).Produces<YearlyReportSummary>(201).WithRequestTimeout(EvidenceUpload.Patience)
            .WithSummary("Counts a school year (July to June) of an organization and its schools: places in career and technical programs, and graduated concentrators with and without a recognized credential. For its office.")
            .Refuses(403, "role.missing").Refuses(404, "organization.not-found").Refuses(422, "state-file.not-here", "yearly-report.year");
        reports.MapGet("", ListAsync).WithSummary("The reports of ?organization=, latest first. For its office.").Refuses(403, "role.missing");
        reports.MapGet("{id}", ReadAsync).WithSummary("All counts, small ones too. For the office; each look is written down.").Refuses(404, "yearly-report.not-found").Refuses(409, "storage.version-conflict");
        reports.MapGet("{id}/readings", ReadingsAsync).WithSummary("Who has looked at all counts, latest first. For the office.").Refuses(404, "yearly-report.not-found");
        reports.MapPost("{id}/publication", PublishAsync).WithMetadata(new RepeatsHarmlessly())
            .WithSummary("Shows the public the report without counts under 10, in place of an earlier one of the year. For the office; a school below a district leaves it to the district.")
            .Refuses(404, "yearly-report.not-found", "organization.not-found").Refuses(409, "yearly-report.published", "yearly-report.not-alone", "storage.version-conflict", "storage.not-unique");
        reports.MapGet("{id}/public", PublicAsync).AllowAnonymous().WithSummary("What the public sees of a published report: no count under 10, and none from which one could be computed.").Refuses(404, "yearly-report.not-found");
    }

    private static async Task<Created<YearlyReportSummary>> MakeAsync(NewYearlyReportRequest body, CurrentActor me, Idempotency idempotency, YearlyReportWorkflow workflow, CancellationToken cancellationToken)
    {
        var read = await workflow.MakeAsync(me.Actor, OrganizationId.From(body.OrganizationId), body.Year, idempotency.For(me.Actor), cancellationToken);
        return TypedResults.Created($"/api/yearly-reports/{read.Id}", YearlyReportSummary.Of(read.Document));
    }

    private static async Task<PageOf<YearlyReportSummary>> ListAsync(string organization, CurrentActor me, Paging paging, YearlyReportWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.ListAsync(me.Actor, OrganizationId.From(organization), paging.Of, cancellationToken), read => YearlyReportSummary.Of(read.Document));

    private static async Task<YearlyReportView> ReadAsync(string id, CurrentActor me, HttpContext context, YearlyReportWorkflow workflow, CancellationToken cancellationToken)
    {
        context.KeepPrivate();
        var read = await workflow.ReadAsync(me.Actor, id, cancellationToken);
        return new(YearlyReportSummary.Of(read.Document), read.Document.Tables);
    }

    private static async Task<PageOf<YearlyReportReadingView>> ReadingsAsync(string id, CurrentActor me, Paging paging, YearlyReportWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.ReadingsAsync(me.Actor, id, paging.Of, cancellationToken), read => new YearlyReportReadingView(read.Document.By.Value, read.Document.At));

    private static async Task<YearlyReportSummary> PublishAsync(string id, CurrentActor me, YearlyReportWorkflow workflow, CancellationToken cancellationToken) =>
        YearlyReportSummary.Of((await workflow.PublishAsync(me.Actor, id, cancellationToken)).Document);

    private static async Task<PublicYearlyReport> PublicAsync(string id, YearlyReportWorkflow workflow, CancellationToken cancellationToken)
    {
        var report = await workflow.PublicAsync(id, cancellationToken);
        return new(report.Organization.Value, report.Year, report.PublishedAt!.Value, Suppression.Threshold, [.. report.ForThePublic()]);
    }
}
