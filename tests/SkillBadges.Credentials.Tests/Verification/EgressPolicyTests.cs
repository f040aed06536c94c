using System.Net;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.Credentials.Tests.Verification;

public sealed class EgressPolicyTests
{
    private const string Scheme = "egress.scheme";
    private const string User = "egress.user";
    private const string Address = "egress.address";
    private const string LocalName = "egress.local-name";

    private static readonly EgressPolicy policy = new(["http://localhost:5080"], null);

    /// <summary>URL, then why it is refused; null when it may be asked for.</summary>
    public static TheoryData<string, string?> Urls => new()
    {
        { "https://school.example/did.json", null },
        { "https://school.example:8443/did.json", null },
        { "https://SCHOOL.example./did.json", null },
        { "https://xn--bcher-kva.example/", null },
        { "https://bücher.example/", null },
        { "https://127.0.0.1.school.example/", null },
        { "https://localhost.school.example/", null },
        { "http://localhost:5080/organizations/north/did.json", null },
        { "http://LOCALHOST:5080/x", null },
        { "http://localhost:5081/x", Scheme },
        { "http://localhost/x", Scheme },
        { "http://127.0.0.1:5080/x", Scheme },
        { "http://[::1]:5080/x", Scheme },
        { "http://localhost.evil.example:5080/", Scheme },
        { "http://user@localhost:5080/", User },
        { "https://localhost:5080/x", LocalName },
        { "http://school.example/", Scheme },
        { "HTTP://school.example/", Scheme },
        { "ftp://school.example/", Scheme },
        { "file:///etc/passwd", Scheme },
        { "file://school.example/share", Scheme },
        { "gopher://school.example/", Scheme },
        { "ldap://school.example/", Scheme },
        { "dict://school.example:11211/", Scheme },
        { "data:application/json,{}", Scheme },
        { "javascript:alert(1)", Scheme },
        { "urn:uuid:0a4c1f8e-4a64-4a0e-9d2b-6a1f0f3f6d10", Scheme },
        { "did:web:school.example", Scheme },
        { "ws://school.example/", Scheme },
        { "wss://school.example/", Scheme },
        { "unix:/var/run/docker.sock", Scheme },
        { "jar:https://school.example/x!/y", Scheme },
        { "https://user@school.example/", User },
        { "https://user:password@school.example/", User },
        { "https://school.example@evil.example/", User },
        { "https://127.0.0.1@school.example/", User },
        { "https://school.example%40@evil.example/", User },
        { "https://127.0.0.1/", Address },
        { "https://127.0.0.1:443/", Address },
        { "https://127.1/", Address },
        { "https://127.0.1/", Address },
        { "https://2130706433/", Address },
        { "https://0x7f000001/", Address },
        { "https://0x7f.0.0.1/", Address },
        { "https://0x7f.1/", Address },
        { "https://0177.0.0.1/", Address },
        { "https://017700000001/", Address },
        { "https://0/", Address },
        { "https://0.0.0.0/", Address },
        { "https://10.0.0.1/", Address },
        { "https://192.168.1.1/", Address },
        { "https://169.254.169.254/latest/meta-data/", Address },
        { "https://2852039166/latest/meta-data/", Address },
        { "https://0xA9FEA9FE/", Address },
        { "https://0251.0376.0251.0376/", Address },
        { "https://8.8.8.8/", Address },
        { "https://255.255.255.255/", Address },
        { "https://[::1]/", Address },
        { "https://[::]/", Address },
        { "https://[::ffff:127.0.0.1]/", Address },
        { "https://[::ffff:7f00:1]/", Address },
        { "https://[64:ff9b::7f00:1]/", Address },
        { "https://[2002:7f00:1::]/", Address },
        { "https://[fe80::1%25eth0]/", Address },
        { "https://[fd00:ec2::254]/", Address },
        { "https://[2606:4700:4700::1111]/", Address },
        { "https://256.256.256.256/", Address },
        { "https://school.example.1/", Address },
        { "https://school.0x7f/", Address },
        { "https://1.2.3.4.5/", Address },
        { "https://localhost/", LocalName },
        { "https://LOCALHOST/", LocalName },
        { "https://localhost./", LocalName },
        { "https://a.localhost/", LocalName },
        { "https://intranet/", LocalName },
        { "https://metadata/", LocalName },
        { "https://metadata.google.internal/computeMetadata/v1/", LocalName },
        { "https://printer.local/", LocalName },
        { "https://printer.LOCAL/", LocalName },
        { "https://printer.local./", LocalName },
        { "https://router.home.arpa/", LocalName },
        { "https://nas.lan/", LocalName },
        { "https://wiki.corp/", LocalName },
        { "https://x.onion/", LocalName },
        { "https://x.invalid/", LocalName },
        { "https://x.test/", LocalName },
        { "https://kubernetes.default.svc.cluster.local/", LocalName },
    };

    /// <summary>Address, then whether it belongs to the public Internet.</summary>
    public static TheoryData<string, bool> Addresses => new()
    {
        { "8.8.8.8", true },
        { "1.1.1.1", true },
        { "9.255.255.255", true },
        { "11.0.0.0", true },
        { "100.63.255.255", true },
        { "100.128.0.0", true },
        { "126.255.255.255", true },
        { "128.0.0.0", true },
        { "169.253.255.255", true },
        { "172.15.255.255", true },
        { "172.32.0.0", true },
        { "192.167.255.255", true },
        { "198.17.255.255", true },
        { "198.20.0.0", true },
        { "223.255.255.255", true },
        { "2606:4700:4700::1111", true },
        { "2a00:1450:4001::1", true },
        { "2001:4860:4860::8888", true },
        { "::ffff:8.8.8.8", true },
        { "64:ff9b::8.8.8.8", true },
        { "0.0.0.0", false },
        { "0.1.2.3", false },
        { "10.0.0.0", false },
        { "10.255.255.255", false },
        { "100.64.0.0", false },
        { "100.100.100.200", false },
        { "100.127.255.255", false },
        { "127.0.0.1", false },
        { "127.255.255.255", false },
        { "168.63.129.16", false },
        { "169.254.0.1", false },
        { "169.254.169.254", false },
        { "172.16.0.0", false },
        { "172.31.255.255", false },
        { "192.0.0.1", false },
        { "192.0.2.1", false },
        { "192.88.99.1", false },
        { "192.168.0.0", false },
        { "192.168.255.255", false },
        { "198.18.0.0", false },
        { "198.19.255.255", false },
        { "198.51.100.7", false },
        { "203.0.113.7", false },
        { "224.0.0.1", false },
        { "239.255.255.255", false },
        { "240.0.0.1", false },
        { "255.255.255.255", false },
        { "::", false },
        { "::1", false },
        { "::2", false },
        { "::127.0.0.1", false },
        { "::ffff:127.0.0.1", false },
        { "::ffff:10.0.0.1", false },
        { "::ffff:169.254.169.254", false },
        { "::ffff:0:127.0.0.1", false },
        { "64:ff9b::127.0.0.1", false },
        { "64:ff9b::10.0.0.1", false },
        { "64:ff9b::169.254.169.254", false },
        { "64:ff9b:1::1", false },
        { "100::1", false },
        { "2001::1", false },
        { "2001:0:7f00:1::", false },
        { "2001:10::1", false },
        { "2001:20::1", false },
        { "2001:db8::1", false },
        { "2002:7f00:1::", false },
        { "2002:a9fe:a9fe::1", false },
        { "2002:808:808::1", false },
        { "3ffe::1", false },
        { "3fff::1", false },
        { "3fff:fff::1", false },
        { "4000::1", false },
        { "5f00::1", false },
        { "fc00::1", false },
        { "fd00:ec2::254", false },
        { "fe80::1", false },
        { "fe80::1%3", false },
        { "2606:4700::1%3", false },
        { "fec0::1", false },
        { "ff02::1", false },
    };

    [Theory]
    [MemberData(nameof(Urls))]
    public void A_url_may_be_asked_for_or_is_refused_by_name(string url, string? code)
    {
        // A text that is no URL at all is never asked for: whoever fetches has a Uri in hand.
        Assert.Equal(code, Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? policy.Refuses(parsed) : Address);
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public void An_address_is_public_or_not(string address, bool isPublic)
    {
        var parsed = IPAddress.Parse(address);
        Assert.Equal(isPublic, EgressPolicy.IsPublicUnicast(parsed));
        Assert.Equal(isPublic ? null : "egress.inside", policy.Refuses(new Uri("https://school.example/"), [parsed]));
    }

    [Fact]
    public void There_are_120_vectors()
    {
        Assert.InRange(Urls.Count + Addresses.Count, 120, 1000);
    }

    [Fact]
    public void One_inside_address_among_public_ones_is_enough_to_refuse()
    {
        var url = new Uri("https://school.example/");
        Assert.Equal("egress.inside", policy.Refuses(url, [IPAddress.Parse("8.8.8.8"), IPAddress.Loopback]));
        Assert.Equal("egress.no-address", policy.Refuses(url, []));
        Assert.Null(policy.Refuses(url, [IPAddress.Parse("8.8.8.8"), IPAddress.Parse("2606:4700::1")]));
    }

    [Fact]
    public void Our_own_origin_has_to_resolve_to_this_machine()
    {
        var url = new Uri("http://localhost:5080/");
        Assert.Null(policy.Refuses(url, [IPAddress.Loopback, IPAddress.IPv6Loopback]));
        Assert.Equal("egress.inside", policy.Refuses(url, [IPAddress.Parse("8.8.8.8")]));
    }

    [Fact]
    public void With_a_list_no_other_host_is_asked()
    {
        var listed = new EgressPolicy([], ["School.example"]);
        Assert.Null(listed.Refuses(new Uri("https://school.example/x")));
        Assert.Equal("egress.host-not-listed", listed.Refuses(new Uri("https://sub.school.example/x")));
        Assert.Equal("egress.host-not-listed", listed.Refuses(new Uri("https://other.example/x")));
        Assert.Equal(Scheme, listed.Refuses(new Uri("http://school.example/x")));
    }
}
