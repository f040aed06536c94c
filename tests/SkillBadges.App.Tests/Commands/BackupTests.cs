using System.Text.Json.Nodes;
using SkillBadges.App.Demo;
using SkillBadges.App.Tests.Faults;
using SkillBadges.Core;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Ledger;
using SkillBadges.Storage.Sqlite;

namespace SkillBadges.App.Tests.Commands;

/// <summary>A backup that is made while the server decides on work is a data folder on which another server starts.</summary>
public sealed class BackupTests : IDisposable
{
    private const string Badge = "customer-service";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("skillbadges-backup-");

    private string Data => Path.Combine(folder.FullName, "data");

    private string Copy => Path.Combine(folder.FullName, "copy");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_server_that_starts_on_a_backup_has_every_decision_credential_and_file_that_was_confirmed_before_it()
    {
        using var server = new ServerProcess(Data);
        await server.StartAsync();
        await server.SignAtOnceAsync();
        var (submission, award, evidence) = await EarnAsync(server);
        byte[] credential;
        byte[] file;
        JsonNode work;
        using (var leo = server.Visitor())
        {
            await leo.SignInAsync("leo", default);
            credential = await leo.BytesAsync($"/api/awards/{award}/credential?form=eddsa-rdfc-2022", default);
            file = await leo.BytesAsync(evidence, default);
            work = await leo.FetchAsync($"/api/submissions/{submission}", default);
        }

        var made = await ProgramProcess.RunAsync("backup", Copy, "--data", Data);
        Assert.True(made.ExitCode == 0, made.Errors);
        var late = await ApproveWaitingAsync(server, 1);
        await server.KillAsync();
        Directory.Move(Data, $"{Data}.lost");

        // The same address and the same key file: what stands in credentials is made from the one, sealed with the other.
        Directory.Move(Copy, Data);
        Assert.Empty(await ChainFaultsAsync(submission));
        await File.WriteAllTextAsync(Path.Combine(Data, "this-is-demo-data"), "");
        await server.StartAsync();

        using var again = server.Visitor();
        await again.SignInAsync("leo", default);
        Assert.Equal(credential, await again.BytesAsync($"/api/awards/{award}/credential?form=eddsa-rdfc-2022", default));
        Assert.Equal(file, await again.BytesAsync(evidence, default));
        Assert.Equal(work.ToJsonString(), (await again.FetchAsync($"/api/submissions/{submission}", default)).ToJsonString());
        Assert.Equal("valid", await again.VerdictAsync(credential, default));

        // What came after the backup is not in it, and the restored server goes on.
        using var teacher = server.Visitor();
        await teacher.SignInAsync("ms.rivera", default);
        Assert.Equal("submitted", (await teacher.FetchAsync($"/api/submissions/{late[0]}", default))["state"]!.GetValue<string>());
        Assert.Equal(late, await ApproveWaitingAsync(server, 1));
    }

    [Theory]
    [InlineData("copy", "backup.exists")]
    [InlineData("data/copy", "backup.inside-data")]
    public async Task A_backup_goes_where_nothing_is_and_not_into_the_data(string target, string code)
    {
        SqliteStore.Open(Data, AllDocumentKinds.OfCore, TimeProvider.System, default).Dispose();
        Directory.CreateDirectory(Copy);

        var refused = await ProgramInside.RunAsync("backup", Path.Combine(folder.FullName, target), "--data", Data);

        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith($"{code}:", refused.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Copy));
        Assert.Equal(["copy", "data"], folder.EnumerateFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Where_there_is_no_data_nothing_is_made()
    {
        var refused = await ProgramInside.RunAsync("backup", Copy, "--data", Data);

        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith("backup.no-data:", refused.Errors, StringComparison.Ordinal);
        Assert.Empty(folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task A_file_that_the_disk_changed_is_named_and_the_rest_is_copied()
    {
        SqliteStore.Open(Data, AllDocumentKinds.OfCore, TimeProvider.System, default).Dispose();
        var (sound, damaged) = (Sha256Digest.Of("sound"u8).Hex, Sha256Digest.Of("damaged"u8).Hex);
        await PutAsync(sound, "sound");
        await PutAsync(damaged, "changed");

        var made = await ProgramInside.RunAsync("backup", Copy, "--data", Data);

        Assert.Equal(1, made.ExitCode);
        Assert.Contains($"file.corrupt: {damaged}", made.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(sound, made.Errors, StringComparison.Ordinal);
        Assert.Equal("sound", await File.ReadAllTextAsync(Path.Combine(Copy, "files", sound[..2], sound[2..4], sound)));
        Assert.Equal("changed", await File.ReadAllTextAsync(Path.Combine(Copy, "files", damaged[..2], damaged[2..4], damaged)));
    }

    private async Task PutAsync(string digest, string content)
    {
        var place = Path.Combine(Data, "files", digest[..2], digest[2..4]);
        Directory.CreateDirectory(place);
        await File.WriteAllTextAsync(Path.Combine(place, digest), content);
    }

    // Leo turns in work with a file, his supervisor approves it, and the badge is signed.
    private static async Task<(string Submission, string Award, string Evidence)> EarnAsync(ServerProcess server)
    {
        using var leo = server.Visitor();
        using var carter = server.Visitor();
        await leo.SignInAsync("leo", default);
        await carter.SignInAsync("sam.carter", default);
        var school = (await leo.FetchAsync("/api/me", default))["memberships"]![0]!["organizationId"]!.GetValue<string>();
        var started = await leo.PostAsync("/api/submissions", new() { ["organization"] = school, ["badge"] = Badge }, default);
        var id = started["id"]!.GetValue<string>();
        foreach (var skill in started["draft"]!.AsArray().Select(work => work!["competency"]!.GetValue<string>()))
        {
            await leo.UploadAsync($"/api/submissions/{id}/files", new Dictionary<string, string> { ["competency"] = skill, ["title"] = "Photo" }, "photo.png", DemoPicture.Of(7), default);
        }

        await leo.PostAsync($"/api/submissions/{id}/attempts", null, default);
        var decided = await carter.PostAsync($"/api/submissions/{id}/decisions", new() { ["attempt"] = 1, ["outcome"] = "approved" }, default);
        var item = (await leo.FetchAsync($"/api/submissions/{id}", default))["attempts"]![0]!["work"]![0]!["evidence"]![0]!["id"]!.GetValue<string>();
        return (id, decided["award"]!["id"]!.GetValue<string>(), $"/api/submissions/{id}/evidence/{item}/content");
    }

    private static async Task<IReadOnlyList<string>> ApproveWaitingAsync(ServerProcess server, int count)
    {
        using var teacher = server.Visitor();
        await teacher.SignInAsync("ms.rivera", default);
        var page = await teacher.FetchAsync("/api/review-tasks?limit=200", default);
        var approved = page["items"]!.AsArray().Select(item => item!["submission"]!.GetValue<string>()).Order(StringComparer.Ordinal).Take(count).ToList();
        foreach (var submission in approved)
        {
            await teacher.PostAsync($"/api/submissions/{submission}/decisions", new() { ["attempt"] = 1, ["outcome"] = "approved" }, default);
        }

        return approved;
    }

    private async Task<IReadOnlyList<ChainFault>> ChainFaultsAsync(string submission)
    {
        using var store = SqliteStore.Open(Data, AllDocumentKinds.OfCore, TimeProvider.System, default);
        var work = (await store.FindAsync(SubmissionDocuments.Kind, submission, default))!.Document;
        var chain = await store.QueryAsync(LedgerDocuments.Kind, LedgerDocuments.ChainOf(work.Organization, work.Learner).Take(1000), default);
        Assert.NotEmpty(chain.Documents);
        return LedgerChain.Check(chain.Documents);
    }
}
