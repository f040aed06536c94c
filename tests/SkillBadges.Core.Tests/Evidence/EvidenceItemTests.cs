using SkillBadges.Core.Evidence;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Evidence;

public sealed class EvidenceItemTests
{
    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("..")]
    [InlineData("C:\\Windows\\win.ini")]
    [InlineData("a/b.png")]
    [InlineData(".htaccess")]
    [InlineData("photo.png.")]
    [InlineData("%2e%2e%2fsecret")]
    [InlineData("photo\u202Egnp.exe")]
    [InlineData("photo\0.png")]
    [InlineData("")]
    [InlineData("a:stream")]
    public void A_file_name_is_never_a_path_or_a_disguise(string name) =>
        Assert.Equal("evidence.file-name", Assert.Throws<RefusedException>(() => EvidenceItem.OfFile("i", "Photo", name, new StoredFile(default, 1), "image/png", Works.Monday)).Code);

    [Theory]
    [InlineData("coupon-3.jpg")]
    [InlineData("Schweißnaht 3 (Übung).png")]
    [InlineData("صورة.png")]
    public void Names_of_any_script_are_welcome(string name) =>
        Assert.Equal(name, EvidenceItem.OfFile("i", "Photo", name, new StoredFile(Sha256Digest.Of("x"u8), 1), "image/png", Works.Monday).FileName);

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:secret@example.org/")]
    [InlineData("//example.org")]
    [InlineData("not a link")]
    public void A_link_goes_to_the_web_and_carries_no_user(string url) =>
        Assert.Equal("evidence.url", Assert.Throws<RefusedException>(() => EvidenceItem.OfLink("i", "Video", url, Works.Monday)).Code);

    [Fact]
    public void The_digest_of_text_is_of_the_text_itself() =>
        Assert.Equal(Sha256Digest.Of("Cut, filed, measured."u8), EvidenceItem.OfText("i", "Log", "Cut, filed, measured.", Works.Monday).Digest);

    [Fact]
    public void A_certificate_has_a_number_and_an_issuer() =>
        Assert.Equal("evidence.certificate", Assert.Throws<RefusedException>(() => EvidenceItem.OfCertificate("i", "OSHA 10", new("", "Trainer", null), Works.Monday)).Code);
}
