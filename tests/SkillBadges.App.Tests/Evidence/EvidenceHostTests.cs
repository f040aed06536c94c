using System.Net;
using System.Net.Http.Headers;
using SkillBadges.App.Evidence;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Tests.Evidence.Content;

namespace SkillBadges.App.Tests.Evidence;

/// <summary>The host that shows evidence: no cookie, nothing else, for some minutes.</summary>
[Collection(DistrictCollection.Name)]
public sealed class EvidenceHostTests(TestDistrict district)
{
    private static readonly HttpClient Stranger = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    [Fact]
    public async Task A_picture_is_shown_from_another_host_where_nothing_can_run()
    {
        var (_, _, link) = await LinkAsync("photo.png", SampleFiles.Png());
        using var request = new HttpRequestMessage(HttpMethod.Get, link.Url);
        request.Headers.Add("Cookie", "skillbadges=stolen");

        using var answer = await Stranger.SendAsync(request);

        Assert.Equal(("127.0.0.1", "localhost"), (new Uri(link.Url).Host, district.App.BaseUrl.Host));
        Assert.Equal(SampleFiles.Png(), await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal((true, "image/png", "inline"), (link.IsInline, answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentDisposition?.DispositionType));
        Assert.Equal("sandbox; default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("cross-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.True(answer.Headers.CacheControl is { NoStore: true, Private: true });
        Assert.DoesNotContain(district.App.Log.Lines, line => line.Contains(new Uri(link.Url).AbsolutePath[20..60], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("report.pdf")]
    [InlineData("notes.txt")]
    [InlineData("essay.docx")]
    public async Task A_document_is_handed_out_to_be_kept(string fileName)
    {
        var (_, _, link) = await LinkAsync(fileName, fileName.EndsWith("pdf", StringComparison.Ordinal) ? SampleFiles.Pdf() : fileName.EndsWith("docx", StringComparison.Ordinal) ? SampleFiles.Docx() : "<b>not at the start</b>"u8.ToArray()[3..]);

        using var answer = await Stranger.GetAsync(new Uri(link.Url));

        Assert.Equal((false, "attachment", fileName), (link.IsInline, answer.Content.Headers.ContentDisposition?.DispositionType, answer.Content.Headers.ContentDisposition?.FileNameStar));
    }

    [Fact]
    public async Task A_film_is_given_in_parts()
    {
        var film = SampleFiles.Mp4();
        var (_, _, link) = await LinkAsync("film.mp4", film);
        using var request = new HttpRequestMessage(HttpMethod.Get, link.Url);
        request.Headers.Range = new RangeHeaderValue(10, 49);

        using var answer = await Stranger.SendAsync(request);

        Assert.Equal((HttpStatusCode.PartialContent, 40L, $"bytes 10-49/{film.Length}"), (answer.StatusCode, (await answer.Content.ReadAsByteArrayAsync()).LongLength, answer.Content.Headers.ContentRange?.ToString()));
    }

    [Theory]
    [InlineData("image/png", 2_000_000_000, 10)]
    [InlineData("application/pdf", 2_000_000_000, 10)]
    [InlineData("video/mp4", 0, 10)]
    [InlineData("video/mp4", 60_000_000, 30)]
    [InlineData("audio/mpeg", 4_800_000, 30)]
    [InlineData("video/mp4", 2_000_000_000, 360)]
    public void A_link_is_good_for_as_long_as_it_takes_to_see_or_hear_the_file(string mediaType, long bytes, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), EvidenceLinks.LifetimeOf(mediaType, bytes));

    [Fact]
    public async Task A_film_goes_on_playing_after_ten_minutes_unlike_a_photo_and_ends_when_it_can_have_been_seen()
    {
        await using var app = new TestApp();
        await app.InitializeAsync();
        var own = new TestDistrict(app);
        await own.PopulateAsync();
        var film = SampleFiles.Mp4(media: [.. "SAMPLE-0"u8, .. new byte[3_000_000]]);
        var (_, _, link) = await LinkAsync(own, "film.mp4", film);

        var (_, _, photo) = await LinkAsync(own, "photo.png", SampleFiles.Png());
        app.Clock.Advance(EvidenceLinks.Lifetime);
        using var expired = await Stranger.GetAsync(new Uri(photo.Url));
        using var later = await PartAsync(link.Url, 2_000_000);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        using var over = await PartAsync(link.Url, 2_500_000);

        Assert.Equal((HttpStatusCode.PartialContent, film.Length - 2_000_000L), (later.StatusCode, (await later.Content.ReadAsByteArrayAsync()).LongLength));
        await over.RefusesAsync(404, "evidence.link");
        await expired.RefusesAsync(404, "evidence.link");
        Assert.False(expired.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("another digest")]
    [InlineData("another type")]
    [InlineData("another signature")]
    [InlineData("no signature")]
    [InlineData("nothing")]
    [InlineData("a page of ours")]
    [InlineData("the api")]
    [InlineData("up and out")]
    public async Task Nothing_else_is_shown(string what)
    {
        var (_, _, link) = await LinkAsync("photo.png", SampleFiles.Png());
        var parts = new Uri(link.Url).AbsolutePath[EvidenceLinks.Prefix.Length..].Split('.');
        var text = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[0]));
        string With(string changed) => $"{EvidenceLinks.Prefix}{System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(changed))}.{parts[1]}";
        var path = what switch
        {
            "another digest" => With(text.Replace(text.Split('\n')[1], new string('a', 64), StringComparison.Ordinal)),
            "another type" => With(text.Replace("image/png", "text/html", StringComparison.Ordinal)),
            "another signature" => $"{EvidenceLinks.Prefix}{parts[0]}.{parts[1][..^2]}AA",
            "no signature" => $"{EvidenceLinks.Prefix}{parts[0]}",
            "nothing" => "/",
            "a page of ours" => "/sign-in",
            "the api" => "/api/badges",
            "up and out" => "/evidence/..%2f..%2fstore.db",
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };

        using var answer = await Stranger.GetAsync(new Uri(new Uri(link.Url), path));

        await answer.RefusesAsync(404, "evidence.link");
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_evidence_host_takes_nothing_and_the_apps_host_shows_nothing()
    {
        var (learner, item, link) = await LinkAsync("photo.png", SampleFiles.Png());

        using var post = await Stranger.PostAsync(new Uri(link.Url), null);
        using var there = await learner.Client.GetAsync(new Uri(new Uri(link.Url).AbsolutePath, UriKind.Relative));
        using var download = await learner.Client.GetAsync(new Uri(item, UriKind.Relative));

        await post.RefusesAsync(405, "request.method");
        Assert.Equal(HttpStatusCode.NotFound, there.StatusCode);
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition?.DispositionType);
    }

    [Fact]
    public async Task Erased_evidence_leaves_its_digest_who_when_and_why_and_its_bytes_go_with_the_last_who_refers()
    {
        await using var app = new TestApp();
        await app.InitializeAsync();
        var own = new TestDistrict(app);
        await own.PopulateAsync();
        var (learner, content, link) = await LinkAsync(own, "photo.png", SampleFiles.PngOf(3000));
        var id = SubmissionId.From(content.Split('/')[3]);
        var item = (await own.StoredAsync(id)).Document.Draft[0].Items[^1];
        using (var submit = await learner.Client.SendJsonAsync(HttpMethod.Post, $"/api/submissions/{id}/attempts", null))
        {
            Assert.Equal(HttpStatusCode.OK, submit.StatusCode);
        }

        var frozen = (await own.StoredAsync(id)).Document.LastAttempt!;
        app.Clock.Advance(TimeSpan.FromHours(2));
        using var registrar = await own.AsAsync(own.WestRegistrar);
        using var withoutReason = await registrar.PostAsync($"/api/submissions/{id}/evidence/{item.Id}/erasures", new { reason = " " });
        using var erased = await registrar.PostAsync($"/api/submissions/{id}/evidence/{item.Id}/erasures", new { reason = "The family asked for it." });
        using var again = await registrar.PostAsync($"/api/submissions/{id}/evidence/{item.Id}/erasures", new { reason = "Once more." });
        using var download = await registrar.GetAsync(new Uri(content, UriKind.Relative));

        await withoutReason.RefusesAsync(422, "evidence.erasure-reason");
        Assert.Equal(HttpStatusCode.OK, erased.StatusCode);
        await again.RefusesAsync(410, "evidence.erased");
        await download.RefusesAsync(410, "evidence.erased");
        var stored = (await own.StoredAsync(id)).Document;
        var trace = Assert.Single(stored.Erasures);
        Assert.Equal((item.Id, item.Digest, own.WestRegistrar, "The family asked for it."), (trace.ItemId, trace.Digest, trace.By, trace.Reason));
        var left = stored.LastAttempt!.Work.SelectMany(work => work.Items).Single(one => one.Id == item.Id);
        Assert.Equal((item.Digest, item.Bytes, null, "Erased", frozen.WorkDigest), (left.Digest, left.Bytes, left.FileName, left.Title, stored.LastAttempt.WorkDigest));
        var name = Path.Combine(app.Settings.DataFolder, "files", item.Digest.Hex[..2], item.Digest.Hex[2..4], item.Digest.Hex);
        for (var tries = 0; File.Exists(name) && tries < 100; tries++)
        {
            await Task.Delay(100);
        }

        Assert.False(File.Exists(name));
        Assert.NotNull(link);
    }

    private static async Task<HttpResponseMessage> PartAsync(string url, long from)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Range = new RangeHeaderValue(from, null);
        return await Stranger.SendAsync(request);
    }

    private Task<(TestLearner Learner, string Content, EvidenceLinkView Link)> LinkAsync(string fileName, byte[] file) => LinkAsync(district, fileName, file);

    private static async Task<(TestLearner Learner, string Content, EvidenceLinkView Link)> LinkAsync(TestDistrict district, string fileName, byte[] file)
    {
        var learner = await district.LearnerAsync();
        var id = await district.CompleteDraftAsync(learner.Person);
        var competency = (await district.StoredAsync(id)).Document.Draft[0].CompetencyId;
        using var added = await learner.Client.PostAsync(new Uri($"/api/submissions/{id}/files", UriKind.Relative), UploadForms.Good(competency, fileName, file));
        Assert.Equal(HttpStatusCode.OK, added.StatusCode);
        var item = (await district.StoredAsync(id)).Document.Draft[0].Items[^1];
        using var answer = await learner.Client.PostAsync($"/api/submissions/{id}/evidence/{item.Id}/links", new { });
        return (learner, $"/api/submissions/{id}/evidence/{item.Id}/content", await answer.ReadAsync<EvidenceLinkView>());
    }
}
