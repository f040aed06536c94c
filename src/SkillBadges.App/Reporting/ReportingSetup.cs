using SkillBadges.Core.Reporting.Checking;
using SkillBadges.Core.Reporting.Files;
using SkillBadges.Core.Reporting.Programs;
using SkillBadges.Core.Reporting.Teachers;
using SkillBadges.Core.Reporting.Yearly;

namespace SkillBadges.App.Reporting;

internal static class ReportingSetup
{
    /// <summary>What commands use too.</summary>
    public static void AddReporting(this IServiceCollection services) => services.AddSingleton<TeachersReading>().AddSingleton<TeachersWorkflow>()
        .AddSingleton<StateLayoutWorkflow>().AddSingleton<StateFileMaking>().AddSingleton<StateFileWorkflow>().AddSingleton<StateFileHandingOver>().AddSingleton<StateLayoutReading>().AddSingleton<StateFileChecking>()
        .AddSingleton<ProgramImports>().AddSingleton<ProgramReading>().AddSingleton<YearlyReportWorkflow>().AddSingleton<BadgeCountWorkflow>();

    /// <summary>What goes on beside requests.</summary>
    public static void AddReportingJobs(this IServiceCollection services) => services.AddHostedService<StateFileSweep>();

    /// <summary>Reports to the state, a line for each part.</summary>
    public static void MapReporting(this IEndpointRouteBuilder app)
    {
        app.MapTeachersOfRecord();
        app.MapStateLayouts();
        app.MapStateFiles();
        app.MapStateFileChecks();
        app.MapPrograms();
        app.MapYearlyReports();
    }
}
