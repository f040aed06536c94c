using System.CommandLine;
using SkillBadges.App.Definitions;
using SkillBadges.Core.Definitions;

namespace SkillBadges.App.Commands;

/// <summary><c>export --definitions DIR</c>: writes the current scales, badges and stacks as the files that <c>import</c> reads.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var options = new SettingsOptions();
        var folder = new Option<string>("--definitions") { Description = "The folder to write to, such as a checkout of badge-definitions; files of the same name are replaced.", Required = true };
        var command = new Command("export", "Writes the current definitions as files, byte for byte what an import of them takes.") { folder };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RefusalsAsExitCode.RunAsync(async () =>
        {
            var services = new ServiceCollection();
            await services.AddSkillBadgesAsync(options.Read(parsed), TimeProvider.System, cancellationToken);
            await using var provider = services.AddLogging().BuildServiceProvider();
            var written = await DefinitionFolder.WriteAsync(parsed.GetValue(folder)!, provider.GetRequiredService<DefinitionExport>().FilesAsync(cancellationToken), cancellationToken);
            Console.WriteLine($"{written.Changed} files written, {written.Same} as they were");
        }));
        return command;
    }
}
