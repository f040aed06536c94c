using SkillBadges.App.Jobs;
using SkillBadges.App.Sharing.Credit;
using SkillBadges.Core.Sharing.Claims;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Sharing.Inspections;
using SkillBadges.Core.Sharing.Profiles;
using SkillBadges.Core.Sharing.Shares;
using SkillBadges.Core.Sharing.Statements;
using SkillBadges.Core.Sharing.Talent;
using SkillBadges.Core.Sharing.Transfers;
using SkillBadges.Core.Sharing.Transfers.Carried;
using SkillBadges.Core.Sharing.Transfers.Packs;
using SkillBadges.Core.Sharing.Transfers.Placing;

namespace SkillBadges.App.Sharing;

/// <summary>Registers what shows records to others.</summary>
internal static class SharingSetup
{
    public static void AddSharing(this IServiceCollection services)
    {
        services.AddSingleton<RightsReading>().AddSingleton<ConsentReading>().AddSingleton<ConsentWorkflow>().AddSingleton<PaperConsents>().AddSingleton<RightsWorkflow>();
        services.AddSingleton<ShareGate>().AddSingleton<ShareWorkflow>().AddSingleton<ShareOpening>();
        services.AddSingleton<ProfileAccess>().AddSingleton<ProfileWorkflow>();
        services.AddSingleton<StatementWorkflow>().AddSingleton<Inspection>();
        services.AddSingleton<PackMaking>().AddSingleton<PackCheck>().AddSingleton<TransferWorkflow>().AddSingleton<PackImport>().AddSingleton<CoursePlacements>();
        services.AddSingleton<CreditOffers>().AddSingleton<ClaimGrounds>().AddSingleton<ClaimAccess>().AddSingleton<ClaimApplicants>().AddSingleton<ClaimWorkflow>();
        services.AddSingleton<ClaimAnswering>().AddSingleton<ClaimOpening>().AddSingleton<ClaimDeadlines>().AddSingleton<ClaimFollowing>().AddSingleton<IOutboxHandler, ClaimDeadlineHandler>();
        services.AddSingleton<EmployerCheckWorkflow>().AddSingleton<TalentGround>().AddSingleton<TalentSearching>().AddSingleton<TalentContactWorkflow>();
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<TalentSearch>(TalentSearchDocuments.Kind, TalentSearchDocuments.ByTime) { KeptFor = TalentSearch.KeptFor });
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<TalentContact>(TalentContactDocuments.Kind, TalentContactDocuments.ByTime) { KeptFor = TalentContact.KeptFor });
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<TransferPack>(TransferPackDocuments.Kind, TransferPackDocuments.ByEnd));
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<Share>(ShareDocuments.Kind, ShareDocuments.ByExpiry) { KeptFor = Share.KeptFor });
    }
}
