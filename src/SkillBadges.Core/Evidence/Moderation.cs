using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

public enum ModerationState
{
    /// <summary>A second reader has still to score it.</summary>
    Waiting,

    /// <summary>Both came to the same verdict.</summary>
    Agreed,

    /// <summary>They differ about whether a level is reached: people talk, and correct the decision if it has to be.</summary>
    Talk,

    /// <summary>They have talked.</summary>
    Closed,
}

/// <summary>
/// One decision of the sample that is scored twice. The second reader sees the work and not the first verdict, and theirs changes nothing by itself: what
/// stands stays until a person corrects it. Its id is the decision's.
/// </summary>
public sealed record Moderation(
    string Id, SubmissionId Submission, int Attempt, OrganizationId Organization, BadgeVersionId Badge, PersonId Learner, PersonId FirstReader, ImmutableArray<CompetencyRating> First, DateTimeOffset ChosenAt)
{
    /// <summary>What the product gives a second reader where no school has said otherwise.</summary>
    private static readonly TimeSpan UsualTime = TimeSpan.FromDays(14);

    /// <summary>When the time for a second reading is over.</summary>
    public DateTimeOffset? ReadBy { get; init; }

    [JsonIgnore]
    public DateTimeOffset Until => ReadBy ?? ChosenAt + UsualTime;

    public PersonId? SecondReader { get; init; }

    public ImmutableArray<CompetencyRating> Second { get; init; } = [];

    public DateTimeOffset? ReadAt { get; init; }

    public ModerationState State { get; init; }

    /// <summary>What the talk came to.</summary>
    public string? Outcome { get; init; }

    [JsonIgnore]
    public IEnumerable<(string First, string Second)> Pairs =>
        First.Join(Second, first => first.CompetencyId, second => second.CompetencyId, (first, second) => (first.Level, second.Level), StringComparer.Ordinal);

    /// <summary>Whether a second reading may still be given. A verdict that nobody reads a second time does not stay hidden from colleagues for ever.</summary>
    public bool IsOpenAt(DateTimeOffset now) => State == ModerationState.Waiting && now < Until;

    /// <summary>Whether one of these people gave the first verdict, or had a part in it.</summary>
    public bool HasJudged(Submission work, IReadOnlyCollection<PersonId> people) => people.Contains(FirstReader)
        || work.Attempts.Any(attempt => attempt.Number == Attempt && attempt.Everything.Any(said => people.Contains(said.Assessor.Person)));

    /// <summary>Whether a decision is in the sample: a keyed hash of its id says so, which nobody can choose or foresee.</summary>
    /// <param name="key">The instance's own; 32 bytes.</param>
    /// <param name="decision">Its id.</param>
    /// <param name="percent">0 to 100.</param>
    public static bool IsChosen(ReadOnlySpan<byte> key, string decision, int percent)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(decision), hash);
        return BitConverter.ToUInt64(hash) / (double)ulong.MaxValue < percent / 100.0;
    }

    /// <exception cref="RefusedException"><c>moderation.read-already</c>, <c>moderation.too-late</c>, <c>moderation.first-reader</c>, <c>decision.level-missing</c>, <c>decision.rated-twice</c>, <c>definition.unknown-competency</c>, <c>scale.unknown-level</c>.</exception>
    public Moderation Read(BadgeDefinition badge, PersonId reader, ImmutableArray<CompetencyRating> levels, DateTimeOffset at)
    {
        if (State != ModerationState.Waiting)
        {
            throw Refused.Conflict("moderation.read-already", "This has been read a second time already.");
        }

        if (!IsOpenAt(at))
        {
            throw Refused.Conflict("moderation.too-late", "The time for a second reading is over, and the first verdict has been shown since; a reading now would not be blind.");
        }

        if (reader == FirstReader)
        {
            throw Refused.Forbidden("moderation.first-reader", "Somebody else than the first reader reads it a second time.");
        }

        DecisionRules.Require(badge, new() { Id = Id, Outcome = DecisionOutcome.Returned, Ratings = levels, Assessor = new(reader, Role.Teacher, Organization, default), DecidedAt = at, Comment = "A second reading." });
        if (First.FirstOrDefault(first => levels.All(level => level.CompetencyId != first.CompetencyId)) is { } missing)
        {
            throw Refused.Invalid("decision.level-missing", $"The skill {badge.Competency(missing.CompetencyId).Name} has no level.");
        }

        var differs = First.Any(first => badge.Satisfies(first.CompetencyId, first.Level)
            != badge.Satisfies(first.CompetencyId, levels.First(level => level.CompetencyId == first.CompetencyId).Level));
        return this with { SecondReader = reader, Second = levels, ReadAt = at, State = differs ? ModerationState.Talk : ModerationState.Agreed };
    }

    /// <exception cref="RefusedException"><c>moderation.no-talk</c>, <c>moderation.outcome</c>.</exception>
    public Moderation Close(string outcome) => State == ModerationState.Talk
        ? this with { State = ModerationState.Closed, Outcome = DisplayText.Require(outcome, 2_000, "moderation.outcome") }
        : throw Refused.Conflict("moderation.no-talk", "Only where the two readers differ there is a talk to close.");
}

/// <summary>What decides the sample; made once for the instance.</summary>
public sealed record ModerationKey(string Id, string Secret);

public static class ModerationDocuments
{
    public static readonly AccessPath<Moderation> Waiting = new AccessPath<Moderation>("open")
        .Equal("organization", m => m.State == ModerationState.Waiting ? m.Organization.Value : null).OrderBy("until", m => m.Until);

    public static readonly AccessPath<Moderation> ByOrganization = new AccessPath<Moderation>("organization").Equal("organization", m => m.Organization.Value).OrderBy("chosen", m => m.ChosenAt);

    public static readonly AccessPath<Moderation> BySubmission = new AccessPath<Moderation>("submission").Equal("submission", m => m.Submission.Value).OrderBy("chosen", m => m.ChosenAt);

    /// <summary>Of learners, what can still be read a second time: a class is one question.</summary>
    public static readonly AccessPath<Moderation> OpenByLearner = new AccessPath<Moderation>("learner")
        .Equal("learner", m => m.State == ModerationState.Waiting ? m.Learner.Value : null).OrderBy("until", m => m.Until);

    public static readonly DocumentKind<Moderation> Kind = new("moderation", m => m.Id) { Paths = [Waiting, ByOrganization, BySubmission, OpenByLearner] };

    public static readonly DocumentKind<ModerationKey> Keys = new("moderation_key", k => k.Id);
}
