using System.CommandLine;
using System.Globalization;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Commands;

/// <summary><c>rebuild views</c>: makes what is stored beside the ledger, for reading classes quickly, anew from the ledger alone, and says how much of it was wrong.</summary>
internal static class RebuildCommand
{
    public static Command Create()
    {
        var options = new SettingsOptions();
        var views = new Command("views", "Compares every stored view with the ledger and mends what is missing, stray or different. Exit code 0, also when nothing was wrong.");
        options.AddTo(views);
        views.SetAction((parsed, cancellationToken) => RefusalsAsExitCode.RunAsync(async () =>
        {
            var services = new ServiceCollection();
            await services.AddSkillBadgesAsync(options.Read(parsed), TimeProvider.System, cancellationToken);
            await using var provider = services.BuildServiceProvider();
            var count = await new BadgeSheetRebuild(provider.GetRequiredService<Commits>()).RunAllAsync(cancellationToken);
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count.Learners} records looked at, {count.Mended} views mended"));
        }));
        return new("rebuild", "Makes projections anew from the ledger. Stop the server first, unless the documents are in PostgreSQL.") { views };
    }
}
