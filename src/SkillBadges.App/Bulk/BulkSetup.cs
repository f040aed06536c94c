using SkillBadges.App.Jobs;
using SkillBadges.Core.Bulk;

namespace SkillBadges.App.Bulk;

internal static class BulkSetup
{
    public static void AddBulkJobs(this IServiceCollection services)
    {
        services.AddSingleton<BulkJobWorkflow>().AddSingleton<BulkWorks>().AddSingleton<IOutboxHandler, BulkRuns>();
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<BulkJob>(BulkJobDocuments.Kind, BulkJobDocuments.ByExpiry));
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<BulkPage>(BulkJobDocuments.Pages, BulkJobDocuments.PagesByExpiry));
    }
}
