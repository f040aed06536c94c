using System.Diagnostics;
using System.Globalization;
using SkillBadges.Core;
using SkillBadges.Core.OneRoster.Importing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite;
using SkillBadges.Storage.Sqlite.Files;

namespace SkillBadges.Benchmarks.App;

/// <summary>How long a roster takes from the archive to the last class on SQLite, and how much memory; the goal is 650,000 learners and 3,000,000 enrollments in 15 minutes and 1 GB.</summary>
public static class RosterMeasures
{
    private const int GoalLearners = 650_000;
    private const int GoalEnrollments = 3_000_000;
    private const double GoalSeconds = 900;
    private const double GoalMegabytes = 1000;

    public static async Task RunAsync(int learners, int enrollments, TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("skillbadges-measure-").FullName;
        try
        {
            var zip = Path.Combine(folder, "pack.zip");
            var writer = new RosterPackWriter(learners, enrollments);
            writer.Write(zip);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{learners:N0} learners, {writer.Teachers:N0} teachers, {writer.Schools:N0} schools, {writer.Classes:N0} classes, {writer.Enrollments:N0} enrollments; archive {new FileInfo(zip).Length / 1e6:N0} MB"));
            using var store = SqliteStore.Open(Path.Combine(folder, "data"), AllDocumentKinds.OfCore, TimeProvider.System, CancellationToken.None);
            var seconds = await ImportAsync(store, folder, zip, output);
            using var self = Process.GetCurrentProcess();
            var (rows, peak) = (learners + writer.Enrollments, self.PeakWorkingSet64 / 1e6);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {rows / seconds:N0} learners and enrollments a second, {Environment.CpuUsage.TotalTime.TotalSeconds:N0} s of processor time; most memory {peak:N0} MB; store {new FileInfo(store.File).Length / 1e6:N0} MB"));
            var scale = (double)(GoalLearners + GoalEnrollments + (GoalEnrollments / 25)) / rows;
            await output.WriteLineAsync(scale > 1.01
                ? string.Create(CultureInfo.InvariantCulture, $"  in proportion, {GoalLearners:N0} learners and {GoalEnrollments:N0} enrollments would take {seconds * scale / 60:F1} min; an extrapolation: indexes grow deeper and caches do not, so the whole takes longer than that")
                : string.Create(CultureInfo.InvariantCulture, $"  goal {GoalSeconds / 60:F0} min and {GoalMegabytes:N0} MB: {(seconds < GoalSeconds && peak < GoalMegabytes ? "met" : "NOT met")}"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> ImportAsync(SqliteStore store, string folder, string zip, TextWriter output)
    {
        var (clock, files) = (TimeProvider.System, FolderPartialFiles.Open(Path.Combine(folder, "uploads")));
        var (commits, authority, address) = (new Commits(store, clock), new Authority(store, clock), InstanceAddress.Parse("http://localhost:5080"));
        var actor = new Actor(PersonId.From("state"));
        var office = Organization.Found(OrganizationId.From("office"), "office", "State Office", OrganizationKind.StateOffice, null);
        await store.CommitAsync(
            new Changes().Add(OrganizationDocuments.Kind, office).Add(MembershipDocuments.Kind, new(MembershipId.From("m"), actor.Person, office.Id, Role.StateAdmin, clock.Now())), CancellationToken.None);
        var workflow = new RosterImportWorkflow(commits, authority, files, address, clock);
        var start = Stopwatch.GetTimestamp();
        await using var pack = File.OpenRead(zip);
        var received = await workflow.ReceiveAsync(actor, new(office.Id, "sis", Founds: true, null), pack, _ => null, CancellationToken.None);
        var import = await workflow.CheckAsync(received.Id, CancellationToken.None);
        var looked = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await workflow.BeginAsync(actor, import.Id, null, CancellationToken.None);
        var applying = new RosterApply(commits, authority, files, address, clock).RunAsync(import.Id, CancellationToken.None);
        await TellAsync(store, import.Id, applying, output);
        if ((await applying).State != ImportState.Applied)
        {
            throw new InvalidOperationException($"The import ended as {(await applying).State} with {import.Faults} faults.");
        }

        var whole = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  looked through in {looked:F1} s, applied in {whole - looked:F1} s, together {whole:F1} s"));
        return whole;
    }

    // The time of each phase, as the import itself tells how far it is.
    private static async Task TellAsync(SqliteStore store, string id, Task applying, TextWriter output)
    {
        var (start, told) = (Stopwatch.GetTimestamp(), default(ImportPhase?));
        while (!applying.IsCompleted)
        {
            var import = (await store.FindAsync(RosterImportDocuments.Kind, id, CancellationToken.None))!.Document;
            var phase = import.Step < import.Steps ? ImportSteps.Of(import)[import.Step].Phase : told;
            if (phase != told)
            {
                using var self = Process.GetCurrentProcess();
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"    {Stopwatch.GetElapsedTime(start).TotalSeconds,7:F1} s  {phase}, {self.WorkingSet64 / 1e6:N0} MB"));
                told = phase;
            }

            await Task.WhenAny(applying, Task.Delay(250));
        }
    }
}
