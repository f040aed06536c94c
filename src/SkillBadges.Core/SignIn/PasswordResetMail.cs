using SkillBadges.Core.Notices;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.SignIn;

/// <summary>Writes the letter that <see cref="PasswordResetWorkflow.AskAsync"/> asks for, with a new link, if there is somebody to write to.</summary>
public sealed class PasswordResetMail(Commits commits, LetterWriting letters, TimeProvider clock)
{
    /// <param name="loginHash"><see cref="LoginName.HashOf"/> of what was typed.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    public Task WriteAsync(string loginHash, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var account = await commits.Store.FirstAsync(AccountDocuments.Kind, AccountDocuments.ByLoginName.Where(loginHash), attemptToken);
            var changes = new Changes();
            if (account is { Document.IsClosed: false } && Destination.TryParse(Channel.Mail, account.Document.LoginName) is { } to)
            {
                var now = clock.Now();
                var (link, secret) = PasswordResetWorkflow.NewLink(account.Document.Person, now);
                letters.WriteLink(changes.Require(AccountDocuments.Kind, account).Add(OneTimeLinkDocuments.Kind, link), to, LetterKind.PasswordReset, $"/reset-password/{secret}", now);
            }

            return new Outcome<bool>(changes, true, loginHash);
        },
        cancellationToken);
}
