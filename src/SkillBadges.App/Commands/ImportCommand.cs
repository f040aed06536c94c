using System.CommandLine;
using SkillBadges.App.Definitions;
using SkillBadges.App.Moving;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Frameworks;

namespace SkillBadges.App.Commands;

/// <summary>
/// <c>import DIR</c>: takes badge, stack, scale and profile files into the catalogue; <c>import FILE</c>: takes in a competency framework as a CASE package.
/// Both say line by line what is wrong. <c>import DIR</c> of what <c>export DIR</c> wrote takes a whole instance into an empty store.
/// </summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var options = new SettingsOptions();
        var folder = new Argument<string>("folder") { Description = "The folder of an export or of definitions, or the file of a CASE package. Default: the definitions that come with the program.", DefaultValueFactory = _ => DefinitionFolder.Shipped };
        var command = new Command("import", "Imports a whole instance, badge definitions or a competency framework; the same content again changes nothing, changed content makes a new version.") { folder };
        command.Add(ImportOneRosterCommand.Create());
        options.AddTo(command);
        var strict = new Option<bool>("--strict") { Description = "Keeps out badges whose words have findings (no observable verb, condition, measure or framework); they are told in any case." };
        command.Add(strict);
        var passphrase = new Option<string?>("--passphrase-file") { Description = "For a whole instance: a file whose first line is the passphrase of the export." };
        var check = new Option<bool>("--check") { Description = "For a whole instance: reads every byte of the export and imports nothing." };
        command.Add(passphrase);
        command.Add(check);
        command.SetAction((parsed, cancellationToken) => RefusalsAsExitCode.RunAsync(async () =>
        {
            var source = parsed.GetValue(folder)!;
            if (ExportFolder.IsOne(source))
            {
                return await MoveCommands.ImportAsync(options.Read(parsed), source, parsed.GetValue(passphrase), parsed.GetValue(check), cancellationToken);
            }

            var files = File.Exists(source) ? [] : await DefinitionFolder.ReadAsync(source, cancellationToken);
            var services = new ServiceCollection();
            await services.AddSkillBadgesAsync(options.Read(parsed), TimeProvider.System, cancellationToken);
            await using var provider = services.AddLogging().BuildServiceProvider();
            if (File.Exists(source))
            {
                return await ImportFrameworkAsync(provider.GetRequiredService<FrameworkWorkflow>(), source, cancellationToken);
            }

            var report = await provider.GetRequiredService<DefinitionImportWorkflow>().ImportAsync(files, parsed.GetValue(strict), cancellationToken);
            foreach (var fault in report.Files.SelectMany(file => file.Faults))
            {
                await Console.Error.WriteLineAsync(fault.ToString());
            }

            foreach (var (path, finding) in report.Files.SelectMany(file => file.Findings.Select(finding => (file.Path, finding))))
            {
                Console.WriteLine($"{path}: {finding.Code}: {finding.Reason} {finding.Advice} [{finding.Path}]");
            }

            Console.WriteLine(
                $"{report.Count(ImportOutcome.Published)} new or changed, {report.Count(ImportOutcome.Unchanged)} unchanged, {report.Count(ImportOutcome.Faulty)} faulty, {report.Count(ImportOutcome.Ignored)} ignored");
            return report.IsSound ? 0 : 1;
        }));
        return command;
    }

    private static async Task<int> ImportFrameworkAsync(FrameworkWorkflow workflow, string path, CancellationToken cancellationToken)
    {
        var import = await workflow.ImportAsync(Path.GetFileName(path), await DefinitionFolder.HeadAsync(path, CaseFile.MaxBytes + 1, cancellationToken), cancellationToken);
        foreach (var fault in import.Faults)
        {
            await Console.Error.WriteLineAsync(fault.ToString());
        }

        if (import.Published is not { } published)
        {
            return 1;
        }

        Console.WriteLine($"{published.Framework.Title}: {(published.IsNew ? "revision" : "unchanged, revision")} {published.Framework.Revision}, {published.Framework.Items} items, {published.Framework.Associations} associations");
        return 0;
    }
}
