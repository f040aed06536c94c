using System.Net;
using System.Text;
using System.Text.Json;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.Baking;

namespace SkillBadges.App.Tests.Issuing;

/// <summary>One credential in each form over HTTP: what is handed out, as what, and what the verification says of it.</summary>
[Collection(DistrictCollection.Name)]
public sealed class CredentialDownloadTests(TestDistrict district)
{
    private const string Chrome = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8";

    [Theory]
    [InlineData("vc-jwt-rs256", "text/plain", "jwt")]
    [InlineData("vc-jwt-es256", "text/plain", "jwt")]
    [InlineData("eddsa-rdfc-2022", "application/vc+ld+json", "json")]
    [InlineData("png", "image/png", "png")]
    [InlineData("svg", "image/svg+xml", "svg")]
    public async Task Every_form_is_a_harmless_download_that_verifies(string form, string mediaType, string extension)
    {
        var (learner, award) = await AwardedAsync();

        using var answer = await learner.Client.GetAsync(Address(award, $"?form={form}"));
        var bytes = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(mediaType, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal($"{TestDistrict.Badge}.{extension}", answer.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.StartsWith("sandbox", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl is { Private: true, NoStore: true });
        Assert.Equal("valid", await VerdictAsync(bytes));
    }

    [Theory]
    [InlineData(null, "text/plain", "eyJ")]
    [InlineData(Chrome, "text/plain", "eyJ")]
    [InlineData("application/pdf", "text/plain", "eyJ")]
    [InlineData("not a header;;", "text/plain", "eyJ")]
    [InlineData("text/plain", "text/plain", "eyJ")]
    [InlineData("application/vc+jwt", "application/vc+jwt", "eyJ")]
    [InlineData("application/vc+ld+json", "application/vc+ld+json", "{")]
    [InlineData("application/vc", "application/vc", "{")]
    [InlineData("application/ld+json; profile=\"https://example.org/p\"", "application/ld+json", "{")]
    [InlineData("APPLICATION/JSON", "application/json", "{")]
    [InlineData("application/json, text/plain, */*", "application/json", "{")]
    [InlineData("text/plain;q=0.2, application/json;q=0.9", "application/json", "{")]
    [InlineData("text/plain;q=0, application/vc+jwt;q=0, */*", "application/vc+ld+json", "{")]
    [InlineData("image/png", "image/png", "\u0089PNG")]
    [InlineData("image/*", "image/png", "\u0089PNG")]
    [InlineData("image/svg+xml, image/*;q=0.5", "image/svg+xml", "<svg")]
    public async Task Without_a_form_the_Accept_header_chooses(string? accept, string mediaType, string start)
    {
        var (learner, award) = await AwardedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(award, ""));
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using var answer = await learner.Client.SendAsync(request);
        var bytes = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal(mediaType, answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith(start, Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        Assert.Contains("Accept", answer.Headers.Vary);
        Assert.Equal("valid", await VerdictAsync(bytes));
    }

    [Fact]
    public async Task The_form_that_is_named_wins_over_the_header()
    {
        var (learner, award) = await AwardedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(award, "?form=svg"));
        request.Headers.Add("Accept", "application/json");

        using var answer = await learner.Client.SendAsync(request);

        Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task An_image_holds_the_credential_letter_for_letter()
    {
        var (learner, award) = await AwardedAsync();
        var signed = await TestDistrict.CredentialAsync(learner.Client, award, SignedForm.EddsaRdfc2022);

        foreach (var form in (string[])["png", "svg"])
        {
            Assert.Equal(new(BakedKind.OpenBadge, signed), BakedImage.Read(await learner.Client.GetByteArrayAsync(Address(award, $"?form={form}"))));
        }
    }

    [Fact]
    public async Task A_PNG_with_one_byte_changed_is_invalid()
    {
        var (learner, award) = await AwardedAsync();
        var image = await learner.Client.GetByteArrayAsync(Address(award, "?form=png"));

        for (var at = 0; at < image.Length; at += image.Length / 60)
        {
            var changed = (byte[])image.Clone();
            changed[at] ^= 1;

            Assert.True(await VerdictAsync(changed) == "invalid", $"Byte {at} of {image.Length} was changed.");
        }
    }

    [Fact]
    public async Task An_SVG_with_one_byte_of_its_credential_changed_is_invalid()
    {
        var (learner, award) = await AwardedAsync();
        var image = await learner.Client.GetByteArrayAsync(Address(award, "?form=svg"));
        var signed = Encoding.UTF8.GetBytes(await TestDistrict.CredentialAsync(learner.Client, award, SignedForm.EddsaRdfc2022));
        var start = image.AsSpan().IndexOf(signed);

        for (var at = start; at < start + signed.Length; at += signed.Length / 60)
        {
            var changed = (byte[])image.Clone();
            changed[at] ^= 1;

            Assert.True(await VerdictAsync(changed) == "invalid", $"Byte {at - start} of the credential was changed.");
        }
    }

    [Fact]
    public async Task A_forged_level_in_a_sound_image_is_invalid()
    {
        var (learner, award) = await AwardedAsync();
        var signed = await TestDistrict.CredentialAsync(learner.Client, award, SignedForm.EddsaRdfc2022);
        var forged = signed.Replace("/proficient\"", "/advanced\"", StringComparison.Ordinal);
        Assert.NotEqual(signed, forged);
        var png = await PictureAsync(district.Definition.Image.Png);
        var svg = await PictureAsync(district.Definition.Image.Svg);

        Assert.Equal("invalid", await VerdictAsync(PngBaking.Bake(png, forged, BakedKind.OpenBadge)));
        Assert.Equal("invalid", await VerdictAsync(SvgBaking.Bake(svg, forged, BakedKind.OpenBadge)));
    }

    [Theory]
    [InlineData("pdf")]
    [InlineData("")]
    [InlineData("PNG")]
    [InlineData("png&form=svg")]
    public async Task A_form_that_is_not_there_is_refused(string form)
    {
        var (learner, award) = await AwardedAsync();

        using var answer = await learner.Client.GetAsync(Address(award, $"?form={form}"));

        await answer.RefusesAsync(404, "credential.no-such-form");
    }

    [Fact]
    public async Task Nobody_else_gets_the_image_either()
    {
        var (_, award) = await AwardedAsync();
        var other = await district.LearnerAsync();

        using var answer = await other.Client.GetAsync(Address(award, "?form=png"));

        await answer.RefusesAsync(404, "award.not-found");
    }

    [Fact]
    public async Task A_badge_without_a_picture_has_no_image_but_the_other_forms()
    {
        var (learner, award) = await AwardedAsync();
        var read = (await district.Store.FindAsync(AwardDocuments.Kind, award, CancellationToken.None))!;
        var bare = district.Definition with { Slug = $"bare-{Guid.NewGuid():N}", Image = new("None") };
        await district.Store.CommitAsync(
            new Changes().Add(DefinitionDocuments.Versions, bare).Replace(AwardDocuments.Kind, read, read.Document with { Badge = bare.Id }), CancellationToken.None);

        foreach (var form in (string[])["png", "svg"])
        {
            using var answer = await learner.Client.GetAsync(Address(award, $"?form={form}"));
            await answer.RefusesAsync(404, "credential.no-picture");
        }

        Assert.StartsWith("{", await TestDistrict.CredentialAsync(learner.Client, award, SignedForm.EddsaRdfc2022), StringComparison.Ordinal);
    }

    private async Task<(TestLearner Learner, string Award)> AwardedAsync()
    {
        var learner = await district.LearnerAsync();
        var (_, answer) = await district.ApprovedAsync(learner.Person);
        return (learner, answer.Award!.Id);
    }

    private async Task<byte[]> PictureAsync(Core.Sha256Digest? digest)
    {
        await using var stream = (await ((IFileStore)district.App.Services.GetService(typeof(IFileStore))!).OpenAsync(digest!.Value, CancellationToken.None))!;
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private async Task<string> VerdictAsync(byte[] credential)
    {
        using var anyone = district.App.Anonymous();
        using var content = new ByteArrayContent(credential);
        using var answer = await anyone.PostAsync(new Uri("/api/verify", UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("verdict").GetString()!;
    }

    private static Uri Address(string award, string query) => new($"/api/awards/{award}/credential{query}", UriKind.Relative);
}
