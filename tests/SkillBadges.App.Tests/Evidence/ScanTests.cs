using System.Net;
using SkillBadges.App.Evidence;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Evidence;

/// <summary>What is not found clean is read by nobody and not turned in, also when the scanner says nothing.</summary>
public sealed class ScanTests
{
    [Fact]
    public async Task A_clean_file_waits_while_the_scanner_is_down_and_then_is_read_and_turned_in()
    {
        await using var scanner = new ScannerStandIn();
        await using var app = await TestApp.StartAsync(settings => settings with { Clamd = scanner.Address });
        var (own, learner, id, item, client) = await UploadAsync(app, "All clean."u8.ToArray());
        var content = new Uri($"/api/submissions/{id}/evidence/{item}/content", UriKind.Relative);

        using var read = await learner.GetAsync(content);
        using var link = await learner.PostAsync($"/api/submissions/{id}/evidence/{item}/links", new { });
        using var submit = await learner.SendJsonAsync(HttpMethod.Post, $"/api/submissions/{id}/attempts", null);
        await read.RefusesAsync(503, "evidence.waiting-for-scan");
        await link.RefusesAsync(503, "evidence.waiting-for-scan");
        await submit.RefusesAsync(503, "evidence.waiting-for-scan");
        Assert.Equal(ScanState.Waiting, await client());

        scanner.Start();

        await UntilAsync(client, ScanState.Clean);
        using var now = await learner.GetAsync(content);
        using var turnedIn = await learner.SendJsonAsync(HttpMethod.Post, $"/api/submissions/{id}/attempts", null);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (now.StatusCode, turnedIn.StatusCode));
        Assert.NotNull(own);
    }

    [Fact]
    public async Task An_infected_file_leaves_the_draft_and_the_disk_and_is_named()
    {
        await using var scanner = new ScannerStandIn();
        scanner.Start();
        await using var app = await TestApp.StartAsync(settings => settings with { Clamd = scanner.Address });
        var file = System.Text.Encoding.ASCII.GetBytes($"Notes. {ScannerStandIn.Word}");

        var (own, learner, id, item, client) = await UploadAsync(app, file);

        await UntilAsync(client, ScanState.Infected);
        for (var tries = 0; tries < 100 && ((await own.StoredAsync(SubmissionId.From(id))).Document.Draft[0].Items.Any(one => one.Id == item) || Directory.EnumerateFiles(Path.Combine(app.Settings.DataFolder, "files"), Core.Sha256Digest.Of(file).Hex, SearchOption.AllDirectories).Any()); tries++)
        {
            await Task.Delay(50);
        }

        Assert.DoesNotContain((await own.StoredAsync(SubmissionId.From(id))).Document.Draft[0].Items, one => one.Id == item);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(app.Settings.DataFolder, "files"), Core.Sha256Digest.Of(file).Hex, SearchOption.AllDirectories));
        using var status = await learner.GetAsync(new Uri($"/api/uploads/{item}", UriKind.Relative));
        var upload = await status.ReadAsync<UploadView>();
        Assert.Equal(("evidence.infected", "Test-Signature"), (upload.RefusalCode, upload.RefusalReason));
        await UntilLoggedAsync(app, "Test-Signature", "It is not logged.");

        // The same bytes are known now.
        using var again = await learner.PostAsync(
            new Uri($"/api/submissions/{id}/files", UriKind.Relative), UploadForms.Good((await own.StoredAsync(SubmissionId.From(id))).Document.Draft[0].CompetencyId, "again.txt", file));
        await again.RefusesAsync(410, "evidence.infected");
    }

    [Theory]
    [InlineData("INSTREAM size limit exceeded. ERROR\0")]
    [InlineData("stream: OK")]
    [InlineData("OK\0")]
    [InlineData("")]
    public async Task An_answer_that_is_no_verdict_lets_nothing_through(string says)
    {
        await using var scanner = new ScannerStandIn { Says = says };
        scanner.Start();
        await using var app = await TestApp.StartAsync(settings => settings with { Clamd = scanner.Address });

        var (_, learner, id, item, client) = await UploadAsync(app, "All clean."u8.ToArray());
        for (var tries = 0; scanner.Scans == 0 && tries < 200; tries++)
        {
            await Task.Delay(50);
        }

        Assert.True(scanner.Scans > 0);
        Assert.Equal(ScanState.Waiting, await client());
        using var read = await learner.GetAsync(new Uri($"/api/submissions/{id}/evidence/{item}/content", UriKind.Relative));
        await read.RefusesAsync(503, "evidence.waiting-for-scan");
    }

    [Fact]
    public async Task A_scan_that_takes_longer_than_a_message_may_goes_on_once_and_other_messages_do_not_wait_for_it()
    {
        await using var scanner = new ScannerStandIn();
        var pause = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scanner.Pause = pause.Task;
        scanner.Start();
        await using var app = await TestApp.StartAsync(settings => settings with { Clamd = scanner.Address });
        var (own, learner, id, _, state) = await UploadAsync(app, "A long film."u8.ToArray());
        await scanner.HasBegun.Task.WaitAsync(TimeSpan.FromSeconds(20));

        // Whatever else is sent now is worked on, and be it to find that there is no such award.
        await app.Store.CommitAsync(new Changes().Send(new("another-message", IssuingTopics.Finish, "nobody", app.Clock.Now())), default);
        await UntilLoggedAsync(app, "another-message", "The other message waits for the scan.");

        Assert.Equal(ScanState.Waiting, await state());
        pause.SetResult();

        await UntilAsync(state, ScanState.Clean);
        Assert.Equal(1, scanner.Scans);
        Assert.NotNull(own);
        using var turnedIn = await learner.SendJsonAsync(HttpMethod.Post, $"/api/submissions/{id}/attempts", null);
        Assert.Equal(HttpStatusCode.OK, turnedIn.StatusCode);
    }

    private static async Task UntilLoggedAsync(TestApp app, string words, string otherwise)
    {
        for (var tries = 0; !app.Log.Lines.Any(line => line.Contains(words, StringComparison.Ordinal)); tries++)
        {
            Assert.True(tries < 400, otherwise);
            await Task.Delay(50);
        }
    }

    private static async Task UntilAsync(Func<Task<ScanState?>> state, ScanState wanted)
    {
        for (var tries = 0; await state() != wanted; tries++)
        {
            Assert.True(tries < 400, $"It is never {wanted}.");
            await Task.Delay(50);
        }
    }

    private static async Task<(TestDistrict Own, HttpClient Learner, string Submission, string Item, Func<Task<ScanState?>> State)> UploadAsync(TestApp app, byte[] file)
    {
        var own = new TestDistrict(app);
        await own.PopulateAsync();
        var learner = await own.LearnerAsync();

        // Texts alone: what was stored before there was a scanner would wait too.
        var id = await own.CompleteDraftAsync(learner.Person, "food-safety");
        var draft = (await own.StoredAsync(id)).Document;
        foreach (var (work, stored) in draft.Draft.SelectMany(work => work.Items.Where(item => item.Kind == Core.Definitions.EvidenceKind.File).Select(item => (work, item))))
        {
            using var removed = await learner.Client.DeleteAsync(new Uri($"/api/submissions/{id}/evidence/{work.CompetencyId}/{stored.Id}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, removed.StatusCode);
        }

        var tus = new TusClient(learner.Client);
        var address = await tus.BegunAsync(id.Value, draft.Draft[0].CompetencyId, file.Length, "notes.txt");
        using var sent = await tus.SendAsync(address, 0, file);
        Assert.Equal(HttpStatusCode.NoContent, sent.StatusCode);
        return (own, learner.Client, id.Value, address.Split('/')[^1], async () =>
        {
            using var status = await learner.Client.GetAsync(new Uri(address, UriKind.Relative));
            return (await status.ReadAsync<UploadView>()).Scan;
        });
    }
}
