using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence.Logs;

public enum LogKind
{
    /// <summary>A personal learning day.</summary>
    PersonalDay,

    /// <summary>Learning at work: an internship, an apprenticeship, a job.</summary>
    WorkBased,

    Service,
}

/// <summary>In what capacity somebody stands by an entry.</summary>
public enum LogSigner
{
    Teacher,
    Supervisor,

    /// <summary>Somebody without an account, through a letter.</summary>
    Mentor,
}

/// <summary>Who stands by an entry.</summary>
/// <param name="Person">Null for a mentor; the confirmation tells who.</param>
public sealed record LogSignature(LogSigner As, PersonId? Person, DateTimeOffset At, string? Words);

/// <summary>What a learner writes about one stretch of learning.</summary>
/// <param name="Minutes">1 to 1,440.</param>
/// <param name="Did">What was done.</param>
/// <param name="Reflection">What was learned by it.</param>
public sealed record LogWords(LogKind Kind, DateOnly On, int Minutes, string Place, string Did, string Reflection, string? Plan = null)
{
    public const int MaxPlaceLength = 200;
    public const int MaxTextLength = 4_000;
    public const int MinutesOfDay = 24 * 60;

    /// <param name="today">The day at the school; what is to come cannot have been done.</param>
    /// <exception cref="RefusedException"><c>log.day</c>, <c>log.minutes</c>, <c>log.place</c>, <c>log.did</c>, <c>log.reflection</c>, <c>log.plan</c>.</exception>
    public LogWords Checked(DateOnly today)
    {
        if (On > today || On < today.AddYears(-10))
        {
            throw Refused.Invalid("log.day", "A log tells of a day that has been, within the last ten years.");
        }

        return this with
        {
            Minutes = Minutes is >= 1 and <= MinutesOfDay ? Minutes : throw Refused.Invalid("log.minutes", "An entry lasts 1 to 1,440 minutes."),
            Place = DisplayText.Require(Place, MaxPlaceLength, "log.place"),
            Did = DisplayText.Optional(Did, MaxTextLength, "log.did") ?? throw Refused.Invalid("log.did", "Please say what you did."),
            Reflection = DisplayText.Optional(Reflection, MaxTextLength, "log.reflection") ?? throw Refused.Invalid("log.reflection", "Please say what you learned by it."),
            Plan = DisplayText.Optional(Plan, MaxTextLength, "log.plan"),
        };
    }
}

/// <summary>One entry of a learner's log of personal days, service and work. Confirmed, it stays as it is and may become proof.</summary>
public sealed record LogEntry(LogEntryId Id, PersonId Learner, OrganizationId Organization, LogWords Words, DateTimeOffset WrittenAt)
{
    public LogSignature? Signature { get; init; }

    /// <exception cref="RefusedException"><c>log.confirmed</c>.</exception>
    public LogEntry Rewrite(LogWords words, DateTimeOffset at)
    {
        RequireOpen();
        return this with { Words = words, WrittenAt = at };
    }

    /// <exception cref="RefusedException"><c>log.confirmed</c>, <c>log.own</c>, <c>log.words</c>.</exception>
    public LogEntry Sign(LogSignature signature)
    {
        RequireOpen();
        return signature.Person != Learner
            ? this with { Signature = signature with { Words = DisplayText.Optional(signature.Words, LogWords.MaxTextLength, "log.words") } }
            : throw Refused.Forbidden("log.own", "Nobody confirms their own hours.");
    }

    /// <exception cref="RefusedException"><c>log.confirmed</c>.</exception>
    public void RequireOpen()
    {
        if (Signature is not null)
        {
            throw Refused.Conflict("log.confirmed", "This entry is confirmed and stays as it is.");
        }
    }
}
