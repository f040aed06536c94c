using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SkillBadges.App.Verification;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.App.Tests.Verification;

/// <summary>What the server does for the first who asks, before anybody asks.</summary>
public sealed class WarmUpTests(TestDistrict district) : IClassFixture<TestDistrict>
{
    [Fact]
    public async Task Every_form_of_a_badge_is_made_and_verified_to_the_end()
    {
        var warmUp = Assert.Single(district.App.Services.GetServices<IHostedService>().OfType<WarmUp>());
        var verdicts = await warmUp.RunOnceAsync(CancellationToken.None);
        Assert.Equal(5, verdicts.Count);
        Assert.All(verdicts, verdict => Assert.Equal(Verdict.ValidIssuerUnknown, verdict));
    }
}
