using System.Globalization;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using OpenBadge = SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.Core.Gradebook.Stacks;

/// <summary>A stack's version as an Open Badges 3.0 Achievement.</summary>
public static class StackAchievement
{
    /// <param name="stack">A published version.</param>
    /// <param name="names">Names of its badges by slug.</param>
    /// <param name="address">Of this instance.</param>
    public static OpenBadge.Achievement Of(BadgeStack stack, IReadOnlyDictionary<string, string> names, InstanceAddress address) => new()
    {
        Id = address.StackAchievement(stack.Id),
        Name = stack.Name,
        Description = stack.Description,
        Criteria = new() { Narrative = $"All of these:\n\n{string.Join('\n', stack.Badges.Select(badge => $"- {names.GetValueOrDefault(badge.Slug, badge.Slug)}").Concat(stack.Certificates.Select(one => $"- {one.Name}")))}" },
        AchievementType = "MicroCredential",
        Version = stack.Version.ToString(CultureInfo.InvariantCulture),
        InLanguage = "en-US",
    };
}
