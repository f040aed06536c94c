using SkillBadges.App.Http;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Evidence;

/// <param name="Asked">How many different choices the board asks for.</param>
/// <param name="Answered">The different choices that proof names.</param>
/// <param name="HasFreeProof">Whether there is proof that names no choice.</param>
/// <param name="IsMet">Whether the board is met.</param>
/// <param name="Reason">Why there is less than asked, in the learner's words.</param>
/// <param name="IsReached">Whether the last level is enough.</param>
/// <param name="ExpiredCertificates">Ids of proof that is out of date today.</param>
internal sealed record SkillProgressView(
    string Competency, int Asked, IReadOnlyList<string> Answered, bool HasFreeProof, bool IsTestedOut, bool IsMet, string? Reason, string RequiredLevel, string? SelfLevel, string? LastLevel, bool IsReached, IReadOnlyList<string> ExpiredCertificates)
{
    /// <summary>What to go on with once the last level is Proficient; none before.</summary>
    public IReadOnlyList<ExtensionTask> Extensions { get; init; } = [];

    public static SkillProgressView Of(SkillProgress skill) => new(
        skill.CompetencyId, skill.Board.Asked, skill.Board.Answered, skill.Board.HasFreeProof, skill.Board.IsTestedOut, skill.Board.IsMet, skill.Board.Reason, skill.RequiredLevel, skill.SelfLevel, skill.LastLevel, skill.IsReached, skill.ExpiredCertificates)
    {
        Extensions = skill.Extensions,
    };
}

/// <param name="Limit">Tries that are allowed; null for any number.</param>
/// <param name="Origin">Id of the organization that set the policy; null where the badge says it.</param>
internal sealed record AttemptPolicyView(int? Limit, int? CoolingDays, string? Preparation, PreparationWord PreparationSaidBy, string? Origin);

/// <param name="Used">Tries that count towards the limit.</param>
/// <param name="OpensAt">When the next try may be made; null when at any time.</param>
/// <param name="Obstacle">The code of what keeps the work from being turned in now; null when nothing does.</param>
internal sealed record ProgressBoardView(
    string Submission, string Badge, SubmissionState State, AttemptPolicyView Policy, int Used, DateTimeOffset? OpensAt, IReadOnlyList<SkillProgressView> Skills, IReadOnlyList<string> OpenCheckpoints, IReadOnlyList<string> MissingBadges, string? Obstacle, string? ObstacleWords)
{
    public static ProgressBoardView Of(ProgressBoard board) => new(
        board.Work.Id.Value,
        board.Work.Badge.ToString(),
        board.Work.State,
        new(board.Policy.Value.Limit, board.Policy.Value.CoolingDays, board.Policy.Value.Preparation, board.Policy.Value.PreparationSaidBy, board.Policy.Origin?.Value),
        board.Used,
        board.OpensAt,
        [.. board.Skills.Select(SkillProgressView.Of)],
        board.OpenCheckpoints,
        board.MissingBadges,
        board.Obstacle,
        board.ObstacleWords);
}

internal static class ProgressBoardsApi
{
    public static void MapProgressBoards(this IEndpointRouteBuilder app) => app.MapApi("progress-boards", "Paths").MapGet("{id}", ReadAsync)
        .WithSummary("Where a piece of work stands, skill by skill: choices made and asked for, levels, what is in the way of the next try. The id is the submission's.")
        .Refuses(404, "submission.not-found");

    private static async Task<ProgressBoardView> ReadAsync(string id, CurrentActor actor, ProgressReading reading, CancellationToken cancellationToken) =>
        ProgressBoardView.Of(await reading.ReadAsync(actor.Actor, SubmissionId.From(id), cancellationToken));
}
