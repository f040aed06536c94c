using System.CommandLine;
using SkillBadges.App.Definitions;
using SkillBadges.App.Moving;
using SkillBadges.Core;
using SkillBadges.Core.Definitions;

namespace SkillBadges.App.Commands;

/// <summary>
/// <c>export DIR</c>: the whole instance, for another engine or machine; <c>export --definitions DIR</c>: writes the current scales, badges and stacks as the files that
/// <c>import</c> reads.
/// </summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var options = new SettingsOptions();
        var target = new Argument<string?>("folder") { Description = "The folder for the whole instance: a new one, or that of an export that was interrupted.", Arity = ArgumentArity.ZeroOrOne };
        var folder = new Option<string?>("--definitions") { Description = "Writes definitions alone, to this folder, such as a checkout of badge-definitions; files of the same name are replaced." };
        var passphrase = new Option<string?>("--passphrase-file") { Description = $"For the whole instance: a file whose first line is the passphrase under which the keys travel, at least {ExportKeys.MinPassphrase} characters." };
        var command = new Command("export", "Writes a whole instance, or the current definitions as files, byte for byte what an import of them takes.") { target, folder, passphrase };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RefusalsAsExitCode.RunAsync(async () =>
        {
            if ((parsed.GetValue(target), parsed.GetValue(folder)) is not ((null, not null) or (not null, null)))
            {
                throw Refused.Invalid("export.what", "Say what to export: `export DIR` for the whole instance, or `export --definitions DIR`.");
            }

            if (parsed.GetValue(target) is { } whole)
            {
                return await MoveCommands.ExportAsync(options.Read(parsed), whole, parsed.GetValue(passphrase), cancellationToken);
            }

            var services = new ServiceCollection();
            await services.AddSkillBadgesAsync(options.Read(parsed), TimeProvider.System, cancellationToken);
            await using var provider = services.AddLogging().BuildServiceProvider();
            var written = await DefinitionFolder.WriteAsync(parsed.GetValue(folder)!, provider.GetRequiredService<DefinitionExport>().FilesAsync(cancellationToken), cancellationToken);
            Console.WriteLine($"{written.Changed} files written, {written.Same} as they were");
            return 0;
        }));
        return command;
    }
}
