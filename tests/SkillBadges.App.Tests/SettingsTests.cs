using Microsoft.Extensions.Configuration;
using SkillBadges.Core;

namespace SkillBadges.App.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void Without_any_setting_it_serves_on_this_machine()
    {
        var settings = Read();

        Assert.Equal("http://localhost:5080", settings.Address.BaseUrl);
        Assert.Equal("http://localhost:5080", Assert.Single(settings.Urls));
        Assert.Equal(Path.GetFullPath("data"), settings.DataFolder);
        Assert.Equal(Path.GetFullPath("data.keys/key-encryption.key"), settings.KeyFile);
    }

    [Theory]
    [InlineData("colour", "blue", "colour is not a setting")]
    [InlineData("baseUrl", "ftp://x", "baseUrl")]
    [InlineData("baseUrl", "https://x.example/path", "baseUrl")]
    [InlineData("baseUrl", "http://x.example", "baseUrl")]
    [InlineData("urls", "nonsense", "urls: nonsense")]
    [InlineData("urls", "http://0.0.0.0:80", "baseUrl")]
    [InlineData("keyFile", "data/inside.key", "inside the data folder")]
    [InlineData("trustedProxies", "10.0.0.0/8, everyone", "trustedProxies: everyone")]
    [InlineData("staffSecondFactor", "perhaps", "staffSecondFactor: perhaps")]
    [InlineData("rates:perAddress", "-1", "rates:perAddress: -1")]
    [InlineData("mail:authorities", "no-such.pem", "mail:authorities: no-such.pem")]
    [InlineData("authorities:0:issuer", "http://idp.example", "issuer must be an https address")]
    [InlineData("authorities:0:issuer", "https://idp.example", "audience is missing")]
    [InlineData("authorities:0:tokenType", "jwt", "would let id_tokens in")]
    public void A_wrong_setting_is_named(string name, string value, string message)
    {
        var refused = Assert.Throws<RefusedException>(() => Read((name, value)));

        Assert.Equal("settings.invalid", refused.Code);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_said_at_once()
    {
        var refused = Assert.Throws<RefusedException>(() => Read(("rates:perAddress", "x"), ("staffSecondFactor", "y")));

        Assert.Equal(2, refused.Message.Split(Environment.NewLine).Length);
    }

    [Fact]
    public void Options_come_before_the_file()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """{ "baseUrl": "https://file.example", "allowedHosts": ["a.example", "b.example"], "data": "from-file" }""");

            var settings = SettingsReading.Read(file, [new("baseUrl", "https://option.example"), new("data", null)]);

            Assert.Equal("https://option.example", settings.Address.BaseUrl);
            Assert.Equal((string[])["a.example", "b.example", "option.example"], settings.AllowedHosts.ToArray());
            Assert.Equal(Path.GetFullPath("from-file"), settings.DataFolder);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Settings Read(params (string Name, string Value)[] values) => SettingsReading.Read(
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value))).Build());
}
