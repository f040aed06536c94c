using SkillBadges.App.Definitions;
using SkillBadges.Core;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;
using SkillBadges.Core.SignIn;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Demo;

/// <summary>
/// Fills an empty data folder with the sample district: organizations, people, classes, an internship, 150 pieces of work that
/// wait for one teacher, and a few badges that were earned already.
/// </summary>
internal sealed class DemoSeed(
    Commits commits, DefinitionImportWorkflow import, IFileStore files, PasswordHashing hashing, InstanceAddress address, ReviewQueue queue, DecisionWorkflow decisions, TimeProvider clock)
{
    /// <summary>150 pieces of work wait: for each of these badges that of 75 students.</summary>
    public static readonly IReadOnlyList<string> PendingBadges = ["bookkeeping-cycle", "python-fundamentals"];

    /// <param name="pending">Badges for each of which 75 students have turned in work that waits for one teacher.</param>
    /// <param name="undoMinutes">How long decisions can be undone afterwards; those of the sample are signed at once.</param>
    /// <param name="cancellationToken">Leaves a half-filled folder behind.</param>
    /// <exception cref="RefusedException"><c>demo.definitions</c> when the definitions that come with the program are faulty.</exception>
    public async Task RunAsync(IReadOnlyList<string> pending, int undoMinutes, CancellationToken cancellationToken)
    {
        var people = new DemoPeople(commits.Store, hashing, address, clock);
        var submissions = new DemoSubmissions(people, commits.Store, files, queue, decisions, clock);
        var waiting = DemoSubmissions.PendingLearners * pending.Count;
        await ImportAsync(cancellationToken);
        await people.EnterAsync(cancellationToken);
        await submissions.TurnInAsync(pending, cancellationToken);
        await submissions.DecideSomeAsync(waiting, cancellationToken);
        await submissions.BeginAsync(waiting + 100, cancellationToken);
        await people.LetUndoAsync(undoMinutes, cancellationToken);
    }

    private async Task ImportAsync(CancellationToken cancellationToken)
    {
        var report = await import.ImportAsync(await DefinitionFolder.ReadAsync(DefinitionFolder.Shipped, cancellationToken), cancellationToken);
        if (!report.IsSound)
        {
            throw Refused.Invalid("demo.definitions", string.Join(Environment.NewLine, report.Files.SelectMany(file => file.Faults)));
        }
    }
}
