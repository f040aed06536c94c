using System.CommandLine;
using SkillBadges.Core.Checking;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Commands;

/// <summary><c>check</c>: reads the whole store and says which invariant is broken. Exit code 0 when all hold, 1 when one does not, 2 when it could not be done.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var options = new SettingsOptions();
        var command = new Command("check", "Reads the whole store and says what is broken in it; changes nothing. Stop the server first.");
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RefusalsAsExitCode.RunAsync(() => RunAsync(options.Read(parsed), Console.Out, cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(Settings settings, TextWriter output, CancellationToken cancellationToken)
    {
        await using var store = await OpenedStore.OpenAsync(settings, TimeProvider.System, cancellationToken);
        await ImportProgressDocuments.RequireNoneAsync(store.Documents, cancellationToken);
        var report = await new StoreCheck(store.Documents, store.Whole, store.Files).RunAsync(cancellationToken);
        await output.WriteLineAsync($"{report.Documents} documents, {report.LedgerEntries} ledger entries, {report.Credentials} signed credentials, {report.Files} files.");
        foreach (var invariant in Enum.GetValues<Invariant>())
        {
            var found = report.Found.Where(broken => broken.Invariant == invariant).ToArray();
            await output.WriteLineAsync($"{invariant}: {(found.Length == 0 ? "holds" : $"broken in {found.Length} places")}");
            foreach (var broken in found)
            {
                await output.WriteLineAsync($"  {broken.Document}: {broken.What}");
            }
        }

        return report.Holds ? 0 : 1;
    }
}
