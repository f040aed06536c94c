using System.CommandLine;
using SkillBadges.App.Definitions;
using SkillBadges.Core.Definitions;

namespace SkillBadges.App.Commands;

/// <summary><c>import DIR</c>: takes badge, stack and scale files into the catalogue; says line by line what is wrong with any.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var options = new SettingsOptions();
        var folder = new Argument<string>("folder") { Description = "The folder of definitions. Default: those that come with the program.", DefaultValueFactory = _ => DefinitionFolder.Shipped };
        var command = new Command("import", "Imports badge definitions; the same content again changes nothing, changed content makes a new version.") { folder };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RefusalsAsExitCode.RunAsync(async () =>
        {
            var files = await DefinitionFolder.ReadAsync(parsed.GetValue(folder)!, cancellationToken);
            var services = new ServiceCollection();
            await services.AddSkillBadgesAsync(options.Read(parsed), TimeProvider.System, cancellationToken);
            await using var provider = services.AddLogging().BuildServiceProvider();
            var report = await provider.GetRequiredService<DefinitionImportWorkflow>().ImportAsync(files, cancellationToken);
            foreach (var fault in report.Files.SelectMany(file => file.Faults))
            {
                await Console.Error.WriteLineAsync(fault.ToString());
            }

            Console.WriteLine(
                $"{report.Count(ImportOutcome.Published)} new or changed, {report.Count(ImportOutcome.Unchanged)} unchanged, {report.Count(ImportOutcome.Faulty)} faulty, {report.Count(ImportOutcome.Ignored)} ignored");
            return report.IsSound ? 0 : 1;
        }));
        return command;
    }
}
