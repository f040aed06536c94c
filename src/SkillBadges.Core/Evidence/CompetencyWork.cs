using System.Collections.Immutable;

namespace SkillBadges.Core.Evidence;

/// <summary>What a learner hands in for one competency: proof or the reason for less, an own rating, an own word.</summary>
public sealed record CompetencyWork(string CompetencyId)
{
    public const int MaxItems = 20;
    public const int MaxTextLength = 4_000;

    public ImmutableArray<EvidenceItem> Items { get; init; } = [];

    /// <summary>Why there is no proof, or less than the board asks for.</summary>
    public string? ReasonWithoutEvidence { get; init; }

    /// <summary>Level code that the learner gives; shown beside the assessor's, it decides nothing.</summary>
    public string? SelfLevel { get; init; }

    public string? Reflection { get; init; }

    /// <summary>The same work with one piece of proof in another's place, wherever that is.</summary>
    public static ImmutableArray<CompetencyWork> Replace(ImmutableArray<CompetencyWork> works, EvidenceItem item, EvidenceItem by) =>
        [.. works.Select(work => work.Items.Any(known => known.Id == item.Id) ? work with { Items = [.. work.Items.Select(known => known.Id == item.Id ? by : known)] } : work)];
}
