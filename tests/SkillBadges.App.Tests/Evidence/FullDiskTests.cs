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
        var (district, learner, id, competency) = await DraftAsync(app);
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

    [Fact]
    public async Task A_broken_disk_is_said_to_be_one_and_what_was_received_is_kept_once_it_is_mended()
    {
        await using var app = new TestApp();
        var (district, learner, id, competency) = await DraftAsync(app);
        var tus = new TusClient(learner.Client);
        var photo = UploadForms.Png(1_000);
        var address = await tus.BegunAsync(id.Value, competency, photo.Length, "photo.png");
        var incoming = Path.Combine(app.Settings.DataFolder, "files", "incoming");
        Directory.Delete(incoming);
        await File.WriteAllTextAsync(incoming, "");

        using var form = await UploadAsync(learner.Client, id, competency, 2_000);
        using var last = await tus.SendAsync(address, 0, photo);

        await form.RefusesAsync(503, "file.store-failed");
        Assert.Equal(System.Net.HttpStatusCode.NoContent, last.StatusCode);
        Assert.Equal(1, (await district.StoredAsync(id)).Version);
        File.Delete(incoming);
        Directory.CreateDirectory(incoming);
        for (var tries = 0; (await district.StoredAsync(id)).Version == 1; tries++)
        {
            Assert.True(tries < 300, "It is never kept.");
            await Task.Delay(100);
        }

        Assert.Contains((await district.StoredAsync(id)).Document.Draft[0].Items, item => item.Bytes == 1_000);
    }

    internal static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static async Task<(TestDistrict District, TestLearner Learner, SubmissionId Id, string Competency)> DraftAsync(TestApp app)
    {
        await app.InitializeAsync();
        var district = new TestDistrict(app);
        await district.PopulateAsync();
        var learner = await district.LearnerAsync();
        var id = await district.CompleteDraftAsync(learner.Person);
        return (district, learner, id, (await district.StoredAsync(id)).Document.Draft[0].CompetencyId);
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
