using SkillBadges.App.Jobs;
using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Issuing.Endorsements;

namespace SkillBadges.App.Definitions.CoAuthoring;

/// <summary>What serving needs for badges that several organizations write.</summary>
internal static class CoAuthoringSetup
{
    public static void AddCoAuthoring(this IServiceCollection services)
    {
        services.AddSingleton<ProvenanceReading>().AddSingleton<EndorsementReading>().AddSingleton<EndorsementIssuing>();
        services.AddSingleton<IOutboxHandler, SignerLetter>().AddSingleton<IOutboxHandler, EndorsementHandler>();
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<SignerInvitation>(CoAuthoringDocuments.Signers, CoAuthoringDocuments.SignersByExpiry));
    }
}
