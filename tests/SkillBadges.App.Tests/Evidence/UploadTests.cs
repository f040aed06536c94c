using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.Evidence;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Evidence.Uploads;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Tests.Evidence.Content;

namespace SkillBadges.App.Tests.Evidence;

/// <summary>Files that arrive in parts, as tus 1.0.0 says.</summary>
[Collection(DistrictCollection.Name)]
public sealed class UploadTests(TestDistrict district)
{
    [Fact]
    public async Task A_file_in_three_parts_becomes_one_piece_of_proof_without_its_place()
    {
        var (learner, draft, client) = await BeginAsync();
        var photo = SampleFiles.Jpeg(SampleFiles.Exif(6));
        var address = await client.BegunAsync(draft.Id, draft.Draft[0].Competency, photo.Length, "coupon 3.jpg");

        foreach (var (from, to) in new[] { (0, 10), (10, 100), (100, photo.Length) })
        {
            Assert.Equal(from, await client.OffsetAsync(address));
            using var answer = await client.SendAsync(address, from, photo[from..to]);
            Assert.Equal((HttpStatusCode.NoContent, $"{to}"), (answer.StatusCode, Assert.Single(answer.Headers.GetValues("Upload-Offset"))));
            Assert.Equal("1.0.0", Assert.Single(answer.Headers.GetValues("Tus-Resumable")));
        }

        using var status = await learner.Client.GetAsync(new Uri(address, UriKind.Relative));
        var upload = await status.ReadAsync<UploadView>();
        var item = Assert.Single((await district.StoredAsync(SubmissionId.From(draft.Id))).Document.Draft[0].Items);
        Assert.Equal((UploadState.Kept, item.Id), (upload.State, upload.Evidence));
        Assert.Equal(("image/jpeg", "coupon 3.jpg", "Proof"), (item.MediaType, item.FileName, item.Title));
        var kept = await learner.Client.GetByteArrayAsync(new Uri($"/api/submissions/{draft.Id}/evidence/{item.Id}/content", UriKind.Relative));
        Assert.Equal((item.Digest, item.Bytes, -1), (Sha256Digest.Of(kept), (long)kept.Length, kept.AsSpan().IndexOf("122.3331"u8)));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(district.App.Settings.DataFolder, "uploads"), upload.Id));
    }

    [Fact]
    public async Task The_server_says_what_it_knows_of_the_protocol()
    {
        using var anyone = district.App.Anonymous();
        using var answer = await anyone.SendAsync(new(HttpMethod.Options, new Uri("/api/uploads", UriKind.Relative)));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(
            ["1.0.0", "1.0.0", $"{district.App.Settings.MaxFileBytes}", "creation,expiration,checksum,termination", "sha1,sha256"],
            new[] { "Tus-Resumable", "Tus-Version", "Tus-Max-Size", "Tus-Extension", "Tus-Checksum-Algorithm" }.Select(header => Assert.Single(answer.Headers.GetValues(header))));
    }

    public static TheoryData<string, int, string> Refusals => new()
    {
        { "no version", 412, "upload.protocol-version" }, { "another version", 412, "upload.protocol-version" }, { "another offset", 409, "upload.offset" }, { "no offset", 400, "upload.header" }, { "an offset below zero", 400, "upload.header" },
        { "another type", 415, "request.media-type" }, { "too many bytes", 413, "upload.too-long" }, { "an unknown checksum", 400, "upload.checksum-algorithm" }, { "a checksum that is none", 400, "upload.checksum-algorithm" }, { "a wrong checksum", 460, "upload.checksum" },
        { "another learner", 404, "upload.not-found" }, { "an unknown upload", 404, "upload.not-found" }, { "a path for an upload", 404, "request.no-such-address" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_part_that_does_not_fit_is_refused_and_nothing_of_it_counts(string what, int status, string code)
    {
        var (_, draft, client) = await BeginAsync();
        var address = await client.BegunAsync(draft.Id, draft.Draft[0].Competency, 100);
        var http = what == "another learner" ? (await district.LearnerAsync()).Client : await district.AsAsync((await district.StoredAsync(SubmissionId.From(draft.Id))).Document.Learner);
        using var request = new HttpRequestMessage(HttpMethod.Patch, new Uri(what switch { "an unknown upload" => "/api/uploads/no-such", "a path for an upload" => "/api/uploads/..%2f..%2fetc/passwd", _ => address }, UriKind.Relative));
        request.Content = new ByteArrayContent(new byte[what == "too many bytes" ? 101 : 50]);
        request.Content.Headers.ContentType = new(what == "another type" ? "application/octet-stream" : "application/offset+octet-stream");
        if (what != "no version")
        {
            request.Headers.Add("Tus-Resumable", what == "another version" ? "0.2.2" : "1.0.0");
        }

        if (what != "no offset")
        {
            request.Headers.Add("Upload-Offset", what == "another offset" ? "7" : what == "an offset below zero" ? "-1" : "0");
        }

        if (what.Contains("checksum", StringComparison.Ordinal))
        {
            request.Headers.Add("Upload-Checksum", what == "an unknown checksum" ? "md5 AAAA" : what == "a wrong checksum" ? "sha1 " + Convert.ToBase64String(new byte[20]) : "sha1 AAAA");
        }

        using var answer = await http.SendAsync(request);

        await answer.RefusesAsync(status, code);
        Assert.Equal(0, await client.OffsetAsync(address));
        Assert.Equal(1, (await district.StoredAsync(SubmissionId.From(draft.Id))).Version);
    }

    [Fact]
    public async Task A_right_checksum_counts()
    {
        var (_, draft, client) = await BeginAsync();
        var address = await client.BegunAsync(draft.Id, draft.Draft[0].Competency, 100);
        var bytes = RandomNumberGenerator.GetBytes(60);

        // FIPS 180-2 A.1.
        using var sha1 = await client.SendAsync(address, 0, "abc"u8.ToArray(), "sha1 " + Convert.ToBase64String(Convert.FromHexString("a9993e364706816aba3e25717850c26c9cd0d89d")));
        using var sha256 = await client.SendAsync(address, 3, bytes, "sha256 " + Convert.ToBase64String(SHA256.HashData(bytes)));

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (sha1.StatusCode, sha256.StatusCode));
        Assert.Equal(63, await client.OffsetAsync(address));
    }

    public static TheoryData<string, int, string> Beginnings => new()
    {
        { "no length", 400, "upload.header" }, { "no bytes", 422, "upload.length" }, { "a terabyte", 413, "upload.too-large" }, { "no metadata", 400, "upload.metadata" }, { "metadata that are no base64", 400, "upload.metadata" }, { "metadata twice", 400, "upload.metadata" }, { "metadata of its own", 400, "upload.metadata" },
        { "a path", 422, "evidence.file-name" }, { "no title", 422, "evidence.title" }, { "an unknown skill", 422, "definition.unknown-competency" }, { "an unknown option", 422, "evidence.unknown-option" }, { "an unknown context", 400, "upload.metadata" }, { "somebody's work", 404, "submission.not-found" }, { "a digest that is none", 400, "upload.metadata" },
    };

    [Theory]
    [MemberData(nameof(Beginnings))]
    public async Task What_would_be_refused_at_the_end_is_refused_at_the_beginning(string what, int status, string code)
    {
        var (learner, draft, _) = await BeginAsync();
        var other = what == "somebody's work" ? (await BeginAsync()).Draft.Id : draft.Id;
        using var request = TusClient.Request(HttpMethod.Post, "/api/uploads");
        if (what != "no length")
        {
            request.Headers.Add("Upload-Length", what == "no bytes" ? "0" : what == "a terabyte" ? "1099511627776" : "10");
        }

        (string, string)[] good = [("submission", other), ("competency", what == "an unknown skill" ? "no-such" : draft.Draft[0].Competency), ("filename", what == "a path" ? "../../etc/passwd" : "a.png")];
        var metadata = TusClient.Metadata([.. good, .. what == "no title" ? Array.Empty<(string, string)>() : [("title", "Proof")]]);
        request.Headers.Add("Upload-Metadata", what switch
        {
            "no metadata" => "",
            "metadata that are no base64" => metadata + ",option !!",
            "metadata twice" => metadata + ",title QUJD",
            "metadata of its own" => metadata + ",learner QUJD",
            "an unknown option" => metadata + "," + TusClient.Metadata(("option", "no-such")),
            "an unknown context" => metadata + "," + TusClient.Metadata(("context", "moon")),
            "a digest that is none" => metadata + "," + TusClient.Metadata(("sha256", "00")),
            _ => metadata,
        });

        using var answer = await learner.Client.SendAsync(request);

        await answer.RefusesAsync(status, code);
    }

    public static TheoryData<string, string> Files => new()
    {
        { "svg", "evidence.markup" }, { "jpeg with zip", "evidence.trailing-data" }, { "bomb", "evidence.bomb" }, { "huge picture", "evidence.image-too-large" }, { "program", "evidence.executable" }, { "macros", "evidence.macros" }, { "heic", "evidence.heic" }, { "pdf script", "evidence.pdf-active" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_that_is_not_taken_is_refused_with_its_reason_at_both_doors(string what, string code)
    {
        var (learner, draft, client) = await BeginAsync();
        var file = what switch
        {
            "svg" => "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(),
            "jpeg with zip" => SampleFiles.Jpeg(behind: SampleFiles.Zip(("a.txt", [1]))),
            "bomb" => [.. SampleFiles.PngSignature, .. SampleFiles.Header(1, 1), .. SampleFiles.Chunk("IDAT", SampleFiles.Zlib(new byte[5_000_000])), .. SampleFiles.Chunk("IEND", [])],
            "huge picture" => SampleFiles.Jpeg(width: 6000, height: 6000),
            "program" => [.. "MZ"u8, .. new byte[100]],
            "macros" => SampleFiles.Docx(("word/vbaProject.bin", [1])),
            "heic" => [.. SampleFiles.Ftyp("heic"), .. SampleFiles.Box("meta", new byte[4])],
            _ => SampleFiles.Pdf("1 0 obj <</S/JavaScript>> endobj\n"),
        };
        var address = await client.BegunAsync(draft.Id, draft.Draft[0].Competency, file.Length, "photo.png");

        using var last = await client.SendAsync(address, 0, file);
        using var form = await learner.Client.PostAsync(new Uri($"/api/submissions/{draft.Id}/files", UriKind.Relative), UploadForms.Good(draft.Draft[0].Competency, "photo.png", file));

        await last.RefusesAsync(422, code);
        await form.RefusesAsync(422, code);
        using var status = await learner.Client.GetAsync(new Uri(address, UriKind.Relative));
        Assert.Equal((UploadState.Refused, code), ((await status.ReadAsync<UploadView>()) is var upload ? upload.State : default, upload.RefusalCode));
        Assert.Equal(1, (await district.StoredAsync(SubmissionId.From(draft.Id))).Version);
        Assert.Equal(0, (await UsageAsync(learner)).Bytes);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(district.App.Settings.DataFolder, "uploads"), upload.Id));
    }

    [Fact]
    public async Task Finished_by_many_at_once_it_is_one_piece_of_proof()
    {
        var (_, draft, client) = await BeginAsync();
        var photo = SampleFiles.Png(200, 100);
        var address = await client.BegunAsync(draft.Id, draft.Draft[0].Competency, photo.Length, "a.png");
        using var first = await client.SendAsync(address, 0, photo[..^1]);
        var finish = district.App.Services.GetRequiredService<UploadFinish>();
        var id = UploadId.From(address.Split('/')[^1]);

        var last = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.SendAsync(address, photo.Length - 1, photo[^1..])));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => finish.FinishAsync(id, CancellationToken.None)));

        Assert.Contains(last, answer => answer.StatusCode == HttpStatusCode.NoContent);
        Assert.All(last, answer => Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.NoContent, HttpStatusCode.Conflict }));
        Assert.Equal(id.Value, Assert.Single((await district.StoredAsync(SubmissionId.From(draft.Id))).Document.Draft[0].Items).Id);
    }

    [Fact]
    public async Task Two_writers_at_once_do_not_mix_their_bytes()
    {
        var (_, draft, client) = await BeginAsync();
        var text = Enumerable.Repeat((byte)'a', 3_000_000).ToArray();
        var address = await client.BegunAsync(draft.Id, draft.Draft[0].Competency, text.Length, "a.txt");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.SendAsync(address, 0, text)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.NoContent);
        foreach (var lost in answers.Where(answer => answer.StatusCode != HttpStatusCode.NoContent))
        {
            Assert.True(lost.StatusCode == HttpStatusCode.Conflict, await lost.Content.ReadAsStringAsync());
        }

        Assert.Equal(Sha256Digest.Of(text), Assert.Single((await district.StoredAsync(SubmissionId.From(draft.Id))).Document.Draft[0].Items).Digest);
    }

    [Fact]
    public async Task The_room_of_a_student_is_never_overdrawn_however_many_begin_at_once()
    {
        await using var app = new TestApp();
        await app.InitializeAsync();
        var small = new TestDistrict(app);
        await small.PopulateAsync();
        var (set, room) = (await app.Store.FindAsync(OrganizationSettingsDocuments.Kind, small.West.Value, CancellationToken.None), new SettingValues { LearnerFileMegabytes = 1, OrganizationFileMegabytes = 3 });
        await app.Store.CommitAsync(set is null ? new Changes().Add(OrganizationSettingsDocuments.Kind, new(small.West, room)) : new Changes().Replace(OrganizationSettingsDocuments.Kind, set, new(small.West, room)), CancellationToken.None);
        var learners = new List<(TusClient Client, SubmissionView Draft)>();
        for (var i = 0; i < 4; i++)
        {
            var learner = await small.LearnerAsync();
            learners.Add((new(learner.Client), await small.DraftAsync(learner)));
        }

        // Twelve times 400,000 bytes: two for each student, seven for the school.
        var answers = await Task.WhenAll(learners.SelectMany(one => Enumerable.Range(0, 3).Select(_ => one.Client.BeginAsync(one.Draft.Id, one.Draft.Draft[0].Competency, 400_000, "a.png"))));

        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        var codes = await Task.WhenAll(answers.Where(answer => answer.StatusCode != HttpStatusCode.Created).Select(async answer => (await answer.Content.ReadAsStringAsync()).Contains("evidence.quota-", StringComparison.Ordinal)));
        Assert.All(codes, Assert.True);

        // What is given up makes room again.
        using var ended = await learners[0].Client.EndAsync(answers.First(answer => answer.StatusCode == HttpStatusCode.Created).Headers.Location!.ToString());
        var total = await app.Store.FindAsync(UsageDocuments.Totals, small.West.Value, CancellationToken.None);
        Assert.Equal((HttpStatusCode.NoContent, 6 * 400_000L), (ended.StatusCode, total!.Document.Bytes));
    }

    [Fact]
    public async Task An_upload_that_nobody_goes_on_with_expires_and_gives_its_room_back()
    {
        await using var app = new TestApp();
        await app.InitializeAsync();
        var own = new TestDistrict(app);
        await own.PopulateAsync();
        var learner = await own.LearnerAsync();
        var draft = await own.DraftAsync(learner);
        var client = new TusClient(learner.Client);
        var address = await client.BegunAsync(draft.Id, draft.Draft[0].Competency, 1000);
        using var part = await client.SendAsync(address, 0, new byte[500]);
        var uploads = app.Services.GetRequiredService<UploadWorkflow>();
        Assert.Equal(0, await uploads.RemoveExpiredAsync((_, _) => Task.FromResult(false), CancellationToken.None));
        var files = app.Services.GetRequiredService<IPartialFiles>();
        await files.OpenToWrite("rows", 0).DisposeAsync();

        app.Clock.Advance(Upload.Patience + TimeSpan.FromMinutes(1));

        Assert.Equal(1, await uploads.RemoveExpiredAsync((id, _) => Task.FromResult(id == "rows"), CancellationToken.None));
        Assert.Equal(["rows"], files.UntouchedSince(app.Clock.GetUtcNow()));
        Assert.Equal(0, await uploads.RemoveExpiredAsync((_, _) => Task.FromResult(false), CancellationToken.None));
        using var gone = await (new TusClient(await app.AsAsync(learner.Person))).AskAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(app.Settings.DataFolder, "uploads")));
        Assert.Equal(0, (await app.Store.FindAsync(UsageDocuments.Totals, own.West.Value, CancellationToken.None))!.Document.Bytes);
    }

    [Fact]
    public async Task What_is_taken_out_of_a_draft_makes_room_and_its_bytes_go_when_nothing_refers_to_them()
    {
        await using var app = new TestApp();
        await app.InitializeAsync();
        var own = new TestDistrict(app);
        await own.PopulateAsync();
        var (one, two) = (await own.LearnerAsync(), await own.LearnerAsync());
        var release = app.Services.GetRequiredService<ContentRelease>();
        var drafts = new List<(TestLearner Learner, SubmissionView Draft)> { (one, await own.DraftAsync(one)), (two, await own.DraftAsync(two)) };
        foreach (var (learner, draft) in drafts)
        {
            using var added = await learner.Client.PostAsync(new Uri($"/api/submissions/{draft.Id}/files", UriKind.Relative), UploadForms.Good(draft.Draft[0].Competency, "photo.png", SampleFiles.PngOf(5000)));
            Assert.Equal(HttpStatusCode.OK, added.StatusCode);
        }

        app.Clock.Advance(TimeSpan.FromHours(2));
        await TakeOutAsync(own, drafts[0]);
        Assert.Equal(0, await release.SweepAsync(CancellationToken.None));
        Assert.True(File.Exists(NameOf(app, SampleFiles.PngOf(5000))));
        await TakeOutAsync(own, drafts[1]);

        await Task.WhenAny(release.SweepAsync(CancellationToken.None), Task.Delay(10_000));
        Assert.False(File.Exists(NameOf(app, SampleFiles.PngOf(5000))));
        Assert.Equal(0, (await app.Store.FindAsync(UsageDocuments.Totals, own.West.Value, CancellationToken.None))!.Document.Bytes);

        // The pictures of badges are referred to by badges.
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(app.Settings.DataFolder, "files"), "*", SearchOption.AllDirectories));
    }

    private static async Task TakeOutAsync(TestDistrict own, (TestLearner Learner, SubmissionView Draft) work)
    {
        var item = Assert.Single((await own.StoredAsync(SubmissionId.From(work.Draft.Id))).Document.Draft[0].Items);
        using var client = await own.AsAsync(work.Learner.Person);
        using var answer = await client.DeleteAsync(new Uri($"/api/submissions/{work.Draft.Id}/evidence/{work.Draft.Draft[0].Competency}/{item.Id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static string NameOf(TestApp app, byte[] file)
    {
        var digest = Sha256Digest.Of(file).Hex;
        return Path.Combine(app.Settings.DataFolder, "files", digest[..2], digest[2..4], digest);
    }

    private async Task<UsageRecord> UsageAsync(TestLearner learner) =>
        (await district.Store.FindAsync(UsageDocuments.Records, $"{district.West.Value}.{learner.Person.Value}", CancellationToken.None))!.Document;

    private async Task<(TestLearner Learner, SubmissionView Draft, TusClient Client)> BeginAsync()
    {
        var learner = await district.LearnerAsync();
        return (learner, await district.DraftAsync(learner), new(learner.Client));
    }
}
