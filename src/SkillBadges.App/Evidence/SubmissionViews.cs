using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Evidence;

/// <summary>A learner's work as the API shows it.</summary>
/// <param name="Badge">The pinned version, such as <c>smaw-fillet@1</c>.</param>
/// <param name="Draft">Empty for everybody but the learner.</param>
internal sealed record SubmissionView(
    string Id,
    string Learner,
    string Organization,
    string Badge,
    SubmissionState State,
    DateTimeOffset StartedAt,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<CompetencyWorkView> Draft,
    IReadOnlyList<AttemptView> Attempts,
    IReadOnlyList<PlanView> Plans,
    IReadOnlyList<NodView> Nods,
    IReadOnlyList<EvidenceErasure> Erasures)
{
    /// <summary>Independent ratings are left out while they do not count; <see cref="OfSeen"/> shows what a reader may see of them.</summary>
    public static SubmissionView Of(Submission submission) =>
        OfSeen(submission with { Attempts = [.. submission.Attempts.Select(attempt => attempt.Decisions.IsEmpty ? attempt with { Ratings = [] } : attempt)] });

    public static SubmissionView OfSeen(Submission submission) => new(
        submission.Id.Value,
        submission.Learner.Value,
        submission.Organization.Value,
        submission.Badge.ToString(),
        submission.State,
        submission.StartedAt,
        submission.UpdatedAt,
        [.. submission.Draft.Select(CompetencyWorkView.Of)],
        [.. submission.Attempts.Select(AttemptView.Of)],
        [.. submission.Plans.Select(PlanView.Of)],
        [.. submission.Nods.Select(NodView.Of)],
        submission.Erasures);
}

internal sealed record CompetencyWorkView(string Competency, IReadOnlyList<EvidenceView> Evidence, string? SelfLevel, string? Reflection, string? ReasonWithoutEvidence)
{
    public static CompetencyWorkView Of(CompetencyWork work) =>
        new(work.CompetencyId, [.. work.Items.Select(EvidenceView.Of)], work.SelfLevel, work.Reflection, work.ReasonWithoutEvidence);
}

/// <summary>A piece of proof. A file's bytes are at <c>/api/submissions/{id}/evidence/{evidence}/content</c>.</summary>
/// <param name="Sha256">Of the file, or of the text, link, certificate or result as JSON.</param>
/// <param name="Option">The choice of the board that it answers, an accepted pitch among them.</param>
internal sealed record EvidenceView(
    string Id,
    EvidenceKind Kind,
    string Title,
    string Sha256,
    string MediaType,
    long Bytes,
    LearningContext Context,
    DateTimeOffset AddedAt,
    string? FileName,
    string? Url,
    string? Text,
    ThirdPartyCertificate? Certificate,
    AssessmentResult? Assessment,
    LogProof? Log,
    TeamPart? Team,
    string? Option)
{
    public static EvidenceView Of(EvidenceItem item) => new(
        item.Id, item.Kind, item.Title, item.Digest.Hex, item.MediaType, item.Bytes, item.Context, item.AddedAt, item.FileName, item.Url, item.Text, item.Certificate, item.Assessment, item.Log, item.Team, item.OptionId);
}

internal sealed record AttemptView(int Number, DateTimeOffset SubmittedAt, string WorkSha256, IReadOnlyList<CompetencyWorkView> Work, DecisionView? CoSignature, IReadOnlyList<DecisionView> Ratings, IReadOnlyList<DecisionView> Decisions)
{
    public static AttemptView Of(Attempt attempt) => new(
        attempt.Number,
        attempt.SubmittedAt,
        attempt.WorkDigest.Hex,
        [.. attempt.Work.Select(CompetencyWorkView.Of)],
        attempt.CoSignature is { } signed ? DecisionView.Of(signed) : null,
        [.. attempt.Ratings.Select(DecisionView.Of)],
        [.. attempt.Decisions.Select(DecisionView.Of)]);
}

/// <param name="For">Whom the assessor stood in for.</param>
/// <param name="Qualification">The document under which they decided, where the badge asks for one.</param>
/// <param name="RestsOn">Ids of the ratings or of the entries in the record that the decision sums up.</param>
internal sealed record DecisionView(
    string Id,
    DecisionOutcome Outcome,
    IReadOnlyList<CompetencyRating> Ratings,
    string? Comment,
    string Assessor,
    Role AssessorRole,
    string? For,
    string? Qualification,
    DateTimeOffset DecidedAt,
    string? Corrects,
    string? CorrectionReason,
    IReadOnlyList<string>? RestsOn)
{
    public static DecisionView Of(Decision decision) => new(
        decision.Id,
        decision.Outcome,
        decision.Ratings,
        decision.Comment,
        decision.Assessor.Person.Value,
        decision.Assessor.Role,
        decision.Assessor.For?.Value,
        decision.Assessor.Qualification?.Value,
        decision.DecidedAt,
        decision.Corrects,
        decision.CorrectionReason,
        decision.RestsOn);
}
