using SkillBadges.Core.Definitions;

namespace SkillBadges.Core.Tests.Gradebook.Stacks;

/// <summary>Stacks that tests speak about.</summary>
internal static class Stacks
{
    public static BadgeStack Of(string slug, StackCounting? counting, params string[] badges) => new BadgeStack
    {
        Slug = slug,
        Name = $"Stack {slug}",
        Description = "Ready for a first job.",
        Badges = [.. badges.Select(badge => new RequiredBadge(badge))],
        Certificates = [],
        Award = counting,
    }.Publish(1);
}
