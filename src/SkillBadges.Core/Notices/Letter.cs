namespace SkillBadges.Core.Notices;

public enum LetterState
{
    Waiting,
    Sent,

    /// <summary>It could not be delivered, and is not tried again.</summary>
    Dead,
}

/// <summary>What a letter says, and to whom; kept sealed, since it may hold a link's secret, and only while it waits.</summary>
public sealed record LetterContent(Destination To, string Subject, string Text);

/// <summary>A letter on its way. Its id becomes its Message-ID, so that who receives it twice can tell.</summary>
public sealed record Letter(string Id, LetterKind Kind, Channel Channel, DateTimeOffset At)
{
    /// <summary>Tries within about an hour; see the outbox for the pauses between them.</summary>
    public const int MaxAttempts = 12;

    /// <summary>For how long the administrator sees what became of it.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>A <see cref="LetterContent"/>; null once the letter is sent or dead.</summary>
    public string? SealedContent { get; init; }

    public LetterState State { get; init; }

    public int Attempts { get; init; }

    /// <summary>Why the last try failed: a word of ours, never what a server answered.</summary>
    public string? Fault { get; init; }

    public DateTimeOffset ExpiresAt => At + Kept;

    public string Purpose => $"letter:{Id}";

    public Letter Delivered() => this with { State = LetterState.Sent, Attempts = Attempts + 1, Fault = null, SealedContent = null };

    /// <param name="fault">A word.</param>
    /// <param name="isFinal">Whether trying again is of no use.</param>
    public Letter Failed(string fault, bool isFinal)
    {
        var tried = this with { Attempts = Attempts + 1, Fault = fault };
        return isFinal || tried.Attempts >= MaxAttempts ? tried with { State = LetterState.Dead, SealedContent = null } : tried;
    }
}
