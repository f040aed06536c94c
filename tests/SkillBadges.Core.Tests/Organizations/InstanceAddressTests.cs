using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Tests.Organizations;

public sealed class InstanceAddressTests
{
    [Theory]
    [InlineData("http://localhost:5080", "http://localhost:5080", "did:web:localhost%3A5080:orgs:westfield-high")]
    [InlineData("https://Badges.Example.org/", "https://badges.example.org", "did:web:badges.example.org:orgs:westfield-high")]
    [InlineData("https://badges.example.org:443", "https://badges.example.org", "did:web:badges.example.org:orgs:westfield-high")]
    [InlineData("https://badges.example.org:8443", "https://badges.example.org:8443", "did:web:badges.example.org%3A8443:orgs:westfield-high")]
    public void An_address_gives_dids_and_takes_them_back(string text, string baseUrl, string did)
    {
        var address = InstanceAddress.Parse(text);
        Assert.Equal(baseUrl, address.BaseUrl);
        Assert.Equal(did, address.DidOf("westfield-high"));
        Assert.Equal("westfield-high", address.SlugOf(did));
    }

    [Theory]
    [InlineData("")]
    [InlineData("badges.example.org")]
    [InlineData("http://badges.example.org")]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("https://[::1]")]
    [InlineData("https://10.0.0.1")]
    [InlineData("https://user:secret@badges.example.org")]
    [InlineData("https://badges.example.org/path")]
    [InlineData("https://badges.example.org/?q")]
    [InlineData("https://badges.example.org/#f")]
    [InlineData("ftp://badges.example.org")]
    public void Anything_but_an_origin_that_did_web_can_name_is_refused(string text) =>
        Assert.Equal("settings.base-url", Assert.Throws<RefusedException>(() => InstanceAddress.Parse(text)).Code);

    [Theory]
    [InlineData("did:web:other.example:orgs:westfield-high")]
    [InlineData("did:web:badges.example.org:orgs:")]
    [InlineData("did:web:badges.example.org:orgs:a:b")]
    [InlineData("did:web:badges.example.org.evil.example:orgs:a")]
    public void A_foreign_did_has_no_slug_here(string did) => Assert.Null(InstanceAddress.Parse("https://badges.example.org").SlugOf(did));
}
