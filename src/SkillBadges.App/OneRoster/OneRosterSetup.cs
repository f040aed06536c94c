using SkillBadges.App.Jobs;
using SkillBadges.Core.OneRoster.Clients;
using SkillBadges.Core.OneRoster.Importing;

namespace SkillBadges.App.OneRoster;

internal static class OneRosterSetup
{
    /// <summary>What commands use too.</summary>
    public static void AddOneRoster(this IServiceCollection services) => services.AddSingleton<RosterImportWorkflow>().AddSingleton<RosterApply>().AddSingleton<RosterClientWorkflow>().AddSingleton<RosterReading>().AddSingleton<RosterDayTurn>();

    /// <summary>What serving needs beside.</summary>
    public static void AddOneRosterJobs(this IServiceCollection services)
    {
        services.AddSingleton<IOutboxHandler, RosterRuns>().AddSingleton<RosterTokens>();
        services.AddHostedService<RosterDayWatch>();
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<RosterImport>(RosterImportDocuments.Kind, RosterImportDocuments.ByExpiry));
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<FaultPage>(RosterImportDocuments.Faults, RosterImportDocuments.FaultsByExpiry));
    }
}
