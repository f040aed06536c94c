using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>One try: the work as it was turned in, frozen, and what was decided about it.</summary>
public sealed record Attempt
{
    /// <summary>From 1; counts a learner's tries at the badge, at whichever school.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public required ImmutableArray<CompetencyWork> Work { get; init; }

    /// <summary>SHA-256 of the frozen work as JSON, the digests of all files among it.</summary>
    public required Sha256Digest WorkDigest { get; init; }

    /// <summary>A supervisor's word on a badge that needs a teacher's too.</summary>
    public Decision? CoSignature { get; init; }

    /// <summary>Of raters who judge independently, in order: two a round, or two and a third. Nobody sees another's before they count.</summary>
    public ImmutableArray<Decision> Ratings { get; init; } = [];

    /// <summary>Ratings and co-signatures that were taken back at once, each with the decision that says so; they count for nothing, and no other rater sees them.</summary>
    public ImmutableArray<Decision> TakenBack { get; init; } = [];

    /// <summary>In order; a correction follows what it corrects, the last one stands.</summary>
    public ImmutableArray<Decision> Decisions { get; init; } = [];

    [JsonIgnore]
    public Decision? Standing => Decisions is [.., var last] ? last : null;

    /// <summary>When it came back; null while it waits, and when it was approved.</summary>
    [JsonIgnore]
    public DateTimeOffset? ReturnedAt => Standing is { Outcome: DecisionOutcome.Returned } returned ? returned.DecidedAt : null;

    /// <summary>All that anybody has said about it.</summary>
    [JsonIgnore]
    public IEnumerable<Decision> Everything => Decisions.Concat(Ratings).Concat(TakenBack).Concat(CoSignature is { } signed ? [signed] : []);

    public static Attempt Freeze(int number, ImmutableArray<CompetencyWork> work, DateTimeOffset at) => new()
    {
        Number = number,
        SubmittedAt = at,
        Work = work,
        WorkDigest = Sha256Digest.Of(JsonSerializer.SerializeToUtf8Bytes(work, DocumentJson.Options)),
    };
}
