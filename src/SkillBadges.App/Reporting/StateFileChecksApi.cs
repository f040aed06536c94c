using SkillBadges.App.Evidence;
using SkillBadges.App.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Reporting.Checking;
using SkillBadges.Core.Reporting.Files;

namespace SkillBadges.App.Reporting;

/// <param name="Rows">Without the header.</param>
/// <param name="Faults">How many there are.</param>
/// <param name="First">The first thousand of them, by row (the header is row 1) and column.</param>
internal sealed record StateFileReportView(long Rows, long Faults, IReadOnlyList<StateFileFault> First)
{
    private const int Shown = 1000;

    public static StateFileReportView Of(StateFileReport report) => new(report.Rows, report.Count, [.. report.Faults.Take(Shown)]);
}

/// <summary>What is wrong with a file for the state, before it goes there.</summary>
internal static class StateFileChecksApi
{
    public static void MapStateFileChecks(this IEndpointRouteBuilder app) =>
        app.MapApi("state-file-checks", "Reporting").MapPost("", CheckAsync).WithMetadata(new RepeatsHarmlessly()).Produces<StateFileReportView>().WithRequestTimeout(EvidenceUpload.Patience)
            .WithSummary("Says what is wrong with a CSV file for the state: send it as the body, up to 200 MB, with ?organization= and ?layout= (an id, or link, sect or credentials). Nothing of it is kept. For the office of a school or district.")
            .Refuses(403, "role.missing").Refuses(404, "organization.not-found", "state-layout.not-found").Refuses(413, "request.too-large").Refuses(422, "state-file.too-large").Refuses(503, "file.store-full", "file.store-failed");

    private static async Task<IResult> CheckAsync(string organization, string? layout, CurrentActor me, HttpContext context, StateFileChecking checking, CancellationToken cancellationToken)
    {
        context.AllowBody(StateFileChecking.MaxBytes);
        var report = await checking.RunAsync(me.Actor, OrganizationId.From(organization), layout ?? "link", context.Request.Body, cancellationToken);
        return TypedResults.Ok(StateFileReportView.Of(report));
    }
}
