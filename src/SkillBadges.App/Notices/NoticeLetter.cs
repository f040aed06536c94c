using SkillBadges.App.Jobs;
using SkillBadges.App.SignIn;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Notices;

/// <summary>Writes a letter about a notice, if its person can be written to and has not read it by now.</summary>
internal sealed class NoticeLetter(IDocumentStore store, InstanceAddress address, Settings settings) : IOutboxHandler
{
    public string Topic => Notifying.Topic;

    public async Task HandleAsync(string subject, CancellationToken cancellationToken)
    {
        if (settings.MailFolder is not { } folder
            || await store.FindAsync(NoticeDocuments.Kind, subject, cancellationToken) is not { Document: { ReadAt: null } notice }
            || await store.FindAsync(AccountDocuments.Kind, notice.Person.Value, cancellationToken) is not { Document: { IsClosed: false } account }
            || !LoginName.Parse(account.LoginName).IsMailAddress)
        {
            return;
        }

        await Letters.PutAsync(folder, account.LoginName, "Something new for you", $"""
            {NoticeWords.Of(notice.Kind)}

            {address.Link("/notices")}
            """, cancellationToken);
    }
}
