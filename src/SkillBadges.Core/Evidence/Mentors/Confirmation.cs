using SkillBadges.Core.Evidence.Logs;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence.Mentors;

/// <summary>What a mentor is asked about: a piece of proof, or an entry of the log.</summary>
/// <param name="Title">As the mentor reads it.</param>
public sealed record ConfirmationSubject(string Title, SubmissionId? Submission, string? EvidenceId, string? LogEntry)
{
    public static ConfirmationSubject Of(LogEntry entry) =>
        new($"{LogDocuments.DayText(entry.Words.On)}, {entry.Words.Place}: {entry.Words.Minutes} min", null, null, entry.Id.Value);
}

/// <summary>What a mentor writes.</summary>
/// <param name="Saw">Whether they saw it.</param>
/// <param name="Name">Their own.</param>
/// <param name="Relation">How they know the learner.</param>
/// <param name="Words">What they saw.</param>
public sealed record MentorAnswer(bool Saw, string Name, string Relation, DateOnly SeenOn, string Words, DateTimeOffset At);

/// <summary>
/// Somebody without an account is asked by letter to say what they saw of a learner's work outside school. The link's secret is kept as a hash;
/// opening it changes nothing, an answer is given once. It is shown to the assessor and decides nothing.
/// </summary>
/// <param name="SentTo">The address with most of it left out, as the assessor sees it; the whole is in the letter alone.</param>
public sealed record Confirmation(
    ConfirmationId Id, PersonId Learner, OrganizationId Organization, ConfirmationSubject Subject, string Mentor, string SentTo, DateTimeOffset AskedAt, DateTimeOffset ExpiresAt)
{
    public const int MaxNameLength = 100;
    public const int MaxWordsLength = 4_000;

    /// <summary>How many a learner may have waiting.</summary>
    public const int MaxWaiting = 10;

    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>Of the link's secret; null after the answer.</summary>
    public string? SecretHash { get; init; }

    public MentorAnswer? Answer { get; init; }

    /// <exception cref="RefusedException"><c>confirmation.mentor</c>.</exception>
    public static Confirmation Ask(ConfirmationId id, PersonId learner, OrganizationId organization, ConfirmationSubject subject, string mentor, Destination to, DateTimeOffset at) =>
        new(id, learner, organization, subject, DisplayText.Require(mentor, MaxNameLength, "confirmation.mentor"), Masked(to), at, at + Lifetime);

    public bool WaitsAt(DateTimeOffset now) => Answer is null && now < ExpiresAt;

    /// <summary>A new secret takes the place of an earlier one.</summary>
    /// <exception cref="RefusedException"><c>confirmation.closed</c>.</exception>
    public Confirmation WithSecret(string secretHash, DateTimeOffset now) =>
        WaitsAt(now) ? this with { SecretHash = secretHash } : throw Refused.Conflict("confirmation.closed", "This was answered, or the time for it is over.");

    /// <exception cref="RefusedException"><c>link.gone</c>, <c>confirmation.name</c>, <c>confirmation.relation</c>, <c>confirmation.day</c>, <c>confirmation.words</c>.</exception>
    public Confirmation AnswerWith(MentorAnswer answer, DateOnly today)
    {
        if (!WaitsAt(answer.At))
        {
            throw Refused.Gone("link.gone", "This was answered, or the time for it is over. Thank you.");
        }

        if (answer.SeenOn > today || answer.SeenOn < today.AddYears(-10))
        {
            throw Refused.Invalid("confirmation.day", "The day on which you saw it has been, within the last ten years.");
        }

        var clean = answer with
        {
            Name = DisplayText.Require(answer.Name, MaxNameLength, "confirmation.name"),
            Relation = DisplayText.Require(answer.Relation, MaxNameLength, "confirmation.relation"),
            Words = DisplayText.Optional(answer.Words, MaxWordsLength, "confirmation.words") ?? throw Refused.Invalid("confirmation.words", "Please write what you saw."),
        };
        return this with { Answer = clean, SecretHash = null };
    }

    private static string Masked(Destination to) => to.Channel == Channel.Mail ? $"{to.Address[0]}…{to.Address[to.Address.IndexOf('@', StringComparison.Ordinal)..]}" : $"…{to.Address[^2..]}";
}
