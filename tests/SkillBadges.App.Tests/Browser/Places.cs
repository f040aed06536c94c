using SkillBadges.App.Demo;

namespace SkillBadges.App.Tests.Browser;

/// <summary>Where people of the sample district are, and what they are called.</summary>
internal static class Places
{
    /// <returns>The id of the first organization at which they have a role.</returns>
    public static async Task<string> PlaceAsync(this DemoClient client) => (await client.FetchAsync("/api/me", default))["memberships"]![0]!["organizationId"]!.GetValue<string>();

    public static async Task<string> NameAsync(this DemoClient client) => (await client.FetchAsync("/api/me", default))["displayName"]!.GetValue<string>();
}
