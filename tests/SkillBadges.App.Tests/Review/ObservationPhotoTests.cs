using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.Evidence;
using SkillBadges.App.Review;
using SkillBadges.App.Tests.Evidence;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Evidence.Uploads;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Tests.Evidence.Content;

namespace SkillBadges.App.Tests.Review;

/// <summary>Photos that assessors take of what they see.</summary>
[Collection(DistrictCollection.Name)]
public sealed class ObservationPhotoTests(TestDistrict district)
{
    private string Skill => district.Definition.Competencies[0].Id;

    [Fact]
    public async Task A_photo_is_frozen_without_its_place_seen_by_learner_and_staff_and_erased_by_the_office()
    {
        using var teacher = await district.AsAsync(district.Teacher);
        var learner = await district.LearnerAsync();
        var photo = await UploadAsync(teacher, SampleFiles.Jpeg(SampleFiles.Exif(6)));
        var seen = await SeeAsync(teacher, learner, photo);
        Assert.Equal((ObservationOutcome.Recorded, null), (seen.Outcome, seen.Code));

        var bytes = await BytesAsync(learner.Client, seen.Observation!, photo);
        var stored = (await district.Store.GetAsync(ObservationDocuments.Kind, seen.Observation!, "observation", default)).Document;
        Assert.Equal((-1, Core.Sha256Digest.Of(bytes)), (bytes.AsSpan().IndexOf("122.3331"u8), stored.Photos[0].Digest));
        Assert.Equal(bytes, await BytesAsync(teacher, seen.Observation!, photo));
        var entry = Assert.Single((await district.Store.QueryAsync(LedgerDocuments.Kind, LedgerDocuments.ByDecision.Where(seen.Observation!).Take(5), default)).Documents);
        Assert.Contains(entry.Facts.Evidence, evidence => evidence.Sha256 == stored.Photos[0].Digest && evidence.MediaType == "image/jpeg");
        using var stranger = (await district.LearnerAsync()).Client;
        using (var no = await stranger.PostAsync(Links(seen.Observation!, photo), new { }))
        {
            await no.RefusesAsync(404, "observation.not-found");
        }

        using var registrar = await district.AsAsync(district.WestRegistrar);
        var erasures = $"/api/observations/{seen.Observation}/photos/{photo}/erasures";
        using (var byTeacher = await teacher.PostAsync(erasures, new { reason = "Mine." }))
        {
            await byTeacher.RefusesAsync(404, "observation.not-found");
        }

        using var erased = await registrar.PostAsync(erasures, new { reason = "The family asked for it." });
        Assert.Equal(HttpStatusCode.OK, erased.StatusCode);
        using var again = await learner.Client.PostAsync(Links(seen.Observation!, photo), new { });
        await again.RefusesAsync(410, "evidence.erased");
        stored = (await district.Store.GetAsync(ObservationDocuments.Kind, seen.Observation!, "observation", default)).Document;
        Assert.Equal((entry.Facts.Evidence[1].Sha256, "Erased"), (Assert.Single(stored.Erasures).Digest, stored.Photos[0].Title));
        Assert.Empty((await district.Store.QueryAsync(ObservationDocuments.Kind, ObservationDocuments.ByContent.Where(stored.Photos[0].Digest.Hex).Take(5), default)).Documents);
    }

    [Fact]
    public async Task A_photo_of_a_badge_that_was_seen_piece_by_piece_is_erased_there_as_well()
    {
        using var teacher = await district.AsAsync(district.Teacher);
        var learner = await district.LearnerAsync();
        var photo = await UploadAsync(teacher, SampleFiles.PngOf(2345));
        var seen = await SeeAsync(teacher, learner, photo);
        ObservationResultView last = seen;
        foreach (var competency in district.Definition.Competencies.Skip(1))
        {
            last = await SeeAsync(teacher, learner, null, competency.Id);
        }

        Assert.NotNull(last.Award);
        using var registrar = await district.AsAsync(district.WestRegistrar);
        using var erased = await registrar.PostAsync($"/api/observations/{seen.Observation}/photos/{photo}/erasures", new { reason = "The family asked for it." });

        Assert.Equal(HttpStatusCode.OK, erased.StatusCode);
        var digest = (await district.Store.GetAsync(ObservationDocuments.Kind, seen.Observation!, "observation", default)).Document.Photos[0].Digest;
        Assert.False(await district.App.Services.GetRequiredService<ContentRelease>().IsReferencedAsync(digest, default));
    }

    [Fact]
    public async Task A_photo_is_of_who_took_it_a_picture_and_named_once()
    {
        using var teacher = await district.AsAsync(district.Teacher);
        using var colleague = await district.AsAsync(district.SecondTeacher);
        var (one, other) = (await district.LearnerAsync(), await district.LearnerAsync());
        var photo = await UploadAsync(teacher, SampleFiles.Png());

        Assert.Equal("upload.not-found", (await SeeAsync(colleague, one, photo)).Code);
        Assert.Null((await SeeAsync(teacher, one, photo)).Code);
        Assert.Equal("observation.photo-used", (await SeeAsync(teacher, other, photo)).Code);
        Assert.Equal("upload.not-found", (await SeeAsync(teacher, other, "no-such")).Code);
        using var text = await SendAsync(teacher, SampleFiles.Pdf(), "report.pdf");
        await text.RefusesAsync(422, "observation.photo");
        using var byLearner = await BeginAsync(one.Client, 10, "photo.png");
        await byLearner.RefusesAsync(403, "role.missing");
    }

    [Fact]
    public async Task A_photo_that_nobody_names_in_time_goes_and_its_room_comes_back()
    {
        await using var app = new TestApp();
        await app.InitializeAsync();
        var own = new TestDistrict(app);
        await own.PopulateAsync();
        using var teacher = await own.AsAsync(own.Teacher);
        var photo = await UploadAsync(own, teacher, SampleFiles.PngOf(5000));
        var digest = (await own.Store.GetAsync(UploadDocuments.Kind, photo, "upload", default)).Document.Digest!.Value;
        var release = app.Services.GetRequiredService<ContentRelease>();
        Assert.True(await release.IsReferencedAsync(digest, default));
        Assert.True(await RoomAsync() > 0);

        app.Clock.Advance(Upload.Patience + TimeSpan.FromHours(1));
        await app.Services.GetRequiredService<UploadWorkflow>().RemoveExpiredAsync((_, _) => Task.FromResult(false), default);

        Assert.False(await release.IsReferencedAsync(digest, default));
        Assert.Equal(0, await RoomAsync());

        async Task<long> RoomAsync() => (await own.Store.GetAsync(UsageDocuments.Totals, own.West.Value, "usage", default)).Document.Bytes;
    }

    private static string Links(string observation, string photo) => $"/api/observations/{observation}/photos/{photo}/links";

    private static async Task<byte[]> BytesAsync(HttpClient reader, string observation, string photo)
    {
        using var answer = await reader.PostAsync(Links(observation, photo), new { });
        var link = await answer.ReadAsync<EvidenceLinkView>();
        using var anyone = new HttpClient();
        return await anyone.GetByteArrayAsync(new Uri(link.Url));
    }

    private async Task<ObservationResultView> SeeAsync(HttpClient assessor, TestLearner learner, string? photo, string? skill = null)
    {
        var item = new JsonObject { ["id"] = Core.NewId.Random(), ["learner"] = learner.Person.Value, ["level"] = "proficient" };
        if (photo is not null)
        {
            item["photos"] = new JsonArray(photo);
        }

        using var answer = await assessor.PostAsync(
            "/api/observations", new JsonObject { ["badge"] = TestDistrict.Badge, ["competency"] = skill ?? Skill, ["organization"] = district.West.Value, ["items"] = new JsonArray(item) });
        return Assert.Single((await answer.ReadAsync<ObserveAnswer>()).Items);
    }

    private Task<string> UploadAsync(HttpClient assessor, byte[] photo) => UploadAsync(district, assessor, photo);

    private static async Task<string> UploadAsync(TestDistrict at, HttpClient assessor, byte[] photo)
    {
        using var begun = await BeginAsync(at, assessor, photo.Length, "bench.jpg");
        Assert.Equal(HttpStatusCode.Created, begun.StatusCode);
        var address = begun.Headers.Location!.ToString();
        using var sent = await new TusClient(assessor).SendAsync(address, 0, photo);
        Assert.Equal(HttpStatusCode.NoContent, sent.StatusCode);
        return address.Split('/')[^1];
    }

    private async Task<HttpResponseMessage> SendAsync(HttpClient assessor, byte[] file, string name)
    {
        using var begun = await BeginAsync(assessor, file.Length, name);
        return await new TusClient(assessor).SendAsync(begun.Headers.Location!.ToString(), 0, file);
    }

    private Task<HttpResponseMessage> BeginAsync(HttpClient assessor, long length, string name) => BeginAsync(district, assessor, length, name);

    private static async Task<HttpResponseMessage> BeginAsync(TestDistrict at, HttpClient assessor, long length, string name)
    {
        using var request = TusClient.Request(HttpMethod.Post, "/api/uploads");
        request.Headers.Add("Upload-Length", length.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("Upload-Metadata", TusClient.Metadata(("school", at.West.Value), ("title", "At the bench"), ("filename", name)));
        return await assessor.SendAsync(request);
    }
}
