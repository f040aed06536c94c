using System.Text;
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

    public static TheoryData<byte[], string> Accepted => new()
    {
        { [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0], "image/png" },
        { [0xFF, 0xD8, 0xFF, 0xE0, 0, 0], "image/jpeg" },
        { Encoding.ASCII.GetBytes("%PDF-1.7\n"), "application/pdf" },
        { [0, 0, 0, 24, .. "ftypisom"u8], "video/mp4" },
        { Encoding.UTF8.GetBytes("Weld log, день 3\n"), "text/plain" },
    };

    [Theory]
    [MemberData(nameof(Accepted))]
    public void The_first_bytes_tell_what_a_file_is(byte[] prefix, string mediaType) => Assert.Equal(mediaType, MediaType.Of(prefix));

    public static TheoryData<byte[]> NotAccepted =>
    [
        Encoding.ASCII.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        Encoding.ASCII.GetBytes("  <!doctype html><html>"),
        Encoding.UTF8.GetBytes("\uFEFF<html>"),
        [0, 0, 0, 24, .. "ftypheic"u8],
        [0x50, 0x4B, 3, 4, 0, 0],
        [0x4D, 0x5A, 0x90, 0],
        [0x7F, 0x45, 0x4C, 0x46],
        [],
        [0xC3, 0x28, 0x41],
    ];

    [Theory]
    [MemberData(nameof(NotAccepted))]
    public void What_could_run_or_is_not_known_is_refused(byte[] prefix) => Assert.Equal("evidence.file-type", Assert.Throws<RefusedException>(() => MediaType.Of(prefix)).Code);

    [Fact]
    public void Text_cut_in_the_middle_of_a_character_is_still_text() =>
        Assert.Equal("text/plain", MediaType.Of(Encoding.UTF8.GetBytes(new string('a', MediaType.PrefixLength - 1) + "é").AsSpan(0, MediaType.PrefixLength)));
}
