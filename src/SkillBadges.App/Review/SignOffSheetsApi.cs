using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;

namespace SkillBadges.App.Review;

/// <param name="Code">As an observation names it.</param>
internal sealed record SheetLevelView(string Code, string Label, bool IsReached);

internal sealed record LastSeenView(string Observation, string Level, DateTimeOffset At, string By, string? Note);

/// <param name="Badge">The version that an observation of this student would be of.</param>
/// <param name="Level">What the record gives now; null when nothing counts.</param>
/// <param name="Waiting">Turned-in work on the badge, which waits for a decision.</param>
/// <param name="IsWorking">Whether there is a draft.</param>
internal sealed record SheetLineView(string Learner, string Name, string Badge, string? Level, bool IsReached, LastSeenView? LastSeen, string? Waiting, bool IsWorking)
{
    public static SheetLineView Of(SheetLine line) => new(
        line.Learner.Value,
        line.Name,
        line.Version.ToString(),
        line.Level,
        line.IsReached,
        line.Seen is { } seen ? new(seen.Observation.Value, seen.Level, seen.At, seen.By.Value, seen.Note) : null,
        line.Waiting?.Value,
        line.IsWorking);
}

/// <param name="Section">The class; null for a supervisor's interns.</param>
internal sealed record SignOffSheetView(
    string School, string? Section, string? SectionName, string Badge, string BadgeName, string Competency, string CompetencyName, string Statement, string RequiredLevel, IReadOnlyList<SheetLevelView> Levels, IReadOnlyList<SheetLineView> Lines)
{
    public static SignOffSheetView Of(SignOffSheet sheet) => new(
        sheet.School.Value,
        sheet.Section?.Id.Value,
        sheet.Section?.Name,
        sheet.Badge.Id.ToString(),
        sheet.Badge.Name,
        sheet.Competency.Id,
        sheet.Competency.Name,
        sheet.Competency.Statement,
        sheet.Competency.RequiredLevel,
        [.. sheet.Badge.Scale.Levels.Select(level => new SheetLevelView(level.Code, level.Label, sheet.Badge.Satisfies(sheet.Competency.Id, level.Code)))],
        [.. sheet.Lines.Select(SheetLineView.Of)]);
}

/// <summary>One skill of one badge for a whole class or all interns of a supervisor, in one answer that a phone can draw; what is seen goes to <c>POST /api/observations</c>.</summary>
internal static class SignOffSheetsApi
{
    public static void MapSignOffSheets(this IEndpointRouteBuilder app) => app.MapApi("sign-off-sheets", "Review").MapGet("", ReadAsync)
        .WithSummary("The sheet for one skill of your class (?section=), or of your interns from a school (?organization=); ?badge= (its short name), ?competency=. The students with their level, when it was last seen, and what waits.")
        .Refuses(404, "class-section.not-found", "placement.not-found", "badge.not-found").Refuses(422, "definition.unknown-competency", "observation.where");

    private static async Task<SignOffSheetView> ReadAsync(
        string? section, string? organization, string badge, string competency, CurrentActor actor, SignOffSheetReading reading, CancellationToken cancellationToken) =>
        SignOffSheetView.Of((section, organization) switch
        {
            ({ } taught, null) => await reading.ReadAsync(actor.Actor, ClassSectionId.From(taught), badge, competency, cancellationToken),
            (null, { } school) => await reading.ReadAtWorkAsync(actor.Actor, OrganizationId.From(school), badge, competency, cancellationToken),
            _ => throw Refused.Invalid("observation.where", "A sheet is of a class, or of your interns from a school: exactly one of them."),
        });
}
