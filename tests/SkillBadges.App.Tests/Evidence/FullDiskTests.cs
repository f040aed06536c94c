using System.Diagnostics;
using SkillBadges.App.Evidence;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Evidence;

namespace SkillBadges.App.Tests.Evidence;

/// <summary>A disk for files that is really full: a small file system in memory, mounted where the files go.</summary>
public sealed class FullDiskTests
{
    [MountFact]
    public async Task A_full_disk_refuses_a_file_and_the_draft_is_whole()
    {
        await using var app = new TestApp();
        await app.InitializeAsync();
        var district = new TestDistrict(app);
        await district.PopulateAsync();
        var learner = await district.LearnerAsync();
        var id = await district.CompleteDraftAsync(learner.Person);
        var competency = (await district.StoredAsync(id)).Document.Draft[0].CompetencyId;
        var files = Path.Combine(app.Settings.DataFolder, "files");
        Assert.Equal(0, await RunAsync("mount", "-t", "tmpfs", "-o", "size=256k", "none", files));
        try
        {
            Directory.CreateDirectory(Path.Combine(files, "incoming"));

            using var refused = await UploadAsync(learner.Client, id, competency, 400_000);

            await refused.RefusesAsync(503, "file.store-full");
            Assert.Equal(1, (await district.StoredAsync(id)).Version);
            Assert.Empty(Directory.EnumerateFiles(Path.Combine(files, "incoming")));

            // What was half written is gone, so a smaller file still fits.
            using var fits = await UploadAsync(learner.Client, id, competency, 1_000);
            Assert.Contains((await fits.ReadAsync<SubmissionView>()).Draft[0].Evidence, item => item.Bytes == 1_000);
        }
        finally
        {
            await RunAsync("umount", "-l", files);
        }
    }

    internal static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static Task<HttpResponseMessage> UploadAsync(HttpClient client, SubmissionId id, string competency, int length) =>
        client.PostAsync(new Uri($"/api/submissions/{id}/files", UriKind.Relative), UploadForms.Good(competency, "photo.png", UploadForms.Png(length)));
}

/// <summary>Runs where file systems may be mounted; elsewhere the storage tests show a full disk in a namespace of their own.</summary>
internal sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute() => Skip = WhyNot.Value;

    private static readonly Lazy<string?> WhyNot = new(() =>
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return "Only root mounts a file system.";
        }

        var folder = Directory.CreateTempSubdirectory("skillbadges-mount-").FullName;
        try
        {
            using var mount = Process.Start(new ProcessStartInfo("mount", ["-t", "tmpfs", "-o", "size=64k", "none", folder]) { RedirectStandardError = true })!;
            mount.WaitForExit();
            if (mount.ExitCode != 0)
            {
                return "This system lets nobody mount a file system.";
            }

            using var back = Process.Start("umount", folder)!;
            back.WaitForExit();
            return null;
        }
        finally
        {
            Directory.Delete(folder);
        }
    });
}
