using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence.Peers;

/// <summary>A piece of proof that classmates may see, and the skill that it belongs to.</summary>
public sealed record ShownItem(string CompetencyId, EvidenceItem Item);

/// <summary>
/// A learner asks classmates to look at some of their proof and to say what works and what to try. Asking is the consent; it ends when it is withdrawn and when the work is
/// decided. Nothing of it enters a decision, the record or a credential.
/// </summary>
/// <param name="Round">How many tries of the work were decided when it was asked; one more, and it is over.</param>
/// <param name="Question">What the learner wants to know; null when nothing in particular, or once erased.</param>
public sealed record PeerReview(
    PeerReviewId Id, SubmissionId Submission, PersonId Learner, OrganizationId Organization, BadgeVersionId Badge, int Round, string? Question, DateTimeOffset AskedAt)
{
    public const int MaxPeers = 5;
    public const int MaxItems = 24;
    public const int MaxQuestionLength = 500;

    /// <summary>Of one classmate on one skill.</summary>
    public const int MaxComments = 3;

    /// <summary>How many a piece of work may have.</summary>
    public const int MaxForWork = 24;

    public ImmutableArray<PersonId> Peers { get; init; } = [];

    /// <summary>Ids of the pieces that the learner chose; what is taken out of the draft is shown no more.</summary>
    public ImmutableArray<string> Items { get; init; } = [];

    public ImmutableArray<PeerComment> Comments { get; init; } = [];

    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>That the question was erased.</summary>
    public PeerMark? Erased { get; init; }

    [JsonIgnore]
    public bool IsWithdrawn => WithdrawnAt is not null;

    /// <exception cref="RefusedException"><c>peer-review.over</c>, <c>peer-review.peers</c>, <c>peer-review.items</c>, <c>peer-review.question</c>, <c>evidence.not-found</c>, <c>peer-review.piece</c>.</exception>
    public static PeerReview Ask(PeerReviewId id, Submission work, IReadOnlyCollection<PersonId> peers, IReadOnlyCollection<string> items, string? question, DateTimeOffset at)
    {
        if (work.State == SubmissionState.Approved)
        {
            throw Over();
        }

        ImmutableArray<PersonId> asked = [.. peers.Distinct()];
        if (asked.Length is < 1 or > MaxPeers || asked.Contains(work.Learner))
        {
            throw Refused.Invalid("peer-review.peers", $"Ask 1 to {MaxPeers} classmates.");
        }

        ImmutableArray<string> chosen = [.. items.Distinct(StringComparer.Ordinal)];
        if (chosen.Length is < 1 or > MaxItems)
        {
            throw Refused.Invalid("peer-review.items", $"Choose 1 to {MaxItems} pieces of proof to show.");
        }

        var there = PiecesOf(work).ToDictionary(shown => shown.Item.Id, StringComparer.Ordinal);
        foreach (var item in chosen)
        {
            RequireOwnPiece(there.TryGetValue(item, out var shown) ? shown.Item : throw Refused.NotFound("evidence"));
        }

        return new(id, work.Id, work.Learner, work.Organization, work.Badge, DecidedTries(work), DisplayText.Optional(question, MaxQuestionLength, "peer-review.question"), at)
        {
            Peers = asked,
            Items = chosen,
        };
    }

    /// <summary>Whether the classmates may look and write still. A decision that is taken back opens it again.</summary>
    public bool IsOpen(Submission work) => !IsWithdrawn && work.State != SubmissionState.Approved && DecidedTries(work) == Round;

    /// <summary>What the classmates see now: of the draft, or of what was turned in; nothing once it is over.</summary>
    public IReadOnlyList<ShownItem> Shown(Submission work) =>
        IsOpen(work) ? [.. PiecesOf(work).Where(shown => Items.Contains(shown.Item.Id, StringComparer.Ordinal) && work.ErasureOf(shown.Item.Id) is null)] : [];

    /// <summary>Doing it twice is harmless: the first time stays.</summary>
    public PeerReview Withdraw(DateTimeOffset at) => IsWithdrawn ? this : this with { WithdrawnAt = at };

    /// <exception cref="RefusedException">
    /// <c>peer-review.not-found</c> for who was not asked, <c>peer-review.over</c>, <c>peer-review.not-shown</c>, <c>peer-review.too-many-comments</c>, <c>peer-review.words</c>.
    /// </exception>
    public PeerReview Comment(Submission work, string id, PersonId by, string competencyId, string? works, string? tryThis, DateTimeOffset at)
    {
        if (!Peers.Contains(by))
        {
            throw Refused.NotFound("peer-review");
        }

        if (!IsOpen(work))
        {
            throw Over();
        }

        if (Shown(work).All(shown => shown.CompetencyId != competencyId))
        {
            throw Refused.Invalid("peer-review.not-shown", "Nothing of this skill was shown to you.");
        }

        return Comments.Count(known => known.By == by && known.CompetencyId == competencyId) < MaxComments
            ? this with { Comments = Comments.Add(new(id, by, competencyId, Words(works), Words(tryThis), at)) }
            : throw Refused.Conflict("peer-review.too-many-comments", $"You have written {MaxComments} times about this skill; please speak with each other.");
    }

    /// <summary>A teacher hides what hurts or misleads. Doing it twice is harmless: the first reason stays.</summary>
    /// <exception cref="RefusedException"><c>peer-comment.not-found</c>, <c>peer-review.reason</c>.</exception>
    public PeerReview Hide(string comment, PersonId by, string reason, DateTimeOffset at) =>
        Change(comment, known => known.Hidden is null ? known with { Hidden = Mark(by, reason, at) } : known);

    /// <summary>Takes the words out: of one comment, or with null the learner's question. That they were there stays.</summary>
    /// <exception cref="RefusedException"><c>peer-comment.not-found</c>, <c>peer-review.reason</c>.</exception>
    public PeerReview Erase(string? comment, PersonId by, string reason, DateTimeOffset at) => comment is null
        ? Erased is null ? this with { Question = null, Erased = Mark(by, reason, at) } : this
        : Change(comment, known => known.Erased is null ? known with { Works = null, Try = null, Erased = Mark(by, reason, at) } : known);

    /// <summary>A classmate sees what they wrote themselves and whom it is for; the learner sees everything but hidden words.</summary>
    public PeerReview SeenBy(PersonId person, bool asStaff) => asStaff
        ? this
        : person == Learner
            ? this with { Comments = [.. Comments.Select(comment => comment.ToLearner())] }
            : this with { Peers = [person], Comments = [.. Comments.Where(comment => comment.By == person)] };

    private static int DecidedTries(Submission work) => work.Attempts.Count(attempt => attempt.Standing is { Outcome: not DecisionOutcome.Undone });

    private static IEnumerable<ShownItem> PiecesOf(Submission work) =>
        (work.State == SubmissionState.Submitted ? work.LastAttempt!.Work : work.Draft).SelectMany(skill => skill.Items.Select(item => new ShownItem(skill.CompetencyId, item)));

    // What tells of others, or of more than the piece itself, is not shown around.
    private static void RequireOwnPiece(EvidenceItem item)
    {
        if (item.Kind is not (EvidenceKind.File or EvidenceKind.Link or EvidenceKind.Text) || item.Team is not null)
        {
            throw Refused.Invalid("peer-review.piece", "Classmates look at files, links and texts that are yours alone; certificates, results, logs and team work are not shown.");
        }
    }

    private static string Words(string? text) => DisplayText.Optional(text, PeerComment.MaxWordsLength, "peer-review.words")
        ?? throw Refused.Invalid("peer-review.words", "Please say both what works and what to try.");

    private static PeerMark Mark(PersonId by, string reason, DateTimeOffset at) => new(by, at, DisplayText.Require(reason, PeerMark.MaxReasonLength, "peer-review.reason"));

    private static RefusedException Over() => Refused.Conflict("peer-review.over", "The work is decided, or the question was taken back.");

    private PeerReview Change(string comment, Func<PeerComment, PeerComment> change)
    {
        var known = Comments.FirstOrDefault(one => one.Id == comment) ?? throw Refused.NotFound("peer-comment");
        var changed = change(known);
        return ReferenceEquals(changed, known) ? this : this with { Comments = Comments.Replace(known, changed) };
    }
}
