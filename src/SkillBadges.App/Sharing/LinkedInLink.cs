using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace SkillBadges.App.Sharing;

/// <summary>A plain link to the form with which somebody adds a badge to their profile: nothing is asked of that site until it is followed.</summary>
internal static class LinkedInLink
{
    /// <param name="name">Of the badge.</param>
    /// <param name="issuer">The school's name.</param>
    /// <param name="awarded">By the school's clock.</param>
    /// <param name="address">Where whoever sees the profile can check it.</param>
    public static string Of(string name, string issuer, DateTimeOffset awarded, string address) => QueryHelpers.AddQueryString("https://www.linkedin.com/profile/add", new Dictionary<string, string?>
    {
        ["startTask"] = "CERTIFICATION_NAME",
        ["name"] = name,
        ["organizationName"] = issuer,
        ["issueYear"] = awarded.Year.ToString(CultureInfo.InvariantCulture),
        ["issueMonth"] = awarded.Month.ToString(CultureInfo.InvariantCulture),
        ["certUrl"] = address,
    });
}
