using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.Definitions.CoAuthoring;
using SkillBadges.App.Tests.Evidence;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core;
using SkillBadges.Core.Evidence.Custody;

namespace SkillBadges.App.Tests.Definitions;

/// <summary>Minutes of an advisory committee, from the upload to the published version.</summary>
[Collection(DistrictCollection.Name)]
public sealed class MinutesTests(TestDistrict district)
{
    private static readonly byte[] Words = "Moved by the chair, seconded, carried with seven votes for and none against."u8.ToArray();

    [Fact]
    public async Task Minutes_are_frozen_by_their_digest_and_shown_with_the_vote_and_the_version()
    {
        var workshop = await Workshop.OpenAsync(district.App);
        var kept = await (await UploadAsync(workshop.LeadAdmin, workshop, Words)).ReadAsync<MinutesView>();
        Assert.Equal((Sha256Digest.Of(Words).Hex, "text/plain", "minutes.txt"), (kept.Sha256, kept.MediaType, kept.FileName));
        Assert.Equal(kept, await (await UploadAsync(workshop.LeadAdmin, workshop, Words)).ReadAsync<MinutesView>());

        await workshop.SignAsync(workshop.LeadAdmin);
        await workshop.SignAsync(workshop.CollegeAdmin);
        var voted = await workshop.PostAsync<DefinitionView>(workshop.CollegeAdmin, "committee-votes", Vote(kept.Sha256));
        Assert.Equal((kept.Sha256, 0), (Assert.Single(voted.Votes).MinutesSha256, voted.Missing.Count));
        var published = await workshop.PostAsync<ProvenanceView>(workshop.LeadAdmin, "publications", new { revision = 1 });
        Assert.Equal(kept.Sha256, Assert.Single(published.Votes).MinutesSha256);
        Assert.Contains(kept.Sha256, await district.App.Anonymous().GetStringAsync(new Uri($"/badges/{workshop.Slug}", UriKind.Relative)), StringComparison.Ordinal);

        using var download = await workshop.GuildAuthor.GetAsync(Address(workshop, kept.Sha256));
        Assert.Equal(Words, await download.Content.ReadAsByteArrayAsync());
        Assert.Equal(("attachment", "sandbox; default-src 'none'"), (download.Content.Headers.ContentDisposition!.DispositionType, download.Headers.GetValues("Content-Security-Policy").Single()));
        Assert.True(await new ContentRelease(district.Store, district.App.Services.GetRequiredService<Core.Storage.IFileStore>(), TimeProvider.System).IsReferencedAsync(Sha256Digest.Of(Words), CancellationToken.None));
    }

    [Fact]
    public async Task Only_minutes_of_this_badge_become_those_of_its_votes()
    {
        var (workshop, other) = (await Workshop.OpenAsync(district.App), await Workshop.OpenAsync(district.App));
        var elsewhere = await (await UploadAsync(other.LeadAdmin, other, [.. Words, .. " Of another badge."u8])).ReadAsync<MinutesView>();

        foreach (var digest in new[] { elsewhere.Sha256, new string('0', 64), "minutes" })
        {
            using var refused = await workshop.LeadAdmin.PostAsync($"/api/definitions/{workshop.Slug}/committee-votes", Vote(digest));
            await refused.RefusesAsync(422, "committee-vote.minutes-file");
        }

        using var outsider = await other.LeadAdmin.GetAsync(Address(workshop, elsewhere.Sha256));
        await outsider.RefusesAsync(404, "definition.not-found");
        using var unknown = await workshop.LeadAdmin.GetAsync(Address(workshop, elsewhere.Sha256));
        await unknown.RefusesAsync(404, "minutes.not-found");
    }

    [Fact]
    public async Task What_is_no_minutes_is_refused_and_nobody_but_a_signer_sends_any()
    {
        var workshop = await Workshop.OpenAsync(district.App);
        using var page = await UploadAsync(workshop.LeadAdmin, workshop, "<html><script>alert(1)</script></html>"u8.ToArray());
        await page.RefusesAsync(422, "evidence.markup");
        using var sound = await UploadAsync(workshop.LeadAdmin, workshop, UploadForms.Png(3)[..20]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sound.StatusCode);
        using var large = await UploadAsync(workshop.LeadAdmin, workshop, new byte[MinutesStore.MaxBytes + 1]);
        Assert.Equal(413, (int)large.StatusCode);
        using var teacher = await UploadAsync(workshop.LeadTeacher, workshop, Words);
        await teacher.RefusesAsync(403, "role.missing");
    }

    private static Task<HttpResponseMessage> UploadAsync(HttpClient client, Workshop workshop, byte[] bytes) => client.PostAsync(
        new Uri($"/api/definitions/{workshop.Slug}/minutes?name=minutes.txt", UriKind.Relative), new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("text/plain") } });

    private static Uri Address(Workshop workshop, string digest) => new($"/api/definitions/{workshop.Slug}/minutes/{digest}", UriKind.Relative);

    private static JsonNode Vote(string digest)
    {
        var vote = System.Text.Json.JsonSerializer.SerializeToNode(Workshop.Vote)!;
        vote["minutesSha256"] = digest;
        return vote;
    }
}
