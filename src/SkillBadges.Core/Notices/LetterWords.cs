using System.Collections.Frozen;
using System.Globalization;

namespace SkillBadges.Core.Notices;

/// <summary>How a letter reads. <c>{0}</c> stands for a link, a code, or the sentences of notices.</summary>
/// <param name="Subject">Tells nothing about anyone: it is seen on locked screens and by every server on the way.</param>
/// <param name="Text">Names nobody either.</param>
/// <param name="AsMessage">As a text message; null for what is only ever mailed.</param>
public sealed record LetterText(string Subject, string Text, string? AsMessage = null);

/// <summary>The words of every kind of letter: the one table that a translation replaces.</summary>
public static class LetterWords
{
    private static readonly FrozenDictionary<LetterKind, LetterText> English = new Dictionary<LetterKind, LetterText>
    {
        [LetterKind.PasswordReset] = new(
            "Set a new password",
            "Someone, hopefully you, asked to set a new password.\n\n{0}\n\nThe link can be used once within an hour. If it was not you, nothing needs to be done."),
        [LetterKind.Invitation] = new(
            "An invitation",
            "You are invited to take part. The page behind this link says by whom, and as what.\n\n{0}\n\nThe link can be used once within 14 days. Please do not pass it on."),
        [LetterKind.Notice] = new("Something new for you", "{0}"),
        [LetterKind.Digest] = new("Your day in short", "{0}"),
        [LetterKind.PassLink] = new(
            "Your link for an internship",
            "A school asks you to look at what its student learns with you. No account is needed:\n\n{0}\n\nThe link works until the internship ends. On a new device you are asked for a code that is sent to this address. Please do not pass it on.",
            "A school asks you to look at what its student learns with you; no account is needed: {0}"),
        [LetterKind.Code] = new(
            "Your code",
            "Your code is {0}. It holds for 10 minutes.\n\nIf you did not ask for it, nothing needs to be done. Nobody from a school will ask you for it.",
            "Your code is {0}. It holds for 10 minutes. Nobody from a school will ask you for it."),
        [LetterKind.SignOffLink] = new(
            "A badge waits for your organization",
            "A badge waits for the approval of your organization. No account is needed:\n\n{0}\n\nPlease do not pass the link on.",
            "A badge waits for the approval of your organization; no account is needed: {0}"),
        [LetterKind.MentorLink] = new(
            "What did you see?",
            "A student asks you to say what you saw of their work. It takes a minute and no account:\n\n{0}\n\nThe link works for 30 days, until you answer. If you do not know the student, nothing needs to be done.",
            "A student asks you to say what you saw of their work; no account is needed: {0}"),
    }.ToFrozenDictionary();

    public static LetterText Of(LetterKind kind) => English[kind];

    /// <summary>What goes out.</summary>
    public static LetterContent Compose(LetterKind kind, Destination to, string filling)
    {
        var words = Of(kind);
        var form = to.Channel == Channel.Text ? words.AsMessage ?? words.Text : words.Text;
        return new(to, words.Subject, string.Format(CultureInfo.InvariantCulture, form, filling));
    }
}
