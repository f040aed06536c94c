using SkillBadges.App.Jobs;
using SkillBadges.Core.Definitions.CoAuthoring;

namespace SkillBadges.App.Definitions.CoAuthoring;

/// <summary>What serving needs for badges that several organizations write.</summary>
internal static class CoAuthoringSetup
{
    public static void AddCoAuthoring(this IServiceCollection services)
    {
        services.AddSingleton<ProvenanceReading>();
        services.AddSingleton<IOutboxHandler, SignerLetter>();
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<SignerInvitation>(CoAuthoringDocuments.Signers, CoAuthoringDocuments.SignersByExpiry));
    }
}
