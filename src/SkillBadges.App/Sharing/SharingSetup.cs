using SkillBadges.App.Jobs;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Sharing.Shares;

namespace SkillBadges.App.Sharing;

/// <summary>Registers what shows records to others.</summary>
internal static class SharingSetup
{
    public static void AddSharing(this IServiceCollection services)
    {
        services.AddSingleton<RightsReading>().AddSingleton<ConsentReading>().AddSingleton<ConsentWorkflow>().AddSingleton<PaperConsents>();
        services.AddSingleton<ShareGate>().AddSingleton<ShareWorkflow>().AddSingleton<ShareOpening>();
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<Share>(ShareDocuments.Kind, ShareDocuments.ByExpiry) { KeptFor = Share.KeptFor });
    }
}
