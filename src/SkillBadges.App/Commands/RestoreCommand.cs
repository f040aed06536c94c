using System.CommandLine;
using SkillBadges.App.Checkpoints;
using SkillBadges.Core;
using SkillBadges.Core.Checking;

namespace SkillBadges.App.Commands;

/// <summary>
/// <c>restore</c>: compares the store with the checkpoints outside it, and says which chains had come further; <c>restore --accept</c> goes on from the store as it is. Exit code 0 when nothing is
/// missing or it was accepted, 1 when something is.
/// </summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var options = new SettingsOptions();
        var accept = new Option<bool>("--accept") { Description = "Goes on from the store as it is: its status lists are closed, so that no index is given twice." };
        var command = new Command("restore", "After a backup was put back: says what it lacks, and lets it be served.") { accept };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RefusalsAsExitCode.RunAsync(() => RunAsync(options.Read(parsed), parsed.GetValue(accept), cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(Settings settings, bool accept, CancellationToken cancellationToken)
    {
        var folder = new CheckpointFolder(settings.CheckpointFolder ?? throw Refused.Invalid("restore.no-checkpoints", "The setting checkpoints is none, so nothing outside tells how far the store had come."));
        var services = new ServiceCollection();
        await services.AddSkillBadgesAsync(settings, TimeProvider.System, cancellationToken);
        await using var provider = services.AddLogging().BuildServiceProvider();
        var workflow = provider.GetRequiredService<SignedCheckpoints>();
        var outside = await folder.ReadAsync(cancellationToken).Select(signed => signed.Read(null)!).ToArrayAsync(cancellationToken);
        if (outside is not [var furthest, ..])
        {
            throw Refused.Invalid("restore.no-checkpoints", "There is no checkpoint in the folder of the setting checkpoints.");
        }

        var behind = await workflow.BehindAsync(outside, cancellationToken);
        Console.WriteLine($"The furthest checkpoint is {furthest.Number} of {furthest.At:u}.");
        foreach (var (head, stored) in behind)
        {
            Console.WriteLine($"  chain {head.Chain}: entry {head.Sequence} was there; the store {(stored == head.Sequence ? "holds another" : $"ends at {stored}")}");
        }

        Console.WriteLine(behind.Count == 0 ? "Every chain has come as far as it had then." : $"{behind.Count} chains have not come as far as they had then.");
        if (!accept)
        {
            return behind.Count == 0 ? 0 : 1;
        }

        await foreach (var next in workflow.AcceptAsync(furthest, cancellationToken))
        {
            await folder.PutAsync(next, cancellationToken);
        }

        Console.WriteLine("Accepted: the status lists are closed and new ones begin; the server can start.");
        return 0;
    }
}
