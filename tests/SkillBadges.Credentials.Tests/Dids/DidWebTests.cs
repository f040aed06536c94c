using SkillBadges.Credentials.Dids;

namespace SkillBadges.Credentials.Tests.Dids;

public sealed class DidWebTests
{
    [Theory]
    [InlineData("did:web:w3c-ccg.github.io", "https://w3c-ccg.github.io/.well-known/did.json")]
    [InlineData("did:web:w3c-ccg.github.io:user:alice", "https://w3c-ccg.github.io/user/alice/did.json")]
    [InlineData("did:web:example.com%3A3000:user:alice", "https://example.com:3000/user/alice/did.json")]
    [InlineData("did:web:example.com%3a3000", "https://example.com:3000/.well-known/did.json")]
    [InlineData("did:web:localhost%3A5080:organizations:north", "http://localhost:5080/organizations/north/did.json")]
    [InlineData("did:web:localhost%3A5081:organizations:north", "https://localhost:5081/organizations/north/did.json")]
    [InlineData("did:web:school.example%3A5080", "https://school.example:5080/.well-known/did.json")]
    [InlineData("did:web:xn--bcher-kva.example:a_b-c.d", "https://xn--bcher-kva.example/a_b-c.d/did.json")]
    public void A_name_leads_to_one_url(string did, string url)
    {
        // The last origin is listed, but is no loopback name, so it stays https.
        Assert.Equal(url, DidWeb.ToUrl(did, ["http://localhost:5080", "http://school.example:5080"])?.AbsoluteUri);
    }

    [Theory]
    [InlineData("")]
    [InlineData("did:web:")]
    [InlineData("DID:web:a.example")]
    [InlineData("did:WEB:a.example")]
    [InlineData("did:web:a.example:")]
    [InlineData("did:web:a.example::b")]
    [InlineData("did:web:a.example:..")]
    [InlineData("did:web:a.example:.")]
    [InlineData("did:web:a.example:%2e%2e")]
    [InlineData("did:web:a.example:%2E%2e:x")]
    [InlineData("did:web:a.example:a%2Fb")]
    [InlineData("did:web:a.example:a%5cb")]
    [InlineData("did:web:a.example:a%00b")]
    [InlineData("did:web:a.example:a%23b")]
    [InlineData("did:web:a.example:a%3Fb")]
    [InlineData("did:web:a.example:a%25b")]
    [InlineData("did:web:a.example:a%2")]
    [InlineData("did:web:a.example:a%zz")]
    [InlineData("did:web:a.example:a/b")]
    [InlineData("did:web:a.example/b")]
    [InlineData("did:web:a.example?b")]
    [InlineData("did:web:a.example#b")]
    [InlineData("did:web:a.example:b#k")]
    [InlineData("did:web:a.example:b?x=1")]
    [InlineData("did:web:user@a.example")]
    [InlineData("did:web:user%40a.example")]
    [InlineData("did:web:127.0.0.1")]
    [InlineData("did:web:127.0.0.1%3A80")]
    [InlineData("did:web:127.1")]
    [InlineData("did:web:2130706433")]
    [InlineData("did:web:0x7f000001")]
    [InlineData("did:web:0x7f.0.0.1")]
    [InlineData("did:web:a.0x7f")]
    [InlineData("did:web:a.1")]
    [InlineData("did:web:[::1]")]
    [InlineData("did:web:%5B%3A%3A1%5D")]
    [InlineData("did:web:a.example%3A")]
    [InlineData("did:web:a.example%3A0")]
    [InlineData("did:web:a.example%3A080")]
    [InlineData("did:web:a.example%3A65536")]
    [InlineData("did:web:a.example%3A80x")]
    [InlineData("did:web:a.example%3A-1")]
    [InlineData("did:web:a.example%3A80%2Fx")]
    [InlineData("did:web:-a.example")]
    [InlineData("did:web:a-.example")]
    [InlineData("did:web:a..example")]
    [InlineData("did:web:a.example.")]
    [InlineData("did:web:.example")]
    [InlineData("did:web:bücher.example")]
    [InlineData("did:web:a_b.example")]
    [InlineData("did:web:a example")]
    [InlineData("did:web:a.example\n")]
    [InlineData("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK")]
    public void What_is_no_did_web_name_leads_nowhere(string did)
    {
        Assert.Null(DidWeb.ToUrl(did, []));
    }

    [Theory]
    [InlineData("http://localhost:5080/organizations/north-high", "did:web:localhost%3A5080:organizations:north-high")]
    [InlineData("https://Badges.Example/", "did:web:badges.example")]
    [InlineData("https://badges.example:8443/a/b/", "did:web:badges.example%3A8443:a:b")]
    public void A_url_has_a_name(string url, string did)
    {
        Assert.Equal(did, DidWeb.FromUrl(new Uri(url)));
    }

    [Theory]
    [InlineData("https://127.0.0.1/a")]
    [InlineData("https://[::1]/a")]
    [InlineData("https://a.example/b?c")]
    [InlineData("https://a.example/b#c")]
    [InlineData("https://user@a.example/b")]
    public void A_url_that_cannot_be_a_name_is_refused(string url)
    {
        Assert.Equal("did.no-web-name", Assert.Throws<MalformedException>(() => DidWeb.FromUrl(new Uri(url))).Code);
    }
}
