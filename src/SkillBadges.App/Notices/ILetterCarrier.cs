using SkillBadges.Core.Notices;

namespace SkillBadges.App.Notices;

/// <summary>Takes letters of one channel out of the house.</summary>
internal interface ILetterCarrier
{
    Channel Channel { get; }

    /// <param name="letter">Its id makes a repetition recognizable.</param>
    /// <param name="content">To whom and what.</param>
    /// <param name="cancellationToken">Stops it; the letter is tried again.</param>
    /// <exception cref="UndeliveredException">It was not taken.</exception>
    Task CarryAsync(Letter letter, LetterContent content, CancellationToken cancellationToken);
}
