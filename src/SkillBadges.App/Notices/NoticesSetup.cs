using SkillBadges.App.Jobs;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Notices;

internal static class NoticesSetup
{
    /// <summary>Handlers, carriers as the settings say, and what expires.</summary>
    public static void AddNotices(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton<IOutboxHandler, SendLetter>().AddSingleton<IOutboxHandler, RouteNotice>().AddSingleton<IOutboxHandler, WriteDigest>().AddSingleton<IOutboxHandler, WritePasswordReset>();
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<Notice>(NoticeDocuments.Kind, NoticeDocuments.ByAge) { KeptFor = settings.NoticesKeptFor });
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<Letter>(LetterDocuments.Kind, LetterDocuments.ByExpiry));
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<Digest>(DigestDocuments.Kind, DigestDocuments.ByExpiry));
        services.AddSingleton<Carriers>();
        if (settings.Mail.Host is not null)
        {
            services.AddSingleton<ILetterCarrier, SmtpCarrier>();
        }
        else if (settings.MailFolder is { } folder)
        {
            services.AddSingleton<ILetterCarrier>(found => new FolderCarrier(Channel.Mail, folder, settings, found.GetRequiredService<InstanceAddress>()));
        }

        if (settings.Texts is not null)
        {
            services.AddSingleton<ILetterCarrier, TextGateway>();
        }
        else if (settings.MailFolder is { } folder)
        {
            services.AddSingleton<ILetterCarrier>(found => new FolderCarrier(Channel.Text, folder, settings, found.GetRequiredService<InstanceAddress>()));
        }
    }
}
