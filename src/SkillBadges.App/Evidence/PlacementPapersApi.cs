using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Papers;

namespace SkillBadges.App.Evidence;

/// <param name="IsMinor">Whether the student is under 18; who looked and when is noted, the birth date is not kept.</param>
/// <param name="Plan">A hazardous task names its federal order, 1 to 17 (29 CFR 570 subpart E).</param>
internal sealed record FillPapersRequest(
    bool? IsMinor = null,
    Agreement? Agreement = null,
    StudentLearnerAgreement? StudentLearner = null,
    IReadOnlyList<TrainingTask>? Plan = null,
    IReadOnlyList<Evaluation>? Evaluations = null,
    int? PlannedHours = null);

/// <summary>Nothing to sign with your account as the party that you are; or, for the office, who has signed on paper and when.</summary>
/// <param name="File">SHA-256 of the scanned paper.</param>
internal sealed record SignPapersRequest(AgreementParty? Party = null, DateOnly? SignedOn = null, Sha256Digest? File = null);

internal sealed record PapersView(
    string Placement,
    AgeCheck? Age,
    Agreement? Agreement,
    IReadOnlyList<PaperSignature> Signatures,
    StudentLearnerAgreement? StudentLearner,
    IReadOnlyList<TrainingTask> Plan,
    IReadOnlyList<Evaluation> Evaluations,
    int? PlannedHours)
{
    public static PapersView Of(InternshipPapers papers) => new(
        papers.Placement.Value, papers.Age, papers.Agreement, papers.Signatures, papers.StudentLearner, papers.Plan, papers.Evaluations, papers.PlannedHours);
}

internal sealed record MissingView(IReadOnlyList<Missing> Missing);

/// <summary>Agreement, training plan, age check and evaluations of an internship.</summary>
internal static class PlacementPapersApi
{
    private static readonly FillPapersRequest Sample = new(
        true,
        new("Training agreement 2026-27", null),
        null,
        [new("Serves customers at the counter", "customer-service", "greet-and-needs", null)],
        [new(new(2026, 10, 15), null)],
        120);

    public static void MapPlacementPapers(this IEndpointRouteBuilder app)
    {
        var placements = app.MapApi("placements/{id}", "Placements").Refuses(404, "placement.not-found");
        placements.MapGet("papers", ReadAsync).WithSummary("The papers of an internship, for its parties.");
        placements.MapPut("papers", FillAsync).Example(Sample).WithSummary("Fills the papers in; what is left out is gone, and another agreement needs all signatures again. For the school's office.")
            .Refuses(403, "role.missing").Refuses(404, "badge.not-found").Refuses(409, "storage.not-unique").Refuses(422, "placement.papers", "placement.age-first", "placement.hazardous");
        placements.MapPost("signatures", SignAsync).Example(new SignPapersRequest(AgreementParty.Guardian, new(2026, 9, 1)))
            .WithSummary("Signs the agreement with your account: as student, guardian, employer or school; or, for the office, records a signature on paper.")
            .Refuses(403, "role.missing").Refuses(409, "placement.no-agreement").Refuses(422, "placement.papers");
        placements.MapGet("missing", MissingAsync).WithSummary("What the internship still lacks, in plain words. For its parties.").Refuses(404, "badge.not-found");
    }

    private static async Task<PapersView> ReadAsync(string id, CurrentActor me, HttpContext context, PapersWorkflow workflow, CancellationToken cancellationToken) =>
        context.Answer(await workflow.ReadAsync(me.Actor, PlacementId.From(id), cancellationToken), PapersView.Of);

    private static async Task<PapersView> FillAsync(string id, FillPapersRequest body, CurrentActor me, IfMatch ifMatch, HttpContext context, PapersWorkflow workflow, CancellationToken cancellationToken)
    {
        var entries = new PaperEntries(body.IsMinor, body.Agreement, body.StudentLearner, [.. body.Plan ?? []], [.. body.Evaluations ?? []], body.PlannedHours);
        return context.Answer(await workflow.FillAsync(me.Actor, PlacementId.From(id), entries, ifMatch.Version, cancellationToken), PapersView.Of);
    }

    private static async Task<Created<PapersView>> SignAsync(
        string id, SignPapersRequest body, CurrentActor me, Idempotency idempotency, HttpContext context, PapersWorkflow workflow, CancellationToken cancellationToken)
    {
        var (placement, key) = (PlacementId.From(id), idempotency.For(me.Actor));
        var read = (body.Party, body.SignedOn) switch
        {
            (null, null) when body.File is null => await workflow.SignAsync(me.Actor, placement, key, cancellationToken),
            ({ } party, { } on) => await workflow.RecordAsync(me.Actor, placement, party, on, body.File, key, cancellationToken),
            _ => throw Refused.Invalid("placement.papers", "A signature on paper names the party and the day."),
        };
        return TypedResults.Created($"/api/placements/{id}/papers", context.Answer(read, PapersView.Of));
    }

    private static async Task<MissingView> MissingAsync(string id, CurrentActor me, PapersWorkflow workflow, CancellationToken cancellationToken) =>
        new(await workflow.MissingAsync(me.Actor, PlacementId.From(id), cancellationToken));
}
